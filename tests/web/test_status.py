"""The request's own page: what it says in each state, and what can be done from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest
from sqlalchemy import select

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.domain.values import Located
from leuvenhelpt.gateways.clock import SetClock
from leuvenhelpt.gateways.geocoder import KnownAddresses
from leuvenhelpt.rendering.links import Purpose
from leuvenhelpt.services import closing, erasure, locating
from leuvenhelpt.storage.models import Attention, HelpRequest, Match
from tests import make, people
from tests.pages import CheckedClient, words
from tests.storage.test_desk import statements
from tests.web.asking import press
from workers.locate import locate


def row(runtime: Runtime, help_request_id: int) -> HelpRequest:
    with runtime.reading() as db:
        return db.get_one(HelpRequest, help_request_id)


def path(runtime: Runtime, help_request_id: int) -> str:
    """Where the page of a request is."""
    public_id = row(runtime, help_request_id).public_id
    return f"/vraag/{runtime.links.token(Purpose.STATUS, public_id)}"


@pytest.fixture
def asked(runtime: Runtime) -> int:
    """A request of An, just submitted."""
    return make.help_request(runtime, people.an())


def click(client: CheckedClient, address: str, **fields: str) -> int:
    """Press the button of the form to an address on the last page, and follow where it leads."""
    sent = client.page.form(address) | fields
    return client.post(address, data=sent, follow_redirects=True).status_code


def test_page_says_the_promise_and_a_number_to_say_aloud(
    client: CheckedClient, runtime: Runtime, asked: int
) -> None:
    answer = client.get(path(runtime, asked))
    reference = row(runtime, asked).reference
    assert client.page.heading == "Wij hebben uw vraag"
    assert f"{reference[:2]} {reference[2:4]} {reference[4:]}" in client.page.text
    assert "U hoort van ons vóór" in client.page.text
    headers = answer.headers
    told = (headers["Referrer-Policy"], headers["X-Robots-Tag"], headers["Cache-Control"])
    assert told == ("no-referrer", "noindex", "no-store")


def test_a_forged_link_leads_nowhere(client: CheckedClient, runtime: Runtime, asked: int) -> None:
    good = path(runtime, asked)
    # Not the last sign: two of its six bits mean nothing.
    forged = good[:-9] + ("A" if good[-9] != "A" else "B") + good[-8:]
    for bad in (forged, "/vraag/x", good + "/veranderen?x", good[:-5]):
        assert client.get(bad).status_code == 404 or bad.endswith("?x")


def test_late_is_said_as_it_is_and_its_button_comes_first(
    client: CheckedClient, runtime: Runtime, clock: SetClock, asked: int
) -> None:
    clock.move(days=2)
    client.get(path(runtime, asked))
    assert "Wij zijn te laat. Sorry." in client.page.text
    assert "U hoort van ons vóór" not in client.page.text
    main = [b for b in client.page.all("button") if "btn--main" in b.get("class", "")]
    assert ["".join(button.itertext()) for button in main] == ["Ik heb niets gehoord"]


def test_once_the_moment_is_past_the_page_says_so(
    client: CheckedClient, runtime: Runtime, asked: int, clock: SetClock
) -> None:
    client.get(path(runtime, asked))
    assert "Het moment is voorbij" not in client.page.text
    clock.now = row(runtime, asked).wanted_by
    client.get(path(runtime, asked))
    assert "Het moment is voorbij en wij vonden niemand." in client.page.text


def test_unheard_goes_to_the_desk_and_is_answered(
    client: CheckedClient, runtime: Runtime, asked: int
) -> None:
    address = path(runtime, asked)
    client.get(address)
    sent = client.page.form(f"{address}/niets-gehoord")
    assert click(client, f"{address}/niets-gehoord") == 200
    assert "Een medewerker ziet uw vraag nu bovenaan" in client.page.text
    assert "U zei dat u niets hoorde" in client.page.text
    assert [words(b) for b in client.page.all("button")] == []
    assert client.post(f"{address}/niets-gehoord", data=sent).status_code == 302
    assert client.get(address).text.count("<strong>U zei dat u niets hoorde") == 1
    with runtime.reading() as db:
        assert list(db.scalars(select(Attention.kind))) == ["unheard"]


def test_withdrawing_asks_first_and_twice_is_once(
    client: CheckedClient, runtime: Runtime, asked: int
) -> None:
    address = path(runtime, asked)
    client.get(f"{address}/intrekken")
    assert client.page.heading == "Wilt u uw vraag intrekken?"
    assert row(runtime, asked).state == "submitted"
    sent = client.page.form()
    for _ in range(2):
        client.post(f"{address}/intrekken", data=sent, follow_redirects=True)
        assert client.page.heading == "U hebt uw vraag ingetrokken"
    assert client.get(f"{address}/intrekken").status_code == 409
    assert client.get(f"{address}/veranderen").status_code == 409


def test_changing_starts_from_what_was_told(client: CheckedClient, runtime: Runtime, asked: int) -> None:
    address = path(runtime, asked)
    client.get(f"{address}/veranderen")
    assert client.page.heading == "Wat wilt u veranderen?"
    assert "0470 12 34 56" in client.page.text
    assert "nog niet bewaard. Druk onderaan op ‘Bewaar de wijziging’." in client.page.text
    press(client, "2", f"{address}/veranderen")
    assert client.page.form(f"{address}/veranderen")["address"] == "Naamsestraat 147"
    assert "Stap 2 van 4" not in client.page.text
    press(client, path=f"{address}/veranderen", address="Tiensestraat 4")
    answer = press(client, "send", f"{address}/veranderen")
    assert answer.status_code == 302, client.page.text
    client.get(answer.location)
    assert "Uw vraag is veranderd" in client.page.text
    assert row(runtime, asked).address == "Tiensestraat 4"


def test_who_asks_for_several_people_reads_which_one_it_is_and_whom_to_tell_the_word(
    client: CheckedClient, runtime: Runtime
) -> None:
    asked = make.located_request(runtime, people.an(asker_name="Tine De Backer"))
    client.get(path(runtime, asked))
    assert "U vroeg voor An Peeters: Boodschappen" in client.page.text
    assert "Vraag voor een ander" in client.page.text
    make.accepted_match(runtime, asked, people.vera(runtime))
    client.get(path(runtime, asked))
    assert "Zeg dit codewoord ook aan An Peeters." in client.page.text


@pytest.mark.parametrize(("email", "said"), [("", "Bewaar de link"), ("an@post.example", "Wij mailden u")])
def test_the_way_back_to_the_page_is_said(
    client: CheckedClient, runtime: Runtime, email: str, said: str
) -> None:
    client.get(path(runtime, make.help_request(runtime, replace(people.an(), email=email))))
    assert said in client.page.text.partition("Wat er al gebeurde")[2]


def test_who_comes_is_named_with_the_word_for_the_door(client: CheckedClient, runtime: Runtime) -> None:
    asked = make.located_request(runtime, people.an())
    make.accepted_match(runtime, asked, people.vera(runtime))
    client.get(path(runtime, asked))
    assert client.page.heading == "Vera Claes komt helpen"
    assert f"codewoord: {row(runtime, asked).code_word}" in client.page.text
    assert client.get(f"{path(runtime, asked)}/veranderen").status_code == 409


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("yes", "Fijn dat het goed ging."),
        ("rather_not", "Fijn dat het goed ging."),
        ("no", "Dat spijt ons."),
    ],
)
def test_one_click_says_how_it_went(
    client: CheckedClient, runtime: Runtime, clock: SetClock, answer: str, said: str
) -> None:
    asked = make.located_request(runtime, people.an())
    make.accepted_match(runtime, asked, people.vera(runtime))
    address = path(runtime, asked)
    client.get(address)
    assert "Ging alles goed?" not in client.page.text
    clock.move(days=2, minutes=1)
    client.get(address)
    click(client, f"{address}/hoe-ging-het")  # no button was pressed: that is no answer
    assert row(runtime, asked).went_well is None
    assert click(client, f"{address}/hoe-ging-het", answer=answer) == 200
    assert said in client.page.text
    assert row(runtime, asked).went_well is (answer != "no")
    assert "Ging alles goed?" not in client.page.text


def test_who_was_forgotten_is_not_asked_how_it_went(client: CheckedClient, runtime: Runtime) -> None:
    asked = make.located_request(runtime, people.an())
    make.done_match(runtime, asked)
    address = path(runtime, asked)
    client.get(address)
    assert "Ging alles goed?" in client.page.text
    with runtime.unit_of_work(make.MACHINE) as uow:
        erasure.forget_resident_on_request(uow, asked, why=erasure.BY_PHONE)
    assert click(client, f"{address}/hoe-ging-het", answer="no") == 409
    client.get(address)
    assert "Ging alles goed?" not in client.page.text


def test_a_referral_names_the_service_and_its_number(client: CheckedClient, runtime: Runtime) -> None:
    asked = make.located_request(runtime, people.an())
    with runtime.unit_of_work(people.RESIDENT) as uow:
        closing.refer(uow, asked, service="caw", words="Bij het CAW kunnen ze u beter helpen.")
    client.get(path(runtime, asked))
    assert client.page.heading == "Een andere dienst kan u beter helpen"
    assert "016 00 00 03" in client.page.text
    assert "Bij het CAW kunnen ze u beter helpen." in client.page.text


def test_what_was_asked_stands_on_the_page(client: CheckedClient, runtime: Runtime, asked: int) -> None:
    client.get(path(runtime, asked))
    assert "U vroeg: Boodschappen, zo snel het lukt, ten laatste donderdag." in client.page.text


def test_how_many_were_asked_is_told_and_not_who(client: CheckedClient, runtime: Runtime) -> None:
    asked = make.located_request(runtime, people.an())
    make.shortlist(runtime, asked, [people.vera(runtime), people.wim(runtime)])
    client.get(path(runtime, asked))
    assert "Wij vroegen het al aan 2 buren." in client.page.text
    assert [name for name in ("Vera", "Wim") if name in client.page.text] == []


def test_what_comes_next_is_the_help_itself(client: CheckedClient, runtime: Runtime) -> None:
    asked = make.located_request(runtime, people.an())
    make.accepted_match(runtime, asked, people.vera(runtime))
    client.get(path(runtime, asked))
    [following] = [e for e in client.page.all("li") if e.get("class") == "next"]
    assert words(following) == "Zo snel het lukt, ten laatste donderdagVera Claes komt helpen"


def test_help_over_the_phone_has_a_word_and_no_door(client: CheckedClient, runtime: Runtime) -> None:
    asked = make.located_request(runtime, people.an(kind="phone_call"))
    make.accepted_match(runtime, asked, people.vera(runtime))
    client.get(path(runtime, asked))
    assert "Vera Claes zegt aan de telefoon dit codewoord:" in client.page.text
    assert "deur" not in client.page.text


def test_help_over_the_phone_needs_no_address_and_nobody_comes(
    client: CheckedClient, runtime: Runtime, clock: SetClock
) -> None:
    asked = make.help_request(runtime, people.an(kind="phone_call"))
    client.get(path(runtime, asked))
    assert "Wij lezen uw vraag" in [words(told) for told in client.page.all("strong")]
    located = make.located_request(runtime, people.an(kind="phone_call", idempotency_key="located"))
    make.accepted_match(runtime, located, people.vera(runtime))
    client.get(path(runtime, located))
    assert client.page.heading == "Vera Claes helpt aan de telefoon"
    assert "Nu kent die buur uw naam en nummer. Een dag na de hulp niet meer." in client.page.text
    clock.move(days=2, minutes=1)
    client.get(path(runtime, located))
    click(client, f"{path(runtime, located)}/hoe-ging-het", answer="yes")
    assert "adres" not in client.page.text.partition("Voelt iets niet goed")[0]


def test_keeping_the_answers_as_they_are_takes_no_ask_back(
    client: CheckedClient, runtime: Runtime, clock: SetClock
) -> None:
    asked = make.located_request(runtime, people.an())
    match_id = make.asked_match(runtime, asked, people.vera(runtime))
    address = f"{path(runtime, asked)}/veranderen"
    client.get(address)
    client.get(press(client, "send", address).location)
    assert "U veranderde niets aan uw vraag." in client.page.text
    assert (row(runtime, asked).state, make.row_of(runtime, Match, match_id).state) == ("open", "asked")
    clock.move(days=3)  # as soon as possible, said again once that moment is past, is another moment
    client.get(address)
    client.get(press(client, "send", address).location)
    assert "Uw vraag is veranderd." in client.page.text
    assert row(runtime, asked).wanted_by == clock() + make.timedelta(days=2)


def test_another_day_leaves_the_address_where_a_coordinator_put_it(
    client: CheckedClient, runtime: Runtime
) -> None:
    facts = replace(people.an(), address="Het gele huisje")
    asked = make.located_request(runtime, facts, place=None)
    with runtime.unit_of_work(people.RESIDENT) as uow:
        locating.place_by_hand(uow, asked, place=make.POINTED_AT)
    doubtful = Located(None, 0.5, is_accepted=False, candidates=(make.NEARBY,))
    object.__setattr__(runtime, "geocoder", KnownAddresses({"Het gele huisje": doubtful}))
    address = f"{path(runtime, asked)}/veranderen"
    client.get(address)
    assert client.page.heading == "Wat wilt u veranderen?"
    press(client, "2", address)
    press(client, "next", address, timing="before", before="2026-12-03")
    assert "Een medewerker kijkt het na" not in client.page.text
    client.get(press(client, "send", address).location)
    assert "Uw vraag is veranderd." in client.page.text
    locate(runtime)
    found = row(runtime, asked)
    assert (found.state, found.timing) == ("open", "before")
    assert (found.lat, found.lon, found.place_label) == (50.87, 4.7, "Naamsestraat")


@pytest.mark.parametrize(
    ("close", "heading", "said"),
    [
        (closing.withdraw, "U hebt uw vraag ingetrokken", "Er komt niemand meer."),
        (partial(closing.reject, words="Te zwaar."), "Hier kunnen wij niet bij helpen", "Dit schreven wij u"),
        (partial(closing.give_up, words="Helaas."), "Wij vonden niemand. Dat spijt ons.", "Helaas."),
    ],
)
def test_each_end_says_what_it_means_and_offers_a_new_question(
    client: CheckedClient, runtime: Runtime, close: Callable[..., None], heading: str, said: str
) -> None:
    asked = make.located_request(runtime, people.an())
    with runtime.unit_of_work(people.RESIDENT) as uow:
        close(uow, asked)
    client.get(path(runtime, asked))
    assert (client.page.heading, said in client.page.text) == (heading, True)
    assert "Stel een nieuwe vraag" in client.page.text


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_asks_the_database_as_often_for_few_as_for_many(
    client: CheckedClient, runtime: Runtime, number: int
) -> None:
    asked = make.located_request(runtime, people.an())
    make.shortlist(runtime, asked, [make.volunteer(runtime) for _ in range(number)])
    address = path(runtime, asked)
    with statements(runtime) as sent:
        client.get(address)
    assert len(sent) == 5
