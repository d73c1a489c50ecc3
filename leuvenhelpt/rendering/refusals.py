"""Why something may not happen now, and what to do instead, for whoever asked for it."""

from leuvenhelpt.rendering.language import SOURCE, translations


def refusal(code: str, language: str = SOURCE) -> str:
    """One or two sentences for the code of a Refused; a general one for a code without its own."""
    _ = translations(language).gettext
    known = {
        "already_closed": _("Deze vraag is al afgesloten. Hebt u nog hulp nodig? Stel een nieuwe vraag."),
        "cannot_change": _(
            "Er komt al iemand, of de vraag is afgesloten. Bel ons: dan passen wij het samen met u aan."
        ),
        "concern_settled": _("Een collega handelde deze zorg al af."),
        "decide_first": _("Hierover beslist u eerst: keur goed, zeg waar het is, verwijs door of sluit af."),
        "no_longer_suits": _("Niemand van wie u koos, kan nu gevraagd worden. Op de lijst staat waarom."),
        "not_vetted": _(
            "Voor dit soort hulp praten wij eerst met u, en na een jaar nog eens. Bel ons: dan spreken wij iets af."
        ),
        "on_hold": _(
            "Een medewerker bekijkt eerst iets over deze vraag. Bel ons als u hierover iets wilt weten."
        ),
        "on_hold_desk": _("Over deze vraag is een zorg gemeld. Lees ze en handel ze eerst af."),
        "still_looked_into": _(
            "Er loopt nog een zorg of een klacht. Handel die eerst af, daarna kan u wissen."
        ),
        "volunteer_forgotten": _(
            "De gegevens van deze vrijwilliger zijn gewist. Er valt niets meer te beslissen."
        ),
        "link_expired": _("Deze link is te oud. Vraag een nieuwe aan op de pagina om aan te melden."),
        "link_used": _("Deze link is al gebruikt. Vraag een nieuwe aan op de pagina om aan te melden."),
        "no_cards_left": _(
            "Alle nummers voor kaartjes zijn gebruikt. Kaartjes die er al zijn, blijven geldig."
        ),
        "not_yet": _("Dat kan nog niet: eerst moet de hulp gebeurd zijn."),
        "somebody_was_first": _("Iemand was net voor u. Er is niets misgegaan en u hoeft niets te doen."),
        "too_late": _("De tijd om te antwoorden is voorbij. Wij vroegen intussen iemand anders."),
        "too_many_trials": _("Er wachten al vijf proeven. Kijk straks opnieuw, of open er een uit de lijst."),
        "trial_did_not_fail": _("Deze proef loopt al, of is al klaar."),
        "nobody_chosen": _("U koos niemand. Ga terug en kruis minstens één buur aan."),
    }
    return known.get(code, _("Er veranderde intussen iets. Ga een stap terug en kijk hoe het nu staat."))
