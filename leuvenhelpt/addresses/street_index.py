"""Which street of a town a phrase means: exact, by sound, shortened, or nearly so."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from leuvenhelpt.addresses.columns import Columns
from leuvenhelpt.addresses.wording import Name, fold, name_of, words_of

# A name without one of these before it is another street: "Korte Kerkstraat" is not "Kerkstraat".
_WEAK_LEADS = frozenset(
    (
        *(
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
            "platte",
            "sint",
        ),
        *(
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
        ),
        *(
            "hoge",
            "lage",
            "van",
            "vande",
            "vanden",
            "vander",
            "de",
            "den",
            "der",
            "ter",
            "ten",
            "te",
            "s",
            "d",
            "t",
        ),
    )
)
_MERE_KINDS = frozenset(("straat", "laan", "weg", "steenweg", "plein", "baan", "dreef", "lei", "pad"))
_NEAR = 0.66
_NEAREST = 12
_MOST_WORDS = 12
EXACT, SHORTENED, SOUNDED, WITHOUT_KIND, WEAKLY_SHORTENED = 1.0, 0.97, 0.96, 0.85, 0.84


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
        self._exactly = _positions(self._keys)
        self._by_stem = _positions([entry.name.stem for entry in self._entries])
        self._by_sound = _positions([entry.name.sound for entry in self._entries])

    def find(self, words: Sequence[str], towns: Iterable[int]) -> list[Hit]:
        """Streets of these towns that the words may mean, closest first; one hit a street."""
        name = name_of(list(words[:_MOST_WORDS]))
        return _best(hit for town in towns for hit in self._find_in(name, town))

    def find_exactly(self, words: Sequence[str], towns: Iterable[int]) -> list[Hit]:
        """Streets of these towns with just this name."""
        key = name_of(list(words)).key
        return _best(hit for town in towns for hit in self._exact(key, town) if hit.closeness == EXACT)

    def starting(self, key: str, town: int) -> list[int]:
        """Streets of a town with a spelling that starts with the key, in the order of the register."""
        first, past = self._from[town], self._from[town + 1]
        found = (self._entries[at] for at in range(first, past) if self._keys[at].startswith(key))
        ranked = sorted(found, key=lambda entry: (-entry.weight, len(entry.name.key)))
        return list(dict.fromkeys(entry.street for entry in ranked))

    def _exact(self, key: str, town: int) -> list[Hit]:
        return self._hits(self._exactly.get(key, ()), town)

    def _hits(self, positions: Iterable[int], town: int, weight: float = 1.0) -> list[Hit]:
        first, past = self._from[town], self._from[town + 1]
        found = (self._entries[at] for at in positions if first <= at < past)
        return [Hit(entry.street, entry.weight * weight) for entry in found]

    def _find_in(self, name: Name, town: int) -> list[Hit]:
        exact = self._exact(name.key, town)
        if any(hit.closeness == EXACT for hit in exact):
            return [hit for hit in exact if hit.closeness == EXACT]
        hits = exact + self._hits(self._by_sound.get(name.sound, ()), town, SOUNDED)
        if not name.kind and len(name.stem) >= 4:  # "Interleuven" for Interleuvenlaan
            hits += self._hits(self._by_stem.get(name.stem, ()), town, WITHOUT_KIND)
        return hits + self._near(name, self._from[town], self._from[town + 1])

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
            if self._entries[first + at].name.stem
            and (closeness := _closeness(name, (entry := self._entries[first + at]).name)) > 0.5
        ]


def _best(hits: Iterable[Hit]) -> list[Hit]:
    """One hit a street, closest first."""
    best: dict[int, float] = {}
    for street, closeness in hits:
        best[street] = max(best.get(street, 0.0), closeness)
    return sorted((Hit(*pair) for pair in best.items()), key=lambda hit: (-hit.closeness, hit.street))


def _closeness(typed: Name, known: Name) -> float:
    """Of two names that are not the same: the stems count, and another kind of street is another street."""
    stems = OSA.normalized_similarity(typed.stem, known.stem)
    if typed.kind == known.kind:
        return min(stems, 0.99)
    edits = OSA.distance(typed.key, known.key)
    if edits <= 2 and known.kind and stems < 1.0 and len(known.key) >= 10:  # the kind itself is misspelt
        return 0.96 - edits * 0.06
    if not typed.kind or not known.kind:
        return max(stems * 0.85, OSA.normalized_similarity(typed.key, known.key) * 0.95)
    return stems * 0.78


def _entries_of(street: int, names: Sequence[str], aliases: Mapping[str, list[str]]) -> Iterable[_Entry]:
    for official in names:
        words = words_of(fold(official))
        yield _Entry(name_of(words), street, EXACT)
        for alias in aliases.get("".join(words), ()):
            yield _Entry(name_of(words_of(fold(alias))), street, EXACT)
        if len(words) > 1:
            yield from _short_entries(street, words)


def _short_entries(street: int, words: list[str]) -> Iterable[_Entry]:
    """Names without what stands before them, and with initials: "Vanderkelenstraat", "L. Vanderkelenstraat"."""
    for start in range(1, len(words)):
        short = name_of(words[start:])
        is_weak = any(_is_weak(word) for word in words[:start]) or not short.kind
        if short.key not in _MERE_KINDS:
            yield _Entry(short, street, WEAKLY_SHORTENED if is_weak else SHORTENED)
    given = next((at for at, word in enumerate(words[:-1]) if word in _WEAK_LEADS), len(words) - 1)
    for kept in {1, given} - {0} if given else ():
        yield _Entry(_initialed([word[0] for word in words[:kept]], words[given:]), street, SHORTENED)


def _initialed(initials: Sequence[str], words: Sequence[str]) -> Name:
    """A name with initials is found as it is written only: one letter more or less is another name."""
    return Name("".join((*initials, *words)), "", "", "")


def _is_weak(word: str) -> bool:
    return word in _WEAK_LEADS or word.endswith("se") or len(word) == 1


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
