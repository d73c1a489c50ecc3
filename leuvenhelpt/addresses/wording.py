"""How names are written: one spelling for the many ways in which a street or a town is typed."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

_LETTERS = str.maketrans(
    {"ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "ı": "i", "ł": "l", "’": "'", "‘": "'", "`": "'", "´": "'"}
)

# Whole words that stand for another. Titles, saints and the words that name a kind of street.
_WORDS = {
    "av": "avenue", "ave": "avenue", "bd": "boulevard", "bld": "boulevard", "boul": "boulevard", "bvd": "boulevard",
    "blvd": "boulevard", "burg": "burgemeester", "burgem": "burgemeester", "bgm": "burgemeester",
    "chee": "chaussee", "chssee": "chaussee", "chauss": "chaussee", "dr": "doctor", "drf": "dreef",
    "gebr": "gebroeders", "gen": "generaal", "ing": "ingenieur", "kan": "kanunnik", "kap": "kapitein",
    "kard": "kardinaal", "kol": "kolonel", "kon": "koning", "ln": "laan", "lt": "luitenant", "mgr": "monseigneur",
    "past": "pastoor", "prof": "professor", "rte": "route", "saint": "sint", "sainte": "sint", "sq": "square",
    "ste": "sint", "st": "sint", "stnwg": "steenweg", "str": "straat", "stw": "steenweg", "stwg": "steenweg",
    "wg": "weg", "olv": "onzelievevrouw", "olvr": "onzelievevrouw",
}  # fmt: skip
_LAST = {"st": "straat", "pl": "plein", "stg": "steenweg", "dr": "dreef"}
_FIRST = {"pl": "place", "ch": "chaussee", "r": "rue"}
_ENDS = (
    ("steenwg", "steenweg"), ("stnwg", "steenweg"), ("stwg", "steenweg"), ("stw", "steenweg"),
    ("str", "straat"), ("drf", "dreef"), ("ln", "laan"), ("pl", "plein"), ("wg", "weg"),
)  # fmt: skip
_KINDS = (
    "steenweg", "straat", "strasse", "plein", "singel", "dreef", "markt", "laan", "baan", "vest", "kaai", "lei",
    "poort", "gang", "veld", "park", "berg", "ring", "dijk", "weg", "hof", "pad", "dal", "wijk", "steeg",
)  # fmt: skip
_FIRST_KINDS = frozenset(
    (
        "rue",
        "avenue",
        "chaussee",
        "boulevard",
        "place",
        "square",
        "chemin",
        "impasse",
        "quai",
        "route",
        "allee",
        "clos",
    )
)
_LINKS = frozenset(("de", "du", "des", "la", "le", "les", "l", "d"))
_OUR_LADY = re.compile(r"\bo[.\s-]{0,2}l[.\s-]{0,2}(?:v(?:r|rouwe?)?\b[.\s-]?|vrouwe?(?=[a-z]))")
_SOUNDS = (
    ("ph", "f"), ("sch", "sg"), ("ch", "g"), ("gh", "g"), ("ck", "k"), ("qu", "kw"), ("x", "ks"), ("c", "k"),
    ("q", "k"), ("th", "t"), ("dt", "t"), ("ij", "y"), ("ei", "y"), ("ey", "y"), ("ae", "a"), ("au", "ou"),
    ("z", "s"), ("v", "f"), ("uy", "ui"), ("j", "y"), ("i", "y"),
)  # fmt: skip
_TWICE = re.compile(r"(.)\1+")


class Name(NamedTuple):
    """A street name in one spelling: `key` whole, `stem` without and `kind` only its kind ("straat")."""

    key: str
    stem: str
    kind: str
    sound: str


def fold(text: str) -> str:
    """Lower case without accents; typographic apostrophes become plain ones."""
    marked = unicodedata.normalize("NFKD", text.lower().translate(_LETTERS))
    return "".join(sign for sign in marked if not unicodedata.combining(sign)).replace("⁄", "/")


def words_of(folded: str) -> list[str]:
    """The words of a folded name, abbreviations written out; apostrophes join, other signs part."""
    told = _OUR_LADY.sub("onzelievevrouw", folded)
    words = re.findall(r"[a-z0-9]+", told.replace("'s ", "s").replace("'", ""))
    return [_written_out(word, index, len(words)) for index, word in enumerate(words)]


def _written_out(word: str, index: int, count: int) -> str:
    if index == count - 1 and count > 1 and word in _LAST:
        return _LAST[word]
    if index == 0 and count > 1 and word in _FIRST:
        return _FIRST[word]
    if word in _WORDS:
        return _WORDS[word]
    for short, long in _ENDS:
        if word.endswith(short) and len(word) > len(short) + 2:
            return word[: -len(short)] + long
    return word


def name_of(words: list[str]) -> Name:
    """A street name from its words. In French the kind stands first: "rue de la Station"."""
    name = _named("".join(words))
    if len(words) < 2 or words[0] not in _FIRST_KINDS:
        return name
    rest = [word for word in words[1:] if word not in _LINKS] or words[1:]
    stem = "".join(rest)
    return Name(name.key, stem, words[0], sound_of(stem) + "|" + words[0])


@lru_cache(maxsize=4096)
def town_key(text: str) -> str:
    """A town's name in one spelling: "Kessel-Lo", "kessel lo" and "KESSELLO" are one."""
    bare = re.sub(r"\(.*?\)", " ", fold(text))
    return "".join("sint" if word in ("st", "saint", "ste") else word for word in re.findall(r"[a-z]+", bare))


@lru_cache(maxsize=2048)
def _named(key: str) -> Name:
    kind = next((kind for kind in _KINDS if key.endswith(kind) and len(key) > len(kind) + 1), "")
    stem = key[: len(key) - len(kind)] if kind else key
    return Name(key, stem, kind, sound_of(stem) + "|" + kind)


def sound_of(stem: str) -> str:
    """Roughly how it sounds in Dutch: equal for the usual ways of misspelling it."""
    for written, heard in _SOUNDS:
        stem = stem.replace(written, heard)
    heard = _TWICE.sub(r"\1", stem)
    return re.sub(r"(?<=..)(?:se?)+$", "", heard)  # "Brusselstraat" is said for Brusselsestraat
