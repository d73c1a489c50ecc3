"""What a volunteer may expect, and whom we are short of: counted from what really happened, nothing guessed."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil, log

LOOKED_BACK = timedelta(weeks=8)
SHORTEST_HISTORY = timedelta(weeks=2)
FEWEST_ASKED = 3
PROBABLY = 2 / 3
WEEK = timedelta(weeks=1)

FEWEST_UNMET, SHARE_UNMET = 2, 0.25
FEWEST_REQUESTS = 5
MOST_SHORTAGES = 3


@dataclass(frozen=True)
class Offered:
    """So many active volunteers of one part of the city offer these kinds and speak these languages."""

    postcode: str
    kinds: frozenset[str]
    languages: frozenset[str]
    number: int


@dataclass(frozen=True)
class Wanted:
    """So many requests of a kind, from people who speak these languages; `unmet`: of them, nobody was found in time."""

    kind: str
    languages: frozenset[str]
    number: int
    unmet: int


@dataclass(frozen=True)
class Shortage:
    """A kind of help or a language of which there is too little; the other of both is empty."""

    kind: str = ""
    language: str = ""


@dataclass(frozen=True)
class Demand:
    """How much was wanted of something, for how much of it nobody was found, and how many volunteers there are."""

    number: int
    unmet: int
    volunteers: int

    @property
    def is_short(self) -> bool:
        """Whether nobody was found for a good part of it, or there are fewer volunteers than requests."""
        is_often_unmet = self.unmet >= FEWEST_UNMET and self.unmet >= SHARE_UNMET * self.number
        return is_often_unmet or (self.number >= FEWEST_REQUESTS and self.volunteers < self.number)

    @property
    def severity(self) -> tuple[float, float]:
        """Greater is worse: the share for which nobody was found, then requests for each volunteer."""
        return self.unmet / self.number, self.number / (self.volunteers or 0.5)


def weeks_until_asked(alike: int, asked: int, first_ask: datetime | None, now: datetime) -> int | None:
    """In how many weeks a volunteer is probably (two in three) asked; None while that cannot be known.

    `asked` of `alike` volunteers with an offer like theirs were asked at least once since we look back. We take it
    that each of them is as likely to be asked in any week as in another.
    """
    if first_ask is None or now - first_ask < SHORTEST_HISTORY or asked < FEWEST_ASKED:
        return None
    weeks = min(LOOKED_BACK, now - first_ask) / WEEK
    share = min(asked, alike - 0.5) / alike  # that all were asked does not make it certain
    return ceil(weeks * log(1 - PROBABLY) / log(1 - share))


def neighbours(offered: Iterable[Offered], postcode: str) -> Counter[str]:
    """How many active volunteers of a part of the city offer each kind of help."""
    counted: Counter[str] = Counter()
    for group in offered:
        if group.postcode == postcode:
            counted.update(dict.fromkeys(group.kinds, group.number))
    return counted


def shortages(offered: Iterable[Offered], wanted: Iterable[Wanted]) -> tuple[Shortage, ...]:
    """The kinds and languages of which there is too little, the worst first, three at most."""
    groups, helping, speaking = list(wanted), Counter[str](), Counter[str]()
    for group in offered:
        helping.update(dict.fromkeys(group.kinds, group.number))
        speaking.update(dict.fromkeys(group.languages, group.number))
    found = {Shortage(kind=name): each for name, each in _by_kind(groups, helping).items()}
    found |= {Shortage(language=name): each for name, each in _by_language(groups, speaking).items()}
    short = [(each.severity, name) for name, each in found.items() if each.is_short]
    short.sort(key=lambda one: one[0], reverse=True)
    return tuple(name for _, name in short[:MOST_SHORTAGES])


def _by_kind(wanted: list[Wanted], helping: Counter[str]) -> dict[str, Demand]:
    return _summed(((group.kind, group) for group in wanted), helping)


def _by_language(wanted: list[Wanted], speaking: Counter[str]) -> dict[str, Demand]:
    """A request asks for the language, of those its resident speaks, that most volunteers speak.

    Of the language that nearly all speak there is never too little: what is unmet in it has another reason.
    """
    common = {name for name, _ in speaking.most_common(1)}
    groups = (group for group in wanted if group.languages and not group.languages & common)
    return _summed(
        ((max(sorted(group.languages), key=speaking.__getitem__), group) for group in groups), speaking
    )


def _summed(named: Iterable[tuple[str, Wanted]], volunteers: Counter[str]) -> dict[str, Demand]:
    number, unmet = Counter[str](), Counter[str]()
    for name, group in named:
        number[name] += group.number
        unmet[name] += group.unmet
    return {name: Demand(number[name], unmet[name], volunteers[name]) for name in number}
