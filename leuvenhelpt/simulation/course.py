"""One policy lived through: events in the order of time, on the pool and the rules of production."""

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from itertools import count

from leuvenhelpt.domain import rhythm
from leuvenhelpt.domain.availability import next_waking, waking_hours_after
from leuvenhelpt.domain.city import City
from leuvenhelpt.domain.messages import Candidate
from leuvenhelpt.matching.pool import Pool
from leuvenhelpt.simulation.memory import Memory
from leuvenhelpt.simulation.nature import Nature
from leuvenhelpt.simulation.people import MONTH, START, WEEK, HelpRequest, Town, Volunteer
from leuvenhelpt.simulation.policies import Policy, Situation, Wave

DAY = timedelta(days=1)


@dataclass
class Case:
    """How one request fares. `promised_by`: as it stands; `waits_for`: open asks, when each was made by volunteer."""

    request: HelpRequest
    promised_by: datetime
    waits_for: dict[int, datetime] = field(default_factory=dict)
    asked: set[int] = field(default_factory=set)
    waves: int = 0
    solved_at: datetime | None = None
    solved_km: float | None = None
    handed_at: datetime | None = None
    look_at: datetime | None = None


class Course:
    """A town under one policy, from the first day to the last."""

    def __init__(self, town: Town, city: City, nature: Nature, policy: Policy) -> None:
        self._city, self._nature, self._policy = city, nature, policy
        self.volunteers = {one.number: replace(one, asked_at=[]) for one in town.volunteers}
        self.cases = [Case(request, request.promised_by) for request in town.requests]
        here = [one for one in self.volunteers.values() if one.since <= START]
        offers = (one.offer(START, is_spared=policy.is_spared) for one in here)
        self._pool = Pool.from_offers(offers, START, policy.weights)
        self._events: list[tuple[datetime, int, Callable[[datetime], None]]] = []
        self._turn = count()
        self._due: list[Case] = []
        self._memory = Memory()

    def run(self, days: int, progress: Callable[[int], None] = lambda _day: None) -> None:
        """Live through so many days, and a week more for what is still open; `progress` hears each day."""
        self._foresee_events(days, progress)
        while self._events:
            now, _, happen = heapq.heappop(self._events)
            happen(now)
            if self._due and (not self._events or self._events[0][0] > now):
                self._look_at_due(now)

    def _foresee_events(self, days: int, progress: Callable[[int], None]) -> None:
        """All that comes whatever is done: mornings, newcomers, requests, and promises that end."""
        for day in range(days + 8):
            self._at(START + timedelta(days=day), partial(self._morning, day, progress))
        for one in self.volunteers.values():
            if one.since > START:
                self._at(one.since, partial(self._tell, one))
        for case in self.cases:
            self._at(case.request.asked_at, partial(self._look, case))
            self._foresee_promise(case)

    def _foresee_promise(self, case: Case) -> None:
        self._at(case.promised_by - rhythm.WARN_BEFORE, partial(self._warn, case))
        self._at(case.promised_by - rhythm.SPEAK_BEFORE, partial(self._keep, case))

    def _at(self, moment: datetime, happen: Callable[[datetime], None]) -> None:
        heapq.heappush(self._events, (moment, next(self._turn), happen))

    def _tell(self, volunteer: Volunteer, now: datetime) -> None:
        self._pool.apply(volunteer.offer(now, is_spared=self._policy.is_spared))

    def _morning(self, day: int, progress: Callable[[int], None], now: datetime) -> None:
        """Asks grow old: who was asked a week or a month ago may be asked again."""
        progress(day)
        if self._policy.choose_together:
            self._memory.learn()
        for one in self.volunteers.values():
            ages = (now - asked for asked in one.asked_at)
            if any(limit <= age < limit + DAY for age in ages for limit in (WEEK, MONTH)):
                self._tell(one, now)

    def _warn(self, case: Case, now: datetime) -> None:
        if self._policy.warns and case.solved_at is None and case.handed_at is None:
            case.handed_at = now

    def _keep(self, case: Case, now: datetime) -> None:
        """What production does just before a promise ends: it promises anew, and looks again."""
        wanted_by = case.request.need.wanted_by
        if self._policy.warns and case.solved_at is None and now < wanted_by:
            case.promised_by = rhythm.promised_by(self._city, wanted_by, now, has_email=True)
            self._foresee_promise(case)
            self._look(case, now)

    def _look(self, case: Case, now: datetime) -> None:
        """The bell rings for a request; at night it waits for the morning."""
        if case.solved_at is not None or now >= case.request.need.wanted_by:
            return
        if next_waking(now) > now:
            self._look_again(case, next_waking(now))
        elif case not in self._due:
            self._due.append(case)

    def _look_at_due(self, now: datetime) -> None:
        """What production's pairing does with all that waits at one moment."""
        due = [case for case in self._due if case.solved_at is None]
        self._due.clear()
        if self._policy.choose_together and due:
            situations = [self._situation(case, now) for case in due]
            for case, wave in zip(due, self._policy.choose_together(self._pool, situations), strict=True):
                self._send(case, wave, now)
        elif self._policy.choose:
            for case in due:
                foreseen = partial(self._foresee, case, now)
                wave = self._policy.choose(self._pool, self._situation(case, now), foreseen)
                self._send(case, wave, now)

    def _send(self, case: Case, wave: Wave, now: datetime) -> None:
        if wave.is_at_risk:
            self._warn(case, now)
        case.waves += bool(wave.asked)
        for candidate in wave.asked:
            self._ask(case, candidate, wave, now)
        if wave.look_again_at:
            self._look_again(case, wave.look_again_at)

    def _look_again(self, case: Case, moment: datetime) -> None:
        """A request is looked at again at one moment: the last one named counts."""
        case.look_at = moment
        self._at(moment, partial(self._look_if_due, case))

    def _look_if_due(self, case: Case, now: datetime) -> None:
        if case.look_at == now:
            self._look(case, now)

    def _situation(self, case: Case, now: datetime) -> Situation:
        need = replace(case.request.need, excluded=frozenset(case.asked))
        lapses_at = rhythm.lapses_at(self._city, need.wanted_by, now)
        return Situation(
            need, case.promised_by, case.waits_for, case.waves, lapses_at, now, self._memory.model
        )

    def _foresee(self, case: Case, now: datetime, one: Candidate) -> float | None:
        volunteer = self.volunteers[one.volunteer_id]
        reply = self._nature.reply(case.request.need, volunteer, one.distance_km, now)
        return reply.after_hours if reply.says_yes else None

    def _ask(self, case: Case, candidate: Candidate, wave: Wave, now: datetime) -> None:
        volunteer = self.volunteers[candidate.volunteer_id]
        reply = self._nature.reply(case.request.need, volunteer, candidate.distance_km, now)
        self._memory.note_ask(case.request.need, volunteer, candidate.distance_km, now)
        volunteer.asked_at.append(now)
        case.asked.add(volunteer.number)
        case.waits_for[volunteer.number] = now
        self._tell(volunteer, now)
        comes = None if reply.after_hours is None else waking_hours_after(now, reply.after_hours)
        if comes is None or comes > wave.lapses_at:
            self._at(wave.lapses_at, partial(self._hear, case, candidate, says_yes=False))
        else:
            self._at(comes, partial(self._hear, case, candidate, says_yes=reply.says_yes))

    def _hear(self, case: Case, candidate: Candidate, now: datetime, *, says_yes: bool) -> None:
        case.waits_for.pop(candidate.volunteer_id, None)
        if case.solved_at is not None:
            return  # they were told that it is filled, and it does not count against them
        volunteer = self.volunteers[candidate.volunteer_id]
        self._memory.note_answer(case.request.need, volunteer, now, says_yes=says_yes)
        if says_yes:
            volunteer.said_yes += 1
            case.solved_at, case.solved_km = now, candidate.distance_km
            case.waits_for.clear()
        else:
            volunteer.said_no += 1
            self._look(case, now)
        self._tell(volunteer, now)
