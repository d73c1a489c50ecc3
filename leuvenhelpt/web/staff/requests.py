"""Help requests at the desk: the list, the page of one, and looking at who it is."""

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from leuvenhelpt.domain.city import said_in
from leuvenhelpt.domain.kinds import LookedFor
from leuvenhelpt.domain.lifecycle import HelpRequestState, Subject
from leuvenhelpt.rendering import phrases
from leuvenhelpt.services import desk
from leuvenhelpt.storage.queries import help_requests as query
from leuvenhelpt.storage.queries.help_requests import Overview
from leuvenhelpt.web.current import language, runtime
from leuvenhelpt.web.forms.cleaning import clean_line
from leuvenhelpt.web.forms.staff import PlaceForm
from leuvenhelpt.web.signed_in import visitor
from leuvenhelpt.web.staff.acting import found, last_page, page_number, show
from leuvenhelpt.web.staff.placing import Placing
from leuvenhelpt.web.staff.request_page import build

GROUPS = ("live", "closed")


def listed() -> ResponseReturnValue:
    """All help requests, to search and to leaf through."""
    words, state = clean_line(request.args.get("zoek"))[:100], request.args.get("toestand", "")
    state = state if state in {*GROUPS, *HelpRequestState} else ""
    number = page_number(request.args.get("blad"))
    with runtime().reading() as db:
        page = query.listed(db, meant(words), state=state, number=number)
        return show(
            "staff/requests.html",
            db,
            page=page,
            lines=[(row, phrases.state(Subject.HELP_REQUEST, row.state, language())) for row in page.rows],
            words=words,
            state=state,
            states=states(),
            number=number,
            last=last_page(page.total, query.PAGE, number),
        )


def meant(words: str) -> query.Search:
    """What somebody who searches may mean: digits of a reference, a kind of help, or a part of the city."""
    digits = words.replace(" ", "")
    named = [
        kind.key
        for kind in runtime().city.kinds.values()
        if words and words.lower() in said_in(kind.name, language()).lower()
    ]
    return query.Search(digits if digits.isdecimal() else "", named, words)


def states() -> list[tuple[str, str]]:
    """The states to choose from, in words."""
    each = [(s.value, phrases.state(Subject.HELP_REQUEST, s, language())) for s in HelpRequestState]
    return [("", _("Alle")), ("live", _("Lopend")), ("closed", _("Afgesloten")), *each]


def one(reference: str) -> ResponseReturnValue:
    """One help request, without who it is about."""
    with runtime().reading() as db:
        page = build(db, found(query.overview(db, reference)))
        return show("staff/request.html", db, page=page, form=PlaceForm(), show_for=reasons().items())


def show_identity(reference: str) -> ResponseReturnValue:
    """The same page with name, address and phone; who looked and what for stands in the journal."""
    with runtime().reading() as db:
        seen = found(query.overview(db, reference))
    return revealed(seen, looked_for(LookedFor.NO_REASON), PlaceForm())


def looked_for(otherwise: LookedFor) -> str:
    """The reason that was chosen, which the page of who it is sends along."""
    chosen = request.form.get("reason", "")
    return chosen if chosen in set(LookedFor) else otherwise


def revealed(seen: Overview, reason: str, form: PlaceForm) -> ResponseReturnValue:
    """Write down that somebody looks, then show."""
    with runtime().unit_of_work(visitor().actor) as uow:
        desk.note_address_seen(uow, seen.id, reason=reason)
    with runtime().reading() as db:
        page = build(db, seen, identity=query.identity(db, seen.id))
        placing = Placing(form, page.places)
        facts = {"page": page, "form": form, "placing": placing, "reason": reason}
        html = show("staff/request.html", db, show_for=reasons().items(), **facts)
    return html, 422 if form.errors else 200


def reasons() -> dict[str, str]:
    """What somebody may need name, address and phone for."""
    offered = (LookedFor.RING_BACK, LookedFor.VISIT, LookedFor.CHECK_ADDRESS)
    return {reason.value: phrases.looked_for(reason, language()) for reason in offered}
