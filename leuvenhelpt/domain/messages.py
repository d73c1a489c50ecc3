"""What rooms hand each other: facts without behaviour, known to both sides."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

Fact: TypeAlias = "str | int | float | bool | None"


@dataclass(frozen=True)
class Reason:
    """Why (or why not) this volunteer: the name of the rule, and the facts its sentence needs.

    `is_for` is False for what speaks against. Rendering turns it into one sentence for its reader.
    """

    rule: str
    is_for: bool = True
    facts: Mapping[str, Fact] = field(default_factory=dict)


@dataclass(frozen=True)
class Need:
    """What matching has to know of a help request, and nothing that could tell who it is.

    `hours`: bits of domain.availability in which it may happen (ALWAYS: whenever).
    `lat`, `lon`: None when the help is given from home. `excluded`: volunteers never to be proposed
    (already asked, dropped, blocked for this person). `words`: the resident's own. `gender_wish`: of Gender, or "".
    `asked_before`: who was asked before it changed, and may be asked once more.
    """

    help_request_id: int
    kind: str
    languages: frozenset[str]
    hours: int
    lat: float | None
    lon: float | None
    vetting: int
    wanted_by: datetime
    places_open: int = 1
    words: str = ""
    area: str = ""
    excluded: frozenset[int] = frozenset()
    went_well_with: frozenset[int] = frozenset()
    gender_wish: str = ""
    asked_before: frozenset[int] = frozenset()


@dataclass(frozen=True)
class VolunteerOffer:
    """What matching has to know of a volunteer: no name, no address, only a point and limits.

    `reach_km` by whatever means; `asks_left`: how many asks this week still allows; `asked_recently`: in the
    last 30 days; `last_asked`, `since`: UTC. `is_available` is False while paused, applied, left or blocked.
    """

    volunteer_id: int
    kinds: frozenset[str]
    languages: frozenset[str]
    hours: int
    lat: float | None
    lon: float | None
    reach_km: float
    means: str
    vetting: int
    is_available: bool
    has_notice: bool
    asks_left: int
    asked_recently: int
    said_yes: int
    said_no: int
    last_asked: datetime | None
    since: datetime
    area: str = ""
    words: str = ""


@dataclass(frozen=True)
class PastAsk:
    """One ask that was made, for learning from it: no person, no word, no place.

    `said_yes`: None if it never came to an answer (somebody was first, or it was taken back); silence is no.
    `known_at`: when the answer was known. `counts`: whether it stands in one's record of yes and no.
    `shared_hours`: the share of the wanted moments at which the volunteer was free.
    """

    volunteer_id: int
    asked_at: datetime
    known_at: datetime | None
    said_yes: bool | None
    counts: bool
    distance_km: float | None
    reach_km: float
    shared_hours: float
    went_well: bool


@dataclass(frozen=True)
class LeftOut:
    """So many volunteers fall off by this rule first; `nearest`: some whom it alone forbids, and their km."""

    rule: str
    count: int
    nearest: tuple[tuple[int, float | None], ...] = ()


@dataclass(frozen=True)
class Candidate:
    """A volunteer who may be asked: higher `score` first; `distance_km` None for help from home."""

    volunteer_id: int
    score: float
    distance_km: float | None
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Email:
    """One message to one address. `message_id` is stable over retries; `unsubscribe_url` for asks."""

    to: str
    subject: str
    text: str
    html: str
    message_id: str
    language: str = "nl"
    unsubscribe_url: str | None = None
