"""What one language says of need: its phrases for each sign, and how it takes them back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from leuvenhelpt.domain.signs import Sign
from leuvenhelpt.triage.phrases import Phrase, Reading, forms_in
from leuvenhelpt.triage.wording import plain

BODILY = frozenset({Sign.DANGER, Sign.ILLNESS})  # what is over when it is said to be long ago


@dataclass(frozen=True)
class Listener:
    """`starts`: which phrases begin with a word form; `past`: that it was long ago.

    `before` and `after`: words that take back what stands right next to them.
    """

    phrases: tuple[tuple[Sign, Phrase], ...]
    starts: Mapping[str, Sequence[int]]
    before: tuple[tuple[str, ...], ...]
    after: frozenset[str]
    past: tuple[Phrase, ...]

    @classmethod
    def read(cls, facts: Mapping[str, Any]) -> "Listener":
        """From the mapping of a language's texts."""
        back = facts["taken_back"]
        phrases = tuple(
            (Sign(name), Phrase.read(one)) for name, many in facts["signs"].items() for one in many
        )
        starts: dict[str, list[int]] = {}
        for number, (_, phrase) in enumerate(phrases):
            for form in phrase.words[0]:
                starts.setdefault(form, []).append(number)
        return cls(
            phrases,
            starts,
            tuple(tuple(plain(words).split()) for words in back["before"]),
            frozenset(plain(word) for word in back["after"]),
            tuple(Phrase.read(words) for words in back["past"]),
        )

    @property
    def forms(self) -> frozenset[str]:
        """Every word form that matters."""
        return forms_in([*(phrase for _, phrase in self.phrases), *self.past])

    def signs(self, reading: Reading) -> tuple[set[Sign], set[Sign]]:
        """What is meant, and what is only said to be taken back."""
        meant: set[Sign] = set()
        taken_back: set[Sign] = set()
        begun = {number for form in reading.places for number in self.starts.get(form, ())}
        for sign, phrase in (self.phrases[number] for number in begun):
            for found in phrase.found(reading.places):
                is_back = self._is_taken_back(phrase, reading, found)
                (taken_back if is_back else meant).add(sign)
        return meant, taken_back - meant

    def _is_taken_back(self, phrase: Phrase, reading: Reading, found: list[int]) -> bool:
        first, last = found[0], found[-1]
        if reading.words.get(last + 1) in self.after:
            return True
        return any(reading.said_before(first, words) for words in self.before if not phrase.holds(words))

    def is_past(self, reading: Reading) -> bool:
        """Whether it tells of long ago."""
        return any(any(phrase.found(reading.places)) for phrase in self.past)
