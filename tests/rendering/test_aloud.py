"""A help request in three sentences over the phone, in each of its states."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from leuvenhelpt.bootstrap import load_city
from leuvenhelpt.domain.availability import ALWAYS
from leuvenhelpt.domain.kinds import Timing
from leuvenhelpt.domain.lifecycle import HelpRequestState
from leuvenhelpt.rendering.aloud import three_sentences

CITY = load_city("leuven")
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)


@dataclass(frozen=True)
class Asked:
    """A request for groceries before the day after tomorrow; we speak by two o'clock."""

    state: str
    reference: str = "482713"
    kind: str = "groceries"
    timing: str = Timing.BEFORE
    wanted_by: datetime = NOW + timedelta(days=2)
    hours: int = ALWAYS
    promised_by: datetime | None = NOW + timedelta(hours=4)
    code_word: str = "lindeboom"
    has_email: bool = True
    referred_to: str | None = None
    closing_words: str = ""
    went_well: bool | None = None
    is_on_hold: bool = False


PROMISE = "U hoort van ons vóór vandaag 14.00 uur, ook als wij dan nog niemand vonden."
MAIL = "Wij sturen u een e-mail zodra er nieuws is."
ONCE_MORE = "Hebt u nog hulp nodig, dan schrijven wij dat nu samen op."
SAID = {
    "submitted": ("Wij hebben uw vraag ‘Boodschappen’, met nummer 48 27 13.", PROMISE, MAIL),
    "in_review": ("Een medewerker leest uw vraag ‘Boodschappen’.", PROMISE, MAIL),
    "open": (
        "Wij zoeken een buur voor uw vraag ‘Boodschappen’, en vroegen het al aan 3 buren.",
        PROMISE,
        MAIL,
    ),
    "matched": (
        "Vera Claes helpt u, ten laatste donderdag.",
        "Aan de deur hoort u van Vera Claes dit codewoord: lindeboom.",
        "Hoort u een ander woord, doe dan niet open en bel ons op 016 00 00 00.",
    ),
    "done": ("De hulp is gegeven.", "Laat ons weten of alles goed ging.", ONCE_MORE),
    "referred": (
        "Een andere dienst kan u beter helpen: CAW.",
        "Bel daarvoor naar 016 00 00 03.",
        "Lukt het daar niet, bel ons dan opnieuw op 016 00 00 00.",
    ),
    "rejected": ("Hier kunnen wij niet bij helpen.", "Verhuizen doen wij niet.", ONCE_MORE),
    "withdrawn": (
        "Uw vraag is ingetrokken: er is geen hulp meer nodig.",
        "Buren die wij gevraagd hadden, weten dat.",
        ONCE_MORE,
    ),
    "unresolved": (
        "Wij vonden niemand voor uw vraag, en dat spijt ons.",
        "Wij vroegen twaalf buren.",
        ONCE_MORE,
    ),
}
ENDED = {
    "matched": Asked("matched", promised_by=None),
    "referred": Asked("referred", referred_to="caw", promised_by=None),
    "rejected": Asked("rejected", closing_words="Verhuizen doen wij niet."),
    "unresolved": Asked("unresolved", closing_words="Wij vroegen twaalf buren."),
}


def told(asked: Asked, *helpers: str, number: int = 0, language: str = "nl") -> tuple[str, str, str]:
    return three_sentences(asked, CITY, NOW, language, helpers=helpers, asked=number)


@pytest.mark.parametrize("state", list(HelpRequestState))
def test_each_state_is_told_in_three_sentences(state: str) -> None:
    helpers = ["Vera Claes"] if state == "matched" else []
    asked = 3 if state == "open" else 0
    assert told(ENDED.get(state, Asked(state)), *helpers, number=asked) == SAID[state]


@pytest.mark.parametrize("language", ["nl", "fr", "en", "de", "tr", "ar", "uk", "es"])
@pytest.mark.parametrize("state", list(HelpRequestState))
def test_every_language_can_be_read_aloud(state: str, language: str) -> None:
    sentences = told(ENDED.get(state, Asked(state)), "Vera", number=1, language=language)
    assert all(sentences)
    assert "%(" not in "".join(sentences)


def test_a_broken_promise_is_said_as_it_is() -> None:
    late = Asked("open", promised_by=NOW - timedelta(minutes=1), has_email=False)
    assert told(late)[1:] == (
        "Wij zijn te laat met ons antwoord, en dat spijt ons.",
        "Ik kijk nu meteen na hoe het staat.",
    )


def test_a_moment_that_is_past_is_said_as_it_is() -> None:
    asked = Asked("open", promised_by=None, wanted_by=NOW)
    assert told(asked)[1] == "Het moment is voorbij: een medewerker bekijkt wat nog kan."


def test_who_has_no_mail_is_rung() -> None:
    assert told(Asked("open", has_email=False))[2] == "Wij bellen u zodra er nieuws is."


def test_one_came_and_another_is_looked_for() -> None:
    assert told(Asked("open"), "Vera", number=1)[0] == "Vera komt helpen, en wij zoeken nog iemand."
    both = told(Asked("open"), "Vera", "Wim", number=2)[0]
    assert both == "Vera en Wim komen helpen, en wij zoeken nog iemand."


def test_two_who_come_are_both_named() -> None:
    first, word, _ = told(ENDED["matched"], "Vera", "Wim")
    assert (first, word) == (
        "Vera en Wim helpen u, ten laatste donderdag.",
        "Aan de deur hoort u van Vera en Wim dit codewoord: lindeboom.",
    )


def test_help_over_the_phone_has_no_door() -> None:
    call = replace(ENDED["matched"], kind="phone_call")
    assert told(call, "Vera")[1:] == (
        "U krijgt telefoon van Vera, met dit codewoord: lindeboom.",
        "Hoort u een ander woord, leg dan neer en bel ons op 016 00 00 00.",
    )


def test_what_was_forgotten_leaves_no_gap() -> None:
    forgotten = Asked("rejected", closing_words="")
    assert told(forgotten)[1] == "Wij zoeken niet verder."


@pytest.mark.parametrize(
    ("went_well", "said"),
    [
        (True, "U zei dat alles goed ging, en dat doet ons plezier."),
        (False, "U zei dat het niet goed ging: een medewerker neemt contact op."),
    ],
)
def test_what_they_said_of_it_is_said_back(went_well: bool, said: str) -> None:
    assert told(Asked("done", went_well=went_well))[1] == said


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (
            "groceries",
            (
                "Een medewerker bekijkt eerst iets over uw vraag ‘Boodschappen’.",
                "Tot dan komt er niemand langs.",
                "Staat er toch iemand aan de deur, doe dan niet open en bel ons op 016 00 00 00.",
            ),
        ),
        (
            "phone_call",
            (
                "Een medewerker bekijkt eerst iets over uw vraag ‘Telefoontje’.",
                "Tot dan belt er niemand om te helpen.",
                "Belt er toch iemand, leg dan neer en bel ons op 016 00 00 00.",
            ),
        ),
    ],
)
def test_while_a_concern_is_looked_into_nobody_is_told_to_open(kind: str, said: tuple[str, str, str]) -> None:
    assert told(replace(ENDED["matched"], kind=kind, is_on_hold=True), "Vera") == said
