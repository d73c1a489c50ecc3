"""Which heap of texts a text is most like: complement naive Bayes over pieces of words (Rennie et al., 2003).

It learns by counting, so what it knows are the texts themselves: nothing is trained beforehand or stored.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from math import exp, log, sqrt

from leuvenhelpt.triage.wording import pieces

SMOOTHING = 0.1
STEEPNESS = 1.0


class Likeness:
    """Learned from heaps of texts by name."""

    def __init__(self, heaps: Mapping[str, Iterable[str]]) -> None:
        self._names = tuple(heaps)
        counts = [Counter(piece for text in texts for piece in pieces(text)) for texts in heaps.values()]
        total: Counter[str] = Counter()
        for heap in counts:
            total.update(heap)
        smoothed = [log(number + SMOOTHING) for number in range(max(total.values()) + 1)]
        outside = [log(total.total() - heap.total() + SMOOTHING * len(total)) for heap in counts]
        heaps_outside = list(zip(counts, outside, strict=True))
        self._weights = {
            piece: [all_others - smoothed[often - heap[piece]] for heap, all_others in heaps_outside]
            for piece, often in total.items()
        }

    def of(self, text: str) -> list[tuple[str, float]]:
        """The heaps, the most alike first, each with its share; shares add up to 1. Empty if no piece is known."""
        known = [self._weights[piece] for piece in pieces(text) if piece in self._weights]
        if not known:
            return []
        steepness = STEEPNESS / sqrt(len(known))
        scores = [sum(column) * steepness for column in zip(*known, strict=True)]
        weights = [exp(score - max(scores)) for score in scores]
        shares = [weight / sum(weights) for weight in weights]
        return sorted(zip(self._names, shares, strict=True), key=lambda pair: -pair[1])
