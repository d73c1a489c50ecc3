"""Asking for help through the pages: the whole way, and every way to get it wrong."""

from __future__ import annotations

import dataclasses
import re
from datetime import date, time

import pytest
from sqlalchemy import select

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.domain.availability import ALWAYS, DayPart, at_brussels, bit
from leuvenhelpt.gateways.clock import SetClock
from leuvenhelpt.storage.models import HelpRequest
from leuvenhelpt.web import create_app
from tests.apps import client_of
from tests.pages import CheckedClient
from tests.web.asking import WHAT, WHEN, WHO, errors, fill_in, press, standing


def asked(runtime: Runtime) -> list[HelpRequest]:
    with runtime.reading() as db:
        return list(db.scalars(select(HelpRequest).order_by(HelpRequest.id)))


def test_the_whole_way(client: CheckedClient, runtime: Runtime) -> None:
    fill_in(client)
    assert client.page.heading == "Klopt alles?"
    assert "nog niet verstuurd. Druk onderaan op ‘Verstuur mijn vraag’." in client.page.text
    assert "0470 12 34 56" in client.page.text
    answer = press(client, "send")
    assert answer.status_code == 302
    [row] = asked(runtime)
    told = (row.kind, row.words, row.person_name, row.asker_name, row.phone, row.email)
    assert told == ("groceries", WHAT["words"], "An Peeters", "", "+32470123456", "")
    assert (row.timing, row.hours, row.address, row.postcode) == ("soon", ALWAYS, "Naamsestraat 147", "3000")
    assert client.get(answer.location).status_code == 200
    assert "U hoort van ons vóór" in client.page.text


def test_a_double_press_is_one_request_with_the_same_answer(client: CheckedClient, runtime: Runtime) -> None:
    fill_in(client)
    first, second = press(client, "send"), press(client, "send")
    assert first.location == second.location
    assert len(asked(runtime)) == 1


def test_for_somebody_else_both_names_and_the_agreement_are_asked(
    client: CheckedClient, runtime: Runtime
) -> None:
    client.get("/hulp-vragen?voor=ander")
    press(client, **(WHAT | {"whom": "other"}))
    press(client, **WHEN)
    assert press(client, **WHO).status_code == 422
    assert errors(client) == [
        "Vul ook uw eigen naam in.",
        "Vraag eerst of de persoon akkoord gaat, en kruis dit aan.",
    ]
    press(client, **WHO, asker_name="Bea Peeters", agreed="y")
    press(client, "send")
    [row] = asked(runtime)
    assert (row.person_name, row.asker_name) == ("An Peeters", "Bea Peeters")


@pytest.mark.parametrize(
    ("ticked", "day", "hour"),
    [(["2-0"], 25, 12), (["2-0", "4-2"], 27, 21), (["1-0"], 1, 12)],  # seen on a Tuesday at ten
)
def test_certain_moments_are_over_when_the_last_of_them_is(
    client: CheckedClient, runtime: Runtime, ticked: list[str], day: int, hour: int
) -> None:
    fill_in(client, timing="moments", hours=ticked)
    press(client, "send")
    [row] = asked(runtime)
    assert row.wanted_by == at_brussels(date(2026, 11 if day > 1 else 12, day), time(hour))


def test_certain_moments_become_weekly_hours(client: CheckedClient, runtime: Runtime) -> None:
    fill_in(client, timing="moments", hours=["1-1", "4-0"])
    assert "Dinsdagnamiddag en vrijdagvoormiddag" in client.page.text
    press(client, "send")
    assert asked(runtime)[0].hours == bit(1, DayPart.AFTERNOON) | bit(4, DayPart.MORNING)


def test_back_and_change_keep_everything(client: CheckedClient) -> None:
    fill_in(client, languages=["nl", "tr"], phone="016 12 34 56")
    press(client, "back")
    assert client.page.heading == "Hoe bereiken wij u?"
    ticked = [i.get("value") for i in client.page.all("input") if "checked" in i.attrib]
    assert ticked == ["nl", "tr"]
    assert client.page.form()["phone"] == "016 12 34 56"
    press(client, "1", **(WHO | {"languages": ["nl", "tr"]}))
    assert client.page.heading == "Welke hulp past het best?"
    press(client, **(WHAT | {"kind": "dog"}))
    assert client.page.heading == "Klopt alles?"
    assert "Hond uitlaten" in client.page.text
    assert "Nederlands en Türkçe" in client.page.text


def test_a_page_shown_for_the_first_time_complains_of_nothing(client: CheckedClient) -> None:
    client.get("/hulp-vragen")
    press(client, **WHAT)
    assert (client.page.heading, errors(client)) == ("Wanneer en waar?", [])
    assert not client.page.title.startswith("Fout")


