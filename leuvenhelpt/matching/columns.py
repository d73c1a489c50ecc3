"""Volunteers as columns: 44 bytes each, in the order in which a question reads them."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import UTC, datetime

import numpy as np
import numpy.typing as npt

from leuvenhelpt.domain.availability import ALWAYS
from leuvenhelpt.domain.messages import VolunteerOffer
from leuvenhelpt.matching.projection import to_plane
from leuvenhelpt.matching.vocabulary import ASKABLE, Vocabulary
from leuvenhelpt.matching.weights import MINUTES_PER_KM, PRIOR_ASKS, PRIOR_YES, WAITING_DAYS, Weights

Rows = npt.NDArray[np.intp]
Floats = npt.NDArray[np.float32]
Facts = npt.NDArray[np.void]

AVAILABLE, NOTICE, GONE, NEWCOMER = 1, 2, 4, 8
FURTHEST_KM = 1000.0
MEANS = tuple(MINUTES_PER_KM)
_DAY_ZERO = datetime(2000, 1, 1, tzinfo=UTC)
_BYTE, _SHORT = 255, 65535
HOUR_BITS = ALWAYS.bit_length()
LEVELS = 32 - HOUR_BITS

FACTS = np.dtype([
    ("times", np.uint32), ("x", np.float32), ("y", np.float32), ("reach_km", np.float32),
    ("standing", np.float32), ("area", np.uint16), ("day", np.uint16), ("means", np.uint8),
    ("flags", np.uint8), ("asks_left", np.uint8), ("asked_recently", np.uint8),
    ("said_yes", np.uint8), ("said_no", np.uint8),
], align=True)  # fmt: skip
"""What a question reads of those whose word suits: 32 bytes that come in one piece.

`times`: see `times_of`. `x`, `y`: km, NaN without a place. `standing`: the part of the score that depends on
nobody but the volunteer; `day`: last asked, or else begun, in days since 2000. Counts stop at 255.
"""


@dataclass
class Columns:
    """One array a kind of reading, a row a volunteer. `word`: see Vocabulary; `facts`: see FACTS."""

    word: npt.NDArray[np.uint64]
    volunteer_id: npt.NDArray[np.uint32]
    facts: Facts

    def __len__(self) -> int:
        return len(self.word)

    @property
    def nbytes(self) -> int:
        """Bytes that all volunteers take."""
        return sum(getattr(self, column.name).nbytes for column in fields(self))

    def taken(self, rows: Rows) -> "Columns":
        """These rows, copied, in this order."""
        return Columns(*(getattr(self, column.name).take(rows) for column in fields(self)))

    def part(self, start: int, end: int) -> "Columns":
        """The rows from `start` up to `end`, the same memory."""
        return Columns(*(getattr(self, column.name)[start:end] for column in fields(self)))

    def put(self, row: int, other: "Columns") -> None:
        """Write the one row of `other` over a row."""
        for column in fields(self):
            getattr(self, column.name)[row] = getattr(other, column.name)[0]

    def aligned(self) -> "Columns":
        """The same with facts, copied if need be, none of which lies across two lines of the processor's cache."""
        if self.facts.ctypes.data % FACTS.itemsize == 0:
            return self
        room = np.empty(self.facts.nbytes + FACTS.itemsize, np.uint8)
        begin = -room.ctypes.data % FACTS.itemsize
        facts = room[begin : begin + self.facts.nbytes].view(FACTS)
        facts[:] = self.facts
        return Columns(self.word, self.volunteer_id, facts)

    def stand(self, day: int, weights: Weights) -> None:
        """Reckon `standing` anew, as of a day."""
        self.facts["standing"] = standing(self, day, weights)


def empty(size: int) -> Columns:
    """Room for so many volunteers, all zero."""
    return Columns(np.zeros(size, np.uint64), np.zeros(size, np.uint32), np.zeros(size, FACTS))


