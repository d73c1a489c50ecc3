"""Asking for help: five pages, then the request's own page."""

from datetime import timedelta

from flask import Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from leuvenhelpt.domain.errors import TooOften
from leuvenhelpt.domain.values import Actor, ActorKind
from leuvenhelpt.rendering.links import Purpose
from leuvenhelpt.services import changes, help_requests
from leuvenhelpt.storage.queries import help_requests as query
from leuvenhelpt.web import trap
from leuvenhelpt.web.current import language, now, runtime
from leuvenhelpt.web.forms.ask import OTHER, SELF
from leuvenhelpt.web.forms.base import Form
from leuvenhelpt.web.forms.keys import FormKey, FormKeys
from leuvenhelpt.web.forms.setting import Setting
from leuvenhelpt.web.paper import card_of
from leuvenhelpt.web.public import draft
from leuvenhelpt.web.public.answer import answer
from leuvenhelpt.web.public.wizard import CHECK, Wizard

RESIDENT = Actor(ActorKind.RESIDENT)
PAGES = {
    1: "public/ask/what.html",
    2: "public/ask/when.html",
    3: "public/ask/who.html",
    CHECK: "public/ask/check.html",
}
AN_HOUR, MOST_AN_HOUR, MOST_FOR_OTHERS = timedelta(hours=1), 3, 10
LEAST_TIME = timedelta(seconds=3)


def setting() -> Setting:
    """The world as forms see it."""
    return Setting(runtime().city, language(), now(), runtime().geocoder)


def show() -> ResponseReturnValue:
    """The first page, for oneself or with `?voor=ander` for somebody else; `?kaart=` knows the postcode."""
    whom = OTHER if request.args.get("voor") == "ander" else SELF
    card = card_of(request.args.get("kaart", ""))
    known = {"postcode": card.postcode} if card else {}  # a street would be left standing without its number
    wizard = Wizard(MultiDict({"whom": whom, "words": ""} | known), setting())
    return page(wizard, 1, keys().new(now()))


def resume() -> ResponseReturnValue:
    """Go on where somebody was on this device; from the start if nothing was kept."""
    kept = draft.kept()
    if kept is None:
        return redirect(url_for("ask"))
    wizard = Wizard(kept, setting())
    return page(wizard, wizard.unfinished(), keys().new(now()), action=url_for("ask_step"))


def forget() -> ResponseReturnValue:
    """Wipe what this device kept, and begin anew."""
    flash(_("Wat u schreef, is gewist van dit toestel."))
    return draft.without(redirect(url_for("ask")))


def take() -> ResponseReturnValue:
    """What one page sends: on, back, or away with it."""
    wizard = Wizard(MultiDict(request.form), setting())
    key = keys().read(request.form.get("key", ""))
    sealed = request.form["key"] if key else keys().new(now())
    step, is_wrong = wizard.next_step()
    if step < CHECK or not wizard.is_sent:
        return draft.keep(page(wizard, step, sealed, shows_errors=is_wrong), wizard.typed)
    if key is None or looks_like_a_machine(key):
        return page(wizard, CHECK, sealed, asks_again=True)
    facts = wizard.facts(wizard.own_key(key.secret))
    refuse_a_flood(facts)
    with runtime().unit_of_work(RESIDENT) as uow:
        public_id, is_changed = changes.submit_or_change(uow, facts=facts)
    if is_changed:
        flash(_("Uw vraag is veranderd. Wij bekijken ze opnieuw."))
    link = runtime().links.token(Purpose.STATUS, public_id)
    return draft.without(redirect(url_for("status", token=link)))


def page(
    wizard: Wizard,
    step: int,
    key: str,
    *,
    action: str = "",
    shows_errors: bool = False,
    asks_again: bool = False,
    reference: str = "",
) -> Response:
    """One page of the steps; 422 when it is sent back."""
    is_fresh = step == 1 and wizard.is_fresh
    is_answered = step == 1 and not is_fresh
    html = render_template(
        PAGES[step],
        answer=answer(wizard.forms[0], wizard.hearing, runtime().city) if is_answered else None,
        is_fresh=is_fresh,
        comes_back=wizard.comes_back,
        form=_form(wizard, step, shows_errors),
        forms=wizard.forms,
        carried=wizard.carried(step),
        step=step,
        place=1 if is_fresh else step + 1,
        key=key,
        action=action or request.path,
        asks_again=asks_again,
        reference=reference,
    )
    return make_response(html, 422 if shows_errors or asks_again else 200)


def _form(wizard: Wizard, step: int, shows_errors: bool) -> Form | dict[str, tuple[()]]:
    """The form of a page, if it has one; shown afresh it says nothing of what it lacks."""
    if step == CHECK:
        return {"errors": ()}
    form: Form = wizard.forms[step - 1]
    if not shows_errors:
        for field in form:
            field.errors = ()
    return form


def keys() -> FormKeys:
    """The keys of this installation's forms."""
    return FormKeys(runtime().settings.secret_key)


def refuse_a_flood(facts: help_requests.AskFacts) -> None:
    """Three requests in an hour for who is reached by one number or address, ten for who asks for other people."""
    if runtime().settings.is_demonstration:
        return
    with runtime().reading() as db:
        lately = query.asked_since(
            db, now() - AN_HOUR, phone=facts.phone, email=facts.email, but_for=facts.idempotency_key
        )
    if lately >= (MOST_FOR_OTHERS if facts.asker_name else MOST_AN_HOUR):
        raise TooOften("asked_too_often")


def looks_like_a_machine(key: FormKey) -> bool:
    """Faster than anybody types, or the field that people do not see was filled: it is asked once more."""
    is_patient = runtime().settings.is_demonstration  # where machines may play at being people
    return trap.is_filled() or (not is_patient and key.is_hasty(now(), LEAST_TIME))