def test_what_is_missing_is_said_with_links_and_in_the_title(client: CheckedClient) -> None:
    client.get("/hulp-vragen")
    assert press(client, words="").status_code == 200
    assert press(client).status_code == 422
    assert client.page.title == "Fout: Welke hulp past het best? · Leuven Helpt"
    assert errors(client) == ["Kies één soort hulp. Twijfelt u? Kies ‘Iets anders’."]


def test_in_the_evening_it_is_too_late_for_today(client: CheckedClient, clock: SetClock) -> None:
    clock.now = at_brussels(date(2026, 11, 24), time(20, 59))
    client.get("/hulp-vragen")
    press(client, **WHAT)
    today = WHEN | {"timing": "before", "before": "2026-11-24"}
    clock.move(minutes=1)
    assert press(client, **today).status_code == 422
    assert errors(client) == ["Vandaag lukt niet meer. Kies een dag later, of bel ons."]
    clock.move(minutes=-1)
    assert press(client, **today).status_code == 200


@pytest.mark.parametrize(("typed", "kept"), [("31/12/2026", "2026-12-31"), ("morgen", "")])
def test_a_day_comes_back_as_a_field_for_a_day_shows_it(client: CheckedClient, typed: str, kept: str) -> None:
    client.get("/hulp-vragen")
    press(client, **WHAT)
    press(client, **(WHEN | {"timing": "before", "before": typed, "address": ""}))
    assert [e.get("value", "") for e in client.page.all("input") if e.get("id") == "before"] == [kept]


@pytest.mark.parametrize(
    ("typed", "complaint"),
    [
        (
            {"timing": "before", "before": "2020-01-01"},
            "Deze dag is al voorbij. Kies vandaag of een dag later.",
        ),
        ({"timing": "before", "before": ""}, "Vul de dag in."),
        ({"timing": "before", "before": "morgen"}, "Schrijf de dag als dag/maand/jaar, zoals 01/12/2026."),
        ({"timing": "moments"}, "Kruis minstens één moment aan."),
        ({"timing": "ooit"}, "Kies wanneer u hulp nodig hebt."),
        ({"address": ""}, "Vul uw straat en huisnummer in."),
        ({"address": "x" * 10_000}, "Maak dit korter: hoogstens 200 tekens. Nu zijn het er 10000."),
        ({"postcode": ""}, "Kies uw postcode."),
        ({"postcode": "1000"}, "Kies uw postcode."),
        (
            {"postcode": "elsewhere"},
            "Wij helpen alleen in Leuven. Woont u elders? Bel 016 00 00 00, dan zoeken wij mee.",
        ),
        (
            {"address": "Damrak 1, 1012 Amsterdam"},
            "Wij helpen alleen in Leuven. Woont u elders? Bel 016 00 00 00, dan zoeken wij mee.",
        ),
    ],
)
def test_when_and_where_explain_themselves(
    client: CheckedClient, typed: dict[str, str], complaint: str
) -> None:
    client.get("/hulp-vragen")
    press(client, **WHAT)
    assert press(client, **(WHEN | typed)).status_code == 422
    assert errors(client) == [complaint]


@pytest.mark.parametrize(
    ("typed", "complaint"),
    [
        ({"phone": "0470 12 34"}, "Dit nummer is te kort. Kijk het even na."),
        ({"phone": "0470 12 34 56 78 90 12 34"}, "Dit nummer klopt niet. Kijk het na."),
        ({"phone": "geen"}, "Schrijf uw nummer met cijfers, zoals 0470 12 34 56."),
        ({"phone": ""}, "Vul een telefoonnummer of een e-mailadres in. Eén is genoeg."),
        ({"email": "an.post.example"}, "Kijk uw e-mailadres na. Schrijf het zoals naam@voorbeeld.be."),
        ({"email": "an@b.be, evil@x.be"}, "Kijk uw e-mailadres na. Schrijf het zoals naam@voorbeeld.be."),
        ({"person_name": " \u200b\x00 "}, "Vul uw naam in."),
        ({"languages": []}, "Kruis minstens één taal aan."),
    ],
)
def test_who_explains_itself(client: CheckedClient, typed: dict[str, object], complaint: str) -> None:
    client.get("/hulp-vragen")
    press(client, **WHAT)
    press(client, **WHEN)
    assert press(client, **(WHO | typed)).status_code == 422
    assert errors(client) == [complaint]


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("عائشة", "عائشة"),
        ("Ľubomír Đorđević-O’Neill", "Ľubomír Đorđević-O’Neill"),
        ("Zoe\u0308", "Zoë"),
        ("An\x00 \u202ePeeters\u202c", "An Peeters"),
        ("An\uffff \ufdd0Peeters\U0001fffe", "An Peeters"),
        ("\U0001fae9 \U0001faea", "\U0001fae9 \U0001faea"),  # of Unicode 16 and 17, which Python knows later
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    ],
)
def test_any_name_is_a_name(client: CheckedClient, runtime: Runtime, typed: str, stored: str) -> None:
    fill_in(client, person_name=typed)
    client.get(press(client, "send").location)
    assert asked(runtime)[0].person_name == stored


