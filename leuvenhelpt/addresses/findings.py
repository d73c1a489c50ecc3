"""Which streets a reading may mean, and where in them: everything that is then judged."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from leuvenhelpt.addresses import cleaning
from leuvenhelpt.addresses.answer import Level
from leuvenhelpt.addresses.columns import Columns
from leuvenhelpt.addresses.houses import Spot, is_beside, spot_of
from leuvenhelpt.addresses.places import ABROAD, ELSEWHERE, Gazetteer
from leuvenhelpt.addresses.reading import Phrase, Reading
from leuvenhelpt.addresses.street_index import Hit, StreetIndex

_MOST_PHRASES = 4
_CLEAR = 0.93
_PART_OF_PHRASE = 0.84
_BONUS = {Level.HOUSE: 0.06, Level.NEAR_HOUSE: 0.02}
_SAME_POSTCODE = 0.03


class Finding(NamedTuple):
    """A street that may be meant: how close its name is, where in it, and how well all of it fits.

    `is_in_postcode`: it lies in the postcode or part that was named, or none was.
    """

    street: int
    closeness: float
    phrase: Phrase
    spot: Spot
    is_in_postcode: bool
    fits: float


class Finder:
    """Looks readings up in the columns."""

    def __init__(self, columns: Columns, gazetteer: Gazetteer, index: StreetIndex) -> None:
        self._columns = columns
        self._gazetteer = gazetteer
        self._index = index

    def towns_meant(self, reading: Reading) -> tuple[frozenset[int], bool]:
        """The towns to look in, and whether what was named contradicts itself.

        A postcode is soft inside a town and hard between towns; nothing named means the city itself.
        """
        mention, of_postcode = reading.mention, self._gazetteer.towns_of(reading.postcode)
        named = frozenset({mention.town} - {ELSEWHERE, ABROAD}) if mention else frozenset()
        if reading.is_elsewhere or (mention is not None and not named and not of_postcode):
            return frozenset(), False
        if not reading.postcode:
            return named or frozenset({self._gazetteer.home} - {ELSEWHERE}), reading.is_disputed
        agrees = bool(of_postcode) if mention is None else bool(named & of_postcode)
        return of_postcode | named, not agrees

    def findings(self, reading: Reading, towns: frozenset[int]) -> list[Finding]:
        """The best finding of each street, best first."""
        best: dict[int, Finding] = {}
        for phrase in reading.phrases[:_MOST_PHRASES]:
            for hit in self._hits(phrase.words, towns):
                finding = self.finding(hit, phrase, reading)
                if hit.street not in best or finding.fits > best[hit.street].fits:
                    best[hit.street] = finding
        found = [self._across(finding, best.values()) for finding in best.values()]
        return sorted(found, key=lambda finding: -finding.fits)

    def finding(self, hit: Hit, phrase: Phrase, reading: Reading) -> Finding:
        """A hit with its place in the street, weighed against the postcode that was named."""
        wanted = reading.postcode or (reading.mention.postcode if reading.mention else "")
        spot = spot_of(self._columns, hit.street, phrase.number)
        is_in_postcode = wanted in ("", str(int(self._columns.street_postcode[hit.street])))
        fits = hit.closeness + _BONUS.get(spot.level, 0.0) + (_SAME_POSTCODE if is_in_postcode else 0.0)
        return Finding(hit.street, hit.closeness, phrase, spot, is_in_postcode, fits)

    def _across(self, finding: Finding, others: Iterable[Finding]) -> Finding:
        """A house as if in the part that was named, when that part has the same road without the house: the road is
        the border of two parts, odd numbers in one and even ones in the other."""
        if finding.is_in_postcode or finding.spot.level not in _BONUS:
            return finding
        names = self._columns.street_names
        without_it = (other.street for other in others if other.is_in_postcode and other.spot.is_beyond)
        namesakes = (street for street in without_it if names[street] == names[finding.street])
        if not any(is_beside(self._columns, street, finding.spot.point) for street in namesakes):
            return finding
        return finding._replace(is_in_postcode=True, fits=finding.fits + _SAME_POSTCODE)

    def _hits(self, words: Sequence[str], towns: Iterable[int]) -> list[Hit]:
        hits = self._index.find(words, towns)
        if hits and hits[0].closeness >= _CLEAR:
            return hits
        shorter = cleaning.without_lead(" ".join(words)).split()
        if shorter != list(words):
            hits = self._index.find(shorter, towns) or hits
        if hits and hits[0].closeness >= _CLEAR:
            return hits
        return [*self._within(shorter, towns), *hits]

    def _within(self, words: Sequence[str], towns: Iterable[int]) -> list[Hit]:
        """Streets whose whole name stands among other words, the longest first: never sure by itself."""
        for start, past in _windows(len(words)):
            if exact := self._index.find_exactly(words[start:past], towns):
                return [Hit(hit.street, _PART_OF_PHRASE) for hit in exact]
        return []


def _windows(count: int) -> Iterable[tuple[int, int]]:
    """Parts of a phrase, the longest first and of equal ones the last first."""
    for length in range(count - 1, 0, -1):
        for start in range(count - length, -1, -1):
            yield start, start + length
