"""Which street of a town a phrase means: exact, by sound, shortened, or nearly so."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from leuvenhelpt.addresses.columns import Columns
from leuvenhelpt.addresses.wording import Name, fold, name_of, words_of

_WEAK_LEADS = frozenset(
    [
        "oude",
        "oud",
        "nieuwe",
        "nieuw",
        "grote",
        "groot",
        "kleine",
        "klein",
        "korte",
        "lange",
        "sint",
        "onzelievevrouw",
        "boven",
        "beneden",
        "achter",
        "binnen",
        "buiten",
        "noord",
        "zuid",
        "oost",
        "west",
        "hoge",
        "lage",
    ]
)
_NEAR = 0.66
_NEAREST = 12
EXACT, SHORTENED, SOUNDED, WEAKLY_SHORTENED = 1.0, 0.97, 0.96, 0.85


class Hit(NamedTuple):
    """A street and how close its name is to the phrase: 1 the same, under 0.7 hardly."""

    street: int
    closeness: float


class _Entry(NamedTuple):
    name: Name
    street: int
    weight: float


class StreetIndex:
    """The names of all streets, by town, in every spelling they go by."""

    def __init__(self, columns: Columns, aliases: Mapping[str, str]) -> None:
        self._entries: list[_Entry] = []
        self._from: list[int] = []
        other_names = _aliases_by_key(aliases)
        for town in columns.towns:
            self._from.append(len(self._entries))
            for street in range(town.first, town.past):
                self._entries.extend(_entries_of(street, columns.street_names[street], other_names))
        self._from.append(len(self._entries))
        self._keys = [entry.name.key for entry in self._entries]
        self._stems = [entry.name.stem for entry in self._entries]
        self._exactly = _positions(self._keys)
        self._by_stem = _positions(self._stems)
        self._by_sound = _positions([entry.name.sound for entry in self._entries])

    def find(self, words: Sequence[str], towns: Iterable[int]) -> list[Hit]:
        """Streets of these towns that the words may mean, closest first; one hit a street."""
        name = name_of(list(words))
        best: dict[int, float] = {}
        for town in towns:
            for street, closeness in self._find_in(name, town):
                best[street] = max(best.get(street, 0.0), closeness)
        return sorted((Hit(*pair) for pair in best.items()), key=lambda hit: (-hit.closeness, hit.street))

    def starting(self, key: str, town: int) -> list[int]:
        """Streets of a town with a spelling that starts with the key, in the order of the register."""
        first, past = self._from[town], self._from[town + 1]
        found = (self._entries[at] for at in range(first, past) if self._keys[at].startswith(key))
        ranked = sorted(found, key=lambda entry: (-entry.weight, len(entry.name.key)))
        return list(dict.fromkeys(entry.street for entry in ranked))

    def _find_in(self, name: Name, town: int) -> list[Hit]:
        first, past = self._from[town], self._from[town + 1]
        exact = [at for at in self._exactly.get(name.key, ()) if first <= at < past]
        if any(self._entries[at].weight == EXACT for at in exact):
            return [Hit(self._entries[at].street, self._entries[at].weight) for at in exact]
        hits = [Hit(self._entries[at].street, self._entries[at].weight) for at in exact]
        for at in self._by_sound.get(name.sound, ()):
            if first <= at < past:
                hits.append(Hit(self._entries[at].street, self._entries[at].weight * SOUNDED))
        hits.extend(self._without_kind(name, first, past))
        return hits + self._near(name, first, past)

    def _without_kind(self, name: Name, first: int, past: int) -> list[Hit]:
        """Streets whose name is this one and a kind: "Interleuven" for Interleuvenlaan."""
        if name.kind or len(name.stem) < 4:
            return []
        found = [self._entries[at] for at in self._by_stem.get(name.stem, ()) if first <= at < past]
        closeness = SHORTENED if len({entry.street for entry in found}) == 1 else WEAKLY_SHORTENED
        return [Hit(entry.street, entry.weight * closeness) for entry in found]

    def _near(self, name: Name, first: int, past: int) -> list[Hit]:
        found = process.extract(
            name.key,
            self._keys[first:past],
            scorer=OSA.normalized_similarity,
            score_cutoff=_NEAR,
            limit=_NEAREST,
        )
        return [
            Hit(entry.street, entry.weight * closeness)
            for _, _, at in found
            if (closeness := _closeness(name, (entry := self._entries[first + at]).name)) > 0.5
        ]


def _closeness(typed: Name, known: Name) -> float:
    """Of two names that are not the same: the stems count, and another kind of street is another street."""
    stems = OSA.normalized_similarity(typed.stem, known.stem)
    if typed.kind == known.kind:
        return min(stems, 0.99)
    if not typed.kind or not known.kind:
        return max(stems * 0.85, OSA.normalized_similarity(typed.key, known.key) * 0.95)
    kinds = OSA.normalized_similarity(typed.kind, known.kind)
    return stems * (0.9 if kinds > 0.7 else 0.78)


def _entries_of(street: int, names: Sequence[str], aliases: dict[str, list[str]]) -> Iterable[_Entry]:
    for official in names:
        words = words_of(fold(official))
        yield _Entry(name_of(words), street, EXACT)
        for alias in aliases.get("".join(words), ()):
            yield _Entry(name_of(words_of(fold(alias))), street, EXACT)
        for start in range(1, len(words)):
            short = name_of(words[start:])
            if short.kind and len(short.stem) > 2:
                is_weak = any(word in _WEAK_LEADS for word in words[:start])
                yield _Entry(short, street, WEAKLY_SHORTENED if is_weak else SHORTENED)


def _aliases_by_key(aliases: Mapping[str, str]) -> dict[str, list[str]]:
    by_key: dict[str, list[str]] = {}
    for alias, official in aliases.items():
        by_key.setdefault("".join(words_of(fold(official))), []).append(alias)
    return by_key


def _positions(keys: Sequence[str]) -> dict[str, list[int]]:
    positions: dict[str, list[int]] = {}
    for at, key in enumerate(keys):
        positions.setdefault(key, []).append(at)
    return positions
