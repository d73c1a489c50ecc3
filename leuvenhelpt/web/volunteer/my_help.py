"""The volunteer's own page, and changing, pausing or ending the offer."""

from dataclasses import replace

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from leuvenhelpt.domain.availability import cells_of
from leuvenhelpt.domain.lifecycle import MatchState, VolunteerState
from leuvenhelpt.rendering import formats
from leuvenhelpt.rendering.links import Purpose
from leuvenhelpt.services import accounts, volunteers
from leuvenhelpt.storage.queries import volunteer_pages as query
from leuvenhelpt.web.current import language, now, runtime
from leuvenhelpt.web.forms.fields import Hours
from leuvenhelpt.web.forms.offer import MyPauseForm, OfferForm, PasswordForm
from leuvenhelpt.web.forms.setting import Setting
from leuvenhelpt.web.public.ask import setting
from leuvenhelpt.web.signed_in import say_goodbye, visitor, welcome
from leuvenhelpt.web.volunteer.calendars import address_of
from leuvenhelpt.web.volunteer.expecting import expectation
from leuvenhelpt.web.volunteer.staying import to_goodbye


def my_id() -> int:
    """The id of the volunteer who is signed in."""
    return visitor().volunteer_id or 0


def show() -> ResponseReturnValue:
    """What was promised, what is asked, and what may be expected."""
    return _page(MyPauseForm())


def _page(form: MyPauseForm) -> str:
    with runtime().reading() as db:
        offer, found = query.offer(db, my_id()), query.matches(db, my_id())
        expected, thanks = expectation(db, offer, is_first=not found), query.thanks(db, my_id())
    return render_template(
        "volunteer/my_help.html",
        form=form,
        offer=offer,
        tasks=[match for match in found if match.state == MatchState.ACCEPTED],
        asks=[match for match in found if _may_answer(match)],
        history=[match for match in found if match.state not in {MatchState.ACCEPTED, MatchState.ASKED}],
        expectation=expected,
        thanks=thanks,
        calendar=address_of(offer.calendar_key),
        link=lambda purpose, match: runtime().links.token(Purpose[purpose], match.public_id),
    )


def _may_answer(match: query.MyMatch) -> bool:
    is_open = match.lapses_at is not None and match.lapses_at > now()
    return match.state == MatchState.ASKED and is_open and not match.is_on_hold


def show_profile() -> ResponseReturnValue:
    """The offer as it stands, to be changed."""
    offer = _offer()
    return _profile(OfferForm(_typed(offer)), PasswordForm(), offer)


def change() -> ResponseReturnValue:
    """Take over a changed offer."""
    offer, form = _offer(), OfferForm(request.form)
    form.fit(_setting(offer))
    if not form.validate():
        return _profile(form, PasswordForm(), offer), form.status
    with runtime().unit_of_work(visitor().actor) as uow:
        volunteers.change(uow, my_id(), facts=form.facts(), reader_language=language())
    flash(_("Bewaard. Vanaf nu vragen wij u zo."))
    return redirect(url_for("my_help"))


def set_password() -> ResponseReturnValue:
    """A password; every other place where one was signed in is signed out."""
    form = PasswordForm(request.form)
    if not form.validate():
        offer = _offer()
        return _profile(OfferForm(_typed(offer)), form, offer), 422
    account_id = visitor().account_id or 0
    with runtime().unit_of_work(visitor().actor) as uow:
        accounts.set_password(uow, account_id, password=form.password.data or "")
        token = accounts.sign_in(uow, account_id)
    welcome(token)
    flash(_("Uw wachtwoord is bewaard."))
    return redirect(url_for("my_help"))


def pause() -> ResponseReturnValue:
    """Nothing is asked until a day, or until they come back."""
    form = MyPauseForm(request.form)
    form.fit(setting())
    if not form.validate():
        # Who pauses already has no such form any more: the page says how it is.
        return (
            (_page(form), form.status)
            if _offer().state == VolunteerState.ACTIVE
            else redirect(url_for("my_help"))
        )
    with runtime().unit_of_work(visitor().actor) as uow:
        volunteers.pause(uow, my_id(), until=form.moment())
    flash(_("Wij vragen u een tijdje niets."))
    return redirect(url_for("my_help"))


def resume() -> ResponseReturnValue:
    """Back again."""
    with runtime().unit_of_work(visitor().actor) as uow:
        volunteers.resume(uow, my_id())
    flash(_("Fijn dat u er weer bent."))
    return redirect(url_for("my_help"))


def confirm_leaving() -> ResponseReturnValue:
    """A page with the button that ends the offer."""
    return render_template("volunteer/leave.html")


def leave() -> ResponseReturnValue:
    """No longer a volunteer; signed out everywhere."""
    account_id = visitor().account_id or 0
    with runtime().unit_of_work(visitor().actor) as uow:
        volunteers.leave(uow, my_id())
        accounts.end_all_sessions(uow, account_id)
    say_goodbye()
    return to_goodbye()


def _offer() -> query.Offer:
    with runtime().reading() as db:
        return query.offer(db, my_id())


def _setting(offer: query.Offer) -> Setting:
    """An address whose place is known, maybe because a coordinator found it, is not asked about again."""
    return replace(setting(), settled=(offer.address, offer.postcode) if offer.is_placed else None)


def _profile(form: OfferForm, password: PasswordForm, offer: query.Offer) -> str:
    form.fit(_setting(offer))
    return render_template("volunteer/profile.html", form=form, password=password)


def _typed(offer: query.Offer) -> MultiDict[str, str]:
    """The offer as a browser would send it."""
    typed = MultiDict(
        {
            name: str(getattr(offer, name))
            for name in ("name", "address", "postcode", "words", "will_not", "means", "gender")
        }
    )
    typed["phone"] = formats.phone(offer.phone, runtime().city.country)
    typed["meant"] = offer.place_label
    typed["reach_km"], typed["max_asks_a_week"] = f"{offer.reach_km:g}", str(offer.max_asks_a_week)
    typed.setlist("kinds", list(offer.kinds))
    typed.setlist("languages", list(offer.languages))
    typed.setlist("hours", [Hours.value(day, part) for day, part in cells_of(offer.hours)])
    return typed
