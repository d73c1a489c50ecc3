"""All volunteers at once: who suits a need best, who does not and why, kept fresh change by change."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import numpy.typing as npt

from leuvenhelpt.domain.errors import NotFound
from leuvenhelpt.domain.messages import Candidate, Need, Reason, VolunteerOffer
from leuvenhelpt.matching import reading, sight
from leuvenhelpt.matching.blocks import Recent, Settled, best_of_each
from leuvenhelpt.matching.columns import GONE, Columns, columns_from, day_of, joined
from leuvenhelpt.matching.questions import questions_of
from leuvenhelpt.matching.rules import Volunteer, merits, objections
from leuvenhelpt.matching.stored import Stored, restored, store
from leuvenhelpt.matching.vocabulary import Vocabulary
from leuvenhelpt.matching.weights import WEIGHTS, Weights
from leuvenhelpt.matching.yes import PRIOR, YesModel

MERGE_AT = 20_000
SQUARE_KM = 5.0
Ranked = list[tuple[int, float]]
RANKED = ["volunteer", "score"]
Found = npt.NDArray[np.void]


@dataclass(frozen=True)
class Dropped:
    """So many volunteers fail this rule first, in the order of `rules.MUST`."""

    rule: str
    count: int


class Pool:
    """The volunteers of a city in columns. Exact: `best` is what asking every rule of everybody would give.

    Fairness is reckoned in whole days: the first question of a later day reckons it anew. For one thread.
    """

    def __init__(self, settled: Settled, vocabulary: Vocabulary, day: int, weights: Weights) -> None:
        self._vocabulary, self._weights, self._day = vocabulary, weights, day
        self._settled, self._recent = settled, Recent(settled.columns.part(0, 0))

    @classmethod
    def from_offers(
        cls, offers: Iterable[VolunteerOffer], now: datetime, weights: Weights = WEIGHTS
    ) -> "Pool":
        """A pool of these volunteers; ConfigurationError if they name more kinds or languages than fit."""
        vocabulary = Vocabulary()
        return cls.from_columns(columns_from(offers, vocabulary), vocabulary, now, weights)

    @classmethod
    def from_columns(
        cls, columns: Columns, vocabulary: Vocabulary, now: datetime, weights: Weights
    ) -> "Pool":
        """A pool of the volunteers of some columns, whose `standing` is reckoned here."""
        columns.stand(day_of(now), weights)
        return cls(Settled.of(columns), vocabulary, day_of(now), weights)

    @classmethod
    def from_stored(cls, stored: Stored, weights: Weights = WEIGHTS) -> "Pool":
        """The pool that `stored` gave; ValueError if it does not fit this code."""
        return cls(*restored(stored, weights), weights)

    def stored(self) -> Stored:
        """All volunteers, as they are now, for keeping; the arrays are the pool's own."""
        self._settle()
        return store(self._settled, self._vocabulary, self._day, self._weights)

    def __len__(self) -> int:
        return sum(int(np.count_nonzero(block.columns.facts["flags"] & GONE == 0)) for block in self._blocks)

    @property
    def nbytes(self) -> int:
        """Bytes that the settled volunteers take, with all that finds them."""
        return self._settled.nbytes

    def best(self, need: Need, k: int = 10, now: datetime | None = None) -> list[Candidate]:
        """The `k` volunteers to ask first, best first; among equals the lower id. Fewer if fewer suit."""
        return [one for one, _ in self.best_seen(need, k, now)]

    def best_seen(
        self, need: Need, k: int = 10, now: datetime | None = None
    ) -> list[tuple[Candidate, Volunteer]]:
        """The same, each beside the volunteer as the rules see them, for who wants to know more of them."""
        found = [pair for leaders in self._leaders(need, k, now) for pair in self._candidates(need, *leaders)]
        return sorted(found, key=lambda pair: (-pair[0].score, pair[0].volunteer_id))[:k]

    def best_ids(self, need: Need, k: int = 10, now: datetime | None = None) -> Ranked:
        """Volunteer and score of `best`, without the reasons, for who asks for thousands of needs."""
        found = [one for _, leaders in self._leaders(need, k, now) for one in leaders[RANKED].tolist()]
        return sorted(found, key=lambda one: (-one[1], one[0]))[:k]

    def lists(self, needs: Iterable[Need], k: int = 10, now: datetime | None = None) -> list[Ranked]:
        """`best_ids` of each of many needs, in their order, for `k` of at least 1; cheaper when there are thousands."""
        self._wake(now)
        self._settle()
        questions, block = questions_of(needs, self._vocabulary, self._weights), self._settled
        # Neighbours after each other: the second finds in the processor's own memory what the first has read.
        squares = [np.floor(questions.rows[along] / SQUARE_KM) for along in ("x", "y")]
        order = np.lexsort(squares)
        questions = questions._replace(rows=questions.rows[order])
        found = best_of_each(block.columns, block.lookup, questions, k, self._weights)
        counts = np.count_nonzero(found["score"] > -np.inf, axis=1)
        lists: list[Ranked] = [[] for _ in order]
        for place, best, count in zip(order.tolist(), found[RANKED].tolist(), counts.tolist(), strict=True):
            lists[place] = best[:count]
        return lists

    def why_not(self, need: Need) -> list[Dropped]:
        """For everybody who may not be asked, the first rule against it; the most frequent first."""
        counts = Counter[str]()
        for block in self._blocks:
            counts.update(reading.first_objections(block.columns, need, self._vocabulary))
        return [Dropped(rule, count) for rule, count in counts.most_common()]

    def nearly(self, need: Need, k: int = 5) -> list[Candidate]:
        """The nearest misses: whom a single rule forbids to ask, the shortest way first; score 0."""
        missed = [reading.near_misses(block.columns, need, self._vocabulary, k) for block in self._blocks]
        nearest = sorted(miss for some in missed for miss in some)[:k]
        return [_candidate(need, 0.0, self.seen(need, volunteer_id)) for _, volunteer_id in nearest]

    def explain(self, need: Need, volunteer_id: int) -> list[Reason]:
        """All that speaks against asking this volunteer, then all that speaks for it; NotFound if unknown."""
        volunteer = self.seen(need, volunteer_id)
        return objections(need, volunteer) + merits(need, volunteer)

    def yes_probabilities(
        self, need: Need, volunteer_ids: Iterable[int], model: YesModel = PRIOR
    ) -> list[float]:
        """How probably each of these says yes to this need, in their order; NotFound if one is unknown."""
        return [model.probability(need, volunteer) for volunteer in self._seen(need, list(volunteer_ids))]

    def seen(self, need: Need, volunteer_id: int) -> Volunteer:
        """A volunteer as the rules see them, from a need; NotFound if unknown."""
        return self._seen(need, [volunteer_id])[0]

    def apply(self, offer: VolunteerOffer) -> None:
        """One volunteer changed or came; the next question sees it. Under a millisecond, save for a merge."""
        one = columns_from([offer], self._vocabulary)
        one.stand(self._day, self._weights)
        recent = self._recent.row_of(offer.volunteer_id)
        if recent is not None:
            self._recent.columns.put(recent, one)
            return
        row = self._settled.row_of(offer.volunteer_id)
        if row is not None and self._settled.keeps_place(row, one):
            self._settled.columns.put(row, one)
            return
        if row is not None:
            self._settled.remove(row)
        self._recent.add(one)
        if len(self._recent.columns) >= MERGE_AT:
            self._settle()

    def forget(self, volunteer_id: int) -> None:
        """A volunteer left; who is not here is not missed."""
        for block in self._blocks:
            row = block.row_of(volunteer_id)
            if row is not None:
                block.remove(row)

    def _seen(self, need: Need, volunteer_ids: Sequence[int]) -> list[Volunteer]:
        found: dict[int, Volunteer] = {}
        for block in self._blocks:
            rows = [row for number in volunteer_ids if (row := block.row_of(number)) is not None]
            some = sight.volunteers_at(block.columns, rows, need, self._vocabulary) if rows else []
            found |= {one.volunteer_id: one for one in some}
        unknown = [number for number in volunteer_ids if number not in found]
        if unknown:
            raise NotFound(f"volunteer {unknown[0]}")
        return [found[number] for number in volunteer_ids]

    @property
    def _blocks(self) -> tuple[Settled | Recent, ...]:
        return self._settled, self._recent

    def _settle(self) -> None:
        if not len(self._recent.columns) and len(self) == len(self._settled.columns):
            return
        columns = joined(self._settled.columns, self._recent.columns)
        self._settled = Settled.of(columns.taken(np.flatnonzero(columns.facts["flags"] & GONE == 0)))
        self._recent = Recent(columns.part(0, 0))

    def _wake(self, now: datetime | None) -> None:
        if now is not None and day_of(now) != self._day:
            self._day = day_of(now)
            for block in self._blocks:
                block.columns.stand(self._day, self._weights)

    def _leaders(self, need: Need, k: int, now: datetime | None) -> Iterator[tuple[Columns, Found]]:
        self._wake(now)
        questions = questions_of([need], self._vocabulary, self._weights)
        for block in self._blocks:
            if len(block.columns) and k > 0:
                found = best_of_each(block.columns, block.lookup, questions, k, self._weights)[0]
                yield block.columns, found[found["score"] > -np.inf]

    def _candidates(self, need: Need, columns: Columns, found: Found) -> list[tuple[Candidate, Volunteer]]:
        volunteers = sight.volunteers(columns.taken(found["row"]), need, self._vocabulary)
        return [
            (Candidate(one.volunteer_id, score, one.distance_km, tuple(merits(need, one))), one)
            for score, one in zip(found["score"].tolist(), volunteers, strict=True)
        ]


def _candidate(need: Need, score: float, volunteer: Volunteer) -> Candidate:
    reasons = (*objections(need, volunteer), *merits(need, volunteer))
    return Candidate(volunteer.volunteer_id, score, volunteer.distance_km, reasons)
