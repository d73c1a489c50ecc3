"""What a typed address says: postcode, towns, and the phrases that may be a street with a house number."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from leuvenhelpt.addresses import cleaning, spoken
from leuvenhelpt.addresses.house_numbers import HouseNumber, house_number_of
from leuvenhelpt.addresses.places import ABROAD, LONGEST, Gazetteer, Mention
from leuvenhelpt.addresses.wording import words_of

IsStreet = Callable[[Sequence[str]], bool]

_POSTCODE = re.compile(r"[1-9]\d{3}")
_NUMBER = re.compile(r"\d{1,4}(?:[a-z]{1,3}(?=[^a-z]|$))?\S*")
_LETTER = re.compile(r"[a-z]|bis|ter")
_COUNTRY = frozenset({"be", "belgie", "belgique", "belgium", "belgien", "vlaanderen", "flanders", "flandre",
                      "vlaamsbrabant", "brabant"})  # fmt: skip
# Before the name of a town they make it the name of a house. No schools, hotels or hospitals: those stand in that town.
_BUILDINGS = frozenset(
    {"residentie", "residence", "resid", "villa", "huize", "flat", "flatgebouw", "gebouw", "building"}
)
_TRAILING = frozenset({"op", "at", "in", "te", "a", "nr", "no", "n", "het", "de", "is"})


class Phrase(NamedTuple):
    """Words that may be a street, and the house number that goes with them."""

    words: tuple[str, ...]
    number: HouseNumber | None


@dataclass(frozen=True)
class Reading:
    """One way to read a text. `mention`: the town that was named. `is_disputed`: two towns were
    named. `is_elsewhere`: certainly not in Belgium."""

    phrases: tuple[Phrase, ...] = ()
    postcode: str = ""
    mention: Mention | None = None
    is_disputed: bool = False
    is_elsewhere: bool = False
    is_post_box: bool = False


def read(text: str, gazetteer: Gazetteer, is_street: IsStreet) -> list[Reading]:
    """The ways to read a text, likeliest first: as it stands, and with spoken numbers in digits.

    `is_street` tells whether words are a street of the city, so that "Abdij Vlierbeek" is not read as a town.
    """
    told, is_post_box = cleaning.without_boxes(cleaning.clean(text))
    is_foreign = cleaning.is_foreign(text[: cleaning.LONGEST_TEXT])
    ways = (told, spoken.with_digits(told, only_last=True), spoken.with_digits(told))
    readings = [_read(way, gazetteer, is_street) for way in dict.fromkeys(ways)]
    return [
        replace(one, is_elsewhere=one.is_elsewhere or is_foreign, is_post_box=is_post_box) for one in readings
    ]


def _read(told: str, gazetteer: Gazetteer, is_street: IsStreet) -> Reading:
    segments = [words for part in told.split(",") if (words := _words(part))]
    reader = _Reader(segments, gazetteer, is_street)
    postcode = reader.take_postcode()
    mention = reader.take_towns()
    phrases = reader.phrases()
    return Reading(phrases, postcode, mention, reader.is_disputed, reader.is_abroad)


def _words(part: str) -> list[str]:
    words = (word.strip(".-'/&") for word in part.split())
    return [word for word in words if word and re.sub(r"\W", "", word) not in _COUNTRY]


class _Reader:
    """Takes the postcode and the towns out of the segments; what is left are the phrases."""

    def __init__(self, segments: list[list[str]], gazetteer: Gazetteer, is_street: IsStreet) -> None:
        self._segments = segments
        self._gazetteer = gazetteer
        self._is_street = is_street
        self._found: list[Mention] = []

    def take_postcode(self) -> str:
        """The postcode: of several numbers of four digits, one that stands beside a town, else the last."""
        spots = [(s, w) for s, words in enumerate(self._segments) for w, word in enumerate(words)
                 if _POSTCODE.fullmatch(word)]  # fmt: skip
        if not spots:
            return ""
        segment, at = max(spots, key=lambda spot: (self._town_at(*spot) is not None, spot))
        words = self._segments[segment]
        town = self._town_at(segment, at)
        postcode = words[at]
        start, past = (at, at + 1)
        if town is not None:
            start, past, mention = town
            self._found.append(mention)
        elif not self._has_number(words[at + 1 :]) and at > 0:
            past = len(words) if not self._phrase_after(segment, at) else past
        self._segments[segment : segment + 1] = [words[:start], words[past:]]
        return postcode

    def _phrase_after(self, segment: int, at: int) -> bool:
        """Whether the words after a postcode must be the street, as there are none before it."""
        before = self._segments[segment][:at]
        earlier = [word for words in self._segments[:segment] for word in words]
        return not any(word[0].isalpha() for word in before + earlier)

    def _has_number(self, words: list[str]) -> bool:
        return any(word[0].isdigit() for word in words)

    def _town_at(self, segment: int, at: int) -> tuple[int, int, Mention] | None:
        """The town beside the postcode at a spot: (from, past, town), the postcode included."""
        words = self._segments[segment]
        for past in range(min(len(words), at + 1 + LONGEST), at + 1, -1):
            if mention := self._named(words[at + 1 : past]):
                return at, past, mention
        for start in range(max(0, at - LONGEST), at):
            if mention := self._gazetteer.named(words[start:at]):
                return start, at + 1, mention
        return None

    def _named(self, words: list[str], *, anywhere: bool = False) -> Mention | None:
        return self._gazetteer.named(words) or self._gazetteer.nearly_named(words, anywhere=anywhere)

    def take_towns(self) -> Mention | None:
        """The town that was named, taken out of the words; the city and its parts win over places elsewhere."""
        self._segments = [words for words in self._segments if words]
        for index in range(len(self._segments) - 1, -1, -1):
            while self._take_last_town(index) or self._take_first_town(index):
                pass
        return max(self._found, key=self._weight, default=None)

    @property
    def is_disputed(self) -> bool:
        """Whether both the city and a place elsewhere were named."""
        return len({mention.town for mention in self._found}) > 1

    @property
    def is_abroad(self) -> bool:
        """Whether another country was named."""
        return any(mention.town == ABROAD for mention in self._found)

    def _weight(self, mention: Mention) -> tuple[bool, bool, bool]:
        return mention.town == self._gazetteer.home, mention.town >= 0, bool(mention.postcode)

    def _take_last_town(self, index: int) -> bool:
        words = self._segments[index]
        if self._is_only_street(words):
            return False
        for start in range(max(0, len(words) - LONGEST), len(words)):
            is_after_number = words[start - 1][0].isdigit() if start else index > 0
            if mention := self._named(words[start:], anywhere=is_after_number):
                if mention.town != self._gazetteer.home and self._is_building(index, start):
                    return False
                self._found.append(mention)
                self._segments[index] = words[:start]
                return True
        return False

    def _is_building(self, index: int, start: int) -> bool:
        """Whether "Residentie" stands before the name, and a house in a street of ours in another segment."""
        if start != 1 or self._segments[index][0] not in _BUILDINGS:
            return False
        others = self._segments[:index] + self._segments[index + 1 :]
        return any(self._is_only_street(words) and self._has_number(words) for words in others)

    def _take_first_town(self, index: int) -> bool:
        words = self._segments[index]
        if self._is_only_street(words):
            return False
        for past in range(min(LONGEST, len(words) - 1), 0, -1):
            mention = self._gazetteer.named(words[:past])
            if mention is not None and self._may_come_first(mention, words[past:]):
                self._found.append(mention)
                self._segments[index] = words[past:]
                return True
        return False

    def _may_come_first(self, mention: Mention, words: list[str]) -> bool:
        """A street may begin with the name of a place elsewhere, unless a whole street follows."""
        return mention.town == self._gazetteer.home or self._is_only_street(words)

    def _is_only_street(self, words: list[str]) -> bool:
        return self._is_street(words_of(" ".join(word for word in words if not word[0].isdigit())))

    def phrases(self) -> tuple[Phrase, ...]:
        """The phrases that are left, each with the number nearest to it."""
        runs: list[Phrase] = []
        for words in self._segments:
            runs.extend(_runs(words))
        return tuple(_paired(runs))


def _runs(words: list[str]) -> list[Phrase]:
    """Words split at house numbers: a number belongs to the words before it."""
    runs: list[Phrase] = []
    run: list[str] = []
    index = 0
    while index < len(words):
        number, used = _number_at(words, index)
        if number is None:
            run.append(words[index])
        else:
            runs.append(Phrase(tuple(run), number))
            run = []
        index += used
    if run:
        runs.append(Phrase(tuple(run), None))
    return runs


def _number_at(words: list[str], index: int) -> tuple[HouseNumber | None, int]:
    word = words[index]
    if not _NUMBER.fullmatch(word) or (number := house_number_of(word)) is None:
        return None, 1
    following = words[index + 1] if index + 1 < len(words) else ""
    if not number.letter and _LETTER.fullmatch(following):
        return HouseNumber(number.number, following.upper()), 2
    return number, 1


def _paired(runs: list[Phrase]) -> list[Phrase]:
    """Phrases with words; a number without words goes to a neighbour that has none."""
    out: list[Phrase] = []
    waiting: HouseNumber | None = None
    for words, number in runs:
        told = _street_words(words)
        if not told:
            if out and out[-1].number is None and number is not None:
                out[-1] = Phrase(out[-1].words, number)
            else:
                waiting = waiting or number
        else:
            out.append(Phrase(told, number or waiting))
            waiting = None
    return out


def _street_words(words: tuple[str, ...]) -> tuple[str, ...]:
    kept = words_of(" ".join(words)) if cleaning.without_lead(" ".join(words)) else []
    while len(kept) > 1 and kept[-1] in _TRAILING:
        kept.pop()
    return tuple(kept) if any(len(word) > 1 for word in kept) else ()
