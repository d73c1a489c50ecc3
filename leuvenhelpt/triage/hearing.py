"""Free words -> which kinds of help may be meant, in which language, and what must not be missed."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache

from leuvenhelpt.domain.signs import Sign
from leuvenhelpt.triage.learned import Table, read
from leuvenhelpt.triage.listening import BODILY, Listener
from leuvenhelpt.triage.meanings import Meanings
from leuvenhelpt.triage.phrases import Reading
from leuvenhelpt.triage.wording import features, parts_of, pieces, said, words_of

MOST = 3  # suggestions
LEAST = 0.05  # share below which a kind is no suggestion
SURE = 0.9
SURE_OF_LANGUAGE = 0.8
ONE_WORD = 0.9  # how far below what is enough a score may fall when one word is left out
SHORT = 10  # words of a sentence in which a single word can be all there is
NEVER_ONE_WORD = frozenset({Sign.DESPAIR, Sign.VIOLENCE})  # unless a phrase says so
SWALLOWED = "swallow_poison"  # the meaning that makes of a danger one for the poison centre
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
    """What was heard: suggestions and signs, first things first; `language` is empty when in doubt.

    `is_poison`: something dangerous may have been swallowed.
    """

    suggestions: tuple[Suggestion, ...] = ()
    signs: tuple[Sign, ...] = ()
    language: str = ""
    is_poison: bool = False


@dataclass(frozen=True)
class Ear:
    """What triage knows. `enough`: the score from which a sentence is a sign."""

    kinds: Table
    languages: Table
    needs: Table
    enough: Mapping[str, float]
    meanings: Meanings
    listeners: tuple[Listener, ...]
    forms: frozenset[str]

    def signs(self, words: str) -> tuple[Sign, ...]:
        """What must not be missed, most pressing first; each language listens, since people mix them.

        Two ears: phrases and meanings that say it, and sentences that are like those of people in need. What a phrase
        takes back, as in "no fever", the second ear does not bring up again.
        """
        language = self._likeliest_language(words)
        meant: set[Sign] = set()
        alike: set[Sign] = set()
        taken_back: set[Sign] = set()
        for sentence in said(words):
            phrases, likeness, back = self._heard_in(sentence, language)
            meant |= phrases
            alike |= likeness
            taken_back |= back
        found = meant | (alike - taken_back)
        covered = {less for more, less in COVERED.items() if more in found}
        return tuple(sign for sign in Sign if sign in found - covered)

    def is_poison(self, words: str) -> bool:
        """Whether words in danger tell of something swallowed."""
        return self.meanings.tells_of(SWALLOWED, words, self._likeliest_language(words))

    def _likeliest_language(self, words: str) -> str:
        return next((name for name, _ in self.languages.shares(pieces(words))), "")

    def _heard_in(self, sentence: str, language: str) -> tuple[set[Sign], set[Sign], set[Sign]]:
        """What phrases mean, what it is like, and what is taken back.

        What happened to a body long ago is over: there, only what is said beside it counts ("I fell last week, and now
        I cannot breathe").
        """
        phrases, back = self._said(sentence, language)
        likeness = self._alike(sentence, language)
        if self._is_past(sentence):
            present = " ".join(part for part in parts_of(sentence) if not self._is_past(part))
            still = self._said(present, language)[0] | self._alike(present, language)
            over = BODILY - still
            return phrases - over, likeness - over, back | over
        return phrases, likeness, back

    def _said(self, sentence: str, language: str) -> tuple[set[Sign], set[Sign]]:
        reading = Reading(sentence, self.forms)
        heard = [listener.signs(reading) for listener in self.listeners]
        meant = {sign for found, _ in heard for sign in found}
        meant |= set(map(Sign, self.meanings.signs(sentence, language)))
        return meant, {sign for _, back in heard for sign in back} - meant

    def _is_past(self, sentence: str) -> bool:
        reading = Reading(sentence, self.forms)
        return any(listener.is_past(reading) for listener in self.listeners)

    def _alike(self, sentence: str, language: str) -> set[Sign]:
        """What it is like. In a short sentence one word is not enough for despair or violence: "alleen" is also only.

        Whichever word is left out, the others must still come near.
        """
        found = self._reached(sentence, language)
        words = words_of(sentence)
        if found.isdisjoint(NEVER_ONE_WORD) or len(words) > SHORT:
            return found
        for n in range(len(words)):
            others = " ".join(words[:n] + words[n + 1 :])
            found -= NEVER_ONE_WORD - self._reached(others, language, ONE_WORD)
        return found

    def _reached(self, sentence: str, language: str, less: float = 0) -> set[Sign]:
        """Signs whose score is enough, or falls short of it by less than this."""
        scores = self.needs.weigh(features(sentence), self.meanings.features(sentence, language))
        named = zip(self.needs.names, scores, strict=True)
        return {Sign(name) for name, score in named if score >= self.enough[name] - less}


def hear(words: str, kinds: Collection[str]) -> Hearing:
    """What is heard in free words; `kinds`: what the city offers. A few milliseconds, nothing is kept."""
    if not words.strip():
        return Hearing()
    ear = ready()
    known = pieces(words)
    shares = [Suggestion(kind, share) for kind, share in ear.kinds.shares(known) if kind in kinds]
    likely = tuple(one for one in shares[:MOST] if one.confidence >= LEAST)
    language = next((name for name, share in ear.languages.shares(known) if share >= SURE_OF_LANGUAGE), "")
    signs = ear.signs(words)
    return Hearing(likely, signs, language, Sign.DANGER in signs and ear.is_poison(words))


@cache
def ready() -> Ear:
    """What was learned, read from where it is kept; takes a blink the first time."""
    facts, tables = read()
    listeners = tuple(Listener.read(one) for one in facts["phrases"].values())
    return Ear(
        tables["kinds"],
        tables["languages"],
        tables["signs"],
        facts["enough"],
        Meanings.read(facts["concepts"], facts["meant"]),
        listeners,
        frozenset(form for listener in listeners for form in listener.forms),
    )
