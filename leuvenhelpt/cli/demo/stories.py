"""The invented people of stories.toml, and how each story goes on by itself."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from leuvenhelpt.cli.demo.town import Deed, Town
from leuvenhelpt.domain import rhythm
from leuvenhelpt.domain.availability import ALWAYS, DayPart, end_of_day, hours_from, in_brussels
from leuvenhelpt.domain.availability import waking_hours_after as later
from leuvenhelpt.domain.lifecycle import HelpRequestState
from leuvenhelpt.domain.values import MACHINE, Actor, ActorKind
from leuvenhelpt.services import (
    aftercare,
    closing,
    concerns,
    desk,
    help_requests,
    matches,
    notifications,
    pairing,
    promises,
)
from leuvenhelpt.storage.queries.demonstration import Standing, standing
from leuvenhelpt.storage.unit_of_work import UnitOfWork

RESIDENT, VOLUNTEER = Actor(ActorKind.RESIDENT), Actor(ActorKind.VOLUNTEER)
SEARCHING = frozenset({HelpRequestState.SUBMITTED, HelpRequestState.IN_REVIEW, HelpRequestState.OPEN})
HOURS = {
    "mornings": hours_from((day, DayPart.MORNING) for day in range(5)),
    "afternoons": hours_from((day, DayPart.AFTERNOON) for day in range(5)),
    "evenings": hours_from((day, DayPart.EVENING) for day in range(7)),
    "weekend": hours_from((day, part) for day in (5, 6) for part in DayPart),
    "": ALWAYS,
}


@dataclass(frozen=True)
class Story:
    """One help request. `ago` in waking days (13 hours each); `answers`: of those asked, in turn: y, n or - (none).

    `end`: what follows a yes: well, wrong, drop, a concern or nothing yet. `desk`: what a coordinator does, after
    `desk_after` waking hours; `says` are the words with it.
    """

    ago: float
    kind: str
    who: str
    words: str
    within_days: int = 1
    hours: str = ""
    languages: tuple[str, ...] = ("nl",)
    asker: str = ""
    address: str = ""
    email: str = "yes"
    gender_wish: str = ""
    answers: str = ""
    end: str = ""
    desk: str = ""
    desk_after: float = 1.5
    says: str = ""
    for_neighbour: bool = False
    is_unheard: bool = False
    calls_wait: bool = False


def read() -> dict[str, Any]:
    """The people and stories of the demonstration, as they stand in stories.toml."""
    return tomllib.loads((Path(__file__).parent / "stories.toml").read_text(encoding="utf-8"))


def story_from(row: Mapping[str, Any]) -> Story:
    """A story from its line; TypeError for a name it does not know."""
    return Story(**{**row, "languages": tuple(row.get("languages", ("nl",)))})


def _ring_up(uow: UnitOfWork, call: int) -> None:
    notifications.record_sent(uow, call)


class Tale:
    """A story while it goes on in the town."""

    def __init__(self, town: Town, story: Story, facts: help_requests.AskFacts, staff: Actor) -> None:
        self.town, self.story, self.facts, self.staff = town, story, facts, staff
        self.public_id = ""
        self.favourite: int | None = None
        self._answered: list[int] = []
        self._seen: set[object] = set()

    def begin(self) -> None:
        """The resident asks."""
        now = self.town.clock()
        wanted_by = end_of_day(in_brussels(now + timedelta(days=self.story.within_days)).date())
        facts = help_requests.AskFacts(**{**vars(self.facts), "wanted_by": wanted_by})

        def submit(uow: UnitOfWork) -> None:
            self.public_id = help_requests.submit(uow, facts=facts)
            if self.favourite:
                self.town.favourites[standing(uow.session, self.public_id).id] = self.favourite

        self._do(RESIDENT, submit)
        if self.story.desk:
            self._at(later(now, self.story.desk_after), self.staff, self._at_the_desk)
        if self.story.is_unheard:
            self._at(later(now, 1), RESIDENT, lambda uow: help_requests.complain_unheard(uow, self._now().id))

    def _now(self) -> Standing:
        with self.town.runtime.reading() as db:
            return standing(db, self.public_id)

    def _do(self, actor: Actor, deed: Deed) -> None:
        self.town.do(actor, deed)
        self._follow(self._now())

    def _at(self, moment: datetime, actor: Actor, deed: Deed) -> None:
        self.town.at(moment, lambda: self._do(actor, deed))

    def _is_new(self, what: object) -> bool:
        is_new = what not in self._seen
        self._seen.add(what)
        return is_new

    def _follow(self, now: Standing) -> None:
        """Plan what comes of how it stands now."""
        for match in now.asked:
            if match.lapses_at and self._is_new(("ask", match.match_id)):
                self._plan_answer(match.match_id, match.lapses_at)
        if not self.story.calls_wait:
            self._plan_calls(now)
        if now.promised_by and now.state in SEARCHING and self._is_new(now.promised_by):
            self._plan_promise(now.promised_by)
        if now.accepted and self._is_new(("yes", now.accepted)):
            self._plan_end(now, now.accepted)

    def _plan_promise(self, promised_by: datetime) -> None:
        before = rhythm.SPEAK_BEFORE if self.facts.email else rhythm.CALL_BEFORE
        for left in (rhythm.WARN_BEFORE, before):
            self._at(promised_by - left, MACHINE, self._tend)

    def _plan_calls(self, now: Standing) -> None:
        for call in now.calls:
            if self._is_new(("call", call)):
                self._at(later(self.town.clock(), 0.7), self.staff, partial(_ring_up, call=call))

    def _tend(self, uow: UnitOfWork) -> None:
        promises.tend(uow, help_requests.get(uow, self._now().id))

    def _plan_answer(self, match_id: int, lapses_at: datetime) -> None:
        turn = len(self._answered)
        self._answered.append(match_id)
        answer = self.story.answers[turn : turn + 1]
        answers = {
            "y": lambda uow: matches.accept(uow, match_id),
            "n": lambda uow: matches.decline(
                uow, match_id, remark=self.story.says if self.story.end == "no" else ""
            ),
        }
        if answer in answers:
            self._at(later(self.town.clock(), 0.4 + 0.35 * turn), VOLUNTEER, answers[answer])
        self._at(lapses_at, MACHINE, lambda uow: matches.lapse(uow, match_id))

    def _plan_end(self, now: Standing, match_id: int) -> None:
        soon, helped = self.town.clock(), now.wanted_by - timedelta(hours=4)
        if self.story.end == "drop":
            self._at(
                later(soon, 3), VOLUNTEER, lambda uow: matches.drop(uow, match_id, remark=self.story.says)
            )
        elif self.story.end == "concern":
            self._at(later(soon, 3), RESIDENT, partial(self._report, help_request_id=now.id))
        elif self.story.end:
            is_well = self.story.end == "well"
            self._at(
                helped, VOLUNTEER, lambda uow: aftercare.answer_as_volunteer(uow, match_id, went_well=True)
            )
            self._at(
                later(helped, 5),
                RESIDENT,
                lambda uow: aftercare.answer_as_requester(uow, now.id, went_well=is_well),
            )
        else:
            self._at(now.wanted_by, MACHINE, lambda uow: aftercare.ask_both(uow, now.id))

    def _report(self, uow: UnitOfWork, help_request_id: int) -> None:
        facts = concerns.ConcernFacts(self.public_id, self.story.says, help_request_id=help_request_id)
        concerns.report(uow, facts=facts)

    def _at_the_desk(self, uow: UnitOfWork) -> None:
        now, words = self._now(), self.story.says
        verb, _, service = self.story.desk.partition(":")
        desk.take_up(uow, now.id)
        acts: dict[str, Callable[[], object]] = {
            "ask": lambda: pairing.ask_by_hand(uow, now.id, match_ids=now.shortlist[:2]),
            "reject": lambda: closing.reject(uow, now.id, words=words),
            "refer": lambda: closing.refer(uow, now.id, service=service, words=words),
            "give_up": lambda: closing.give_up(uow, now.id, words=words),
            "withdraw": lambda: closing.withdraw(uow, now.id),
            "note": lambda: desk.write_note(uow, now.id, words=words),
        }
        acts[verb]()
