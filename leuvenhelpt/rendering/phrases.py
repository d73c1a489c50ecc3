"""States, troubles and choices in plain words; with the sentences of matching and of the journal."""

from collections.abc import Callable

from leuvenhelpt.domain.asking_again import FOR_THE_MOMENT, FOR_THE_WAY
from leuvenhelpt.domain.kinds import Channel, Telling, Trouble
from leuvenhelpt.domain.lifecycle import (
    HelpRequestState,
    MatchState,
    NotificationState,
    Subject,
    VolunteerState,
)
from leuvenhelpt.domain.signs import Sign
from leuvenhelpt.domain.values import Gender
from leuvenhelpt.rendering.journal import journal_line, looked_for
from leuvenhelpt.rendering.language import SOURCE, translations
from leuvenhelpt.rendering.reasons import WhyNot, reason, why_not

__all__ = [
    "WhyNot",
    "channel",
    "declined_for",
    "gender",
    "gender_wish",
    "intake",
    "journal_line",
    "looked_for",
    "means",
    "reason",
    "sign",
    "state",
    "telling",
    "trouble",
    "vetting",
    "why_not",
]

Say = Callable[[str], str]


def state(subject: str, name: str, language: str = SOURCE) -> str:
    """A state in a few words, as the desk shows it: "Wij zoeken nog iemand"."""
    return STATES[Subject(subject)](translations(language).gettext)[name]


def trouble(kind: str, language: str = SOURCE) -> str:
    """What needs doing about a trouble, as the first words of its card on the desk."""
    _ = translations(language).gettext
    return {
        Trouble.CONCERN: _("Iemand meldt een zorg. Lees ze eerst."),
        Trouble.UNHEARD: _("Hoorde niets van ons. Bel nu."),
        Trouble.UNWELL: _("Het ging niet goed. Bel en luister."),
        Trouble.CALL: _("Heeft geen e-mail. Bel met het nieuws."),
        Trouble.PROMISE: _("Een belofte loopt bijna af."),
        Trouble.NOBODY: _("Niemand gevonden. Zoek verder of zeg het eerlijk."),
        Trouble.PLACE: _("Adres niet gevonden. Zet het op de kaart."),
        Trouble.REVIEW: _("Nieuwe vraag om te bekijken."),
        Trouble.UNDELIVERABLE: _("Een bericht kwam niet aan. Bel of kijk het adres na."),
        Trouble.OVERDUE: _("De afgesproken dag is voorbij. Vraag hoe het ging."),
        Trouble.LETTER: _("Wil een brief. Druk hem af en post hem."),
        Trouble.VOLUNTEER_PLACE: _("Adres van een vrijwilliger niet gevonden."),
        Trouble.STUCK: _("Er loopt iets vast in het systeem. Doe het met de hand."),
        Trouble.ADDRESSES: _("De lijst met adressen is niet vernieuwd. Zeg het aan wie het systeem beheert."),
    }[Trouble(kind)]


def sign(name: str, language: str = SOURCE) -> str:
    """What may be meant besides the help that was asked for, in a word."""
    _ = translations(language).gettext
    return {
        Sign.DANGER: _("gevaar"),
        Sign.SUICIDE: _("zelfdoding"),
        Sign.VIOLENCE: _("geweld"),
        Sign.DESPAIR: _("wanhoop"),
        Sign.ILLNESS: _("ziekte"),
        Sign.MONEY: _("geldzorgen"),
        Sign.HOUSING: _("wonen"),
        Sign.LAW: _("recht en papieren"),
        Sign.CARE: _("verzorging"),
    }[Sign(name)]


def vetting(level: int, language: str = SOURCE) -> str:
    """What a volunteer of this level (0-3) may be trusted with."""
    _ = translations(language).gettext
    return (
        _("Aan de deur"),
        _("Mag binnen komen"),
        _("Mag alleen bij iemand zijn"),
        _("Mag ook helpen met kinderen, geld of sleutels"),
    )[level]


def means(kind: str, language: str = SOURCE) -> str:
    """How a volunteer gets about."""
    _ = translations(language).gettext
    return {"foot": _("te voet"), "bike": _("met de fiets"), "car": _("met de auto")}[kind]


def gender(name: str, language: str = SOURCE) -> str:
    """What a volunteer said of themselves; empty if nothing."""
    _ = translations(language).gettext
    return {"": "", Gender.WOMAN: _("vrouw"), Gender.MAN: _("man"), Gender.OTHER: _("anders")}[name]


def gender_wish(name: str, language: str = SOURCE) -> str:
    """Who should rather come; empty if it does not matter."""
    _ = translations(language).gettext
    return {"": "", Gender.WOMAN: _("liever een vrouw"), Gender.MAN: _("liever een man")}[name]


def declined_for(name: str, language: str = SOURCE) -> str:
    """Why a volunteer said no, as they chose it; empty if they did not, or said it in their own words."""
    _ = translations(language).gettext
    known = {str(FOR_THE_MOMENT): _("Het moment past niet."), str(FOR_THE_WAY): _("Het is te ver.")}
    return known.get(name, "")


