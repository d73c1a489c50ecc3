"""A help request over the phone, taken in and changed."""

from __future__ import annotations

import hmac
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from http import HTTPStatus

import pytest
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.domain.values import Located
from leuvenhelpt.gateways.geocoder import KnownAddresses
from leuvenhelpt.rendering.language import languages
from leuvenhelpt.services import locating
from leuvenhelpt.storage.models import Attention, HelpRequest, Match
from leuvenhelpt.web.forms.keys import FormKeys
from tests import make, people
from tests.pages import CheckedClient, words
from tests.web.staff.conftest import press
from tests.web.staff.test_requests import path_of, steps, token

CALLED = {
    "words": "Brood en melk.",
    "kind": "groceries",
    "whom": "self",
    "timing": "soon",
    "address": "Naamsestraat 147",
    "postcode": "3000",
    "person_name": "An Peeters",
    "phone": "0470 12 34 56",
    "languages": "nl",
}


def test_call_becomes_a_request_with_a_promise_to_read_aloud(stef: CheckedClient, runtime: Runtime) -> None:
    stef.get("/balie/nieuwe-oproep", follow_redirects=True)
    facts = stef.page.form("/balie/nieuwe-oproep") | CALLED
    where = {stef.post("/balie/nieuwe-oproep", data=facts).location for _ in range(2)}
    assert len(where) == 1
    stef.get(where.pop())
    with runtime.reading() as db:
        row = db.query(HelpRequest).one()
    reference = f"{row.reference[:2]} {row.reference[2:4]} {row.reference[4:]}"
    assert f"Wij hebben uw vraag ‘Boodschappen’, met nummer {reference}." in stef.page.text
    assert "U hoort van ons vóór vandaag 14.00 uur, ook als wij dan nog niemand vonden." in stef.page.text
    assert "Wij bellen u zodra er nieuws is." in stef.page.text
    assert (row.channel, row.phone, row.email) == ("phone", "+32470123456", "")
    assert steps(runtime, row.id)[0][:2] == ("Stef Wouters", "submit")


def test_the_number_is_there_to_read_aloud_when_neighbours_are_looked_for_already(
    stef: CheckedClient, runtime: Runtime
) -> None:
    number = make.row_of(runtime, HelpRequest, make.located_request(runtime, people.an())).reference
    stef.get(f"/balie/nieuwe-oproep/{number}")
    assert f"Uw nummer is {number[:2]} {number[2:4]} {number[4:]}." in stef.page.text


def test_going_back_and_sending_again_changes_the_call_or_takes_the_next(
    stef: CheckedClient, runtime: Runtime
) -> None:
    shown = stef.get("/balie/nieuwe-oproep").location
    stef.get(shown)
    facts = stef.page.form("/balie/nieuwe-oproep") | CALLED
    first = stef.post("/balie/nieuwe-oproep", data=facts).location
    stef.get(shown)  # a browser that goes back fetches the page anew
    again = stef.page.form("/balie/nieuwe-oproep") | CALLED
    assert stef.post("/balie/nieuwe-oproep", data=again | {"kind": "dog"}).location == first
    stef.get(first)
    assert "De vraag is veranderd." in stef.page.text
    assert stef.post("/balie/nieuwe-oproep", data=facts | {"person_name": "Bert Maes"}).location != first
    with runtime.reading() as db:
        asked = [(row.person_name, row.kind) for row in db.query(HelpRequest).order_by(HelpRequest.id)]
    assert asked == [("An Peeters", "dog"), ("Bert Maes", "groceries")]


def test_what_a_call_is_known_by_tells_no_name(stef: CheckedClient, runtime: Runtime) -> None:
    stef.get("/balie/nieuwe-oproep", follow_redirects=True)
    facts = stef.page.form("/balie/nieuwe-oproep") | CALLED
    stef.post("/balie/nieuwe-oproep", data=facts)
    key = FormKeys(runtime.settings.secret_key).read(facts["key"])
    with runtime.reading() as db:
        kept = db.query(HelpRequest).one().idempotency_key
    assert key is not None
    assert [told for told in (key.secret, sha256(b"an peeters").hexdigest()) if told in kept] == []


