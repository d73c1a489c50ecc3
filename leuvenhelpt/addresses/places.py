"""Which town is meant: the towns and part-municipalities of the register, and the names of places elsewhere."""

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from leuvenhelpt.addresses.columns import Columns
from leuvenhelpt.addresses.known_names import KnownNames
from leuvenhelpt.addresses.wording import name_of, town_key

ELSEWHERE, ABROAD = -1, -2
LONGEST = 5
_CLOSE, _CLOSER = 0.77, 0.8


class Mention(NamedTuple):
    """A town that was named: its index in the register, ELSEWHERE or ABROAD; `postcode` when a part of it was named."""

    town: int
    postcode: str = ""


@cache
def names_elsewhere() -> Mapping[str, int]:
    """Keys of places in Belgium and of large towns around it (ELSEWHERE), and of other countries (ABROAD)."""
    text = files("leuvenhelpt.addresses").joinpath("elsewhere.txt").read_text(encoding="utf-8")
    places, _, countries = text.partition("# abroad\n")
    return dict.fromkeys(_keys(places), ELSEWHERE) | dict.fromkeys(_keys(countries), ABROAD)


def _keys(text: str) -> set[str]:
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return {key for line in lines for name in line.split(",") if (key := town_key(name))}


class Gazetteer:
    """The towns one can name. `home` is the index of the city itself, whose names also win when misspelt."""

    def __init__(self, columns: Columns, home: int, known: KnownNames) -> None:
        self.home = home
        self._mentions: dict[str, Mention] = {}
        self._towns_of_postcode: dict[str, set[int]] = {}
        for part in columns.parts:
            self._towns_of_postcode.setdefault(part.postcode, set()).add(part.town)
            self._know(part.name, Mention(part.town, part.postcode))
        for index, town in enumerate(columns.towns):
            for name in town.names:
                self._mentions[town_key(name)] = Mention(index)
        if home != ELSEWHERE:
            self._mentions |= {town_key(name): Mention(home) for name in known.names}
            for name, postcode in (
                *known.part_names.items(),
                *((name, code) for code, name in known.parts.items()),
            ):
                self._mentions.setdefault(town_key(name), Mention(home, postcode))
        self._others = [key for key in {*names_elsewhere(), *self._mentions} if len(key) > 4]
        self._own = [key for key, mention in self._mentions.items() if mention.town == home and len(key) > 4]

    def _know(self, name: str, mention: Mention) -> None:
        key = town_key(name)
        known = self._mentions.get(key)
        if known is not None and (known.town == self.home or mention.town != self.home):
            return
        if key:
            self._mentions[key] = mention

    def towns_of(self, postcode: str) -> frozenset[int]:
        """The towns of the register that have a postcode."""
        return frozenset(self._towns_of_postcode.get(postcode, ()))

    def named(self, words: Sequence[str]) -> Mention | None:
        """The town these words are the name of, exactly."""
        if _has_digit(words):
            return None
        key = town_key(" ".join(words))
        if mention := self._mentions.get(key):
            return mention
        elsewhere = names_elsewhere().get(key)
        return None if elsewhere is None else Mention(elsewhere)

    def nearly_named(self, words: Sequence[str], *, anywhere: bool = False) -> Mention | None:
        """The city or a part of it, misspelt, unless the name exists elsewhere; `anywhere`: or another place."""
        key = town_key(" ".join(words))
        if len(key) < 5 or _has_digit(words) or key in names_elsewhere() or name_of([key]).kind:
            return None
        best = process.extractOne(key, self._own, scorer=OSA.normalized_similarity, score_cutoff=_CLOSE)
        if best is not None:
            return self._mentions[best[0]]
        return self._nearly_elsewhere(key) if anywhere else None

    def _nearly_elsewhere(self, key: str) -> Mention | None:
        best = process.extractOne(key, self._others, scorer=OSA.normalized_similarity, score_cutoff=_CLOSER)
        return self._mentions.get(best[0], Mention(ELSEWHERE)) if best else None


def _has_digit(words: Sequence[str]) -> bool:
    return any(sign.isdigit() for word in words for sign in word)
