"""Stories of colleagues at the desk."""

from __future__ import annotations

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.domain.values import MACHINE
from leuvenhelpt.domain.what_if import Failure
from leuvenhelpt.services import aftercare, concerns, letters, locating
from leuvenhelpt.storage.models import Concern, HelpRequest, Volunteer
from tests import make, people
from tests.journeys.ways import Way
from tests.services.test_what_if import claimed, ended

STEF = "stef@stad.example"


def at_the_desk(way: Way, runtime: Runtime) -> None:
    """Stef signs in: a password, then a code."""
    people.stef(runtime)
    way.go("/balie/aanmelden")
    way.write("email", STEF)
    way.press("Verder")
    way.mend("password")
    way.write("password", make.PASSWORD)
    way.press("Verder")
    way.press("Meld aan")
    way.mend("code")
    way.write("code", make.totp_code(runtime))
    way.press("Meld aan")
    assert way.path == "/balie"


def open_request(way: Way, runtime: Runtime, about: int) -> None:
    """The page of a request, by its number in the list."""
    reference = make.row_of(runtime, HelpRequest, about).reference
    way.follow("Hulpvragen")
    way.write("search", reference)
    way.press("Zoek")
    way.follow(" ".join((reference[:2], reference[2:4], reference[4:])))


def state_of(runtime: Runtime, about: int) -> str:
    return str(make.row_of(runtime, HelpRequest, about).state)


def asks_neighbours_by_hand(way: Way, runtime: Runtime) -> None:
    vera = people.vera(runtime, vetting=3)
    about = make.located_request(runtime, people.an(kind="company"))
    make.shortlist(runtime, about, [vera, people.wim(runtime)])
    at_the_desk(way, runtime)
    way.follow("Niemand nam dit op")
    way.press("Neem op")
    way.select("reason", "ring_back")
    way.press("Toon")
    assert "An Peeters" in way.text
    way.press("Keur goed, vraag nog niemand")
    way.press("Nodig uit")
    way.tick("who")
    way.press("Nodig uit wie u koos")
    assert len(make.notifications(runtime, "ask")) == 2
    way.press("Meld af")
    assert way.heading != ""


def leaves_the_asking_to_the_system(way: Way, runtime: Runtime) -> None:
    about = make.located_request(runtime, people.an(kind="company"))
    make.shortlist(runtime, about, [people.vera(runtime, vetting=3)])
    at_the_desk(way, runtime)
    open_request(way, runtime, about)
    way.press("Laat het systeem vragen")
    assert state_of(runtime, about) == "open"


def puts_addresses_on_the_map(way: Way, runtime: Runtime) -> None:
    about = make.located_request(runtime, place=None)
    vera = make.applicant(runtime, name="Vera Claes")
    with runtime.unit_of_work(MACHINE) as uow:
        locating.record_volunteer(uow, vera, None)
    at_the_desk(way, runtime)
    open_request(way, runtime, about)
    way.press("Toon")
    way.unfold("Zet het adres op de kaart")
    way.write("search", "Parkstraat")
    way.press("Zoek")
    way.press("Parkstraat, 3000")
    assert make.row_of(runtime, HelpRequest, about).lat
    way.follow("Vrijwilligers")
    way.follow("Vera Claes")
    way.write("reason", "adres nakijken")
    way.press("Toon")
    way.unfold("Zet het adres op de kaart")
    way.write("lat", "50.88")
    way.write("lon", "4.70")
    way.press("Zet op de kaart")
    assert make.row_of(runtime, Volunteer, vera).lat == 50.88


def takes_a_call(way: Way, runtime: Runtime) -> None:
    at_the_desk(way, runtime)
    way.follow("Nieuwe oproep")
    way.write("kaart", "12 34 56")
    way.press("Vul de straat in")
    way.press("Neem de vraag aan")
    way.mend("kind")
    way.choose("kind", "groceries")
    way.choose("timing", "soon")
    way.mend("address")
    way.write("address", "Naamsestraat 147")
    way.select("postcode", "3000")
    way.write("person_name", "An Peeters")
    way.write("phone", "0470 12 34 56")
    way.tick("letter")
    way.press("Neem de vraag aan")
    assert way.heading == way.say("Lees dit voor")
    way.follow("Open de vraag")
    way.press("Wijzig aan de telefoon")
    way.write("address", "Naamsestraat 149")
    way.press("Bewaar de wijziging")
    assert make.row_of(runtime, HelpRequest, 1).address == "Naamsestraat 149"


