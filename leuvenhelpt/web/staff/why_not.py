"""Why not this neighbour: what speaks against somebody who is not on the list, and what for them."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from leuvenhelpt.domain.lifecycle import Subject
from leuvenhelpt.domain.messages import Need, Reason
from leuvenhelpt.matching import sight
from leuvenhelpt.matching.wishing import granted
from leuvenhelpt.rendering import phrases
from leuvenhelpt.storage.queries import help_requests, volunteers
from leuvenhelpt.storage.queries.matching import pairing_task
from leuvenhelpt.storage.queries.offers import offers_of
from leuvenhelpt.storage.queries.volunteers import ListedVolunteer
from leuvenhelpt.web.current import language, now, runtime
from leuvenhelpt.web.forms.cleaning import clean_line
from leuvenhelpt.web.staff.acting import found, last_page, page_number, show


@dataclass(frozen=True)
class Weighed:
    """One volunteer beside a need, in sentences. Without objections they may be asked."""

    volunteer: ListedVolunteer
    objections: tuple[str, ...]
    merits: tuple[str, ...]


def searched(reference: str) -> ResponseReturnValue:
    """The volunteers that a search finds, each with what speaks against and for asking them for this request now."""
    words, number = clean_line(request.args.get("zoek"))[:100], page_number(request.args.get("blad"))
    with runtime().reading() as db:
        seen = found(help_requests.overview(db, reference))
        task = pairing_task(db, seen.id, runtime().city, now())
        page = volunteers.listed(db, words=words, number=number)
        return show(
            "staff/why_not.html",
            db,
            reference=seen.reference,
            words=words,
            is_searched_for=task is not None,
            lines=weighed(db, task.need, page.rows) if task else [],
            number=number,
            last=last_page(page.total, volunteers.PAGE, number),
        )


def weighed(db: Session, need: Need, rows: Iterable[ListedVolunteer]) -> list[Weighed]:
    """These volunteers as every rule sees them now; who is not with us any more is kept from being asked by that."""
    offers = {one.offer.volunteer_id: one for one in offers_of(db, [row.id for row in rows], now())}
    reasons = sight.weighed(need, [one.offer for one in offers.values()])
    genders = {volunteer_id: one.gender for volunteer_id, one in offers.items()}
    return [
        _said(row, [*reasons[row.id], *filter(None, [granted(need, row.id, genders)])])
        if row.id in offers
        else Weighed(row, (phrases.state(Subject.VOLUNTEER, row.state, language()),), ())
        for row in rows
    ]


def _said(row: ListedVolunteer, reasons: list[Reason]) -> Weighed:
    objections = _sentences(why for why in reasons if not why.is_for)
    return Weighed(row, objections, _sentences(why for why in reasons if why.is_for))


def _sentences(reasons: Iterable[Reason]) -> tuple[str, ...]:
    said = (phrases.reason(why, "coordinator", runtime().city, language()) for why in reasons)
    return tuple(filter(None, said))
