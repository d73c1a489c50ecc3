"""How well what a resident wrote fits what volunteers wrote about themselves: a small wish, never a rule.

Only the pairing worker comes here, since scikit-learn is slow to load.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
from sklearn.feature_extraction.text import TfidfVectorizer

from leuvenhelpt.domain.messages import Candidate, Need, Reason
from leuvenhelpt.matching.weights import WEIGHTS, Weights

NOTICEABLE = 0.2
LARGEST_CORPUS = 20_000

Table = npt.NDArray[np.float64]


class Embed(Protocol):
    """The seam: texts in, a row of length 1 each out, so that the product of two rows is how alike they are.

    Character n-grams serve by default; multilingual sentence embeddings fit in here as they are, and `joined`
    lets both count.
    """

    def __call__(self, texts: Sequence[str]) -> Table: ...


def character_grams(corpus: Iterable[str]) -> Embed:
    """TF-IDF over pieces of three to five letters within words: forgives endings, compounds and typing errors.

    What many wrote counts little. `corpus`: what volunteers wrote about themselves; some of it must hold words.
    """
    known = [text for text, _ in zip(corpus, range(LARGEST_CORPUS), strict=False)]
    grams = TfidfVectorizer(
        analyzer="char_wb",
        ngram_range=(3, 5),
        strip_accents="unicode",
        sublinear_tf=True,
        max_features=50_000,
    ).fit(known)

    def embed(texts: Sequence[str]) -> Table:
        rows: Any = grams.transform(texts)
        return np.asarray(rows.toarray(), np.float64)

    return embed


def joined(*embeds: Embed) -> Embed:
    """What several understand, as one: texts are as alike as they find on average."""

    def embed(texts: Sequence[str]) -> Table:
        rows: Table = np.hstack([np.asarray(one(texts), np.float64) for one in embeds])
        shared: Table = rows / np.sqrt(len(embeds))
        return shared

    return embed


def fits(embed: Embed, wanted: str, offered: Sequence[str]) -> list[float]:
    """For each offered text, from 0 to 1, how well it fits what is wanted."""
    table = embed([wanted, *offered])
    return [min(max(float(fit), 0.0), 1.0) for fit in table[1:] @ table[0]]


def with_words(
    need: Need,
    candidates: Sequence[Candidate],
    words: Mapping[int, str],
    embed: Embed,
    weights: Weights = WEIGHTS,
) -> list[Candidate]:
    """The candidates, best first, once their own words count too; `words`: by volunteer, who wrote any.

    Words decide among the candidates given; give more than will be asked.
    """
    writers = [one for one in candidates if words.get(one.volunteer_id)]
    if not need.words.strip() or not writers:
        return list(candidates)
    found = fits(embed, need.words, [words[one.volunteer_id] for one in writers])
    fit_of = {one.volunteer_id: fit for one, fit in zip(writers, found, strict=True) if fit >= NOTICEABLE}
    marked = [_marked(one, fit_of.get(one.volunteer_id), weights) for one in candidates]
    return sorted(marked, key=lambda one: (-one.score, one.volunteer_id))


def _marked(one: Candidate, fit: float | None, weights: Weights) -> Candidate:
    if fit is None:
        return one
    why = Reason("words", facts={"fit": round(fit, 2)})
    return replace(one, score=one.score + weights.words * fit, reasons=(*one.reasons, why))
