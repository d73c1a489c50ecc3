"""What all of the desk shares: acting so that the page can say what came of it, and the numbers in its margin."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from flask import abort, flash, redirect, render_template, request
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from leuvenhelpt.domain.availability import at_brussels, in_brussels
from leuvenhelpt.domain.errors import NotFound, Refused, SomebodyWasFirst
from leuvenhelpt.rendering.refusals import refusal
from leuvenhelpt.storage.queries import desk as query
from leuvenhelpt.storage.unit_of_work import UnitOfWork
from leuvenhelpt.web.current import language, now, runtime
from leuvenhelpt.web.signed_in import visitor

NOON = time(12)


@contextmanager
def acting(told: str = "") -> Iterator[UnitOfWork]:
    """A unit of work in the name of the visitor; the next page says `told`, if anything, or why it could not be done.

    A refusal goes no further: whoever pressed the button comes back to a page that shows how it stands now.
    """
    try:
        with runtime().unit_of_work(visitor().actor) as uow:
            yield uow
    except SomebodyWasFirst:
        flash(_("Iemand was u net voor. Kijk hoe het nu staat."), "warn")
    except Refused as error:
        flash(refusal(error.code, language()), "warn")
    else:
        if told:
            flash(told, "ok")


def found(fact: Any) -> Any:
    """The fact, or NotFound if there is none."""
    if fact is None:
        raise NotFound("page")
    return fact


def account_id() -> int:
    """The account of the colleague at the desk."""
    return visitor().account_id or 0


def tomorrow(moment: datetime) -> datetime:
    """When today ends in Brussels."""
    return at_brussels(in_brussels(moment).date() + timedelta(days=1), time())


def noon_or_night(moment: datetime) -> datetime:
    """The next bound that people plan by: noon, and after that the end of the day."""
    noon = at_brussels(in_brussels(moment).date(), NOON)
    return noon if moment < noon else tomorrow(moment)


def counts(db: Session, sieve: query.Sieve) -> query.DeskCounts:
    """The numbers of the desk at this moment, and of a list of it."""
    return query.counts(db, sieve, now(), soon=noon_or_night(now()))


def in_margin(numbers: query.DeskCounts) -> dict[str, int]:
    """What stands beside the lines of the navigation."""
    return {
        "desk": numbers.total,
        "desk_calls": numbers.calls,
        "desk_letters": numbers.letters,
        "desk_concerns": numbers.concerns,
    }


def page_number(typed: str | None) -> int:
    """The number of a page as an address says it; 1 for anything else."""
    return max(1, int(typed)) if typed and typed.isdecimal() and len(typed) < 6 else 1


def last_page(total: int, size: int, number: int) -> int:
    """The number of the last page. Who asks for one past it, as when its rows were dealt with, is sent to the first."""
    last = max(1, -(-total // size))
    if number > last:
        first = urlencode(request.args.to_dict(flat=False) | {"blad": ["1"]}, doseq=True)
        abort(redirect(f"{request.path}?{first}"))
    return last


def show(template: str, db: Session, **facts: Any) -> str:
    """A page of the desk, with the numbers in its margin."""
    return render_template(template, counts=in_margin(counts(db, query.Sieve(account_id()))), **facts)
