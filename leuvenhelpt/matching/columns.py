"""Volunteers as columns: 49 bytes each, in the order in which a query reads them."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import UTC, datetime

import numpy as np
import numpy.typing as npt

from leuvenhelpt.domain.messages import VolunteerOffer
from leuvenhelpt.matching.projection import to_plane
from leuvenhelpt.matching.vocabulary import ASKABLE, Vocabulary
from leuvenhelpt.matching.weights import MINUTES_PER_KM, PRIOR_ASKS, PRIOR_YES, WAITING_DAYS, Weights

Rows = npt.NDArray[np.intp]
Floats = npt.NDArray[np.float32]

AVAILABLE, NOTICE, GONE, NEWCOMER = 1, 2, 4, 8
FURTHEST_KM = 1000.0
MEANS = tuple(MINUTES_PER_KM)
_DAY_ZERO = datetime(2000, 1, 1, tzinfo=UTC)
_BYTE, _SHORT = 255, 65535


@dataclass
class Columns:
    """One array a fact, a row a volunteer. `word`: see Vocabulary; `x`, `y`: km, NaN without a place.

    `standing`: the part of the score that depends on nobody but the volunteer; `day`: last asked, or else
    begun, in days since 2000. Counts stop at 255.
    """

    word: npt.NDArray[np.uint64]
    volunteer_id: npt.NDArray[np.uint32]
    hours: npt.NDArray[np.uint32]
    x: Floats
    y: Floats
    reach_km: Floats
    standing: Floats
    day: npt.NDArray[np.uint16]
    area: npt.NDArray[np.uint16]
    flags: npt.NDArray[np.uint8]
    vetting: npt.NDArray[np.uint8]
    means: npt.NDArray[np.uint8]
    asks_left: npt.NDArray[np.uint8]
    asked_recently: npt.NDArray[np.uint8]
    said_yes: npt.NDArray[np.uint8]
    said_no: npt.NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.word)

    @property
    def bytes_each(self) -> int:
        """Bytes that one volunteer takes."""
        return sum(getattr(self, column.name).itemsize for column in fields(self))

    def taken(self, rows: Rows) -> "Columns":
        """These rows, copied, in this order."""
        return Columns(*(getattr(self, column.name)[rows] for column in fields(self)))

    def head(self, size: int) -> "Columns":
        """The first rows, the same memory."""
        return Columns(*(getattr(self, column.name)[:size] for column in fields(self)))

    def put(self, row: int, other: "Columns") -> None:
        """Write the one row of `other` over a row."""
        for column in fields(self):
            getattr(self, column.name)[row] = getattr(other, column.name)[0]

    def stand(self, day: int, weights: Weights) -> None:
        """Reckon `standing` anew, as of a day."""
        self.standing[:] = standing(self, day, weights)


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
    asked, said_yes = columns.asked_recently.astype(np.float64), columns.said_yes.astype(np.float64)
    waited = np.clip(day - columns.day.astype(np.float64), 0, WAITING_DAYS) / WAITING_DAYS
    share = (said_yes + PRIOR_ASKS * PRIOR_YES) / (said_yes + columns.said_no + PRIOR_ASKS)
    points = weights.rarely_asked / (1 + asked) + weights.waiting * waited + weights.reliable * share
    return np.asarray(points + weights.newcomer * ((columns.flags & NEWCOMER) > 0), np.float32)


def _place(offer: VolunteerOffer) -> tuple[float, float]:
    if offer.lat is None or offer.lon is None:
        return float("nan"), float("nan")
    return offer.lat, offer.lon


def _reach(offer: VolunteerOffer) -> float:
    return min(max(offer.reach_km, 0.0), FURTHEST_KM) if offer.reach_km == offer.reach_km else 0.0


def _flags(offer: VolunteerOffer) -> int:
    newcomer = NEWCOMER if offer.last_asked is None else 0
    return AVAILABLE * offer.is_available | NOTICE * offer.has_notice | newcomer


def _word(offer: VolunteerOffer, vocabulary: Vocabulary) -> int:
    may_be_asked = offer.is_available and offer.has_notice and offer.asks_left > 0
    return vocabulary.word(offer.kinds, offer.languages) | (ASKABLE if may_be_asked else 0)


def _count(number: int) -> int:
    return min(max(number, 0), _BYTE)


def columns_from(offers: Iterable[VolunteerOffer], vocabulary: Vocabulary) -> Columns:
    """The columns of these offers, in their order, `standing` still zero."""
    rows = list(offers)
    places = np.array([_place(offer) for offer in rows], np.float64).reshape(-1, 2)
    x, y = to_plane(places[:, 0], places[:, 1])
    day = [day_of(offer.last_asked or offer.since) for offer in rows]
    means = [MEANS.index(offer.means) if offer.means in MINUTES_PER_KM else 0 for offer in rows]
    return Columns(
        word=np.array([_word(offer, vocabulary) for offer in rows], np.uint64),
        volunteer_id=np.array([offer.volunteer_id for offer in rows], np.uint32),
        hours=np.array([offer.hours for offer in rows], np.uint32),
        x=x,
        y=y,
        reach_km=np.array([_reach(offer) for offer in rows], np.float32),
        standing=np.zeros(len(rows), np.float32),
        day=np.array(day, np.uint16),
        area=np.array([vocabulary.areas.number(offer.area) for offer in rows], np.uint16),
        flags=np.array([_flags(offer) for offer in rows], np.uint8),
        vetting=np.array([_count(offer.vetting) for offer in rows], np.uint8),
        means=np.array(means, np.uint8),
        asks_left=np.array([_count(offer.asks_left) for offer in rows], np.uint8),
        asked_recently=np.array([_count(offer.asked_recently) for offer in rows], np.uint8),
        said_yes=np.array([_count(offer.said_yes) for offer in rows], np.uint8),
        said_no=np.array([_count(offer.said_no) for offer in rows], np.uint8),
    )
