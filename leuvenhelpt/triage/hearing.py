"""Free words -> which kinds of help may be meant, in which language, and what must not be missed."""

import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from leuvenhelpt.domain.signs import READ_FIRST, Sign
from leuvenhelpt.triage.likeness import Likeness
from leuvenhelpt.triage.listening import Listener
from leuvenhelpt.triage.phrases import Reading, as_words
from leuvenhelpt.triage.wording import said

MOST = 3  # suggestions
LEAST = 0.05  # share below which a kind is no suggestion
SURE = 0.9
SURE_OF_LANGUAGE = 0.8
CALM = "calm"
# The share from which a sentence is a sign: what presses is rather heard once too often than missed.
ENOUGH: dict[str, float] = {sign: 0.25 if sign in READ_FIRST else 0.45 for sign in Sign}
COVERED = {Sign.SUICIDE: Sign.DESPAIR, Sign.DANGER: Sign.ILLNESS}  # the first says what the second would


@dataclass(frozen=True)
class Suggestion:
    """A kind of help and how sure we are, from 0 to 1."""

    kind: str
    confidence: float

    @property
    def is_sure(self) -> bool:
        """Whether it may stand chosen already, for the reader to agree with or to change."""
        return self.confidence >= SURE


@dataclass(frozen=True)
class Hearing:
    """What was heard: suggestions and signs, first things first; `language` is empty when in doubt."""

    suggestions: tuple[Suggestion, ...] = ()
    signs: tuple[Sign, ...] = ()
    language: str = ""


@dataclass(frozen=True)
class Ear:
    """What triage knows, read from the texts of each language."""

    kinds: Likeness
    languages: Likeness
    needs: Likeness
    listeners: tuple[Listener, ...]
    forms: frozenset[str]

    def signs(self, words: str) -> tuple[Sign, ...]:
        """What must not be missed, most pressing first; each language listens, since people mix them.

        Two ears: phrases that mean it, and sentences that are like those of people in need. What a phrase takes back,
        as in "no fever", the second ear does not bring up again.
        """
        reading = Reading(words, self.forms)
        heard = [listener.signs(reading) for listener in self.listeners]
        meant = {sign for found, _ in heard for sign in found}
        taken_back = {sign for _, back in heard for sign in back}
        found = meant | (self._alike(words) - taken_back)
        covered = {less for more, less in COVERED.items() if more in found}
        return tuple(sign for sign in Sign if sign in found - covered)

    def _alike(self, words: str) -> set[Sign]:
        shares = [pair for sentence in said(words) for pair in self.needs.of(sentence)]
        return {Sign(name) for name, share in shares if name != CALM and share >= ENOUGH[name]}


def hear(words: str, kinds: Collection[str]) -> Hearing:
    """What is heard in free words; `kinds`: what the city offers. A few milliseconds, nothing is kept."""
    if not words.strip():
        return Hearing()
    ear = ready()
    shares = [Suggestion(kind, share) for kind, share in ear.kinds.of(words) if kind in kinds]
    likely = tuple(one for one in shares[:MOST] if one.confidence >= LEAST)
    language = next((name for name, share in ear.languages.of(words) if share >= SURE_OF_LANGUAGE), "")
    return Hearing(likely, ear.signs(words), language)


@cache
def ready() -> Ear:
    """Everything read and counted; takes a moment the first time."""
    known = texts()
    kinds: dict[str, list[str]] = {}
    needs: dict[str, list[str]] = {CALM: []}
    for facts in known.values():
        for kind, examples in facts["kinds"].items():
            kinds.setdefault(kind, []).extend(examples)
            needs[CALM].extend(examples)
        for sign, phrases in facts["signs"].items():
            needs.setdefault(sign, []).extend([*map(as_words, phrases), *facts["said"][sign]])
        needs[CALM].extend(facts["calm"]["texts"])
    spoken = {
        name: [text for many in facts["kinds"].values() for text in many] for name, facts in known.items()
    }
    listeners = tuple(Listener.read(facts) for facts in known.values())
    forms = frozenset(form for listener in listeners for form in listener.forms)
    return Ear(Likeness(kinds), Likeness(spoken), Likeness(needs), listeners, forms)


def texts() -> dict[str, dict[str, Any]]:
    """All that triage knows, by language: what people write, what it is a sign of, and what takes it back."""
    folder = files("leuvenhelpt.triage").joinpath("texts")
    return {
        file.name.removesuffix(".toml"): tomllib.loads(file.read_text(encoding="utf-8"))
        for file in sorted(folder.iterdir(), key=lambda file: file.name)
        if file.name.endswith(".toml")
    }
