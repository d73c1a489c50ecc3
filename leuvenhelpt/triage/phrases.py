"""Phrases that mean something wherever their words stand close together, and what takes them back.

A phrase is words with spaces between them, in any order. `a/b` is either word, `wo*` any word that begins so, `a_b` one
right after the other, and `$` a pause.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from leuvenhelpt.triage.wording import plain, sentences

ROOM = 4  # other words that may stand in between
MARKS = re.compile(r"[/*_$]+")
LONGEST = 4  # words right after one another
BETWEEN_SENTENCES = 100  # further apart than any phrase is long

Word = tuple[str, ...]
Places = Mapping[str, Sequence[int]]


@dataclass(frozen=True)
class Phrase:
    """What must stand together, and what it is a sign of."""

    words: tuple[Word, ...]

    @classmethod
    def read(cls, written: str) -> "Phrase":
        """A phrase as it is written in the lists."""
        return cls(tuple(tuple(plain(word).split("/")) for word in written.split()))

    def holds(self, words: Sequence[str]) -> bool:
        """Whether one of these words is its own: the "not" of a phrase that says what is not possible any more."""
        return any(word in forms for forms in self.words for word in words)

    def found(self, places: Places) -> Iterator[list[int]]:
        """Where its words stand, close enough together."""
        if not all(any(form in places for form in word) for word in self.words):
            return
        first, *others = [sorted({at for form in word for at in places.get(form, ())}) for word in self.words]
        for anchor in first:
            near = [anchor]
            for standing in others:
                free = [at for at in standing if at not in near]
                near.append(min(free, key=lambda at: abs(at - anchor), default=BETWEEN_SENTENCES**2))
            if max(near) - min(near) < len(near) + ROOM:
                yield sorted(near)


class Reading:
    """A text with the place of each word; sentences lie far apart."""

    def __init__(self, text: str, forms: frozenset[str]) -> None:
        self.words: dict[int, str] = {}
        self.places: dict[str, list[int]] = {}
        at = 0
        for sentence in sentences(text):
            for n, word in enumerate(sentence):
                self.words[at] = word
                for form in _forms_of(sentence, n) & forms:
                    self.places.setdefault(form, []).append(at)
                at += 1
            at += BETWEEN_SENTENCES

    def said_before(self, at: int, words: Sequence[str]) -> bool:
        """Whether these words stand right before a place."""
        return all(self.words.get(at - len(words) + n) == word for n, word in enumerate(words))

    def sentence(self, at: int) -> range:
        """The places of the sentence around a place."""
        start, end = at, at
        while start - 1 in self.words:
            start -= 1
        while end + 1 in self.words:
            end += 1
        return range(start, end + 1)


def forms_in(phrases: Iterable[Phrase]) -> frozenset[str]:
    """Every word form that matters to these phrases."""
    return frozenset(form for phrase in phrases for word in phrase.words for form in word)


def as_words(written: str) -> str:
    """A phrase as it is written in the lists, without its marks."""
    return MARKS.sub(" ", written)


def _forms_of(sentence: Sequence[str], n: int) -> set[str]:
    word = sentence[n]
    together = {"_".join(sentence[n : n + length]) for length in range(1, LONGEST + 1)}
    return together | {f"{word[:end]}*" for end in range(1, len(word) + 1)}
