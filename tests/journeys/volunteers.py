"""Stories of people who help."""

from __future__ import annotations

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.rendering.links import Purpose
from leuvenhelpt.storage.models import Match, Volunteer
from tests import make, people
from tests.journeys.towns import path_in_mail, work_off
from tests.journeys.ways import Way

VERA = "vera@post.example"


def link_of(runtime: Runtime, purpose: Purpose, match_id: int) -> str:
    """Where the link of a match leads."""
    row = make.row_of(runtime, Match, match_id)
    return f"/{purpose.value}/{runtime.links.token(purpose, row.public_id)}"


def sign_in(way: Way, runtime: Runtime) -> None:
    """By the link that comes in a mail."""
    way.go("/")
    way.follow("Aanmelden")
    way.press("Aanmelden")
    way.mend("email")
    way.write("email", VERA)
    way.press("Aanmelden")
    work_off(runtime)
    way.go(path_in_mail(runtime, VERA, "aanmelden/link"))
    way.press("Meld mij aan")
    assert way.path == "/mijn-hulp"


def offers_help(way: Way, runtime: Runtime) -> None:
    way.go("/")
    way.follow("Ik wil helpen")
    way.press("Ik wil helpen")
    way.mend("kinds")
    way.tick("kinds", "dog")
    way.tick("hours")
    way.select("max_asks_a_week", "3")
    way.choose("means", "car")
    for field, told in (("name", "Vera Claes"), ("phone", "0471 00 00 00"), ("address", "Naamsestraat 1")):
        way.write(field, told)
    way.select("postcode", "3000")
    way.write("email", VERA)
    way.tick("is_old_enough")
    way.tick("has_read")
    way.press("Ik wil helpen")
    assert way.heading == way.say("Kijk in uw mail")
    work_off(runtime)
    way.go(path_in_mail(runtime, VERA, "helpen/bevestigen"))
    way.press("Ja, dit is mijn adres")
    assert make.row_of(runtime, Volunteer, 1).state == "active"


def helps(way: Way, runtime: Runtime) -> None:
    match = make.asked_match(runtime)
    way.go(link_of(runtime, Purpose.ASK, match))
    way.press("Ja, ik doe het")
    way.press("Toon adres en telefoon")
    assert "Naamsestraat" in way.text
    way.press("Het is gebeurd")
    way.press("Ja, het ging goed")
    assert make.row_of(runtime, Match, match).state == "done"


def declines(way: Way, runtime: Runtime) -> None:
    match = make.asked_match(runtime)
    way.go(link_of(runtime, Purpose.ASK, match))
    way.unfold("Wilt u iets zeggen bij uw nee?")
    way.write("remark", "Volgende week kan ik wel.")
    way.press("Nee, deze keer niet")
    assert way.heading == way.say("U zei nee, en dat is goed")


def cannot_come_after_all(way: Way, runtime: Runtime) -> None:
    match = make.accepted_match(runtime)
    way.go(link_of(runtime, Purpose.TASK, match))
    way.follow("Meld een zorg")
    way.write("words", "De gang stond vol dozen.")
    way.press("Meld dit")
    way.go(link_of(runtime, Purpose.TASK, match))
    way.follow("Ik kan toch niet")
    way.write("remark", "Mijn kind is ziek.")
    way.press("Ik kom niet")
    assert way.heading == way.say("U komt niet meer")


def asks_to_be_left_alone(way: Way, runtime: Runtime) -> None:
    vera = people.vera(runtime)
    public_id = make.row_of(runtime, Volunteer, vera).public_id
    way.go(f"/vraag-mij-niets/{runtime.links.token(Purpose.UNSUBSCRIBE, str(public_id))}")
    way.press("Een maand niets vragen")
    assert make.row_of(runtime, Volunteer, vera).state == "paused"


def stays_and_stops_by_mail(way: Way, runtime: Runtime) -> None:
    vera = people.vera(runtime)
    public_id = str(make.row_of(runtime, Volunteer, vera).public_id)
    way.go(f"/blijven/{runtime.links.token(Purpose.STAY, public_id)}")
    way.press("Ja, ik blijf")
    assert way.heading == way.say("Fijn dat u blijft")
    way.go(f"/blijven/{runtime.links.token(Purpose.STAY, public_id)}")
    way.follow("Nee, ik wil stoppen")
    way.press("Ja, ik stop")
    assert make.row_of(runtime, Volunteer, vera).state == "left"


def looks_after_the_own_page(way: Way, runtime: Runtime) -> None:
    people.vera(runtime)
    sign_in(way, runtime)
    way.press("Maak een agendalink")
    way.press("Maak een nieuwe link")
    way.press("Zet de link uit")
    way.follow("Iets veranderen")
    way.write("name", "")
    way.press("Bewaar")
    way.mend("name")
    way.write("name", "Vera De Claes")
    way.press("Bewaar")
    way.follow("Iets veranderen")
    way.write("password", "kort")
    way.press("Bewaar mijn wachtwoord")
    way.mend("password")
    way.write("password", make.PASSWORD)
    way.press("Bewaar mijn wachtwoord")
    assert "Vera De Claes" in way.heading


def pauses_and_stops(way: Way, runtime: Runtime) -> None:
    vera = people.vera(runtime)
    sign_in(way, runtime)
    way.press("Maak kaartjes")
    way.go("/mijn-hulp")
    way.press("Vraag mij dan niets")
    way.press("Ik help weer mee")
    assert make.row_of(runtime, Volunteer, vera).state == "active"
    way.follow("Ik wil stoppen als vrijwilliger")
    way.press("Ja, ik stop")
    assert way.heading == way.say("U bent gestopt")
