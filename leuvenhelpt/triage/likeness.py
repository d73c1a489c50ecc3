"""Which heap of texts a text is most like: complement naive Bayes over pieces of words (Rennie et al., 2003).

It learns by counting, so what it knows are the texts themselves: nothing is trained beforehand or stored.
"""

from collections.abc import Iterable, Mapping
from math import exp, log, sqrt

from leuvenhelpt.triage.wording import pieces

SMOOTHING = 0.1
MOST = 255  # so that a count is a byte: a web process keeps these tables


class Likeness:
    """Learned from heaps of texts by name."""

    def __init__(self, heaps: Mapping[str, Iterable[str]]) -> None:
        self._names = tuple(heaps)
        counts: dict[str, bytearray] = {}
        for number, texts in enumerate(heaps.values()):
            for text in texts:
                for piece in pieces(text):
                    often = counts.setdefault(piece, bytearray(len(heaps)))
                    often[number] = min(often[number] + 1, MOST)
        self._counts = {piece: bytes(often) for piece, often in counts.items()}
        totals = [sum(column) for column in zip(*self._counts.values(), strict=True)]
        smoothing = SMOOTHING * len(self._counts)
        self._outside = [log(sum(totals) - total + smoothing) for total in totals]

    def of(self, text: str) -> list[tuple[str, float]]:
        """The heaps, the most alike first, each with its share; shares add up to 1. Empty if no piece is known."""
        known = [self._counts[piece] for piece in pieces(text) if piece in self._counts]
        if not known:
            return []
        weights = [[log(sum(often) - one + SMOOTHING) for one in often] for often in known]
        scores = [
            (outside * len(known) - sum(column)) / sqrt(len(known))
            for outside, column in zip(self._outside, zip(*weights, strict=True), strict=True)
        ]
        shares = [exp(score - max(scores)) for score in scores]
        ranked = [(name, share / sum(shares)) for name, share in zip(self._names, shares, strict=True)]
        return sorted(ranked, key=lambda pair: -pair[1])