def prints_and_posts_letters(way: Way, runtime: Runtime) -> None:
    wanted, later = (make.located_request(runtime, email="") for _ in range(2))
    with runtime.unit_of_work(MACHINE) as uow:
        letters.want(uow, wanted)
    at_the_desk(way, runtime)
    open_request(way, runtime, later)
    way.press("Stuur een brief")
    way.follow("Naar de brieven")
    way.press("Gepost")
    way.press("Toon om af te drukken")
    way.press("Alles is gepost")
    assert [row.state for row in make.notifications(runtime) if row.channel == "letter"] == ["sent"] * 2


def rings_with_news(way: Way, runtime: Runtime) -> None:
    vera = people.vera(runtime)
    coming = make.located_request(runtime, email="")
    make.accepted_match(runtime, coming, vera)
    over = make.located_request(runtime, email="")
    make.done_match(runtime, over, vera)
    at_the_desk(way, runtime)
    open_request(way, runtime, coming)
    way.press("Niemand nam op")
    way.press("Verteld")
    open_request(way, runtime, over)
    way.press("Het ging goed")
    assert make.row_of(runtime, HelpRequest, over).went_well


def decides(way: Way, runtime: Runtime) -> None:
    delicate, hopeless, unwanted, over = (
        make.located_request(runtime, people.an(kind=kind, idempotency_key=f"{number}"))
        for number, kind in enumerate(("company", "groceries", "company", "groceries"))
    )
    at_the_desk(way, runtime)
    open_request(way, runtime, delicate)
    way.write("note", "Gebeld. Vrijdag past het best.")
    way.press("Bewaar nota")
    way.follow("Verwijs door")
    way.press("Verwijs door")
    way.mend("service")
    way.choose("service", "ocmw")
    way.write("words", "Zij kunnen dit beter.")
    way.press("Verwijs door")
    for about, act, button in (
        (hopeless, "Zeg dat wij niemand vonden", "Zeg het eerlijk"),
        (unwanted, "Wijs af", "Wijs af"),
    ):
        open_request(way, runtime, about)
        way.follow(act)
        way.write("words", "Het spijt ons. Bel gerust.")
        way.press(button)
    open_request(way, runtime, over)
    way.follow("Trek in")
    way.press("Trek in")
    ends = [state_of(runtime, about) for about in (delicate, hopeless, unwanted, over)]
    assert ends == ["referred", "unresolved", "rejected", "withdrawn"]


def makes_cards(way: Way, runtime: Runtime) -> None:
    at_the_desk(way, runtime)
    way.follow("Kaartjes")
    way.press("Maak kaartjes")
    way.mend("street")
    way.write("street", "Parkstraat")
    way.select("postcode", "3000")
    way.press("Maak kaartjes")
    assert way.path.startswith("/kaartjes/")


def asks_what_if(way: Way, runtime: Runtime) -> None:
    at_the_desk(way, runtime)
    way.follow("Wat als?")
    way.press("Boots na")
    way.mend("volunteers")
    way.select("volunteers", "2.0")
    way.press("Boots na")
    way.follow("Ververs")
    assert claimed(runtime, "a")
    ended(runtime, "a", Failure.TOO_LONG)
    way.follow("Ververs")
    way.press("Probeer opnieuw")
    way.follow("Alle proeven, en een nieuwe")


def looks_after_a_volunteer(way: Way, runtime: Runtime) -> None:
    vera = people.vera(runtime)
    thankful = make.located_request(runtime)
    make.done_match(runtime, thankful, vera)
    with runtime.unit_of_work(MACHINE) as uow:
        aftercare.answer_as_requester(uow, thankful, went_well=True)
        aftercare.thank(uow, thankful, words="Dank u, van harte.")
    at_the_desk(way, runtime)
    way.follow("Vrijwilligers")
    way.write("search", "Claes")
    way.press("Zoek")
    way.follow("Vera Claes")
    way.press("Haal weg")
    way.write("note", "Komt graag op vrijdag.")
    way.press("Bewaar nota")
    way.follow("Zet op pauze")
    way.write("words", "Zelf gevraagd.")
    way.press("Zet op pauze")
    way.follow("Stop de pauze")
    way.press("Stop de pauze")
    assert make.row_of(runtime, Volunteer, vera).state == "active"


def settles_a_concern(way: Way, runtime: Runtime) -> None:
    facts = concerns.ConcernFacts(idempotency_key="told", words="Niet pluis.", phone="+32470123456")
    with runtime.unit_of_work(MACHINE) as uow:
        concerns.report(uow, facts=facts)
    at_the_desk(way, runtime)
    way.go("/balie/zorgen/1")
    way.write("reason", "terugbellen")
    way.press("Toon")
    assert "0470 12 34 56" in way.text
    way.press("Handel af")
    way.mend("words")
    way.write("words", "Gebeld en uitgepraat.")
    way.press("Handel af")
    assert make.row_of(runtime, Concern, 1).settled_at is not None