def test_what_was_written_down_wrong_is_mended_from_the_page_to_read_aloud(
    stef: CheckedClient, runtime: Runtime
) -> None:
    about = make.help_request(runtime, people.an())
    reference = make.row_of(runtime, HelpRequest, about).reference
    page, mend = f"/balie/nieuwe-oproep/{reference}", f"{path_of(runtime, about)}/wijzig"
    press(stef, page, mend)
    facts = stef.page.form(f"{path_of(runtime, about)}/gewijzigd") | {"person_name": "An Pieters"}
    stef.post(f"{path_of(runtime, about)}/gewijzigd", data=facts)
    assert make.row_of(runtime, HelpRequest, about).person_name == "An Pieters"
    make.accepted_match(runtime, make.located_request(runtime, people.an(idempotency_key="x")))
    with runtime.reading() as db:
        matched = db.query(HelpRequest).filter_by(state="matched").one().reference
    stef.get(f"/balie/nieuwe-oproep/{matched}")
    assert "Wijzig aan de telefoon" not in stef.page.text


@pytest.mark.parametrize(
    ("spoken", "written"), [(["nl", "tr"], "nl"), (["tr"], "tr"), (["prs", "uk"], "uk"), (["prs"], "nl")]
)
def test_who_rings_is_written_to_in_a_language_they_speak(
    stef: CheckedClient, runtime: Runtime, spoken: list[str], written: str
) -> None:
    stef.get("/balie/nieuwe-oproep", follow_redirects=True)
    facts = MultiDict(stef.page.form("/balie/nieuwe-oproep") | CALLED)
    facts.setlist("languages", spoken)
    assert stef.post("/balie/nieuwe-oproep", data=facts).status_code == 302
    with runtime.reading() as db:
        assert db.query(HelpRequest).one().reader_language == written


def test_what_is_missing_is_told_all_at_once(stef: CheckedClient) -> None:
    stef.get("/balie/nieuwe-oproep", follow_redirects=True)
    facts = stef.page.form("/balie/nieuwe-oproep") | CALLED | {"phone": "12", "address": "", "kind": ""}
    assert stef.post("/balie/nieuwe-oproep", data=facts).status_code == 422
    for complaint in ("Dit nummer is te kort.", "Vul uw straat en huisnummer in.", "Kies één soort hulp."):
        assert complaint in stef.page.text
    assert "An Peeters" in stef.page.html


def test_request_is_changed_over_the_phone(stef: CheckedClient, runtime: Runtime) -> None:
    about = make.located_request(runtime, people.an(reader_language="ar"))
    path = path_of(runtime, about)
    stef.get(path)
    assert stef.post(f"{path}/wijzig", data={"csrf_token": token(stef)}).status_code == 200
    assert steps(runtime, about)[0][1:] == ("see_address", "change")
    facts = stef.page.form(f"{path}/gewijzigd")
    assert (facts["person_name"], facts["address"]) == ("An Peeters", "Naamsestraat 147")
    facts |= {"kind": "dog", "languages": "fr"}
    assert stef.post(f"{path}/gewijzigd", data=facts | {"postcode": ""}).status_code == 422
    stef.get(stef.post(f"{path}/gewijzigd", data=facts).location)
    row = make.row_of(runtime, HelpRequest, about)
    assert (row.kind, row.state, row.languages) == ("dog", "submitted", ["fr"])
    assert row.reader_language == "ar"  # it was not the resident who read the form


def test_nothing_said_otherwise_over_the_phone_takes_no_ask_back(
    stef: CheckedClient, runtime: Runtime
) -> None:
    about = make.located_request(runtime, people.an())
    match_id = make.asked_match(runtime, about)
    path = path_of(runtime, about)
    stef.get(path)
    stef.post(f"{path}/wijzig", data={"csrf_token": token(stef)})
    stef.get(stef.post(f"{path}/gewijzigd", data=stef.page.form(f"{path}/gewijzigd")).location)
    assert "Er is niets veranderd aan de vraag." in stef.page.text
    assert make.row_of(runtime, Match, match_id).state == "asked"


