"""A help request taken in, or changed, over the phone: all questions on one page."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from leuvenhelpt.domain.kinds import LookedFor
from leuvenhelpt.rendering.language import readers_language
from leuvenhelpt.services import changes, desk, letters
from leuvenhelpt.storage.queries import errands, status
from leuvenhelpt.storage.queries import help_requests as query
from leuvenhelpt.storage.queries.status import Status
from leuvenhelpt.web.current import now, runtime
from leuvenhelpt.web.forms.ask import SELF, WhatForm, WhoForm
from leuvenhelpt.web.forms.base import Form
from leuvenhelpt.web.paper import card_of
from leuvenhelpt.web.public.ask import keys, setting
from leuvenhelpt.web.public.retelling import retold, setting_of
from leuvenhelpt.web.public.wizard import Wizard
from leuvenhelpt.web.signed_in import visitor
from leuvenhelpt.web.staff.acting import acting, found, show
from leuvenhelpt.web.staff.aloud import aloud

LONGEST_CALL = timedelta(hours=1)  # an address kept from an earlier one begins a new call


@dataclass(frozen=True)
class Together:
    """Several forms on one page, as one list of fields and of errors."""

    forms: tuple[Form, ...]

    def __iter__(self) -> Iterator[Any]:
        return (field for form in self.forms for field in form)

    @property
    def errors(self) -> dict[str, Any]:
        """What is wrong, by field."""
        return {name: errors for form in self.forms for name, errors in form.errors.items()}

    @property
    def status(self) -> int:
        """The HTTP status of a page that shows these forms again."""
        return self.forms[0].status

    def validate(self) -> bool:
        """Whether all of them are right; every one is checked, so that all is told at once."""
        found = [form.validate() for form in self.forms]
        return all(found)


def start() -> ResponseReturnValue:
    """The questions, to ask aloud. Their key is in the address: who goes back and sends again means the same call."""
    sealed = request.args.get("sleutel", "")
    key = keys().read(sealed)
    if key is None or now() - key.shown_at > LONGEST_CALL:
        return redirect(url_for("desk_call", sleutel=keys().new(now())))
    return _asked(MultiDict({"whom": SELF, "words": ""}), sealed)


def take() -> ResponseReturnValue:
    """Take the request in, in the name of who rings."""
    wizard = Wizard(MultiDict(request.form), setting())
    together, key = Together(wizard.forms), keys().read(request.form.get("key", ""))
    sealed = request.form["key"] if key else keys().new(now())
    if _is_only_the_card():
        return _asked(_with_street(), sealed)
    if not together.validate() or key is None:
        return _page(wizard, together, sealed, url_for("desk_call_taken"), together.status)
    # A key of its own: what stands in an address of this page opens nothing on the page where residents ask.
    facts = wizard.facts(wizard.key_of_person(f"call {key.secret}"))
    facts = replace(facts, channel="phone", reader_language=readers_language(facts.languages))
    with runtime().unit_of_work(visitor().actor) as uow:
        public_id, is_changed = changes.submit_or_change(uow, facts=facts)
        if request.form.get("letter"):
            letters.want(uow, found(status.status(uow.session, public_id)).id)
    if is_changed:
        flash(_("De vraag is veranderd. Wij bekijken ze opnieuw."), "ok")
    return redirect(url_for("desk_call_done", reference=_told(public_id).reference))


def done(reference: str) -> ResponseReturnValue:
    """What to read aloud: the number, the promise, and how they will hear."""
    with runtime().reading() as db:
        seen = found(query.overview(db, reference))
        has_letter = errands.has_letter(db, seen.id)
        return show("staff/call_done.html", db, seen=seen, said=aloud(seen, ()), has_letter=has_letter)


def start_change(reference: str) -> ResponseReturnValue:
    """The answers as they were given, to go through together; that they were seen stands in the journal."""
    facts = _facts(reference)
    with acting(_("Bekijk de antwoorden samen. Wij noteerden dat u ze zag.")) as uow:
        desk.note_address_seen(uow, facts.id, reason=LookedFor.CHANGE)
    wizard = Wizard(retold(facts), setting_of(facts))
    return _page(wizard, Together(wizard.forms), "", url_for("desk_changed", reference=reference))


def change(reference: str) -> ResponseReturnValue:
    """Take over what was changed; it is looked at anew."""
    facts = _facts(reference)
    wizard = Wizard(MultiDict(request.form), setting_of(facts))
    together = Together(wizard.forms)
    if not together.validate():
        return _page(wizard, together, "", url_for("desk_changed", reference=reference), together.status)
    changed, same = (
        _("De vraag is veranderd. Wij bekijken ze opnieuw."),
        _("Er is niets veranderd aan de vraag."),
    )
    told = replace(wizard.facts(facts.idempotency_key), reader_language=facts.reader_language)
    with acting() as uow:
        is_new = changes.change_help_request(uow, facts.id, facts=told)
        flash(changed if is_new else same, "ok")
    return redirect(url_for("desk_request", reference=reference))


def _is_only_the_card() -> bool:
    """Whether to fill in the street of a card: by its button, or by Enter after a code that we know and no address."""
    typed = request.form
    return "fill" in typed or bool(not typed.get("address") and card_of(typed.get("kaart", "")))


def _with_street() -> MultiDict[str, str]:
    """What was typed, at the street of the card if we know its code."""
    typed, card = MultiDict(request.form), card_of(request.form.get("kaart", ""))
    if card and not typed.get("address", "").startswith(card.street):
        typed["address"], typed["postcode"] = card.street, card.postcode
    return typed


def _asked(typed: MultiDict[str, str], sealed: str) -> ResponseReturnValue:
    """The questions over what was typed so far, with nothing said of what is still missing."""
    wizard = Wizard(typed, setting())
    return _page(wizard, Together(wizard.forms), sealed, url_for("desk_call_taken"))


def _facts(reference: str) -> Status:
    with runtime().reading() as db:
        seen = found(query.overview(db, reference))
    return _told(seen.public_id)


def _told(public_id: str) -> Status:
    with runtime().reading() as db:
        facts: Status = found(status.status(db, public_id))
    return facts


def _speak_of_the_caller(what: WhatForm, who: WhoForm) -> None:
    """Who reads these labels is not who answers them."""
    what.words.label.text = _("Wat vraagt de beller?")
    what.whom.label.text = _("Voor wie belt de beller?")
    who.person_name.label.text = _("Naam van wie hulp nodig heeft")
    who.asker_name.label.text = _("Naam van de beller")
    who.agreed.label.text = _("De persoon voor wie de beller hulp vraagt, gaat akkoord.")
    who.phone.label.text, who.email.label.text = _("Telefoonnummer"), _("E-mailadres")
    who.languages.label.text = _("Welke talen spreekt wie hulp nodig heeft?")
    who.gender_wish.label.text = _("Maakt het uit wie er helpt?")


def _page(
    wizard: Wizard, together: Together, key: str, action: str, status: int = 200
) -> ResponseReturnValue:
    what, when, who = wizard.forms
    _speak_of_the_caller(what, who)
    is_change = action != url_for("desk_call_taken")
    facts = {"form": together, "what": what, "when": when, "who": who, "key": key, "action": action}
    code = request.form.get("kaart", "").strip()
    facts |= {"is_change": is_change, "code": code, "card": card_of(code)}
    with runtime().reading() as db:
        return show("staff/call.html", db, **facts), status
