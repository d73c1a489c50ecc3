"""A register of addresses that understands what people type: `find` one, or `suggest` while typing."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from leuvenhelpt.addresses import judging
from leuvenhelpt.addresses.answer import NOT_FOUND, Answer, Level
from leuvenhelpt.addresses.columns import Columns
from leuvenhelpt.addresses.houses import Spot, spot_of
from leuvenhelpt.addresses.known_names import KnownNames
from leuvenhelpt.addresses.places import ELSEWHERE, Gazetteer
from leuvenhelpt.addresses.postcodes import postcode_answer
from leuvenhelpt.addresses.reading import Phrase, Reading, read
from leuvenhelpt.addresses.spoken import spoken_numbers
from leuvenhelpt.addresses.street_index import EXACT, Hit, StreetIndex
from leuvenhelpt.addresses.wording import name_of, town_key

MOST_CANDIDATES = 5
_MOST_PHRASES = 4
_PART_OF_PHRASE = 0.95


class _Finding(NamedTuple):
    """A street that may be meant, where in it, and what speaks for it."""

    street: int
    closeness: float
    phrase: Phrase
    spot: Spot
    fits: float


class Register:
    """Finds addresses in columns. `known`: the city, meant when no town is named; only its addresses are ever
    accepted."""

    def __init__(self, columns: Columns, known: KnownNames) -> None:
        self.columns = columns
        self.home = _home(columns, known)
        self._gazetteer = Gazetteer(columns, self.home, known)
        self._index = StreetIndex(columns, known.aliases)
        self._parts = {(part.postcode, part.town): part.name for part in columns.parts}
        self._town_of = [
            index for index, town in enumerate(columns.towns) for _ in range(town.first, town.past)
        ]
        spoken_numbers()

    def find(self, text: str) -> Answer:
        """The address a text means; level NONE when it is not in this register. Never raises on any text."""
        answers = [self._answer(reading) for reading in read(text, self._gazetteer)]
        return max(
            answers, key=lambda answer: (answer.level != Level.NONE, answer.confidence), default=NOT_FOUND
        )

    def suggest(self, prefix: str, limit: int = MOST_CANDIDATES) -> tuple[Answer, ...]:
        """At most `limit` addresses of the city that the beginning of a text may become, likeliest first."""
        reading = read(prefix, self._gazetteer)[-1]
        if not reading.phrases or reading.is_elsewhere or self.home == ELSEWHERE:
            return ()
        phrase = reading.phrases[0]
        key = name_of(list(phrase.words)).key
        streets = self._index.starting(key, self.home) if len(key) > 1 else []
        streets += (
            [hit.street for hit in self._index.find(phrase.words, (self.home,))] if len(key) > 4 else []
        )
        wanted = reading.postcode or (reading.mention.postcode if reading.mention else "")
        found = [self._finding(Hit(street, EXACT), phrase, wanted) for street in dict.fromkeys(streets)]
        found.sort(key=lambda finding: wanted not in ("", self._postcode(finding.street)))
        return tuple(self._shown(finding, 0.0) for finding in found[:limit])

    def _answer(self, reading: Reading) -> Answer:
        towns, is_doubtful = self._towns_meant(reading)
        if not towns:
            return NOT_FOUND
        findings = self._findings(reading, towns)
        if not findings:
            return postcode_answer(self.columns, reading, towns)
        return self._judged(findings, reading, is_doubtful=is_doubtful)

    def _towns_meant(self, reading: Reading) -> tuple[frozenset[int], bool]:
        """The towns to look in, and whether what was named contradicts itself."""
        mention, of_postcode = reading.mention, self._gazetteer.towns_of(reading.postcode)
        named = frozenset() if mention is None or mention.town == ELSEWHERE else frozenset({mention.town})
        if reading.is_elsewhere or (mention is not None and not named and not of_postcode):
            return frozenset(), False
        if not reading.postcode:
            return named or frozenset({self.home} - {ELSEWHERE}), False
        is_doubtful = not of_postcode if mention is None else not named & of_postcode
        return of_postcode | named, is_doubtful

    def _findings(self, reading: Reading, towns: frozenset[int]) -> list[_Finding]:
        """The best finding of each street, best first."""
        wanted = reading.postcode or (reading.mention.postcode if reading.mention else "")
        best: dict[int, _Finding] = {}
        for phrase in reading.phrases[:_MOST_PHRASES]:
            for hit in self._hits(phrase.words, towns):
                finding = self._finding(hit, phrase, wanted)
                if hit.street not in best or finding.fits > best[hit.street].fits:
                    best[hit.street] = finding
        return sorted(best.values(), key=lambda finding: -finding.fits)

    def _hits(self, words: Sequence[str], towns: Iterable[int]) -> list[Hit]:
        hits = self._index.find(words, towns)
        if hits and hits[0].closeness >= 0.93:
            return hits
        for start, past in _windows(len(words)):
            shorter = self._index.find(words[start:past], towns)
            exact = [
                Hit(hit.street, hit.closeness * _PART_OF_PHRASE) for hit in shorter if hit.closeness > 0.95
            ]
            if exact:
                return exact + hits
        return hits

    def _finding(self, hit: Hit, phrase: Phrase, wanted: str) -> _Finding:
        spot = spot_of(self.columns, hit.street, phrase.number)
        fits = hit.closeness + {Level.HOUSE: 0.05, Level.NEAR_HOUSE: 0.02}.get(spot.level, 0.0)
        fits += 0.03 if wanted == self._postcode(hit.street) else 0.0
        return _Finding(hit.street, hit.closeness, phrase, spot, fits)

    def _judged(self, findings: list[_Finding], reading: Reading, *, is_doubtful: bool) -> Answer:
        best = findings[0]
        others = [one.closeness for one in findings if self._name(one.street) != self._name(best.street)]
        margin = best.closeness - max(others, default=0.0)
        letters = len(name_of(list(best.phrase.words)).stem)
        sure = judging.confidence_of(best.closeness, margin, letters=letters)
        sure = min(sure, self._ceiling(best, findings, reading, is_doubtful=is_doubtful))
        if sure < judging.OFFERED_FROM:
            return NOT_FOUND
        answer = self._shown(best, sure)
        return replace(answer, candidates=() if answer.is_accepted else self._candidates(findings, sure))

    def _ceiling(
        self, best: _Finding, findings: list[_Finding], reading: Reading, *, is_doubtful: bool
    ) -> float:
        """The most that can be said in view of what does not fit."""
        is_named = reading.mention is not None or bool(reading.postcode)
        strays = [phrase for phrase in reading.phrases if phrase is not best.phrase]
        if is_doubtful or reading.is_post_box or self._is_twofold(best, findings):
            return judging.IN_DOUBT
        if best.spot.is_beyond or (strays and not is_named):
            return judging.NUMBER_UNKNOWN
        return 1.0

    def _is_twofold(self, best: _Finding, findings: list[_Finding]) -> bool:
        """Whether another street of the same name fits as well."""
        return any(
            one.fits == best.fits and self._name(one.street) == self._name(best.street)
            for one in findings[1:]
        )

    def _candidates(self, findings: list[_Finding], sure: float) -> tuple[Answer, ...]:
        best = findings[0].closeness
        near = [one for one in findings[:MOST_CANDIDATES] if one.closeness > best - 0.2]
        return tuple(
            replace(self._shown(one, sure * one.closeness / best), is_accepted=False) for one in near
        )

    def _shown(self, finding: _Finding, sure: float) -> Answer:
        street, spot, number = finding.street, finding.spot, finding.phrase.number
        town = self._town_of[street]
        return Answer(
            level=spot.level,
            confidence=round(sure, 3),
            is_accepted=sure >= judging.ACCEPTED_FROM and town == self.home,
            street=self._name(street),
            house_number=number.text if number else "",
            postcode=self._postcode(street),
            municipality=self.columns.towns[town].names[0],
            part=self._parts.get((self._postcode(street), town), ""),
            lat=round(spot.point.lat, 6),
            lon=round(spot.point.lon, 6),
            accuracy_m=spot.accuracy_m,
            is_approximate=self.columns.is_approximate,
        )

    def _name(self, street: int) -> str:
        return self.columns.street_names[street][0]

    def _postcode(self, street: int) -> str:
        return str(int(self.columns.street_postcode[street]))


def _home(columns: Columns, known: KnownNames) -> int:
    """The index of the city among the towns, by its code or one of its names; ELSEWHERE if it is not there."""
    names = {town_key(name) for name in known.names}
    for index, town in enumerate(columns.towns):
        if (known.code and town.code == known.code) or names & {town_key(name) for name in town.names}:
            return index
    return ELSEWHERE


def _windows(count: int) -> Iterable[tuple[int, int]]:
    """Parts of a phrase, the longest first and those at its end before those at its beginning."""
    for length in range(count - 1, 0, -1):
        yield count - length, count
        yield 0, length
