"""What was learned from the texts, ready to weigh words with: small tables that are read in a blink.

A feature of a text (a piece of a word, two words, two meanings) has a row in a table by its hash, and in that row a
weight for each name: Weinberger et al., "Feature hashing for large scale multitask learning" (2009).
"""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from io import BytesIO
from math import exp, sqrt
from typing import Any
from zipfile import ZipFile
from zlib import crc32

BITS = 17
FILE = "learned.zip"
FACTS = "facts.json"


@dataclass(frozen=True)
class Table:
    """`rows`: for each hash one signed byte a name, to be multiplied by `scale`; `bias`: what each name begins with."""

    names: tuple[str, ...]
    bias: tuple[float, ...]
    scale: float
    rows: memoryview

    def weigh(self, *blocks: Collection[str]) -> list[float]:
        """A score for each name. Blocks weigh alike, however many features they have; the unknown does not count."""
        scores = list(self.bias)
        for block in blocks:
            known = [row for row in map(self._row, block) if any(row)]
            if known:
                part = self.scale / sqrt(len(known))
                sums = map(sum, zip(*known, strict=True))
                scores = [score + part * one for score, one in zip(scores, sums, strict=True)]
        return scores

    def shares(self, block: Collection[str]) -> list[tuple[str, float]]:
        """The names, the most alike first, each with its share; shares add up to 1. Empty if nothing is known."""
        scores = self.weigh(block)
        if scores == list(self.bias):
            return []
        alike = [exp(score - max(scores)) for score in scores]
        ranked = ((name, one / sum(alike)) for name, one in zip(self.names, alike, strict=True))
        return sorted(ranked, key=lambda pair: -pair[1])

    def _row(self, feature: str) -> list[int]:
        start = place(feature) * len(self.names)
        return self.rows[start : start + len(self.names)].tolist()


def place(feature: str) -> int:
    """Which row is this feature's."""
    return crc32(feature.encode()) & ((1 << BITS) - 1)


def read() -> tuple[dict[str, Any], dict[str, Table]]:
    """The facts as they were written, and the tables by name."""
    packed = files("leuvenhelpt.triage").joinpath(FILE).read_bytes()
    with ZipFile(BytesIO(packed)) as file:
        facts = json.loads(file.read(FACTS))
        tables = {
            name: Table(
                tuple(one["names"]), tuple(one["bias"]), one["scale"], memoryview(file.read(name)).cast("b")
            )
            for name, one in facts["tables"].items()
        }
    return facts, tables


def write(path: str, facts: Mapping[str, Any], rows: Iterable[tuple[str, bytes]]) -> None:
    """The same, the other way round; the same bytes for the same facts."""
    from zipfile import ZIP_DEFLATED, ZipInfo  # noqa: PLC0415

    with ZipFile(path, "w") as file:
        for name, content in [(FACTS, json.dumps(facts, ensure_ascii=False).encode()), *rows]:
            file.writestr(ZipInfo(name), content, ZIP_DEFLATED, 9)
