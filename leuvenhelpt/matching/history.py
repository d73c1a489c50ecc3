"""From the asks that were made to what a model learns: each as it stood at the moment of asking."""

import heapq
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from leuvenhelpt.domain.messages import PastAsk
from leuvenhelpt.matching.yes import Answer, distance_feature, load_feature, own_habit, way_feature

MONTH = timedelta(days=30)
FEWEST_ANSWERS = 200


@dataclass
class _Record:
    """What was known of one volunteer at a moment that only moves forward."""

    said_yes: int = 0
    said_no: int = 0
    is_newcomer: bool = True
    asked: deque[datetime] = field(default_factory=deque)
    pending: list[tuple[datetime, bool]] = field(default_factory=list)

    def move_to(self, now: datetime) -> None:
        """Learn the answers that came by now, forget the asks of more than a month ago."""
        while self.pending and self.pending[0][0] <= now:
            _, said_yes = heapq.heappop(self.pending)
            self.said_yes, self.said_no = self.said_yes + said_yes, self.said_no + (not said_yes)
        while self.asked and self.asked[0] <= now - MONTH:
            self.asked.popleft()

    def note(self, ask: PastAsk) -> None:
        """One more ask, whose answer is known later."""
        self.asked.append(ask.asked_at)
        self.is_newcomer = False
        if ask.counts and ask.known_at is not None and ask.said_yes is not None:
            heapq.heappush(self.pending, (ask.known_at, ask.said_yes))


def answers_from(asks: Iterable[PastAsk]) -> Iterator[Answer]:
    """The answers, given asks in the order of time; what came to no answer is left out but counts as load."""
    records: dict[int, _Record] = defaultdict(_Record)
    for ask in asks:
        record = records[ask.volunteer_id]
        record.move_to(ask.asked_at)
        if ask.said_yes is not None:
            yield Answer(_features(ask, record), ask.said_yes)
        record.note(ask)


def _features(ask: PastAsk, record: _Record) -> dict[str, float]:
    return {
        "own_habit": own_habit(record.said_yes, record.said_no),
        "distance_km": distance_feature(ask.distance_km),
        "way_share": way_feature(ask.distance_km, ask.reach_km),
        "asked_recently": load_feature(len(record.asked)),
        "shared_hours": ask.shared_hours,
        "went_well": float(ask.went_well),
        "is_newcomer": float(record.is_newcomer),
    }