@pytest.mark.parametrize("typed", ["0470123456", "+32 470 12 34 56", "0032470123456", "0470-12.34/56"])
def test_phones_in_any_notation_are_one_number(client: CheckedClient, runtime: Runtime, typed: str) -> None:
    fill_in(client, phone=typed)
    press(client, "send")
    assert asked(runtime)[0].phone == "+32470123456"


def test_sending_at_once_what_is_unfinished_shows_where(client: CheckedClient, runtime: Runtime) -> None:
    client.get("/hulp-vragen")
    assert press(client, "send", at="4", **WHAT, **(WHEN | {"address": ""})).status_code == 422
    assert (client.page.heading, asked(runtime)) == ("Wanneer en waar?", [])


def test_a_machine_is_asked_once_more(runtime: Runtime) -> None:
    earnest = dataclasses.replace(runtime.settings, is_demonstration=False)
    client = client_of(create_app(dataclasses.replace(runtime, settings=earnest)))
    fill_in(client)
    assert press(client, "send").status_code == 422
    assert "Druk nog één keer op de knop" in client.page.text
    assert asked(runtime) == []


def test_somebody_who_takes_their_time_is_not(runtime: Runtime, clock: SetClock) -> None:
    earnest = dataclasses.replace(runtime.settings, is_demonstration=False)
    client = client_of(create_app(dataclasses.replace(runtime, settings=earnest)))
    fill_in(client)
    clock.move(minutes=2)
    assert press(client, "send").status_code == 302


def test_a_key_that_is_not_ours_is_replaced(client: CheckedClient, runtime: Runtime) -> None:
    fill_in(client)
    assert press(client, "send", key="mine").status_code == 422
    assert standing(client)["key"] != "mine"
    assert press(client, "send").status_code == 302
    assert len(asked(runtime)) == 1


def test_what_was_typed_survives_a_lost_session(client: CheckedClient) -> None:
    client.get("/hulp-vragen")
    client.delete_cookie("lh")
    assert press(client, **WHAT).status_code == 400
    assert client.page.heading == "Verstuur dit nog één keer"
    assert client.page.form()["words"] == WHAT["words"]


def test_another_site_cannot_send_our_forms(client: CheckedClient, runtime: Runtime) -> None:
    fill_in(client)
    sent = standing(client)
    sent["go"] = "send"
    answer = client.post("/hulp-vragen", data=sent, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 400
    assert client.page.all("form") == []
    assert asked(runtime) == []


def test_too_much_is_too_much(client: CheckedClient) -> None:
    client.get("/hulp-vragen")
    assert press(client, words="x" * 300_000, kind="dog").status_code == 413


def test_what_is_sent_again_with_another_day_is_changed_and_says_so(
    client: CheckedClient, runtime: Runtime
) -> None:
    fill_in(client)
    kept = standing(client)
    first = press(client, "send")
    client.post("/hulp-vragen", data=kept | {"go": "2"})
    press(client, **(WHEN | {"timing": "before", "before": "31/12/2026"}))
    second = press(client, "send")
    assert second.location == first.location
    [row] = asked(runtime)
    assert row.timing == "before"
    client.get(second.location)
    assert "Uw vraag is veranderd. Wij bekijken ze opnieuw." in client.page.text


def test_another_person_on_a_form_that_was_sent_is_another_request(
    client: CheckedClient, runtime: Runtime
) -> None:
    for_other = {"asker_name": "Bea Peeters", "agreed": "y"}
    client.get("/hulp-vragen?voor=ander")
    for step in (WHAT | {"whom": "other"}, WHEN, WHO | for_other):
        press(client, **step)
    kept = standing(client)
    first = press(client, "send")
    client.post("/hulp-vragen", data=kept | {"go": "3"})
    press(client, **(WHO | for_other | {"person_name": "Jos Smets"}))
    assert press(client, "send").location != first.location
    assert [row.person_name for row in asked(runtime)] == ["An Peeters", "Jos Smets"]


def test_the_calendar_offers_a_year_from_today_and_no_year_of_six_digits(client: CheckedClient) -> None:
    client.get("/hulp-vragen")
    press(client, **WHAT)
    [day] = [field for field in client.page.all("input") if field.get("name") == "before"]
    assert (day.get("min"), day.get("max")) == ("2026-11-24", "2027-11-25")


def test_the_day_of_the_example_can_be_chosen(client: CheckedClient) -> None:
    client.get("/hulp-vragen")
    press(client, **WHAT)
    [example] = re.findall(r"Bijvoorbeeld (\S+)\. ", client.page.text)[:1]
    assert press(client, **(WHEN | {"timing": "before", "before": example})).status_code == 200
    assert client.page.heading == "Hoe bereiken wij u?"
