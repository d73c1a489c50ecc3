"""The neighbours beside a help request: why each, who was asked and answered what, their hours side by side."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from string import ascii_uppercase

from flask_babel import gettext as _
from flask_babel import ngettext

from leuvenhelpt.domain.availability import DAYS, DayPart, bit
from leuvenhelpt.domain.lifecycle import MatchState, Subject
from leuvenhelpt.domain.messages import LeftOut
from leuvenhelpt.rendering import formats, phrases
from leuvenhelpt.rendering.reasons import WhyNot, why_not
from leuvenhelpt.storage.queries.suitors import Suitor
from leuvenhelpt.web.current import language, runtime


@dataclass(frozen=True)
class Candidate:
    """Somebody who was proposed; `reasons` and `doubts` are sentences. `may_be_asked`: still, as they stand now."""

    letter: str
    name: str
    public_id: str
    match_id: int
    tags: tuple[str, ...]
    reasons: tuple[str, ...]
    doubts: tuple[str, ...]
    may_be_asked: bool


@dataclass(frozen=True)
class Near:
    """Somebody whom one single rule keeps from being proposed, and how far they live."""

    public_id: str
    name: str
    distance: str


@dataclass(frozen=True)
class LeftOutLine:
    """By one rule how many fell off, what would help, and the nearest whom nothing else forbids."""

    why: WhyNot
    nearest: tuple[Near, ...]


@dataclass(frozen=True)
class Answer:
    """Somebody who was asked, and what came of it."""

    name: str
    public_id: str
    state: str
    at: datetime | None
    until: datetime | None
    why: str
    remark: str


@dataclass(frozen=True)
class HoursRow:
    """The hours of one person: per day the parts, each with how it is marked ("", "asked" or "fit")."""

    name: str
    days: tuple[tuple[tuple[str, str], ...], ...]


def candidates(suitors: tuple[Suitor, ...]) -> tuple[Candidate, ...]:
    """Whoever is proposed and not asked yet, best first."""
    proposed = [suitor for suitor in suitors if suitor.state == MatchState.PROPOSED]
    return tuple(_candidate(letter_of(number), suitor) for number, suitor in enumerate(proposed))


def left_out(lines: Iterable[LeftOut], names: Mapping[int, tuple[str, str]]) -> tuple[LeftOutLine, ...]:
    """Why not the others, and by name who nearly suited."""
    return tuple(
        LeftOutLine(
            why=why_not(line.rule, line.count, language()),
            nearest=tuple(
                Near(*names[number], formats.distance(km, language()))
                for number, km in line.nearest
                if number in names
            ),
        )
        for line in lines
    )


def letter_of(number: int) -> str:
    """A, B, C; after Z it goes on with AA."""
    return ascii_uppercase[number % 26] * (number // 26 + 1)


def answers(suitors: tuple[Suitor, ...]) -> tuple[Answer, ...]:
    """Whoever was asked, in the order in which they were."""
    over = (suitor for suitor in suitors if suitor.state != MatchState.PROPOSED)
    asked = sorted((s for s in over if s.asked_at), key=lambda s: (s.asked_at, s.match_id))
    return tuple(
        Answer(
            name=suitor.name,
            public_id=suitor.public_id,
            state=phrases.state(Subject.MATCH, suitor.state, language()),
            at=suitor.answered_at or suitor.ended_at or suitor.asked_at,
            until=suitor.lapses_at if suitor.state == MatchState.ASKED else None,
            why=phrases.declined_for(suitor.declined_for, language()),
            remark=suitor.remark,
        )
        for suitor in asked
    )


def hours_rows(wanted: int, suitors: tuple[Suitor, ...]) -> tuple[HoursRow, ...]:
    """What is asked for, and under it the hours of each candidate; what fits is marked."""
    proposed = [suitor for suitor in suitors if suitor.state == MatchState.PROPOSED]
    named = [(f"{letter_of(number)} {suitor.name}", suitor.hours) for number, suitor in enumerate(proposed)]
    first = HoursRow(_("Gevraagd"), _days(wanted, lambda _bit: "asked"))
    fits = [HoursRow(name, _days(hours, lambda b: "fit" if b & wanted else "")) for name, hours in named]
    return (first, *fits)


def _days(hours: int, mark: Callable[[int], str]) -> tuple[tuple[tuple[str, str], ...], ...]:
    short = {DayPart.MORNING: _("vm"), DayPart.AFTERNOON: _("nm"), DayPart.EVENING: _("av")}
    return tuple(
        tuple((short[part], mark(bit(day, part))) for part in DayPart if hours & bit(day, part))
        for day in range(DAYS)
    )


def _candidate(letter: str, suitor: Suitor) -> Candidate:
    city = runtime().city
    said = [
        (why.is_for, phrases.reason(why, "coordinator", city, language()))
        for why in (*suitor.reasons, *suitor.against)
    ]
    return Candidate(
        letter=letter,
        name=suitor.name,
        public_id=suitor.public_id,
        match_id=suitor.match_id,
        tags=(phrases.vetting(suitor.vetting, language()), _asked(suitor.asked_this_month)),
        reasons=tuple(sentence for is_for, sentence in said if is_for and sentence),
        doubts=tuple(sentence for is_for, sentence in said if not is_for and sentence),
        may_be_asked=not suitor.against,
    )


def _asked(times: int) -> str:
    if not times:
        return str(_("Deze maand nog niet gevraagd"))
    return str(ngettext("Deze maand %(num)s keer gevraagd", "Deze maand %(num)s keer gevraagd", times))
