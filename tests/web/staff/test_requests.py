"""The page of a help request: who it is only when asked for, and every decision a coordinator can take."""

from __future__ import annotations

import pytest

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.domain.messages import LeftOut
from leuvenhelpt.domain.values import MACHINE, Located, Place, PlaceLevel
from leuvenhelpt.gateways.clock import SetClock
from leuvenhelpt.services import locating, notifications, volunteers
from leuvenhelpt.storage.models import Attention, HelpRequest, Match, Notification, RatherNot
from leuvenhelpt.storage.queries import journal
from tests import make, people
from tests.pages import CheckedClient, words
from tests.services.test_pairing import troubles
from tests.storage.test_desk import statements
from tests.storage.test_help_requests import reference_of
from tests.web.staff.conftest import press
from workers.pair import pair


def path_of(runtime: Runtime, about: int) -> str:
    return f"/balie/hulpvragen/{reference_of(runtime, about)}"


def state_of(runtime: Runtime, about: int) -> str:
    return str(make.row_of(runtime, HelpRequest, about).state)


def steps(runtime: Runtime, about: int) -> list[tuple[str, str, str]]:
    with runtime.reading() as db:
        return [(entry.who, entry.step, entry.reason) for entry in journal.of_help_request(db, about)]


def test_page_shows_the_need_and_hides_who_it_is(stef: CheckedClient, runtime: Runtime) -> None:
    about = make.located_request(runtime, people.an(kind="company"))
    make.shortlist(runtime, about, [people.vera(runtime), people.wim(runtime)])
    stef.get(path_of(runtime, about))
    assert stef.page.heading == "Gezelschap in Leuven centrum"
    assert [secret for secret in people.AN_SECRETS if secret in stef.page.html] == []
    assert [words(e) for e in stef.page.all("h3")] == ["Vera Claes", "Wim De Smet"]
    assert "Woont op 600 m." in stef.page.text
    assert "Nieuwe vraag om te bekijken." in stef.page.text


def test_what_the_words_may_be_about_besides_is_pointed_out(stef: CheckedClient, runtime: Runtime) -> None:
    about = make.located_request(runtime, people.an(words="Brood graag. Ik heb schulden en ben wanhopig."))
    stef.get(path_of(runtime, about))
    assert "Misschien gaat het ook over: wanhoop en geldzorgen" in stef.page.text


def test_who_it_is_shows_after_a_reason_which_is_written_down(stef: CheckedClient, runtime: Runtime) -> None:
    about = make.located_request(runtime, people.an(kind="company"))
    path = path_of(runtime, about)
    press(stef, path, f"{path}/toon", reason="ring_back")
    shown = [
        secret for secret in ("An Peeters", "Naamsestraat 147", "0470 12 34 56") if secret in stef.page.text
    ]
    assert shown == ["An Peeters", "Naamsestraat 147", "0470 12 34 56"]
    assert steps(runtime, about)[0] == ("Stef Wouters", "see_address", "ring_back")
    assert "bekeek naam, adres en telefoon: “terugbellen”" in stef.page.text
    stef.get(path)
    assert "An Peeters" not in stef.page.text


@pytest.mark.parametrize("number", [1, 3])
def test_page_asks_the_database_as_often_for_few_as_for_many(
    stef: CheckedClient, runtime: Runtime, number: int
) -> None:
    about = make.located_request(runtime, kind="company")
    make.shortlist(runtime, about, [make.volunteer(runtime) for _ in range(number)])
    path = path_of(runtime, about)
    with statements(runtime) as sent:
        stef.get(path)
    assert len(sent) == 7


