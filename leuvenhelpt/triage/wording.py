"""Text as triage sees it: small letters without marks, in words and in sentences."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

SENTENCE = re.compile(r"[.!?;:\n؟]+")
PAUSE = re.compile(r"[,،()–-]+(?=\s)")
END = "$"  # where a breath is taken
LETTERS = re.compile(r"[^\W\d_]+")
WORD_OR_END = re.compile(r"\w+|\$")
WORDS = re.compile(r"[^\W_]+")
JOINTS = re.compile(
    r"[,،()–]|\s-\s|\b(?:en|maar|want|et|mais|car|and|but|so|und|aber|denn|ve|ama|fakat|і|й|та|але|а|y|pero|ولكن|لكن|بس)\b",
    re.IGNORECASE,
)
SAME = str.maketrans({"ı": "i", "ى": "ي", "ة": "ه", "ـ": None, "œ": "oe", "æ": "ae", "ø": "o", "ł": "l"})
SHORTEST, LONGEST = 3, 5  # letters of a piece


def plain(text: str) -> str:
    """One way of writing each word: no capitals, accents or vowel signs."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in parts if not unicodedata.combining(letter)).translate(SAME)


def sentences(text: str) -> list[list[str]]:
    """The words of each sentence, plain, with `$` at each pause and at the end."""
    parts = SENTENCE.split(plain(text.replace(END, " ")))
    return [WORD_OR_END.findall(PAUSE.sub(f" {END} ", part) + END) for part in parts]


def said(text: str) -> list[str]:
    """The sentences as they were written."""
    return [part for part in SENTENCE.split(text) if part.strip()]


def pieces(text: str) -> set[str]:
    """Every three to five letters within a word: forgives endings, compounds and typing errors."""
    return {piece for word in set(LETTERS.findall(plain(text))) for piece in _pieces_of(f" {word} ")}


def _pieces_of(word: str) -> Iterator[str]:
    for length in range(SHORTEST, LONGEST + 1):
        for start in range(max(len(word) - length + 1, 1)):
            yield word[start : start + length]


def parts_of(sentence: str) -> list[str]:
    """What a sentence says one after the other: between commas, and before and after "and" or "but"."""
    return [part for part in JOINTS.split(sentence) if part.strip()]


def words_of(text: str) -> list[str]:
    """The words, plain; a digit counts as a letter, as in "3ndi"."""
    return WORDS.findall(plain(text))


def features(text: str) -> set[str]:
    """Pieces of words, words, and each two that follow each other."""
    words = words_of(text)
    known = {piece for word in set(words) for piece in _pieces_of(f" {word} ")}
    known.update(f"word {word}" for word in words)
    return known.union(f"words {one} {other}" for one, other in pairwise(["^", *words, "$"]))
