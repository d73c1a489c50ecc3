"""`demo`: fill an empty database with an invented city, made by running the real services in fast motion."""

from __future__ import annotations

import argparse
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from itertools import cycle
from typing import cast

from sqlalchemy import Engine

from config import Settings, read_environment
from leuvenhelpt.bootstrap import Runtime, build_runtime, city_folder
from leuvenhelpt.cli.demo import people, stories
from leuvenhelpt.cli.demo.town import Post, Town
from leuvenhelpt.cli.verbs import Stop, Verbs
from leuvenhelpt.domain.availability import QUIET_FROM, QUIET_UNTIL, in_brussels, is_quiet
from leuvenhelpt.gateways.bell import RememberedBell
from leuvenhelpt.gateways.clock import SetClock
from leuvenhelpt.gateways.mailer import KeptMail
from leuvenhelpt.storage.queries.demonstration import is_empty, volunteer_id

__all__ = ["fill", "register", "run"]

WAKING_DAY = timedelta(hours=QUIET_FROM.hour - QUIET_UNTIL.hour)
FIRST_VOLUNTEER = timedelta(days=48)


def register(verbs: Verbs) -> None:
    parser = verbs.add_parser(
        "demo",
        help="fill an empty database with an invented city",
        description="Makes staff, about 60 volunteers and 40 help requests, all invented, on real streets of "
        "the city. Only in demonstration mode (LEUVENHELPT_DEMO=1), and only into a database in which nobody "
        "asked, offered or signed in yet.",
    )
    parser.add_argument(
        "--if-empty", action="store_true", help="do nothing, silently, when there is data already"
    )
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> None:
    settings = Settings.from_environment(read_environment())
    if not settings.is_demonstration:
        raise Stop("The demonstration city is for demonstration mode only: set LEUVENHELPT_DEMO=1.")
    runtime = build_runtime(settings)
    with runtime.reading() as db:
        if not is_empty(db):
            if chosen.if_empty:
                return
            raise Stop("There is data in this database already; the demonstration city needs an empty one.")
    fill(runtime)
    print("The demonstration city is ready. Everybody in it is invented.")


def fill(runtime: Runtime) -> None:
    """Fill the empty database of a runtime, whole or not at all, up to the moment its clock shows."""
    now = runtime.clock()
    clock = SetClock(now - FIRST_VOLUNTEER)
    post, bell = Post(clock), RememberedBell()
    with runtime.engine.connect() as connection, connection.begin(), connection.begin_nested():
        # Sessions on a connection within a savepoint take one each: nobody else ever sees half a city.
        engine = cast(Engine, connection)
        inside = replace(runtime, engine=engine, clock=clock, mailer=post, bell=bell)
        _live(Town(inside, clock, bell), now)
    kept = KeptMail(runtime.settings.data_dir / "mail", clock)
    for clock.now, email in post.sent:
        kept.send(email)


def _live(town: Town, now: datetime) -> None:
    known = stories.read()
    street_list = city_folder(town.runtime.settings.city) / "streets.csv"
    staff = people.add_staff(town)
    people.add_volunteers(town, known, people.addresses(street_list, 5), staff[0])
    homes = people.addresses(street_list, 11)
    for (number, row), colleague in zip(enumerate(known["requests"]), cycle(staff[:2]), strict=False):
        story = stories.story_from(row)
        facts = people.ask_facts(story, number, next(homes), now)
        tale = stories.Tale(town, story, facts, colleague)
        town.at(waking_before(now, story.ago), partial(_begin, town, tale))
    town.live(now)


def _begin(town: Town, tale: stories.Tale) -> None:
    if tale.story.for_neighbour:
        with town.runtime.reading() as db:
            tale.favourite = volunteer_id(db, people.NEIGHBOUR.email)
    tale.begin()


def waking_before(now: datetime, days: float) -> datetime:
    """The moment so many waking days (of 13 hours) earlier: never in the quiet hours."""
    whole, part = divmod(days, 1)
    moment = now - timedelta(days=int(whole))
    left = WAKING_DAY * part
    while is_quiet(moment):
        moment -= timedelta(minutes=5)
    awake = in_brussels(moment) - in_brussels(moment).replace(hour=QUIET_UNTIL.hour, minute=0)
    return moment - left if left <= awake else moment - left - (timedelta(days=1) - WAKING_DAY)
