"""The journal in words: who did what, and why, a sentence a line."""

from collections.abc import Callable
from typing import Protocol

from leuvenhelpt.domain.city import City, said_in
from leuvenhelpt.domain.lifecycle import Subject
from leuvenhelpt.domain.values import ActorKind
from leuvenhelpt.rendering.language import SOURCE, translations

Say = Callable[[str], str]


class Line(Protocol):
    """A line of the journal as storage.queries.journal reads it."""

    @property
    def actor_kind(self) -> str: ...
    @property
    def who(self) -> str: ...
    @property
    def subject(self) -> str: ...
    @property
    def step(self) -> str: ...
    @property
    def reason(self) -> str: ...


def journal_line(entry: Line, city: City, language: str = SOURCE) -> str:
    """Who did what, with the reason that was given: 'Stef Wouters wees de vraag af: "Dit doen wij niet."'"""
    _ = translations(language).gettext
    known = LINES[Subject(entry.subject)](_)
    variant = known.get(_variant(entry))
    sentence = variant or known.get(entry.step, _("%(who)s veranderde iets."))
    sentence = sentence % {"who": _who(entry, _)}
    why = "" if variant else _why(entry, city, language)
    return f"{sentence.removesuffix('.')}: {why}" if why else sentence


def _variant(entry: Line) -> str:
    return f"{entry.step}:{entry.reason}"


def _who(entry: Line, _: Say) -> str:
    return {
        ActorKind.RESIDENT: _("De hulpvrager"),
        ActorKind.VOLUNTEER: _("De vrijwilliger"),
        ActorKind.STAFF: entry.who or _("Een collega"),
        ActorKind.MACHINE: _("Het systeem"),
    }[ActorKind(entry.actor_kind)]


def _why(entry: Line, city: City, language: str) -> str:
    if entry.step == "refer" and entry.reason in city.services:
        return said_in(city.services[entry.reason].name, language)
    if not entry.reason:
        return ""
    return f"“{entry.reason}”"


def _of_help_request(_: Say) -> dict[str, str]:
    return {
        "submit": _("%(who)s stelde de vraag."),
        "change": _("%(who)s veranderde de vraag."),
        "locate_again": _("%(who)s veranderde de vraag. Wij bekijken alles opnieuw."),
        "review": _("%(who)s legde de vraag voor aan een bemiddelaar."),
        "open": _("%(who)s vond het adres. Er mogen buren gevraagd worden."),
        "approve": _("%(who)s keurde de vraag goed. Er mogen buren gevraagd worden."),
        "place_by_hand": _("%(who)s zette het adres op de kaart."),
        "fill": _("Er is iemand gevonden."),
        **dict.fromkeys(("reopen", "search_again"), _("De vraag staat opnieuw open.")),
        "finish": _("De hulp is gegeven."),
        "refer": _("%(who)s verwees door."),
        "reject": _("%(who)s wees de vraag af."),
        "withdraw": _("%(who)s trok de vraag in."),
        "give_up": _("%(who)s sloot de vraag af zonder dat iemand gevonden is."),
        "complain_unheard": _("%(who)s meldde: ik heb niets gehoord."),
        "concern": _("Er is een zorg gemeld."),
        "take_up": _("%(who)s neemt deze vraag op."),
        "forget": _("Naam, adres en woorden zijn gewist: de termijn is voorbij."),
        "forget:phone": _("%(who)s wiste naam, adres en woorden: zo gevraagd aan de telefoon."),
        "forget:writing": _("%(who)s wiste naam, adres en woorden: zo gevraagd per mail of brief."),
        "forget:desk": _("%(who)s wiste naam, adres en woorden: zo gevraagd aan de balie."),
        "note": _("%(who)s schreef een nota."),
        "want_letter": _("%(who)s vroeg om een brief op papier."),
        "see_address": _("%(who)s bekeek naam, adres en telefoon."),
        "settle": _("%(who)s handelde dit af."),
        "went_well": _("%(who)s zei: alles ging goed."),
        "went_wrong": _("%(who)s zei: het ging niet goed."),
    }


