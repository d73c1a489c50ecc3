"""Signing in as a volunteer: a link by mail, or a password; and signing out."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from leuvenhelpt.domain.errors import Refused
from leuvenhelpt.domain.permissions import is_staff
from leuvenhelpt.domain.values import MACHINE
from leuvenhelpt.rendering.links import Purpose
from leuvenhelpt.services import accounts, volunteers
from leuvenhelpt.storage.queries.accounts import link_facts
from leuvenhelpt.web.current import now, runtime
from leuvenhelpt.web.forms.sign_in import MySignInForm
from leuvenhelpt.web.signed_in import welcome


def show() -> ResponseReturnValue:
    """E-mail, and a password for who has one."""
    return render_template("volunteer/sign_in.html", form=MySignInForm())


def check() -> ResponseReturnValue:
    """With a password: in, or not. Without: a link by mail, and the same page whoever it is."""
    form = MySignInForm(request.form)
    if not form.validate():
        return render_template("volunteer/sign_in.html", form=form), form.status
    email = (form.email.data or "").lower()
    if not form.password.data:
        with runtime().unit_of_work(MACHINE) as uow:
            accounts.request_link(uow, email=email)
        return redirect(url_for("link_sent"))
    return _with_password(form, email)


def _with_password(form: MySignInForm, email: str) -> ResponseReturnValue:
    with runtime().unit_of_work(MACHINE) as uow:
        account = accounts.check_password(uow, email=email, password=form.password.data or "")
        is_volunteer = account is not None and not is_staff(account.role)
        token = accounts.sign_in(uow, account.id) if account is not None and is_volunteer else ""
    if token:
        welcome(token)
        return redirect(url_for("my_help"))
    form.password.errors = [
        _("Dit klopt niet. Probeer opnieuw, of laat het wachtwoord leeg: dan mailen wij u een link.")
    ]
    return render_template("volunteer/sign_in.html", form=form), 422


def link_sent() -> ResponseReturnValue:
    """Look in your mail."""
    return render_template("volunteer/link_sent.html")


def show_link(token: str) -> str:
    """The button that signs in; looking uses nothing up."""
    return link_page("volunteer/use_link.html", Purpose.SIGN_IN, token)


def use_link(token: str) -> ResponseReturnValue:
    """Sign in, once; a link that is used up or too old says where to get another."""
    return enter_or_show("volunteer/use_link.html", Purpose.SIGN_IN, token)


def link_page(template: str, purpose: Purpose, token: str) -> str:
    """The page of a mailed link, as good or as used up as the link is."""
    public_id = runtime().links.read(purpose, token)
    with runtime().reading() as db:
        facts = link_facts(db, public_id, now())
    return render_template(template, token=token, facts=facts)


def enter_or_show(template: str, purpose: Purpose, token: str, told: str = "") -> ResponseReturnValue:
    """Signed in by a mailed link, and told what that did; a link used up or too old shows its page, which says so."""
    try:
        enter_by(purpose, token)
    except Refused:
        return link_page(template, purpose, token), 409
    if told:
        flash(told)
    return redirect(url_for("my_help"))


def enter_by(purpose: Purpose, token: str) -> None:
    """Use up a mailed link and sign in; Refused if it is used or too old.

    Whoever holds it reads mail at that address, so any such link confirms an offer that still waits for it.
    """
    public_id = runtime().links.read(purpose, token)
    with runtime().unit_of_work(MACHINE) as uow:
        account = accounts.use_link(uow, public_id)
        if account.volunteer_id is not None:
            volunteers.confirm(uow, account.volunteer_id)
        session_token = accounts.sign_in(uow, account.id)
    welcome(session_token)
