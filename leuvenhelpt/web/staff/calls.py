"""Calls to make: what to tell over the phone, in sentences to say."""

from dataclasses import dataclass

from flask_babel import gettext as _

from leuvenhelpt.domain.city import said_in
from leuvenhelpt.domain.kinds import Telling
from leuvenhelpt.domain.lifecycle import MatchState
from leuvenhelpt.rendering import formats, phrases
from leuvenhelpt.storage.queries.errands import CallToMake
from leuvenhelpt.storage.queries.help_requests import Overview
from leuvenhelpt.storage.queries.suitors import Suitor
from leuvenhelpt.web.current import language, now, runtime


@dataclass(frozen=True)
class Call:
    """One call. `asks_how_it_went`: the answer decides what happens, so there are buttons for it."""

    notification_id: int
    title: str
    sentences: tuple[str, ...]
    tries: int
    asks_how_it_went: bool


def calls(
    request: Overview, suitors: tuple[Suitor, ...], waiting: tuple[CallToMake, ...]
) -> tuple[Call, ...]:
    """The calls that wait, in words. Who it is and their number are shown only when asked for."""
    return tuple(
        Call(
            notification_id=call.notification_id,
            title=phrases.telling(call.telling, language()),
            sentences=sentences(call.telling, request, suitors),
            tries=call.tries,
            asks_how_it_went=call.telling == Telling.AFTERCARE_REQUESTER,
        )
        for call in waiting
    )


def sentences(telling: str, request: Overview, suitors: tuple[Suitor, ...]) -> tuple[str, ...]:
    """What to say; while a concern keeps whoever said yes from coming, what to do first."""
    if request.is_on_hold and telling in {Telling.REQUEST_MATCHED, Telling.AFTERCARE_REQUESTER}:
        return (_("Bel nog niet: over deze hulp of wie ze geeft, loopt een zorg. Handel die eerst af."),)
    if telling == Telling.REQUEST_MATCHED:
        return _matched(request, suitors)
    closed = (*_referred(request), *([request.closing_words] if request.closing_words else []))
    return _while_live(request).get(telling, closed)


def _while_live(request: Overview) -> dict[str, tuple[str, ...]]:
    another_moment = _("Hebt u nog hulp nodig? Dan kiezen wij nu samen een ander moment.")
    return {
        Telling.REQUEST_REOPENED: _reopened(request, another_moment),
        Telling.STILL_LOOKING: (_("Wij vonden nog niemand, en wij zoeken verder."), *_promise(request)),
        Telling.MOMENT_PASSED: (
            _("Het moment is voorbij en wij vonden niemand. Dat spijt ons."),
            another_moment,
        ),
        Telling.AFTERCARE_REQUESTER: (_("Hoe is het gegaan? Is er iets dat wij moeten weten?"),),
    }


def _reopened(request: Overview, another_moment: str) -> tuple[str, ...]:
    """Nothing is promised once the moment is past: then nobody is looked for any more."""
    if request.promised_by is None:
        return _("Uw buur kan toch niet"), another_moment
    return _("Uw buur kan toch niet komen. Wij zoeken opnieuw iemand."), *_promise(request)


def _matched(request: Overview, suitors: tuple[Suitor, ...]) -> tuple[str, ...]:
    helpers = [suitor.name for suitor in suitors if suitor.state == MatchState.ACCEPTED]
    if not helpers:
        return (_("Kijk eerst hoe het nu staat: er komt niemand meer."),)
    names, city = formats.joined(helpers, language()), runtime().city
    if city.kinds[request.kind].is_remote:
        return (
            _(
                "U krijgt telefoon van %(who)s, met dit codewoord: %(word)s.",
                who=names,
                word=request.code_word,
            ),
            _(
                "Hoort u een ander woord? Leg neer en bel ons op %(number)s. "
                "Geef nooit een nummer van uw bankkaart of een code.",
                number=formats.phone(city.phone, city.country),
            ),
        )
    return (
        _("Dit is wie komt: %(names)s.", names=names),
        _("Aan de deur hoort u het codewoord: %(word)s.", word=request.code_word),
        _("Hoort u een ander woord? Doe niet open en bel ons. Geef nooit uw bankkaart of pincode."),
    )


def _promise(request: Overview) -> tuple[str, ...]:
    if request.promised_by is None:
        return ()
    when = formats.day_hour(request.promised_by, now(), language())
    return (_("U hoort van ons vóór %(when)s.", when=when),)


def _referred(request: Overview) -> tuple[str, ...]:
    service = runtime().city.services.get(request.referred_to or "")
    if service is None:
        return ()
    number = formats.phone(service.phone, runtime().city.country)
    name = said_in(service.name, language())
    return (_("Deze dienst helpt u beter: %(name)s, op %(number)s.", name=name, number=number),)
