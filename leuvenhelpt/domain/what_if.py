"""What a coordinator may try on a city in memory, and last year's numbers that it begins with."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

TIMES = (0.5, 1.0, 1.5, 2.0)
DAYS = (30, 60, 90)
FEWEST_DAYS, FEWEST_REQUESTS, FEWEST_VOLUNTEERS, FEWEST_ANSWERS = 28, 50, 10, 50


class Certainty(StrEnum):
    """How sure to be of a yes in time before no more neighbours are asked."""

    LESS = "less"
    AS_NOW = "as_now"
    MORE = "more"


class Base(StrEnum):
    """What a trial begins with: the city's own last twelve months, or an invented ordinary year."""

    OWN_YEAR = "own_year"
    INVENTED = "invented"


class TrialState(StrEnum):
    """How a trial stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Failure(StrEnum):
    """Why a trial came to nothing."""

    BROKE = "broke"
    TOO_LONG = "too_long"
    INTERRUPTED = "interrupted"


@dataclass(frozen=True)
class Change:
    """What would be otherwise: so many times the volunteers and the requests, for so many days."""

    volunteers: float
    requests: float
    certainty: Certainty
    days: int

    @property
    def changes_nothing(self) -> bool:
        """Whether all would be as it is."""
        return (self.volunteers, self.requests, self.certainty) == (1.0, 1.0, Certainty.AS_NOW)


@dataclass(frozen=True)
class History:
    """How much there is to begin with: requests for which neighbours were looked for in so many `days` (at most a
    year), and volunteers who may be asked now."""

    requests: int
    volunteers: int
    days: int

    @property
    def is_enough(self) -> bool:
        """Whether it says something of this city; an invented year serves better than a handful of requests."""
        return (
            self.requests >= FEWEST_REQUESTS
            and self.volunteers >= FEWEST_VOLUNTEERS
            and self.days >= FEWEST_DAYS
        )


@dataclass(frozen=True)
class LastYear:
    """A city's last twelve months, counted so that nobody can be told from it.

    Each says how often something occurred, apart from the rest. `wanted`: kind, postcode, whether it was soon;
    `by_weekday`: requests from Monday (0) on; `homes`: postcodes of volunteers; `offered`: kinds; `ways`: means and
    reach in km; `limits`: vetting and asks a week; `joined`: volunteers who came in that time.
    """

    history: History
    wanted: Mapping[tuple[str, str, bool], int]
    wanted_languages: Mapping[tuple[str, ...], int]
    by_weekday: Mapping[int, int]
    homes: Mapping[str, int]
    offered: Mapping[tuple[str, ...], int]
    languages: Mapping[tuple[str, ...], int]
    hours: Mapping[int, int]
    ways: Mapping[tuple[str, float], int]
    limits: Mapping[tuple[int, int], int]
    joined: int
