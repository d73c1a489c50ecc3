"""Letters for whoever has no e-mail: wanted on the phone or later, printed together, posted once."""

from __future__ import annotations

import dataclasses

import pytest

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.domain.errors import NotFound, Refused
from leuvenhelpt.domain.lifecycle import NotificationState
from leuvenhelpt.domain.values import MACHINE
from leuvenhelpt.services import closing, letters
from leuvenhelpt.storage.models import HelpRequest, Notification
from leuvenhelpt.web import create_app
from tests import make, people
from tests.apps import client_of
from tests.pages import CheckedClient, words
from tests.storage.test_desk import statements
from tests.web.staff.conftest import press, sign_in
from tests.web.staff.test_phone import CALLED
from tests.web.staff.test_requests import path_of, steps

QUEUE, PRINTED, POSTED = "/balie/brieven", "/balie/brieven/afdrukken", "/balie/brieven/gepost"


def asked(runtime: Runtime, **changes: object) -> int:
    """An asks by phone, and waits for a letter; the id of her request."""
    about = make.located_request(runtime, dataclasses.replace(people.an(**changes), email=""))
    with runtime.unit_of_work(MACHINE) as uow:
        letters.want(uow, about)
    return about


def letter_of(runtime: Runtime, about: int) -> Notification:
    """The one letter of a request."""
    (letter,) = [
        row for row in make.notifications(runtime) if row.channel == "letter" and row.help_request_id == about
    ]
    return letter


def test_a_letter_is_wanted_on_the_phone(stef: CheckedClient, runtime: Runtime) -> None:
    stef.get("/balie/nieuwe-oproep", follow_redirects=True)
    facts = stef.page.form("/balie/nieuwe-oproep") | CALLED | {"letter": "yes"}
    (where,) = {stef.post("/balie/nieuwe-oproep", data=facts).location for _ in range(2)}
    stef.get(where)
    assert "Wij bellen u zodra er nieuws is. U krijgt ook een brief." in stef.page.text
    with runtime.reading() as db:
        about = db.query(HelpRequest.id).scalar()
    assert letter_of(runtime, about).state == "queued"
    assert steps(runtime, about)[0] == ("Stef Wouters", "want_letter", "")


def test_a_letter_is_wanted_later(stef: CheckedClient, runtime: Runtime) -> None:
    about = make.located_request(runtime, email="")
    path = path_of(runtime, about)
    press(stef, path, f"{path}/brief")
    assert "Een brief wacht om gepost te worden." in stef.page.text
    stef.get("/balie")
    assert "Wil een brief. Druk hem af en post hem." in stef.page.text
    with runtime.unit_of_work(MACHINE) as uow:
        letters.want(uow, about)
    assert letter_of(runtime, about).state == "queued"
    with_mail = make.located_request(runtime)
    stef.get(path_of(runtime, with_mail))
    assert "Stuur een brief" not in stef.page.text


@pytest.mark.parametrize("rows", [1, 3])
def test_the_queue_names_nobody_and_asks_three_times(
    stef: CheckedClient, runtime: Runtime, rows: int
) -> None:
    for number in range(rows):
        asked(runtime, idempotency_key=f"letter {number}")
    with statements(runtime) as sent:
        stef.get(QUEUE)
    assert len(sent) == 3  # who is there, the letters, the counts
    assert len(stef.page.all("tr")) == rows + 1
    assert [secret for secret in people.AN_SECRETS if secret in stef.page.html] == []


def test_letters_are_printed_in_the_language_of_the_reader(stef: CheckedClient, runtime: Runtime) -> None:
    about = asked(runtime, reader_language="fr")
    asked(runtime, idempotency_key="second", asker_name="Noor Maes", reader_language="ar")
    press(stef, QUEUE, PRINTED)
    first, second = [e for e in stef.page.all("article") if "letter" in e.get("class", "")]
    assert [(e.get("lang"), e.get("dir")) for e in (first, second)] == [("fr", "ltr"), ("ar", "rtl")]
    told = words(first)
    row = make.row_of(runtime, HelpRequest, about)
    for fact in (f"{row.reference[:2]} {row.reference[2:4]}", "An Peeters", "Naamsestraat 147", "Courses"):
        assert fact in told
    assert "Noor Maes" in words(second)
    assert steps(runtime, about)[0] == ("Stef Wouters", "see_address", "een brief afdrukken")