def test_one_or_several_are_asked_by_hand(stef: CheckedClient, runtime: Runtime) -> None:
    about = make.located_request(runtime, kind="company")
    first, second, third = make.shortlist(runtime, about, [make.volunteer(runtime) for _ in range(3)])
    path = path_of(runtime, about)
    stef.get(path)
    facts = stef.page.form(f"{path}/vraag")
    stef.get(stef.post(f"{path}/vraag", data=facts).location)
    assert "U koos niemand." in stef.page.text
    stef.get(stef.post(f"{path}/vraag", data=facts | {"only": str(second)}).location)
    assert "1 buur gevraagd." in stef.page.text
    stef.get(stef.post(f"{path}/vraag", data=facts | {"who": [str(first), str(third), "x"]}).location)
    assert "2 buren gevraagd." in stef.page.text
    assert [make.row_of(runtime, Match, m).state for m in (first, second, third)] == ["asked"] * 3
    assert state_of(runtime, about) == "open"
    assert len([row for row in stef.page.all("tr") if "Gevraagd, nog geen antwoord" in words(row)]) == 3


def test_at_night_the_desk_is_told_that_the_mail_waits(
    stef: CheckedClient, runtime: Runtime, clock: SetClock
) -> None:
    about = make.located_request(runtime, kind="company")
    (match_id,) = make.shortlist(runtime, about, [make.volunteer(runtime, vetting=2)])
    clock.move(hours=-3)
    path = path_of(runtime, about)
    stef.get(path)
    answer = stef.post(f"{path}/vraag", data=stef.page.form(f"{path}/vraag") | {"only": str(match_id)})
    stef.get(answer.location)
    assert "1 buur gevraagd." in stef.page.text
    assert "Het is nacht: de mail vertrekt om 8 uur." in stef.page.text


@pytest.mark.parametrize(("button", "asking"), [("keur-goed", "by_hand"), ("laat-over", "automatic")])
def test_request_in_review_is_approved(
    stef: CheckedClient, runtime: Runtime, button: str, asking: str
) -> None:
    about = make.located_request(runtime, kind="company")
    path = path_of(runtime, about)
    press(stef, path, f"{path}/{button}")
    row = make.row_of(runtime, HelpRequest, about)
    assert (row.state, row.asking) == ("open", asking)


@pytest.mark.parametrize(
    ("act", "facts", "state"),
    [
        ("wijs-af", {"words": "Verhuizen doen wij niet."}, "rejected"),
        ("verwijs-door", {"words": "Zij kunnen dit beter.", "service": "caw"}, "referred"),
        ("geef-op", {"words": "Wij vroegen twaalf buren."}, "unresolved"),
        ("trek-in", {}, "withdrawn"),
    ],
)
def test_request_is_closed_with_words(
    stef: CheckedClient, runtime: Runtime, act: str, facts: dict[str, str], state: str
) -> None:
    about = make.located_request(runtime, kind="company")
    path = path_of(runtime, about)
    stef.get(f"{path}/doe/{act}")
    stef.get(stef.post(f"{path}/doe/{act}", data=stef.page.form(f"{path}/doe/{act}") | facts).location)
    row = make.row_of(runtime, HelpRequest, about)
    assert (row.state, row.closing_words) == (state, facts.get("words", ""))
    assert stef.post(f"{path}/doe/{act}", data={"csrf_token": token(stef)} | facts).status_code == 302
    stef.get(path)
    assert "Iemand was u net voor." in stef.page.text


@pytest.mark.parametrize(
    ("words", "chosen"),
    [
        ("Ik kan mijn rekeningen niet meer betalen.", ["ocmw"]),
        ("Elke dag iemand om moeder te wassen en aan te kleden.", ["family_care"]),
        ("Brood en melk graag.", []),
    ],
)
def test_the_service_that_was_heard_is_chosen_already(
    stef: CheckedClient, runtime: Runtime, words: str, chosen: list[str]
) -> None:
    about = make.located_request(runtime, kind="company", words=words)
    stef.get(f"{path_of(runtime, about)}/doe/verwijs-door")
    services = [e for e in stef.page.all("input") if e.get("name") == "service"]
    assert [e.get("value") for e in services if e.get("checked") is not None] == chosen


