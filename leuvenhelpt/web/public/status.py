"""The request's own page: what was promised, who comes, what one can still do. By link alone."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from leuvenhelpt.domain.errors import NotFound, Refused
from leuvenhelpt.domain.lifecycle import HelpRequestState
from leuvenhelpt.rendering import moments
from leuvenhelpt.rendering.happenings import closing as closing_title
from leuvenhelpt.rendering.happenings import ending, happening, situation, under_way
from leuvenhelpt.rendering.links import Purpose
from leuvenhelpt.services import aftercare, changes, closing, help_requests
from leuvenhelpt.storage.queries import status as query
from leuvenhelpt.web.current import language, now, runtime
from leuvenhelpt.web.forms.thanks import ThanksForm
from leuvenhelpt.web.public import ask
from leuvenhelpt.web.public.ask import RESIDENT
from leuvenhelpt.web.public.retelling import retold, setting_of
from leuvenhelpt.web.public.wizard import CHECK, Wizard
from leuvenhelpt.web.timeline import Entry

OVER = frozenset({HelpRequestState.MATCHED, HelpRequestState.DONE})


def facts_for(token: str) -> query.Status:
    """What the link leads to; NotFound if it leads nowhere."""
    public_id = runtime().links.read(Purpose.STATUS, token)
    with runtime().reading() as db:
        facts = query.status(db, public_id)
    if facts is None:
        raise NotFound("help_request")
    return facts


def show(token: str) -> ResponseReturnValue:
    """How the request stands."""
    return _page(token, facts_for(token), ThanksForm())


def _page(token: str, facts: query.Status, form: ThanksForm) -> str:
    return render_template(
        "public/status/show.html",
        token=token,
        facts=facts,
        form=form,
        situation=_situation(facts),
        ending=ending(facts.state, facts.went_well, language(), is_remote=_is_remote(facts)),
        closing=closing_title(facts.state, language()),
        entries=timeline(facts),
        is_late=facts.promised_by is not None and facts.promised_by < now(),
        is_past=facts.may_change and facts.wanted_by <= now(),
        asks_how_it_went=asks_how_it_went(facts),
    )


def asks_how_it_went(facts: query.Status) -> bool:
    """Once the help is given, or its moment is past and nothing keeps whoever said yes from coming; while we know
    whom to ring about it.
    """
    is_over = facts.state == HelpRequestState.DONE or (facts.wanted_by <= now() and not facts.is_on_hold)
    return is_over and facts.state in OVER and facts.went_well is None and facts.person_name != ""


def timeline(facts: query.Status) -> list[Entry]:
    """What happened, what we are doing, and what comes next: who helps, or the promise."""
    is_remote = _is_remote(facts)
    lines = [
        Entry(h.at, *happening(h.subject, h.step, language(), is_remote=is_remote)) for h in facts.happenings
    ]
    if facts.is_on_hold:
        return [*lines, Entry(now(), _situation(facts), is_now=True)]
    if facts.state == HelpRequestState.MATCHED and facts.wanted_by > now():
        when = moments.wanted(facts.timing, facts.wanted_by, facts.hours, now(), language())
        return [*lines, Entry(facts.wanted_by, _situation(facts), is_next=True, when=when)]
    if facts.is_live and facts.state != HelpRequestState.MATCHED:
        doing = under_way(facts.state, facts.asked, language(), is_remote=is_remote)
        lines.append(Entry(now(), *doing, is_now=True))
        if facts.promised_by is not None and facts.promised_by > now():
            lines.append(Entry(facts.promised_by, _("Ten laatste dan hoort u van ons"), is_next=True))
    return lines


def _situation(facts: query.Status) -> str:
    if facts.is_on_hold:
        return str(_("Wij bekijken eerst iets"))
    names = [helper.name for helper in facts.helpers]
    return situation(facts.state, names, language(), is_remote=_is_remote(facts))


def _is_remote(facts: query.Status) -> bool:
    return runtime().city.kinds[facts.kind].is_remote


def complain(token: str) -> ResponseReturnValue:
    """Nothing was heard: to the top of the desk."""
    with runtime().unit_of_work(RESIDENT) as uow:
        help_requests.complain_unheard(uow, facts_for(token).id)
    flash(_("Dank u. Een medewerker ziet uw vraag nu bovenaan en neemt contact op."))
    return redirect(url_for("status", token=token))


def confirm_withdrawal(token: str) -> ResponseReturnValue:
    """A page with the button that withdraws."""
    facts = facts_for(token)
    if not facts.is_live:
        raise Refused("already_closed")
    return render_template("public/status/withdraw.html", token=token, facts=facts)


def withdraw(token: str) -> ResponseReturnValue:
    """No help is needed any more. Pressed twice is pressed once."""
    facts = facts_for(token)
    if facts.state != HelpRequestState.WITHDRAWN:
        with runtime().unit_of_work(RESIDENT) as uow:
            closing.withdraw(uow, facts.id)
    return redirect(url_for("status", token=token))


def say_how_it_went(token: str) -> ResponseReturnValue:
    """One click: it went well, rather somebody else next time, or it did not; then somebody calls."""
    facts, answer = facts_for(token), request.form.get("answer", "")
    if answer not in aftercare.WENT_WELL:
        return redirect(url_for("status", token=token))
    went_well = aftercare.WENT_WELL[answer]
    with runtime().unit_of_work(RESIDENT) as uow:
        aftercare.answer_as_requester(uow, facts.id, went_well=went_well)
        if answer == "rather_not":
            aftercare.rather_not_as_requester(uow, facts.id)
    thanks, sorry = _("Fijn dat het goed ging."), _("Dat spijt ons. Een medewerker belt of mailt u.")
    flash(thanks if went_well else sorry)
    return redirect(url_for("status", token=token))


def thank(token: str) -> ResponseReturnValue:
    """A word for whoever helped."""
    facts, form = facts_for(token), ThanksForm(request.form)
    form.fit(ask.setting())
    if not facts.went_well:
        raise Refused("not_yet")
    if not form.validate() and facts.is_unthanked:
        return _page(token, facts, form), form.status
    with runtime().unit_of_work(RESIDENT) as uow:
        is_read = aftercare.thank(uow, facts.id, words=form.words.data)
    thanks = _("Dank u. Uw buur leest dit op zijn of haar pagina.")
    earlier = _("U bedankte uw buur al. Wat u eerst schreef, blijft staan.")
    flash(thanks if is_read else earlier)
    return redirect(url_for("status", token=token))


def show_change(token: str) -> ResponseReturnValue:
    """The answers as they were given, each with its way back to change it."""
    facts = facts_for(token)
    if not facts.may_change:
        raise Refused("cannot_change")
    wizard = Wizard(retold(facts), setting_of(facts))
    return ask.page(wizard, CHECK if wizard.unfinished() == CHECK else 1, "", reference=facts.reference)


def change(token: str) -> ResponseReturnValue:
    """The same steps once more; at the end the request is looked at anew."""
    facts = facts_for(token)
    wizard = Wizard(MultiDict(request.form), setting_of(facts))
    step, is_wrong = wizard.next_step()
    if step < CHECK or not wizard.is_sent:
        return ask.page(wizard, step, "", shows_errors=is_wrong, reference=facts.reference)
    with runtime().unit_of_work(RESIDENT) as uow:
        is_new = changes.change_help_request(uow, facts.id, facts=wizard.facts(facts.idempotency_key))
    changed, same = (
        _("Uw vraag is veranderd. Wij bekijken ze opnieuw."),
        _("U veranderde niets aan uw vraag."),
    )
    flash(changed if is_new else same)
    return redirect(url_for("status", token=token))
