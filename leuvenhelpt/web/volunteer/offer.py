"""Becoming a volunteer: the offer, and the link that confirms the address."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from leuvenhelpt.domain.values import Actor, ActorKind
from leuvenhelpt.rendering.links import Purpose
from leuvenhelpt.services import volunteers
from leuvenhelpt.web import trap
from leuvenhelpt.web.current import language, runtime
from leuvenhelpt.web.forms.offer import NewOfferForm
from leuvenhelpt.web.public.ask import setting
from leuvenhelpt.web.volunteer.sign_in import enter_or_show, link_page

SOMEBODY = Actor(ActorKind.VOLUNTEER)


def show() -> ResponseReturnValue:
    """The offer, empty."""
    form = NewOfferForm()
    form.fit(setting())
    return _page(form)


def take() -> ResponseReturnValue:
    """Take it in. What the page says next is the same for an address that is known already."""
    form = NewOfferForm(request.form)
    form.fit(setting())
    if not form.validate():
        return _page(form), form.status
    if trap.is_filled():
        return _page(form, asks_again=True), form.status
    email = (form.email.data or "").lower()
    with runtime().unit_of_work(SOMEBODY) as uow:
        volunteers.offer(uow, email=email, facts=form.facts(), reader_language=language())
    return redirect(url_for("offer_taken"))


def _page(form: NewOfferForm, *, asks_again: bool = False) -> str:
    return render_template("volunteer/offer.html", form=form, asks_again=asks_again)


def taken() -> ResponseReturnValue:
    """Look in your mail."""
    return render_template("volunteer/offer_taken.html")


def show_confirm(token: str) -> str:
    """The button that confirms; looking uses nothing up."""
    return link_page("volunteer/confirm.html", Purpose.CONFIRM, token)


def confirm(token: str) -> ResponseReturnValue:
    """The address is theirs: from now on they may be asked, and they are signed in."""
    told = _("Dank u. Uw e-mailadres klopt: vanaf nu mogen wij u iets vragen.")
    return enter_or_show("volunteer/confirm.html", Purpose.CONFIRM, token, told)