def test_no_code_word_and_no_link_on_paper(stef: CheckedClient, runtime: Runtime) -> None:
    about = asked(runtime)
    make.accepted_match(runtime, about)
    press(stef, QUEUE, PRINTED)
    row = make.row_of(runtime, HelpRequest, about)
    (letter,) = [e for e in stef.page.all("article") if "letter" in e.get("class", "")]
    assert row.code_word not in words(letter)
    assert "aan de telefoon, nooit in een brief" in words(letter)
    assert [e.tag for e in letter.iter() if e.tag == "a"] == []


def test_the_promise_on_paper_has_its_date(stef: CheckedClient, runtime: Runtime) -> None:
    asked(runtime)
    press(stef, QUEUE, PRINTED)
    assert "vóór dinsdag 24 november 14.00 uur" in stef.page.text
    assert "vandaag" not in stef.page.text


def test_posted_once_is_enough(stef: CheckedClient, runtime: Runtime) -> None:
    about, other = asked(runtime), asked(runtime, idempotency_key="other")
    press(stef, QUEUE, PRINTED)
    stef.get(QUEUE)
    token = stef.page.form(PRINTED)["csrf_token"]
    one = {"csrf_token": token, "letter": [str(letter_of(runtime, about).id)]}
    stef.get(stef.post(POSTED, data=one).location)
    assert "1 brief is gepost." in stef.page.text
    both = {"csrf_token": token, "letter": [*one["letter"], str(letter_of(runtime, other).id)]}
    stef.get(stef.post(POSTED, data=both).location)
    assert "1 brief is gepost." in stef.page.text
    assert "Geen brief wacht" in stef.page.text
    stef.get(stef.post(POSTED, data=both).location)
    assert "Dit was al gepost." in stef.page.text
    assert letter_of(runtime, about).state == NotificationState.SENT
    assert steps(runtime, about)[0] == ("Stef Wouters", "send", "letter")
    stef.get(path_of(runtime, about))
    assert "Stef Wouters postte een brief." in stef.page.text
    stef.get("/balie")
    assert stef.page.heading == "Er wacht nu niemand op ons."


def test_nothing_but_letters_is_posted(stef: CheckedClient, runtime: Runtime) -> None:
    make.accepted_match(runtime, make.located_request(runtime, email=""))
    (call,) = [row for row in make.notifications(runtime) if row.channel == "call"]
    for number in (call.id, 10**6):
        with pytest.raises(NotFound), runtime.unit_of_work(MACHINE) as uow:
            letters.record_posted(uow, number)


def test_a_request_that_is_over_gets_no_letter(stef: CheckedClient, runtime: Runtime) -> None:
    about, done = asked(runtime), make.located_request(runtime, email="")
    with runtime.unit_of_work(MACHINE) as uow:
        closing.withdraw(uow, about)
        letters.want(uow, done)
    make.done_match(runtime, done)
    for over in (about, done):
        assert letter_of(runtime, over).state == NotificationState.SUPPRESSED
        with pytest.raises(Refused, match="already_closed"), runtime.unit_of_work(MACHINE) as uow:
            letters.want(uow, over)
    stef.get(QUEUE)
    assert "Geen brief wacht" in stef.page.text


@pytest.mark.parametrize("side", ["right", "left"])
def test_the_window_is_where_the_city_says(runtime: Runtime, side: str) -> None:
    city = dataclasses.replace(runtime.city, envelope_window=side)
    client = client_of(create_app(dataclasses.replace(runtime, city=city)))
    people.stef(runtime)
    sign_in(client, runtime, "stef@stad.example")
    asked(runtime)
    press(client, QUEUE, PRINTED)
    (letter,) = client.page.all("article")
    assert letter.get("class") == f"sheet letter letter--{side}"
