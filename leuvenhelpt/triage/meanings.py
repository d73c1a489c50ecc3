"""What words mean, whatever the language: `concepts.toml` gives "val", "chute" and "düştü" one name.

So what was learned from a sentence in one language is known in the others.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import combinations

from leuvenhelpt.triage.wording import plain, words_of

NEAR = 8  # words within which two meanings belong together
LONGEST = 4  # words of one meaning
CLITICS = ("و", "ف", "ب", "ل", "ك", "ال", "عم", "بال", "لل", "وال")  # written on to an Arabic word
STEM = 3  # letters that must remain
NOTHING = "meaning of nothing"

Lexicon = Mapping[str, Collection[str]]


@dataclass(frozen=True)
class Meanings:
    """`lexicons`: by language, the concepts of each word form: a word, `begin*`, `*end` or words_that_follow."""

    lexicons: Mapping[str, Lexicon]

    @classmethod
    def read(cls, concepts: Mapping[str, Mapping[str, str]]) -> "Meanings":
        """From concepts with the forms of each language."""
        lexicons: dict[str, dict[str, list[str]]] = {}
        for concept, languages in concepts.items():
            for language, forms in languages.items():
                for form in plain(forms).split():
                    lexicons.setdefault(language, {}).setdefault(form, []).append(concept)
        return cls(lexicons)

    def features(self, text: str, language: str) -> set[str]:
        """The meanings in a text, and each two that stand near each other."""
        words = words_of(text)
        lexicon = self.lexicons.get(language, {})
        heard = [(at, one) for at in range(len(words)) for one in _at(words, at, lexicon)]
        pairs = {
            f"meaning {min(one, other)}+{max(one, other)}"
            for (at, one), (elsewhere, other) in combinations(heard, 2)
            if one != other and elsewhere - at <= NEAR
        }
        return (pairs | {f"meaning {one}" for _, one in heard}) or {NOTHING}


def _at(words: list[str], at: int, lexicon: Lexicon) -> set[str]:
    together = ["_".join(words[at : at + length]) for length in range(2, LONGEST + 1)]
    forms = {form for word in _bare(words[at]) for form in _forms(word)}
    return {concept for form in forms.union(together) for concept in lexicon.get(form, ())}


def _bare(word: str) -> list[str]:
    cut = (word[len(one) :] for one in CLITICS if word.startswith(one))
    return [word, *(rest for rest in cut if len(rest) >= STEM)]


def _forms(word: str) -> set[str]:
    ends = range(1, len(word))
    return {word, f"{word}*", *(f"{word[:end]}*" for end in ends), *(f"*{word[end:]}" for end in ends)}
