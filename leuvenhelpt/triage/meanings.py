"""What words mean, whatever the language: `concepts.toml` gives "val", "chute" and "düştü" one name.

So what was learned from a sentence in one language is known in the others.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from leuvenhelpt.triage.wording import plain, words_of

NEAR = 8  # words within which two meanings belong together
LONGEST = 4  # words of one meaning
CLITICS = ("و", "ف", "ب", "ل", "ك", "ال", "عم", "بال", "لل", "وال")  # written on to an Arabic word
STEM = 3  # letters that must remain
NOTHING = "meaning of nothing"

NO = frozenset({"not", "unable", "nomore"})
ARABIC = "ar"

Lexicon = Mapping[str, Collection[str]]
Rule = tuple[frozenset[str], ...]


@dataclass(frozen=True)
class Meanings:
    """`lexicons`: by language, the concepts of each word form: a word, `begin*`, `*end` or words_that_follow.

    `rules`: by sign, meanings that together are that sign (`meant.toml`).
    """

    lexicons: Mapping[str, Lexicon]
    rules: Mapping[str, Sequence[Rule]]

    @classmethod
    def read(
        cls, concepts: Mapping[str, Mapping[str, str]], meant: Mapping[str, Sequence[str]]
    ) -> "Meanings":
        """From concepts with the forms of each language. Arabic in Latin letters is known in every language."""
        lexicons: dict[str, dict[str, list[str]]] = {}
        for concept, languages in concepts.items():
            latin = [form for form in plain(languages[ARABIC]).split() if form.isascii()]
            for language, forms in languages.items():
                for form in {*plain(forms).split(), *latin}:
                    lexicons.setdefault(language, {}).setdefault(form, []).append(concept)
        rules = {
            sign: [tuple(frozenset(part.split("/")) for part in one.split()) for one in many]
            for sign, many in meant.items()
        }
        return cls(lexicons, rules)

    def features(self, text: str, language: str) -> set[str]:
        """The meanings in a text, and each two that stand near each other."""
        heard = self._heard(text, language)
        pairs = {
            f"meaning {min(one, other)}+{max(one, other)}"
            for (at, one), (elsewhere, other) in combinations(heard, 2)
            if one != other and elsewhere - at <= NEAR
        }
        return (pairs | {f"meaning {one}" for _, one in heard}) or {NOTHING}

    def tells_of(self, meaning: str, text: str, language: str) -> bool:
        """Whether a text holds this meaning."""
        return any(one == meaning for _, one in self._heard(text, language))

    def signs(self, text: str, language: str) -> set[str]:
        """What meanings together are a sign of. A rule without a "not" is silent where one is said."""
        places: dict[str, set[int]] = {}
        for at, one in self._heard(text, language):
            places.setdefault(one, set()).add(at)
        said_no = "not" in places
        return {
            sign
            for sign, rules in self.rules.items()
            for rule in rules
            if not (said_no and all(NO.isdisjoint(part) for part in rule)) and _stands(rule, places)
        }

    def _heard(self, text: str, language: str) -> list[tuple[int, str]]:
        words = words_of(text)
        lexicon = self.lexicons.get(language, {})
        return [(at, one) for at in range(len(words)) for one in _at(words, at, lexicon)]


def _stands(rule: Rule, places: Mapping[str, set[int]]) -> bool:
    """Whether each part is there, in other words than the first and near it."""
    first, *others = [set[int]().union(*(places.get(one, set()) for one in part)) for part in rule]
    return any(all(any(0 < abs(at - one) <= NEAR for one in other) for other in others) for at in first)


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
