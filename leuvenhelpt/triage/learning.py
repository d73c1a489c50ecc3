"""From texts to tables: what `learned.zip` holds is made here, never while a web process runs.

Kinds of help and languages: complement naive Bayes (Rennie et al., 2003), by counting. Signs: a linear support vector
machine for each (Fan et al., "LIBLINEAR", 2008) over words, pieces of words and meanings, and the score from which it
is heard, chosen so that in cross-validation few calm texts are taken for it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.svm import LinearSVC

from leuvenhelpt.domain.signs import READ_FIRST, Sign
from leuvenhelpt.triage import learned, lessons
from leuvenhelpt.triage.lessons import CALM, Lesson
from leuvenhelpt.triage.meanings import Meanings
from leuvenhelpt.triage.wording import features, pieces

SIGNS = tuple(str(sign) for sign in Sign)
FOLDS = 5
SMOOTHING = 0.1
COST, RARE = 4.0, 2.0  # how hard a mistake is, and how much harder one about a sign
MEANINGS_WEIGH = 0.8  # beside words
ALARMS = {sign: 0.012 if sign in READ_FIRST else 0.004 for sign in Sign}  # share of calm texts taken for it
USUAL = 5.0  # rarity of a usual word, so that words weigh about one
BYTE = 127
CLIPPED = 0.9995  # of the weights fit in a byte; the very heaviest few are cut off

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Weights:
    """A table in the making: a row for each place, a column for each name."""

    names: tuple[str, ...]
    bias: Floats
    rows: Floats

    def facts(self) -> dict[str, Any]:
        return {"names": self.names, "bias": self.bias.round(4).tolist(), "scale": self._scale}

    def table(self) -> learned.Table:
        """Ready to weigh with."""
        rows = memoryview(self.packed()).cast("b")
        return learned.Table(self.names, tuple(self.bias.tolist()), self._scale, rows)

    def packed(self) -> bytes:
        """A signed byte a weight."""
        return np.clip(np.round(self.rows / self._scale), -BYTE, BYTE).astype(np.int8).tobytes()

    @property
    def _scale(self) -> float:
        sizes = np.abs(self.rows[self.rows != 0])
        return float(np.quantile(sizes, CLIPPED)) / BYTE


@dataclass(frozen=True)
class Sentences:
    """What signs are learned from, as numbers: `words` and `meanings` have a row a text and a column a place."""

    lessons: Sequence[Lesson]
    words: sparse.csr_matrix
    meanings: sparse.csr_matrix
    labels: NDArray[np.str_]

    @classmethod
    def read(cls) -> "Sentences":
        """Every text there is."""
        many = lessons.lessons()
        known = Meanings.read(lessons.concepts(), lessons.meant())
        words = _matrix([features(one.text) for one in many])
        meant = _matrix([known.features(one.text, one.language) for one in many])
        return cls(many, words, meant, np.array([one.label for one in many]))


def learn() -> None:
    """Writes `learned.zip` anew."""
    known = lessons.texts()
    texts = Sentences.read()
    tables = {
        "kinds": counted(_heaps(known, by_language=False)),
        "languages": counted(_heaps(known, by_language=True)),
        "signs": separated(texts, np.arange(len(texts.lessons))),
    }
    facts = {
        "digest": lessons.digest(),
        "enough": thresholds(texts),
        "tables": {name: table.facts() for name, table in tables.items()},
        "phrases": {
            name: {part: one[part] for part in ("signs", "taken_back")} for name, one in known.items()
        },
        "concepts": lessons.concepts(),
        "meant": lessons.meant(),
    }
    path = str(lessons.TEXTS.joinpath("..", learned.FILE))
    learned.write(path, facts, [(name, table.packed()) for name, table in tables.items()])


def counted(heaps: Mapping[str, Sequence[str]]) -> Weights:
    """Complement naive Bayes: how little each piece of a word belongs to all the other heaps."""
    counts = np.array(
        [np.asarray(_matrix([pieces(text) for text in heap]).sum(axis=0))[0] for heap in heaps.values()]
    )
    others = counts.sum(axis=0) - counts + SMOOTHING
    is_known = counts.sum(axis=0) > 0
    outside = np.log(others[:, is_known].sum(axis=1, keepdims=True))
    rows = (outside - np.log(others)).T * is_known[:, None]
    return Weights(tuple(heaps), np.zeros(len(heaps)), rows - rows.mean(axis=1, keepdims=True))


def separated(texts: Sentences, chosen: NDArray[np.int_]) -> Weights:
    """One line between each sign and all else, learned from the chosen texts."""
    parts = [texts.words[chosen], texts.meanings[chosen]]
    rarity = [_rarity(part) * weight for part, weight in zip(parts, (1.0, MEANINGS_WEIGH), strict=True)]
    blocks: list[Any] = [_normal(part).multiply(rare) for part, rare in zip(parts, rarity, strict=True)]
    seen = sparse.csr_matrix(sparse.hstack(blocks))
    lines = [
        LinearSVC(C=COST, class_weight={0: 1, 1: RARE}, random_state=0).fit(
            seen, texts.labels[chosen] == sign
        )
        for sign in SIGNS
    ]
    weights = np.array([line.coef_[0] for line in lines]) * np.concatenate(rarity)
    together = weights[:, : 1 << learned.BITS] + weights[:, 1 << learned.BITS :]
    return Weights(SIGNS, np.array([line.intercept_[0] for line in lines]), together.T)


def folds_of(groups: Sequence[str]) -> NDArray[np.int_]:
    """A fold for each text, the same for all of a group."""
    return np.array([learned.place(group) % FOLDS for group in groups])


def thresholds(texts: Sentences) -> dict[str, float]:
    """The score from which each sign is heard: what few calm texts score that are left out with their translations."""
    folds = folds_of([one.family for one in texts.lessons])
    scores = np.zeros((len(folds), len(SIGNS)))
    for fold in range(FOLDS):
        line = separated(texts, np.flatnonzero(folds != fold))
        held = np.flatnonzero(folds == fold)
        scores[held] = line.bias + sum(
            _normal(part[held]) @ line.rows for part in (texts.words, texts.meanings)
        )
    calm = scores[texts.labels == CALM]
    return {sign: round(float(np.quantile(calm[:, n], 1 - ALARMS[sign])), 3) for n, sign in enumerate(Sign)}


def _heaps(known: Mapping[str, Any], *, by_language: bool) -> dict[str, list[str]]:
    heaps: dict[str, list[str]] = {}
    for language, facts in known.items():
        for kind, many in facts["kinds"].items():
            heaps.setdefault(language if by_language else kind, []).extend(many)
    return heaps


def _matrix(many: Sequence[set[str]]) -> sparse.csr_matrix:
    places = [sorted({learned.place(feature) for feature in one}) for one in many]
    ends = np.cumsum([0, *map(len, places)])
    columns = np.array([place for one in places for place in one])
    return sparse.csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(many), 1 << learned.BITS))


def _normal(part: sparse.csr_matrix) -> sparse.csr_matrix:
    sizes = np.maximum(np.asarray(part.sum(axis=1)).ravel(), 1)
    return sparse.csr_matrix(part.multiply(1 / np.sqrt(sizes)[:, None]))


def _rarity(part: sparse.csr_matrix) -> Floats:
    often = np.asarray(part.sum(axis=0)).ravel()
    return (np.log((1 + part.shape[0]) / (1 + often)) + 1) / USUAL