def _of_match(_: Say) -> dict[str, str]:
    return {
        "ask": _("%(who)s vroeg een vrijwilliger."),
        "accept": _("%(who)s zei ja."),
        "decline": _("%(who)s zei nee, deze keer niet."),
        "renew": _("%(who)s stelde een vrijwilliger opnieuw voor, want de vraag is veranderd."),
        "lapse": _("De tijd om te antwoorden is voorbij."),
        "fill": _("Iemand anders zei ja. Deze vrijwilliger hoeft niet meer te antwoorden."),
        "cancel": _("De vraag aan deze vrijwilliger is niet meer nodig."),
        "drop": _("%(who)s kan toch niet komen."),
        "finish": _("%(who)s meldde dat de hulp gegeven is."),
        "miss": _("Er kwam niemand."),
        "went_well": _("%(who)s zei: alles ging goed."),
        "thank": _("%(who)s schreef een bedankje."),
        "remove_thanks": _("%(who)s haalde een bedankje weg."),
        "rather_not": _("%(who)s heeft de volgende keer liever iemand anders."),
        "went_wrong": _("%(who)s zei: het ging niet goed."),
    }


def _of_notification(_: Say) -> dict[str, str]:
    return {
        "start": _("%(who)s begon een bericht te versturen."),
        "send": _("%(who)s gaf een bericht door."),
        "send:letter": _("%(who)s postte een brief."),
        "retry": _("Een bericht ging niet door. Wij proberen het opnieuw."),
        "give_up": _("Een bericht kon niet afgeleverd worden."),
        "suppress": _("Een bericht was niet meer nodig en is niet verstuurd."),
    }


def _of_volunteer(_: Say) -> dict[str, str]:
    return {
        "offer": _("%(who)s bood hulp aan."),
        "change": _("%(who)s veranderde het aanbod."),
        "locate": _("%(who)s vond het adres."),
        "locate:not_found": _("%(who)s vond het adres niet."),
        "place_by_hand": _("%(who)s zette het adres op de kaart."),
        "confirm": _("%(who)s bevestigde het e-mailadres."),
        "pause": _("%(who)s zette het aanbod op pauze."),
        "resume": _("%(who)s is er weer."),
        "leave": _("%(who)s stopte als vrijwilliger."),
        "forget": _("Naam en adres zijn gewist: de termijn is voorbij."),
        "forget:left": _("Naam en adres zijn gewist: de vrijwilliger is gestopt."),
        "forget:phone": _("%(who)s wiste naam en adres: zo gevraagd aan de telefoon."),
        "forget:writing": _("%(who)s wiste naam en adres: zo gevraagd per mail of brief."),
        "forget:desk": _("%(who)s wiste naam en adres: zo gevraagd aan de balie."),
        "sign_in": _("De vrijwilliger meldde zich aan."),  # the link or the password told who it is
        "stay": _("%(who)s wil blijven helpen."),
        "freeze": _("Er is een zorg gemeld. Deze vrijwilliger wacht tot een bemiddelaar beslist."),
        "unfreeze": _("%(who)s bekeek de zorg. Deze vrijwilliger mag weer gevraagd worden."),
        "unfreeze_to_pause": _("%(who)s bekeek de zorg. Deze vrijwilliger is terug op pauze."),
        "block": _("%(who)s liet deze vrijwilliger niet meer toe."),
        "unblock": _("%(who)s liet deze vrijwilliger weer toe."),
        "vet": _("%(who)s deed de kennismaking."),
        "open_calendar": _("%(who)s maakte een agendalink."),
        "close_calendar": _("%(who)s zette de agendalink uit."),
        "see_contact": _("%(who)s bekeek adres en telefoon."),
        "settle": _("%(who)s handelde dit af."),
        "note": _("%(who)s schreef een nota."),
    }


def _of_concern(_: Say) -> dict[str, str]:
    return {
        "see_reporter": _("%(who)s bekeek wie een zorg meldde."),
        "settle": _("%(who)s handelde een zorg af."),
    }


LINES: dict[Subject, Callable[[Say], dict[str, str]]] = {
    Subject.HELP_REQUEST: _of_help_request,
    Subject.MATCH: _of_match,
    Subject.NOTIFICATION: _of_notification,
    Subject.VOLUNTEER: _of_volunteer,
    Subject.CONCERN: _of_concern,
}