def joined(first: Columns, second: Columns) -> Columns:
    """The rows of both, copied."""
    return Columns(
        *(np.concatenate([getattr(first, c.name), getattr(second, c.name)]) for c in fields(Columns))
    )


def day_of(moment: datetime) -> int:
    """Whole days since 2000, from 0 to 65535."""
    return min(max((moment - _DAY_ZERO).days, 0), _SHORT)


def standing(columns: Columns, day: int, weights: Weights) -> Floats:
    """Fairness and reliability: what the volunteer brings to any need, in points."""
    asked, said_yes = (columns.facts[name].astype(np.float64) for name in ("asked_recently", "said_yes"))
    waited = np.clip(day - columns.facts["day"].astype(np.float64), 0, WAITING_DAYS) / WAITING_DAYS
    share = (said_yes + PRIOR_ASKS * PRIOR_YES) / (said_yes + columns.facts["said_no"] + PRIOR_ASKS)
    points = weights.rarely_asked / (1 + asked) + weights.waiting * waited + weights.reliable * share
    return np.asarray(points + weights.newcomer * ((columns.facts["flags"] & NEWCOMER) > 0), np.float32)


def _place(offer: VolunteerOffer) -> tuple[float, float]:
    if offer.lat is None or offer.lon is None:
        return float("nan"), float("nan")
    return offer.lat, offer.lon


def _reach(offer: VolunteerOffer) -> float:
    return min(max(offer.reach_km, 0.0), FURTHEST_KM) if offer.reach_km == offer.reach_km else 0.0


def times_of(hours: int, vetting: int) -> int:
    """The hours of a week, and above them a bit for each level of vetting reached (up to LEVELS)."""
    return hours & ALWAYS | (1 << min(max(vetting, 0), LEVELS)) - 1 << HOUR_BITS


def _flags(offer: VolunteerOffer) -> int:
    newcomer = NEWCOMER if offer.last_asked is None else 0
    return AVAILABLE * offer.is_available | NOTICE * offer.has_notice | newcomer


def _word(offer: VolunteerOffer, vocabulary: Vocabulary) -> int:
    may_be_asked = offer.is_available and offer.has_notice and offer.asks_left > 0
    return vocabulary.word(offer.kinds, offer.languages) | (ASKABLE if may_be_asked else 0)


def _means(offer: VolunteerOffer) -> int:
    return MEANS.index(offer.means) if offer.means in MINUTES_PER_KM else 0


def _count(number: int) -> int:
    return min(max(number, 0), _BYTE)


def columns_from(offers: Iterable[VolunteerOffer], vocabulary: Vocabulary) -> Columns:
    """The columns of these offers, in their order, `standing` still zero."""
    rows = list(offers)
    places = np.array([_place(offer) for offer in rows], np.float64).reshape(-1, 2)
    columns = empty(len(rows))
    facts = columns.facts
    columns.word[:] = [_word(offer, vocabulary) for offer in rows]
    facts["said_yes"] = [_count(offer.said_yes) for offer in rows]
    facts["said_no"] = [_count(offer.said_no) for offer in rows]
    facts["x"], facts["y"] = to_plane(places[:, 0], places[:, 1])
    columns.volunteer_id[:] = [offer.volunteer_id for offer in rows]
    facts["times"] = [times_of(offer.hours, offer.vetting) for offer in rows]
    facts["reach_km"] = [_reach(offer) for offer in rows]
    facts["area"] = [vocabulary.areas.number(offer.area) for offer in rows]
    facts["day"] = [day_of(offer.last_asked or offer.since) for offer in rows]
    facts["means"] = [_means(offer) for offer in rows]
    facts["flags"] = [_flags(offer) for offer in rows]
    facts["asks_left"] = [_count(offer.asks_left) for offer in rows]
    facts["asked_recently"] = [_count(offer.asked_recently) for offer in rows]
    return columns