def token(client: CheckedClient) -> str:
    return next(e.get("value", "") for e in client.page.all("input") if e.get("name") == "csrf_token")


@pytest.mark.parametrize(
    ("act", "facts", "complaint"),
    [
        ("wijs-af", {"words": " "}, "Schrijf eerst enkele woorden."),
        ("wijs-af", {"words": "x" * 2001}, "Maak dit korter: hoogstens 2000 tekens. Nu zijn het er 2001."),
        ("verwijs-door", {"words": "Daar.", "service": "bank"}, "Kies een dienst."),
        ("nota", {"words": "\x00"}, "Schrijf eerst een nota."),
        ("handel-af", {"words": ""}, "Schrijf hoe u dit oploste."),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_kept(
    stef: CheckedClient, runtime: Runtime, act: str, facts: dict[str, str], complaint: str
) -> None:
    about = make.located_request(runtime, kind="company")
    path = path_of(runtime, about)
    stef.get(f"{path}/doe/{act}")
    answer = stef.post(f"{path}/doe/{act}", data={"csrf_token": token(stef)} | facts)
    assert answer.status_code == 422
    assert stef.page.title.startswith("Fout: ")
    assert complaint in stef.page.text
    assert facts["words"].strip("\x00 ") in stef.page.html
    assert state_of(runtime, about) == "in_review"


def test_note_lands_in_the_journal(stef: CheckedClient, runtime: Runtime) -> None:
    about = make.located_request(runtime)
    path = path_of(runtime, about)
    press(stef, path, f"{path}/doe/nota", words="Gebeld. Vrijdag past het best.")
    assert steps(runtime, about)[0] == ("Stef Wouters", "note", "Gebeld. Vrijdag past het best.")
    assert "“Gebeld. Vrijdag past het best.”" in stef.page.text


def test_message_that_could_not_be_delivered_is_settled(stef: CheckedClient, runtime: Runtime) -> None:
    about = make.help_request(runtime)
    (mail,) = make.notifications(runtime, "request_received")
    with runtime.unit_of_work(MACHINE) as uow:
        notifications.start_sending(uow, [mail.id], owner="a worker")
        notifications.record_failure(uow, mail.id, error="smtp 550", is_permanent=True)
    path = path_of(runtime, about)
    stef.get(path)
    assert "Een bericht kwam niet aan." in stef.page.text
    link = next(e for e in stef.page.all("a") if words(e).startswith("Handel dit af"))
    stef.get(link.get("href", ""))
    form = stef.page.form(f"{path}/doe/handel-af") | {"words": "Verteld aan de telefoon."}
    stef.get(stef.post(f"{path}/doe/handel-af", data=form).location)
    assert "Afgehandeld." in stef.page.text
    assert steps(runtime, about)[0] == ("Stef Wouters", "settle", "Verteld aan de telefoon.")
    stef.get(stef.post(f"{path}/doe/handel-af", data=form).location)
    assert "Iemand was u net voor." in stef.page.text


def test_matter_of_another_request_cannot_be_settled_here(stef: CheckedClient, runtime: Runtime) -> None:
    here, there = (make.located_request(runtime, kind="company") for _ in range(2))
    with runtime.reading() as db:
        matter = db.query(Attention).filter_by(help_request_id=there).one().id
    action = f"{path_of(runtime, here)}/doe/handel-af"
    stef.get(f"{action}?zaak={matter}")
    stef.post(action, data=stef.page.form(action) | {"words": "Klaar."})
    assert make.row_of(runtime, Attention, matter).resolved_at is None


def test_call_is_made_or_comes_back(stef: CheckedClient, runtime: Runtime, clock: SetClock) -> None:
    about = make.located_request(runtime, email="")
    make.accepted_match(runtime, about, people.vera(runtime))
    path = path_of(runtime, about)
    with runtime.reading() as db:
        call = db.query(Notification).filter_by(channel="call").one().id
    stef.get(path)
    assert "Dit is wie komt: Vera Claes." in stef.page.text
    press(stef, path, f"{path}/bellen/{call}/niemand")
    assert "1 keer nam niemand op." in stef.page.text
    press(stef, path, f"{path}/bellen/{call}/verteld")
    assert make.row_of(runtime, Notification, call).state == "sent"
    stef.post(f"{path}/bellen/{call}/niemand", data={"csrf_token": token(stef)})
    stef.get("/balie/terugbellen")
    assert "Hier wacht niemand" in stef.page.text


@pytest.mark.parametrize(
    ("answer", "concerns", "is_apart"), [("yes", 0, False), ("rather_not", 0, True), ("no", 1, True)]
)
def test_over_the_phone_they_say_how_it_went(
    stef: CheckedClient, runtime: Runtime, answer: str, concerns: int, is_apart: bool
) -> None:
    about = make.located_request(runtime, email="")
    make.done_match(runtime, about)
    path = path_of(runtime, about)
    with runtime.reading() as db:
        call = db.query(Notification).filter_by(channel="call", kind="aftercare_requester").one().id
    stef.get(path)
    for said in ({}, {"answer": answer}):
        assert make.row_of(runtime, HelpRequest, about).went_well is None
        stef.post(f"{path}/bellen/{call}/hoe-ging-het", data={"csrf_token": token(stef)} | said)
    assert make.row_of(runtime, HelpRequest, about).went_well is (answer != "no")
    with runtime.reading() as db:
        assert bool(db.query(RatherNot).count()) is is_apart
    stef.get("/balie/zorgen")
    assert len(stef.page.all("h3")) == concerns


CHOICE = Place(50.88, 4.70, PlaceLevel.STREET, 200, "Naamsesteenweg, 3001 Heverlee", "3001", "Heverlee")


def unplaced(runtime: Runtime) -> int:
    about = make.help_request(runtime, people.an())
    with runtime.unit_of_work(MACHINE) as uow:
        locating.record_help_request(uow, about, Located(None, 0.0, is_accepted=False, candidates=(CHOICE,)))
    return about


@pytest.mark.parametrize(
    ("facts", "label"),
    [
        ({"choice": "0"}, "Naamsesteenweg, 3001 Heverlee"),
        ({"lat": "50,8796", "lon": "4.7009", "label": "Grote Markt"}, "Grote Markt"),
        ({"lat": "50.8796", "lon": "4.7009"}, "50.87960, 4.70090"),
    ],
)
def test_address_is_placed_by_hand(
    stef: CheckedClient, runtime: Runtime, facts: dict[str, str], label: str
) -> None:
    about = unplaced(runtime)
    path = path_of(runtime, about)
    stef.get(path)
    assert "Naamsesteenweg" not in stef.page.html
    stef.post(f"{path}/toon", data={"csrf_token": token(stef), "reason": "check_address"})
    assert "Naamsesteenweg" in stef.page.html
    stef.get(stef.post(f"{path}/plaats", data={"csrf_token": token(stef)} | facts).location)
    row = make.row_of(runtime, HelpRequest, about)
    assert (row.state, row.place_label) == ("open", label)


@pytest.mark.parametrize("lat", ["", "51.5", "noord", "9" * 30, "\x00"])
def test_point_outside_the_city_is_not_taken(stef: CheckedClient, runtime: Runtime, lat: str) -> None:
    about = unplaced(runtime)
    path = path_of(runtime, about)
    stef.get(path)
    facts = {"csrf_token": token(stef), "lat": lat, "lon": "4.7", "choice": "7"}
    assert stef.post(f"{path}/plaats", data=facts).status_code == 422
    assert stef.page.all("h1")
    assert state_of(runtime, about) == "in_review"


def test_list_is_searched_and_leafed_through(stef: CheckedClient, runtime: Runtime) -> None:
    reference = reference_of(runtime, make.located_request(runtime, kind="dog"))
    make.help_request(runtime)
    for query, number in {
        "": 2,
        "?zoek=hond": 1,
        f"?zoek={reference[:2]}+{reference[2:4]}+{reference[4:]}": 1,
        "?zoek=centrum": 1,
        "?zoek=nergens": 0,
        "?toestand=closed": 0,
        "?toestand=live&blad=1": 2,
        "?toestand=onbekend&blad=x": 2,
    }.items():
        stef.get(f"/balie/hulpvragen{query}")
        assert stef.page.heading == f"{number} hulpvra{'ag' if number == 1 else 'gen'}", query


@pytest.mark.parametrize("path", ["", "/doe/nota", "/doe/iets"])
def test_what_is_not_there_is_not_found(stef: CheckedClient, path: str) -> None:
    assert stef.get(f"/balie/hulpvragen/000000{path}").status_code == 404
    assert stef.get(f"/balie/vrijwilligers/niemand{path}").status_code == 404


def test_a_request_nobody_can_serve_names_the_nearest_who_nearly_could(
    stef: CheckedClient, runtime: Runtime
) -> None:
    """Through the worker itself: one lives too far, one is not free, one lacks two things."""
    near = make.volunteer(runtime, name="Noor Peeters", place=make.NEARBY, reach_km=0.1)
    make.volunteer(runtime, name="Bas Maes", kinds=("dog",))
    make.volunteer(runtime, name="Lien Smets", kinds=("dog",), reach_km=0.1)
    about = make.located_request(runtime)
    pair(runtime)
    assert troubles(runtime) == ["nobody"]
    stef.get(path_of(runtime, about))
    assert "Noor Peeters (510 m)" in stef.page.text
    assert "Bas Maes (510 m)" in stef.page.text
    assert "Lien Smets" not in stef.page.text
    with runtime.unit_of_work(make.VOLUNTEER) as uow:
        make.volunteers.leave(uow, near)
    stef.get(path_of(runtime, about))
    assert "Noor Peeters" not in stef.page.text


def test_page_says_why_not_the_others_and_what_would_help(stef: CheckedClient, runtime: Runtime) -> None:
    about = make.located_request(runtime, kind="company")
    with runtime.unit_of_work(make.MACHINE) as uow:
        make.pairing.record_candidates(
            uow, about, candidates=[], wave_size=0, why_not=[LeftOut("hours", 17), LeftOut("vetting", 1)]
        )
    stef.get(path_of(runtime, about))
    assert "17 zijn dan niet vrij. Vraag de hulpvrager of een ander moment ook past." in stef.page.text
    assert "1 kennen wij nog niet goed genoeg." in stef.page.text


def test_who_cannot_be_asked_any_more_is_marked_and_left_out(stef: CheckedClient, runtime: Runtime) -> None:
    about = make.located_request(runtime, kind="company")
    vera, wim = people.vera(runtime), people.wim(runtime)
    found = make.shortlist(runtime, about, [vera, wim])
    path = path_of(runtime, about)
    stef.get(path)
    facts = stef.page.form(f"{path}/vraag") | {"who": [str(one) for one in found]}
    with runtime.unit_of_work(MACHINE) as uow:
        volunteers.vet(uow, vera, level=1, reason="twijfel")
    stef.get(path)
    assert [box.get("value") for box in stef.page.all("input") if box.get("disabled") is not None] == [
        str(found[0])
    ]
    assert [words(button) for button in stef.page.all("button") if button.get("name") == "only"] == [
        "Nodig uit: Wim De Smet"
    ]
    assert "Kennen wij nog niet goed genoeg voor dit soort hulp." in stef.page.text
    stef.get(stef.post(f"{path}/vraag", data=facts).location)
    assert "1 buur gevraagd." in stef.page.text
    assert "1 buur niet: kijk hoe het nu staat." in stef.page.text
    stef.get(stef.post(f"{path}/vraag", data=facts | {"who": [str(found[0])]}).location)
    assert "Niemand van wie u koos, kan nu gevraagd worden." in stef.page.text
