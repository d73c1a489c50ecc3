"""What a volunteer may expect, put together for their own page."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import current_app
from sqlalchemy.orm import Session

from leuvenhelpt.domain import expectations as counted
from leuvenhelpt.domain.city import said_in
from leuvenhelpt.domain.expectations import Shortage
from leuvenhelpt.rendering import expectations as words
from leuvenhelpt.rendering.formats import opening
from leuvenhelpt.rendering.language import locale
from leuvenhelpt.storage.queries import expectations as query
from leuvenhelpt.storage.queries.volunteer_pages import Offer
from leuvenhelpt.web.current import language, now, runtime

KEPT = "town"  # among the extensions of the application


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


@dataclass(frozen=True)
class Town:
    """The figures of the whole city in an hour: neighbours by postcode and kind, requests by kind, what is short."""

    hour: datetime
    neighbours: Mapping[str, Counter[str]]
    requests: Counter[str]
    short: tuple[Shortage, ...]


def expectation(db: Session, offer: Offer, *, is_first: bool) -> Expectation:
    """What the offer of this volunteer may lead to; one query, and two more once an hour."""
    town, kinds = _town(db), frozenset(offer.kinds)
    asked = query.asked_of_them(db, offer.postcode, kinds, now())
    weeks = counted.weeks_until_asked(asked.alike, asked.number, asked.first_ask, now())
    return Expectation(
        sentences=(*_company(offer, town), words.patience(weeks, is_first, language())),
        ground=words.ground(asked.number, asked.alike, language()) if weeks else "",
        needed=tuple(_needed(each) for each in town.short),
        may_add=any(_is_new(each, offer) for each in town.short),
    )


def _town(db: Session) -> Town:
    """Counted once an hour and kept: over eight weeks an hour changes nothing, and it takes a third of a second
    where there are 100,000 requests and 10,000 volunteers."""
    hour = now().replace(minute=0, second=0, microsecond=0)
    kept: Town | None = current_app.extensions.get(KEPT)
    if kept is None or kept.hour != hour:
        kept = _count(db, hour)
        current_app.extensions[KEPT] = kept
    return kept


def _count(db: Session, hour: datetime) -> Town:
    offered, wanted = query.offered(db), query.wanted(db, now())
    requests = Counter[str]()
    for group in wanted:
        requests[group.kind] += group.number
    neighbours = {code: counted.neighbours(offered, code) for code in runtime().city.postcodes}
    return Town(hour, neighbours, requests, counted.shortages(offered, wanted))


def _company(offer: Offer, town: Town) -> tuple[str, ...]:
    """Neighbours with the same kind of help: of those offered, the one that is asked for most."""
    known = [kind for kind in runtime().city.kinds if kind in offer.kinds]
    if not known or offer.postcode not in town.neighbours:
        return ()
    kind = max(known, key=town.requests.__getitem__)
    number = town.neighbours[offer.postcode][kind]
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
