"""What a volunteer may expect, put together for their own page."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from leuvenhelpt.domain import expectations as counted
from leuvenhelpt.domain.city import said_in
from leuvenhelpt.domain.expectations import Offered, Shortage, Wanted
from leuvenhelpt.rendering import expectations as words
from leuvenhelpt.rendering.formats import opening
from leuvenhelpt.rendering.language import locale
from leuvenhelpt.storage.queries import expectations as query
from leuvenhelpt.storage.queries.volunteer_pages import Offer
from leuvenhelpt.web.current import language, now, runtime


@dataclass(frozen=True)
class Needed:
    """Something we are short of, by name; `language`: of the name, where the page's language has none for it."""

    name: str
    language: str = ""


@dataclass(frozen=True)
class Expectation:
    """Sentences, and what we are short of; `may_add`: something this volunteer does not offer yet."""

    sentences: tuple[str, ...]
    ground: str
    needed: tuple[Needed, ...]
    may_add: bool


def expectation(db: Session, offer: Offer, *, is_first: bool) -> Expectation:
    """What the offer of this volunteer may lead to; three queries, however many there are."""
    kinds = frozenset(offer.kinds)
    offered, wanted = query.offered(db), query.wanted(db, now())
    asked = query.asked_of_them(db, offer.postcode, kinds, now())
    alike = counted.alike(offered, offer.postcode, kinds)
    weeks = counted.weeks_until_asked(alike, asked.number, asked.first_ask, now()) if alike else None
    short = counted.shortages(offered, wanted)
    return Expectation(
        sentences=(*_company(offer, offered, wanted), words.patience(weeks, is_first, language())),
        ground=words.ground(asked.number, alike, language()) if weeks else "",
        needed=tuple(_needed(each) for each in short),
        may_add=any(_is_new(each, offer) for each in short),
    )


def _company(offer: Offer, offered: list[Offered], wanted: list[Wanted]) -> tuple[str, ...]:
    """Neighbours with the same kind of help: of those offered, the one that is asked for most."""
    known = [kind for kind in runtime().city.kinds if kind in offer.kinds]
    if not known or not runtime().city.place(offer.postcode):
        return ()
    kind = max(known, key=lambda each: sum(group.number for group in wanted if group.kind == each))
    number = counted.neighbours(offered, offer.postcode)[kind]
    return (words.company(kind, offer.postcode, number, runtime().city, language()),)


def _needed(short: Shortage) -> Needed:
    city = runtime().city
    if short.kind:
        return Needed(
            said_in(city.kinds[short.kind].name, language()) if short.kind in city.kinds else short.kind
        )
    known = locale(language()).languages.get(short.language)
    if known:
        return Needed(opening(known, language()))
    return Needed(city.languages.get(short.language, short.language), short.language)


def _is_new(short: Shortage, offer: Offer) -> bool:
    return (short.kind or short.language) not in {*offer.kinds, *offer.languages}
