"""A settled pool as plain facts and arrays, so that a worker can keep it in a file and begin with it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from leuvenhelpt.matching.blocks import Settled
from leuvenhelpt.matching.columns import FACTS, MEANS, Columns
from leuvenhelpt.matching.grid import CELLS_KM, REACHES_KM, Frame, Grid
from leuvenhelpt.matching.projection import CENTRE_KM
from leuvenhelpt.matching.vocabulary import KIND_BITS, LANGUAGE_BITS, Vocabulary
from leuvenhelpt.matching.weights import PRIOR_ASKS, PRIOR_YES, WAITING_DAYS, Weights

VERSION = 1
"""Count up when columns come to mean something else though they look the same."""
KINDS = {
    "word": np.dtype(np.uint64), "volunteer_id": np.dtype(np.uint32), "facts": FACTS,
    "by_id": np.dtype(np.uint32), "starts": np.dtype(np.uint32),
}  # fmt: skip


@dataclass(frozen=True)
class Stored:
    """`facts` fit JSON; `arrays` as in KINDS. Ids, points and limits, but no name and no word of anybody."""

    facts: Mapping[str, Any]
    arrays: Mapping[str, npt.NDArray[Any]]


def _shape(weights: Weights) -> str:
    """What a stored pool takes for granted of the code; another shape cannot be read."""
    layout = (
        VERSION,
        FACTS.descr,
        REACHES_KM.tolist(),
        CELLS_KM.tolist(),
        CENTRE_KM,
        KIND_BITS,
        LANGUAGE_BITS,
    )
    return repr((layout, MEANS, asdict(weights), PRIOR_ASKS, PRIOR_YES, WAITING_DAYS))


def store(settled: Settled, vocabulary: Vocabulary, day: int, weights: Weights) -> Stored:
    """What `restored` makes the same volunteers of; the arrays are not copied."""
    columns = settled.columns
    facts = {
        "shape": _shape(weights),
        "day": day,
        "frame": settled.grid.frame,
        "kinds": vocabulary.kinds.names,
        "languages": vocabulary.languages.names,
        "areas": vocabulary.areas.names,
    }
    arrays = (columns.word, columns.volunteer_id, columns.facts, settled.by_id, settled.grid.starts)
    return Stored(facts, dict(zip(KINDS, arrays, strict=True)))


def restored(stored: Stored, weights: Weights) -> tuple[Settled, Vocabulary, int]:
    """The volunteers, what their bits mean, and the day of their standing; ValueError if it does not fit."""
    facts = stored.facts
    if facts.get("shape") != _shape(weights):
        raise ValueError("another shape")
    word, ids, rows, by_id, starts = (_checked(stored, name) for name in KINDS)
    if not len(word) == len(ids) == len(rows) == len(by_id) == int(starts[-1]):
        raise ValueError("columns of several lengths")
    vocabulary = Vocabulary()
    for code in ("kinds", "languages", "areas"):
        for name in facts[code]:
            getattr(vocabulary, code).number(name)
    west, south, east, north, classes = facts["frame"]
    grid = Grid(Frame(west, south, east, north, tuple(classes)), starts)
    return Settled(Columns(word, ids, rows), grid, by_id), vocabulary, int(facts["day"])


def _checked(stored: Stored, name: str) -> npt.NDArray[Any]:
    array = stored.arrays[name]
    if array.dtype != KINDS[name] or array.ndim != 1:
        raise ValueError(f"{name} is {array.dtype}")
    return array
