"""Signing in at the desk: a password, then six digits; and signing out."""

from datetime import timedelta

from flask import redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from leuvenhelpt.domain.permissions import is_staff
from leuvenhelpt.domain.values import MACHINE
from leuvenhelpt.services import accounts
from leuvenhelpt.web.current import now, runtime
from leuvenhelpt.web.forms.staff import CodeForm, SignInForm
from leuvenhelpt.web.limits import HALFWAY
from leuvenhelpt.web.signed_in import WIPE, say_goodbye, visitor, welcome

HALFWAY_UNTIL = "halfway_until"
HALFWAY_LASTS = timedelta(minutes=5)


def show() -> ResponseReturnValue:
    """E-mail and password."""
    return render_template("staff/sign_in.html", form=SignInForm())


def check() -> ResponseReturnValue:
    """Right: on to the digits. Wrong or unknown: the same answer, after the same work."""
    form = SignInForm(request.form)
    if form.validate():
        with runtime().unit_of_work(MACHINE) as uow:
            account = accounts.check_password(
                uow, email=form.email.data or "", password=form.password.data or ""
            )
        if account is not None and is_staff(account.role):
            session[HALFWAY] = account.id
            session[HALFWAY_UNTIL] = (now() + HALFWAY_LASTS).timestamp()
            return redirect(url_for("desk_code"))
        form.email.errors = [_("E-mailadres of wachtwoord klopt niet. Kijk beide na.")]
    return render_template("staff/sign_in.html", form=form), form.status


def halfway() -> int | None:
    """The account whose password was just right, for a few minutes."""
    account_id: int | None = session.get(HALFWAY)
    return account_id if session.get(HALFWAY_UNTIL, 0) > now().timestamp() else None


def show_code() -> ResponseReturnValue:
    """The six digits."""
    if halfway() is None:
        return redirect(url_for("desk_sign_in"))
    return render_template("staff/code.html", form=CodeForm())


def check_code() -> ResponseReturnValue:
    """Right: signed in. Wrong: once more, a few times."""
    form, account_id = CodeForm(request.form), halfway()
    if account_id is None:
        return redirect(url_for("desk_sign_in"))
    if form.validate():
        with runtime().unit_of_work(MACHINE) as uow:
            is_right = accounts.check_second_factor(uow, account_id, code=form.digits)
            token = accounts.sign_in(uow, account_id) if is_right else ""
        if is_right:
            welcome(token)
            return redirect(url_for("desk"))
        form.code.errors = [_("Deze code klopt niet. Wacht op de volgende code en probeer opnieuw.")]
    return render_template("staff/code.html", form=form), 422


def sign_out() -> ResponseReturnValue:
    """End the session for good, whoever it was."""
    with runtime().unit_of_work(visitor().actor) as uow:
        accounts.sign_out(uow, visitor().token)
    say_goodbye()
    answer = redirect(url_for("home"))
    answer.headers.update(WIPE)
    return answer
