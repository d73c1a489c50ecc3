"""Kinds of help and languages as bits of one word, so that one AND and one compare ask for both."""

from collections.abc import Iterable

import numpy as np

from leuvenhelpt.domain.errors import ConfigurationError

LANGUAGE_BITS = 40
KIND_BITS = 23
ASKABLE = 1 << 63
NOBODY = (0, ASKABLE)
"""The question that no volunteer suits."""


class Code:
    """Names numbered in the order they were met; grows, never renumbers."""

    def __init__(self, what: str, limit: int) -> None:
        self._what, self._limit = what, limit
        self.names: list[str] = []
        self._numbers: dict[str, int] = {}
        self._known: dict[int, frozenset[str]] = {}  # a few hundred combinations, however many people

    def number(self, name: str) -> int:
        """The number of a name, met before or not; ConfigurationError past the limit."""
        if name not in self._numbers:
            if len(self.names) == self._limit:
                raise ConfigurationError(f"more than {self._limit} {self._what}: {name}")
            self._numbers[name] = len(self.names)
            self.names.append(name)
        return self._numbers[name]

    def find(self, name: str) -> int | None:
        """The number of a name met before, else None."""
        return self._numbers.get(name)

    def bits(self, names: Iterable[str]) -> int:
        """The names as bits."""
        return sum(1 << self.number(name) for name in names)

    def names_in(self, bits: int) -> frozenset[str]:
        """The names of bits."""
        if bits not in self._known:
            self._known[bits] = frozenset(
                name for number, name in enumerate(self.names) if bits >> number & 1
            )
        return self._known[bits]


class Vocabulary:
    """What the words of one pool mean: whether somebody may be asked at all, then kinds, then languages."""

    def __init__(self) -> None:
        self.kinds = Code("kinds of help", KIND_BITS)
        self.languages = Code("languages", LANGUAGE_BITS)
        self.areas = Code("areas", np.iinfo(np.uint16).max)
        self.areas.number("")

    def word(self, kinds: Iterable[str], languages: Iterable[str]) -> int:
        """The word of a volunteer, numbering what is new."""
        return self.kinds.bits(kinds) << LANGUAGE_BITS | self.languages.bits(languages)

    def kinds_of(self, word: int) -> frozenset[str]:
        """The kinds of help a word holds."""
        return self.kinds.names_in((word & ~ASKABLE) >> LANGUAGE_BITS)

    def languages_of(self, word: int) -> frozenset[str]:
        """The languages a word holds."""
        return self.languages.names_in(word & (1 << LANGUAGE_BITS) - 1)

    def question(self, kind: str, languages: Iterable[str]) -> tuple[int, int]:
        """(mask, least): a volunteer may be asked for this kind in such a language if `word & mask >= least`.

        The kinds stand above the languages: with one kind in the mask, the rest reaches past its bit only if
        some language is shared. No languages means any.
        """
        number = self.kinds.find(kind)
        if number is None:
            return NOBODY
        bit, asked = ASKABLE | 1 << (LANGUAGE_BITS + number), list(languages)
        known = [found for name in asked if (found := self.languages.find(name)) is not None]
        if not asked:
            return bit, bit
        return (bit | sum(1 << found for found in known), bit + 1) if known else NOBODY
