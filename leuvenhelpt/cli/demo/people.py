"""The invented staff, volunteers and residents, and how they enter the town."""

import csv
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

from leuvenhelpt.cli.demo.stories import HOURS, Story
from leuvenhelpt.cli.demo.town import Town
from leuvenhelpt.domain.availability import ALWAYS
from leuvenhelpt.domain.demonstration import COLLEAGUES, NEIGHBOURS, DemoColleague
from leuvenhelpt.domain.kinds import Timing
from leuvenhelpt.domain.values import MACHINE, Actor, ActorKind
from leuvenhelpt.services import accounts, volunteers
from leuvenhelpt.services.help_requests import AskFacts
from leuvenhelpt.storage.queries.demonstration import account_id, volunteer_id

VOLUNTEER = Actor(ActorKind.VOLUNTEER)
NEIGHBOUR = NEIGHBOURS[0]  # the volunteer whose pages one can look at
KNOWN_OFFERS = ("groceries", "dog", "odd_job")
OFFERS = (
    ("groceries", "pharmacy", "meal"),
    ("groceries", "dog", "odd_job"),
    ("phone_call", "company", "groceries"),
    ("transport", "pharmacy", "groceries"),
    ("odd_job", "transport", "computer"),
    ("homework", "phone_call", "meal"),
    ("dog", "groceries", "company"),
    ("odd_job", "dog", "transport"),
)
SPOKEN = (
    ("nl",),
    ("nl", "fr"),
    ("nl", "en"),
    ("nl", "en", "fr"),
    ("nl", "tr"),
    ("nl", "fr", "ar"),
    ("en", "uk"),
)
MEANS = (("bike", 4.0), ("foot", 1.5), ("car", 10.0), ("bike", 3.0))
WORDS = (
    "Ik heb op zaterdag tijd over.",
    "",
    "Ik woon hier al lang en ken de winkels.",
    "",
    "Liefst iets kleins.",
)


def addresses(street_list: Path, step: int) -> Iterator[tuple[str, str]]:
    """Streets of the city with an invented number, and their postcode; without end."""
    with street_list.open(encoding="utf-8", newline="") as lines:
        streets = [(row["street"], row["postcode"]) for row in csv.DictReader(lines)]
    for number in count():
        street, postcode = streets[number * step % len(streets)]
        yield f"{street} {2 + number * 7 % 60}", postcode


def email_of(name: str) -> str:
    """An address for an invented name, at a domain that does not exist."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z]+", ".", plain.lower()) + "@post.example"


def add_staff(town: Town) -> list[Actor]:
    """The colleagues at the city, in their order."""
    with town.runtime.unit_of_work(MACHINE) as uow:
        return [Actor(ActorKind.STAFF, _add(uow, colleague)) for colleague in COLLEAGUES]


def _add(uow: Any, colleague: DemoColleague) -> int:
    return accounts.add_staff(
        uow,
        email=colleague.email,
        name=colleague.name,
        role=colleague.role,
        password=colleague.password,
        totp_secret=colleague.totp_secret,
    )


def add_volunteers(
    town: Town, names: Mapping[str, Any], streets: Iterator[tuple[str, str]], staff: Actor
) -> None:
    """Plan the offers of all volunteers, a few every waking day, from the clock's moment on."""
    family_names, moment = names["family_names"], town.clock()
    for number, first_name in enumerate(names["first_names"]):
        name = f"{first_name} {family_names[number % len(family_names)]}" if number else NEIGHBOUR.name
        facts = replace(_offer(name, number, next(streets)), gender=names["said"].get(first_name, ""))
        town.at(moment, partial(_join, town, number, facts, staff))
        moment += timedelta(hours=5, minutes=20)


def _offer(name: str, number: int, address: tuple[str, str]) -> volunteers.OfferFacts:
    means, reach_km = MEANS[number % len(MEANS)]
    return volunteers.OfferFacts(
        name=name,
        phone=f"+32470{number:06d}",
        address="Hoekje van het park" if number == 33 else address[0],
        postcode=address[1],
        kinds=OFFERS[number % len(OFFERS)] if number else KNOWN_OFFERS,
        words=WORDS[number % len(WORDS)],
        will_not="Geen trappen" if number % 9 == 4 else "",
        languages=SPOKEN[number % len(SPOKEN)] if number else ("nl", "fr", "en"),
        means=means,
        reach_km=reach_km if number else 6.0,
        hours=HOURS[list(HOURS)[number % len(HOURS)]] | HOURS["weekend"] if number else ALWAYS,
        max_asks_a_week=1 + number % 3 if number else 7,
    )


def _join(town: Town, number: int, facts: volunteers.OfferFacts, staff: Actor) -> None:
    """The offer, and what became of it: most are asked from now on, some pause, left or are not known yet."""
    email = email_of(facts.name) if number else NEIGHBOUR.email
    town.do(VOLUNTEER, lambda uow: volunteers.offer(uow, email=email, facts=facts))
    with town.runtime.reading() as db:
        known, account = volunteer_id(db, email), account_id(db, email)
    me = Actor(ActorKind.VOLUNTEER, known)
    if number % 29 != 28:
        town.do(me, lambda uow: volunteers.confirm(uow, known))
    # Who offers help with homework or computers must be known best.
    level = 3 if number % 8 in {4, 5} else number % 3
    if level:
        town.do(staff, lambda uow: volunteers.vet(uow, known, level=level, reason="kennismaking op kantoor"))
    if number == 0:
        town.do(me, lambda uow: accounts.set_password(uow, account, password=NEIGHBOUR.password))
    _leave(town, number, known, me, staff)


def _leave(town: Town, number: int, known: int, me: Actor, staff: Actor) -> None:
    if number in {17, 30, 44}:
        until = town.clock() + timedelta(days=60)
        town.do(me, lambda uow: volunteers.pause(uow, known, until=until))
    elif number == 21:
        town.do(me, lambda uow: volunteers.leave(uow, known))
    elif number == 38:
        town.do(staff, lambda uow: volunteers.block(uow, known, reason="Vroeg iemand om geld."))


def ask_facts(story: Story, number: int, address: tuple[str, str], now: datetime) -> AskFacts:
    """What the resident of a story tells; when it is wanted is filled in at the moment of asking."""
    has_phone = number % 3 != 1 or story.email != "yes"
    return AskFacts(
        idempotency_key=f"demonstration-{number}",
        kind=story.kind,
        words=story.words,
        person_name=story.who,
        asker_name=story.asker,
        phone=f"+3216000{100 + number}" if has_phone else "",
        email=email_of(story.asker or story.who) if story.email == "yes" else story.email,
        languages=story.languages,
        timing=_timing(story),
        wanted_by=now,
        hours=HOURS[story.hours],
        address=story.address or address[0],
        postcode=address[1],
        channel="web" if story.email else "phone",
        gender_wish=story.gender_wish,
    )


def _timing(story: Story) -> Timing:
    if story.hours:
        return Timing.MOMENTS
    return Timing.SOON if story.within_days <= 2 else Timing.BEFORE
