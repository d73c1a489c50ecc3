"""A register of addresses that understands what people type: `find` one, or `suggest` while typing."""

from collections.abc import Sequence
from dataclasses import replace

from leuvenhelpt.addresses import judging
from leuvenhelpt.addresses.answer import NOT_FOUND, Answer, Level
from leuvenhelpt.addresses.columns import Columns
from leuvenhelpt.addresses.findings import Finder, Finding
from leuvenhelpt.addresses.known_names import KnownNames
from leuvenhelpt.addresses.places import ELSEWHERE, Gazetteer
from leuvenhelpt.addresses.postcodes import postcode_answer
from leuvenhelpt.addresses.reading import Reading, read
from leuvenhelpt.addresses.spoken import spoken_numbers
from leuvenhelpt.addresses.street_index import EXACT, Hit, StreetIndex
from leuvenhelpt.addresses.surroundings import doors_in, streets_in
from leuvenhelpt.addresses.wording import name_of, town_key
from leuvenhelpt.domain.values import Bounds, Surroundings

MOST_CANDIDATES = 5
_IN_DOUBT = 0.5
_SPREAD = 0.2  # choices whose names are so much less close than the best are not worth offering


class Register:
    """Finds addresses in columns. `known`: the city, meant when no town is named; only its addresses are ever
    accepted."""

    def __init__(self, columns: Columns, known: KnownNames) -> None:
        self.columns = columns
        self.home = _home(columns, known)
        self._gazetteer = Gazetteer(columns, self.home, known)
        self._index = StreetIndex(columns, known.aliases)
        self._finder = Finder(columns, self._gazetteer, self._index)
        self._parts = {(part.postcode, part.town): part.name.partition(" (")[0] for part in columns.parts}
        self._parts |= {(postcode, self.home): name for postcode, name in known.parts.items()}
        self._town_of = [
            index for index, town in enumerate(columns.towns) for _ in range(town.first, town.past)
        ]
        spoken_numbers()

    def find(self, text: str) -> Answer:
        """The address a text means; level NONE when it is not in this register. Never raises on any text."""
        answers = [self._answer(reading) for reading in self._readings(text)]
        return max(answers, key=_weight, default=NOT_FOUND)

    def suggest(self, prefix: str, limit: int = MOST_CANDIDATES) -> tuple[Answer, ...]:
        """At most `limit` addresses of the city that the beginning of a text may become, likeliest first."""
        reading = self._readings(prefix)[-1]
        if not reading.phrases or reading.is_elsewhere or self.home == ELSEWHERE:
            return ()
        phrase = reading.phrases[0]
        key = name_of(list(phrase.words)).key
        streets = self._index.starting(key, self.home) if len(key) > 1 else []
        if len(key) > 4 and len(streets) < limit:
            streets += [hit.street for hit in self._index.find(phrase.words, (self.home,))]
        found = [
            self._finder.finding(Hit(street, EXACT), phrase, reading) for street in dict.fromkeys(streets)
        ]
        found.sort(key=lambda finding: not finding.is_in_postcode)
        return tuple(self._shown(finding, 0.0) for finding in found[:limit])

    def is_elsewhere(self, text: str) -> bool:
        """Whether a text names another municipality or country, and no address of the city."""
        if self.home == ELSEWHERE:
            return False
        answer = self.find(text)
        if answer.level != Level.NONE:
            return answer.municipality != self.columns.towns[self.home].names[0]
        return all(self.home not in self._finder.towns_meant(one)[0] for one in self._readings(text))

    def surroundings(self, bounds: Bounds, most_streets: int) -> Surroundings:
        """What the city has within bounds, to be drawn."""
        if self.home == ELSEWHERE:
            return Surroundings()
        streets = streets_in(self.columns, self.home, bounds, most_streets)
        return Surroundings(
            doors_in(self.columns, self.home, bounds),
            streets,
            is_approximate=self.columns.about.is_approximate,
        )

    def essence(self, text: str) -> tuple[str, str, str] | None:
        """Street, number and postcode as typed and no more; None if no street is named, or it is elsewhere."""
        for reading in reversed(self._readings(text)):
            towns, _ = self._finder.towns_meant(reading)
            if reading.phrases and self.home in towns and not reading.is_post_box:
                phrase = next((one for one in reading.phrases if one.number), reading.phrases[0])
                number = phrase.number.text if phrase.number else ""
                return " ".join(phrase.words), number, reading.postcode
        return None

    def _readings(self, text: str) -> list[Reading]:
        return read(text, self._gazetteer, self._is_street)

    def _is_street(self, words: Sequence[str]) -> bool:
        return self.home != ELSEWHERE and bool(self._index.find_exactly(words, (self.home,)))

    def _answer(self, reading: Reading) -> Answer:
        towns, is_doubtful = self._finder.towns_meant(reading)
        if not towns:
            return NOT_FOUND
        findings = self._finder.findings(reading, towns)
        if not findings:
            return postcode_answer(self.columns, reading, towns)
        names = [self._name(finding.street) for finding in findings]
        sure = judging.confidence_of(findings[0], findings, reading, names)
        sure = min(sure, _IN_DOUBT) if is_doubtful else sure
        if sure < judging.OFFERED_FROM:
            return NOT_FOUND
        answer = self._shown(findings[0], sure)
        return replace(answer, candidates=() if answer.is_accepted else self._candidates(findings, sure))

    def _candidates(self, findings: list[Finding], sure: float) -> tuple[Answer, ...]:
        best = findings[0].closeness
        near = [one for one in findings[:MOST_CANDIDATES] if one.closeness > best - _SPREAD]
        return tuple(
            replace(self._shown(one, sure * one.closeness / best), is_accepted=False) for one in near
        )

    def _shown(self, finding: Finding, sure: float) -> Answer:
        street, spot, number = finding.street, finding.spot, finding.phrase.number
        town = self._town_of[street]
        postcode = str(int(self.columns.street_postcode[street]))
        return Answer(
            level=spot.level,
            confidence=round(sure, 3),
            is_accepted=sure >= judging.ACCEPTED_FROM and town == self.home,
            street=self._name(street),
            house_number=number.text if number else "",
            postcode=postcode,
            municipality=self.columns.towns[town].names[0],
            part=self._parts.get((postcode, town), ""),
            lat=round(spot.point.lat, 6),
            lon=round(spot.point.lon, 6),
            accuracy_m=spot.accuracy_m,
            is_approximate=self.columns.about.is_approximate,
        )

    def _name(self, street: int) -> str:
        return self.columns.street_names[street][0]


def _weight(answer: Answer) -> tuple[bool, float, bool]:
    """Of the readings of a text, the surest that found a street; of equal ones that with a house number."""
    return bool(answer.street), answer.confidence, bool(answer.house_number)


def _home(columns: Columns, known: KnownNames) -> int:
    """The index of the city among the towns, by its code or one of its names; ELSEWHERE if it is not there."""
    names = {town_key(name) for name in known.names}
    for index, town in enumerate(columns.towns):
        if (known.code and town.code == known.code) or names & {town_key(name) for name in town.names}:
            return index
    return ELSEWHERE