def test_another_kind_of_help_leaves_the_address_where_a_coordinator_put_it(
    stef: CheckedClient, runtime: Runtime
) -> None:
    about = make.located_request(runtime, replace(people.an(), address="Het gele huisje"), place=None)
    with runtime.unit_of_work(people.RESIDENT) as uow:
        locating.place_by_hand(uow, about, place=make.POINTED_AT)
    doubtful = Located(None, 0.5, is_accepted=False, candidates=(make.NEARBY,))
    object.__setattr__(runtime, "geocoder", KnownAddresses({"Het gele huisje": doubtful}))
    path = path_of(runtime, about)
    stef.get(path)
    stef.post(f"{path}/wijzig", data={"csrf_token": token(stef)})
    facts = stef.page.form(f"{path}/gewijzigd") | {"kind": "company"}
    assert stef.post(f"{path}/gewijzigd", data=facts).status_code == 302
    row = make.row_of(runtime, HelpRequest, about)
    assert (row.kind, row.state, row.place_level, row.lat) == ("company", "in_review", "by_hand", 50.87)
    with runtime.reading() as db:
        assert list(db.scalars(select(Attention.kind).where(Attention.resolved_at.is_(None)))) == ["review"]


def test_nothing_is_changed_once_somebody_comes(stef: CheckedClient, runtime: Runtime) -> None:
    about = make.located_request(runtime, people.an())
    make.accepted_match(runtime, about)
    path = path_of(runtime, about)
    stef.get(path)
    assert "Wijzig aan de telefoon" not in stef.page.text
    stef.get(stef.post(f"{path}/gewijzigd", data={"csrf_token": token(stef)} | CALLED).location)
    assert "Er komt al iemand" in stef.page.text


def test_who_rings_hears_three_sentences_in_their_language(stef: CheckedClient, runtime: Runtime) -> None:
    about = make.located_request(runtime, people.an(reader_language="fr"))
    make.accepted_match(runtime, about, people.vera(runtime))
    stef.get(path_of(runtime, about))
    quotes = [e for e in stef.page.all("blockquote") if e.get("lang")]
    spoken = ["fr", "nl"] if "fr" in languages() else ["nl"]  # only what the catalogues have
    assert [(e.get("lang"), len(list(e))) for e in quotes] == [(language, 3) for language in spoken]
    assert "Aan de deur hoort u van Vera Claes dit codewoord" in words(quotes[-1])
    dutch = make.located_request(runtime, people.an())
    stef.get(path_of(runtime, dutch))
    assert [e.get("lang") for e in stef.page.all("blockquote") if e.get("lang")] == ["nl"]


def test_an_address_kept_from_an_earlier_call_begins_a_new_one(stef: CheckedClient, runtime: Runtime) -> None:
    made = FormKeys(runtime.settings.secret_key)
    answers = []
    for minutes in (59, 61):
        key = made.new(runtime.clock() - timedelta(minutes=minutes))
        answers.append(stef.get("/balie/nieuwe-oproep", query_string={"sleutel": key}).status_code)
    assert answers == [HTTPStatus.OK, HTTPStatus.FOUND]


def test_the_address_of_a_call_opens_nothing_where_residents_ask(
    stef: CheckedClient, runtime: Runtime
) -> None:
    stef.get("/balie/nieuwe-oproep", follow_redirects=True)
    facts = stef.page.form("/balie/nieuwe-oproep") | CALLED
    stef.post("/balie/nieuwe-oproep", data=facts)
    key = FormKeys(runtime.settings.secret_key).read(facts["key"])
    assert key is not None
    there = hmac.new(key.secret.encode(), b"an peeters", "sha256").hexdigest()  # for somebody of this name
    with runtime.reading() as db:
        assert db.query(HelpRequest).one().idempotency_key != there
