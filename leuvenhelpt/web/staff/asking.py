"""Asking volunteers for a help request, telling news over the phone, and saying where it is."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from leuvenhelpt.domain.availability import is_quiet
from leuvenhelpt.domain.kinds import LookedFor
from leuvenhelpt.services import aftercare, desk, locating, notifications, pairing
from leuvenhelpt.storage.queries import help_requests as query
from leuvenhelpt.storage.queries.help_requests import Overview
from leuvenhelpt.web.access import LARGEST_ID
from leuvenhelpt.web.current import now, runtime
from leuvenhelpt.web.forms.staff import PlaceForm
from leuvenhelpt.web.staff.acting import acting, found
from leuvenhelpt.web.staff.placing import Placing
from leuvenhelpt.web.staff.requests import looked_for, revealed


def seen(reference: str) -> Overview:
    """The request of an address, or NotFound."""
    with runtime().reading() as db:
        fact: Overview = found(query.overview(db, reference))
    return fact


def back(reference: str) -> ResponseReturnValue:
    """To the page of the request."""
    return redirect(url_for("desk_request", reference=reference))


def ask(reference: str) -> ResponseReturnValue:
    """Ask one (`only`) or all whose box is ticked (`who`)."""
    only = request.form.get("only", type=int)
    typed = [only] if only else request.form.getlist("who", type=int)
    chosen = [match_id for match_id in typed if 0 < match_id <= LARGEST_ID]
    about = seen(reference)
    with acting() as uow:
        asked = pairing.ask_by_hand(uow, about.id, match_ids=chosen)
        _say_who_was_asked(asked, len(set(chosen)) - asked)
    return back(reference)


def _say_who_was_asked(asked: int, left_out: int) -> None:
    """How many were asked, and of how many of those chosen that could not be done any more; at night, that it waits."""
    flash(ngettext("%(num)s buur gevraagd.", "%(num)s buren gevraagd.", asked), "ok")
    if runtime().city.has_quiet_hours and is_quiet(now()):
        flash(_("Het is nacht: de mail vertrekt om 8 uur."), "ok")
    if left_out:
        some = ngettext(
            "%(num)s buur niet: kijk hoe het nu staat.",
            "%(num)s buren niet: kijk hoe het nu staat.",
            left_out,
        )
        flash(some, "warn")


def approve(reference: str) -> ResponseReturnValue:
    """Volunteers may be asked for this."""
    about = seen(reference)
    with acting(_("Goedgekeurd. Kies nu wie wij vragen.")) as uow:
        pairing.approve(uow, about.id)
    return back(reference)


def leave(reference: str) -> ResponseReturnValue:
    """The machine may do the asking."""
    about = seen(reference)
    with acting(_("Het systeem vraagt de buren, de beste eerst.")) as uow:
        pairing.leave_to_machine(uow, about.id)
    return back(reference)


def told(reference: str, notification_id: int) -> ResponseReturnValue:
    """The news was told over the phone."""
    about = seen(reference)
    with acting(_("Genoteerd: u hebt het verteld.")) as uow:
        desk.take_call(uow, about.id, notification_id)
        notifications.record_sent(uow, notification_id)
    return back(reference)


def no_answer(reference: str, notification_id: int) -> ResponseReturnValue:
    """Nobody picked up; it comes back to the desk later."""
    about = seen(reference)
    with acting(_("Genoteerd. Over twee uur staat dit weer op de balie.")) as uow:
        desk.take_call(uow, about.id, notification_id)
        notifications.record_no_answer(uow, notification_id)
    return back(reference)


def how_it_went(reference: str, notification_id: int) -> ResponseReturnValue:
    """Over the phone they said how it went, or rather somebody else next time; a no stays on the desk."""
    about, answer = seen(reference), request.form.get("answer", "")
    if answer not in aftercare.WENT_WELL:
        return back(reference)
    with acting(_("Genoteerd hoe het ging.")) as uow:
        desk.take_call(uow, about.id, notification_id)
        aftercare.answer_as_requester(uow, about.id, went_well=aftercare.WENT_WELL[answer])
        if answer == "rather_not":
            aftercare.rather_not_as_requester(uow, about.id)
        notifications.record_sent(uow, notification_id)
    return back(reference)


def place(reference: str) -> ResponseReturnValue:
    """Say where it is, by choosing or by a point."""
    about, form = seen(reference), PlaceForm(request.form)
    with runtime().reading() as db:
        choices = query.place_choices(db, about.id)
    chosen = Placing(form, choices).chosen()
    if chosen is None:
        return revealed(about, looked_for(LookedFor.CHECK_ADDRESS), form)
    with acting(_("Het adres staat op de kaart.")) as uow:
        locating.place_by_hand(uow, about.id, place=chosen)
    return back(reference)