def channel(name: str, language: str = SOURCE) -> str:
    """How a message goes out."""
    _ = translations(language).gettext
    return {
        Channel.EMAIL: _("per e-mail"),
        Channel.CALL: _("aan de telefoon"),
        Channel.LETTER: _("op papier"),
    }[Channel(name)]


def intake(name: str, language: str = SOURCE) -> str:
    """How a help request came in."""
    _ = translations(language).gettext
    return {"web": _("via de website"), "phone": _("aan de telefoon"), "paper": _("op papier")}[name]


def telling(kind: str, language: str = SOURCE) -> str:
    """What a message is about, for the list of messages and for a call to make."""
    _ = translations(language).gettext
    return {
        Telling.REQUEST_RECEIVED: _("Wij hebben de vraag"),
        Telling.REQUEST_MATCHED: _("Er is iemand gevonden"),
        Telling.REQUEST_REOPENED: _("Wie zou komen, kan toch niet"),
        Telling.REQUEST_REJECTED: _("Wij kunnen hier niet bij helpen"),
        Telling.REQUEST_REFERRED: _("Een andere dienst helpt beter"),
        Telling.REQUEST_UNRESOLVED: _("Wij vonden niemand"),
        Telling.STILL_LOOKING: _("Wij zoeken nog"),
        Telling.MOMENT_PASSED: _("Het moment is voorbij"),
        Telling.AFTERCARE_REQUESTER: _("Hoe is het gegaan?"),
        Telling.ASK: _("Kunt u helpen?"),
        Telling.ASK_FILLED: _("Iemand anders was eerst"),
        Telling.ASK_CANCELLED: _("De vraag is niet meer nodig"),
        Telling.TASK_ACCEPTED: _("Dank u, dit spraken wij af"),
        Telling.TASK_CANCELLED: _("De hulp is niet meer nodig"),
        Telling.AFTERCARE_VOLUNTEER: _("Hoe is het gegaan?"),
        Telling.CONFIRM_ADDRESS: _("Bevestig uw e-mailadres"),
        Telling.SIGN_IN: _("Uw link om aan te melden"),
        Telling.STILL_WITH_US: _("Wilt u blijven helpen?"),
    }[Telling(kind)]


def _of_help_request(_: Say) -> dict[str, str]:
    return {
        HelpRequestState.SUBMITTED: _("Net binnen"),
        HelpRequestState.IN_REVIEW: _("Een bemiddelaar bekijkt de vraag"),
        HelpRequestState.OPEN: _("Wij zoeken nog iemand"),
        HelpRequestState.MATCHED: _("Er komt iemand"),
        HelpRequestState.DONE: _("De hulp is gegeven"),
        HelpRequestState.REFERRED: _("Doorverwezen"),
        HelpRequestState.REJECTED: _("Hier kunnen wij niet bij helpen"),
        HelpRequestState.WITHDRAWN: _("Niet meer nodig"),
        HelpRequestState.UNRESOLVED: _("Niemand gevonden"),
    }


def _of_match(_: Say) -> dict[str, str]:
    return {
        MatchState.PROPOSED: _("Voorgesteld"),
        MatchState.ASKED: _("Gevraagd, nog geen antwoord"),
        MatchState.ACCEPTED: _("Zei ja"),
        MatchState.DECLINED: _("Zei nee, deze keer niet"),
        MatchState.LAPSED: _("Antwoordde niet op tijd"),
        MatchState.FILLED: _("Iemand anders was eerst"),
        MatchState.CANCELLED: _("Niet meer nodig"),
        MatchState.DROPPED: _("Kan toch niet komen"),
        MatchState.DONE: _("Heeft geholpen"),
    }


def _of_notification(_: Say) -> dict[str, str]:
    return {
        NotificationState.QUEUED: _("Klaar om te versturen"),
        NotificationState.SENDING: _("Wordt verstuurd"),
        NotificationState.SENT: _("Verstuurd"),
        NotificationState.UNDELIVERABLE: _("Kwam niet aan"),
        NotificationState.SUPPRESSED: _("Niet meer nodig"),
    }


def _of_volunteer(_: Say) -> dict[str, str]:
    return {
        VolunteerState.APPLIED: _("Moet het e-mailadres nog bevestigen"),
        VolunteerState.ACTIVE: _("Kan gevraagd worden"),
        VolunteerState.PAUSED: _("Op pauze"),
        VolunteerState.FROZEN: _("Wacht: wij bekijken eerst een zorg"),
        VolunteerState.LEFT: _("Gestopt"),
        VolunteerState.BLOCKED: _("Niet toegelaten"),
    }


STATES: dict[Subject, Callable[[Say], dict[str, str]]] = {
    Subject.HELP_REQUEST: _of_help_request,
    Subject.MATCH: _of_match,
    Subject.NOTIFICATION: _of_notification,
    Subject.VOLUNTEER: _of_volunteer,
}
