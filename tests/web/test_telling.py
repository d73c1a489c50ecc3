"""The first page of asking: own words, what we say back to them, and how few fields there are."""

from __future__ import annotations

import dataclasses
from time import process_time

import pytest
from sqlalchemy import select

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.domain.kinds import Trouble
from leuvenhelpt.storage.models import Attention, HelpRequest
from leuvenhelpt.web import create_app
from tests.apps import client_of
from tests.pages import CheckedClient
from tests.pages import words as words_of
from tests.web.asking import WHEN, WHO, errors, press, standing
from workers.locate import locate

DOG = "Mijn hond moet drie keer per dag buiten en mijn been zit in het gips."
SHOWN = {"input", "select", "textarea"}


def tell(client: CheckedClient, words: str) -> None:
    """The words on the first page, sent."""
    client.get("/hulp-vragen")
    assert press(client, words=words).status_code == 200


def kinds(client: CheckedClient) -> list[tuple[str, bool]]:
    """The kinds of help in the order of the page, and which stands chosen."""
    radios = [i for i in client.page.all("input") if i.get("name") == "kind"]
    return [(radio.get("value", ""), "checked" in radio.attrib) for radio in radios]


def numbers(client: CheckedClient) -> list[str]:
    """What the big buttons of the page ring, in their order."""
    return [a.get("href", "") for a in client.page.all("a") if "btn--bad" in a.get("class", "")]


def asked_for(client: CheckedClient) -> set[str]:
    """The names of what somebody sees to fill in: not what is folded away, nor asked only after another answer."""
    hidden = {
        id(inside)
        for box in client.page.root.iter()
        if box.tag == "details" or box.get("class") in {"if-before", "if-moments", "vh"}
        for inside in box.iter()
    }
    fields = [f for f in client.page.all(*SHOWN) if f.get("type") != "hidden" and id(f) not in hidden]
    return {field.get("name", "") for field in fields}


def test_the_simplest_case_takes_six_fields(client: CheckedClient) -> None:
    client.get("/hulp-vragen")
    seen = [asked_for(client)]
    press(client, words=DOG)
    seen.append(asked_for(client))
    press(client)
    seen.append(asked_for(client))
    press(client, timing="soon", address="Naamsestraat 147, 3000")
    seen.append(asked_for(client))
    press(client, person_name="An Peeters", phone="0470 12 34 56")
    assert client.page.heading == "Klopt alles?"
    assert seen == [{"words"}, {"kind"}, {"timing", "address"}, {"person_name", "phone"}]
    assert len(set().union(*seen)) == 6


def folds(client: CheckedClient) -> dict[str, bool]:
    """What is folded on the page, and whether it stands open; not the choice of a language."""
    boxes = [box for box in client.page.all("details") if box.get("class") == "more"]
    return {words_of(box[0]): "open" in box.attrib for box in boxes}


OTHERS, WORDS = "Toon andere soorten hulp", "Wijzig wat u schreef"


def test_our_suggestion_stands_alone_and_the_rest_is_one_press_away(client: CheckedClient) -> None:
    tell(client, DOG)
    assert folds(client) == {OTHERS: False, WORDS: False}
    press(client, kind="company")
    press(client, "back")
    assert folds(client) == {OTHERS: True}  # who comes back, comes to change something
    assert asked_for(client) == {"kind", "words"}


def test_what_went_wrong_is_not_folded_away(client: CheckedClient) -> None:
    tell(client, "Hond uit")
    press(client, kind="other")
    assert errors(client) == ["Vertel iets meer. Bijvoorbeeld: wat, en hoe vaak?"]
    assert folds(client) == {OTHERS: True}


def test_a_page_in_another_language_keeps_what_was_chosen_in_sight(client: CheckedClient) -> None:
    tell(client, DOG)
    press(client, kind="company", lang="fr")
    assert list(folds(client).values()) == [True, False]  # the kinds, the words


def test_without_a_suggestion_every_kind_is_in_sight(client: CheckedClient) -> None:
    tell(client, "")
    assert (folds(client), asked_for(client)) == ({}, {"kind", "words"})


def test_each_page_says_truly_how_far_one_is(client: CheckedClient) -> None:
    def step() -> str:
        [line] = [p for p in client.page.all("p") if words_of(p).startswith("Stap ")]
        return words_of(line)

    client.get("/hulp-vragen")
    seen = [step()]
    for typed in ({"words": DOG}, {"kind": "dog"}, WHEN, WHO):
        press(client, **typed)
        seen.append(step())
    assert seen == [
        "Stap 1 van 5: uw vraag",
        "Stap 2 van 5: soort hulp",
        "Stap 3 van 5: wanneer en waar",
        "Stap 4 van 5: uw gegevens",
        "Stap 5 van 5: nakijken",
    ]
    press(client, "1")
    assert step() == "Stap 2 van 5: soort hulp"
    press(client)
    assert step() == "Stap 5 van 5: nakijken"
    press(client, "back")
    assert step() == "Stap 4 van 5: uw gegevens"


def test_what_we_are_sure_of_stands_chosen_and_every_kind_can_be_chosen(
    client: CheckedClient, runtime: Runtime
) -> None:
    tell(client, DOG)
    assert (client.page.heading, errors(client)) == ("Welke hulp past het best?", [])
    offered = kinds(client)
    assert offered[0] == ("dog", True)
    assert [kind for kind, is_chosen in offered if is_chosen] == ["dog"]
    assert {kind for kind, _ in offered} == set(runtime.city.kinds)
    press(client, kind="company")
    press(client, **WHEN)
    press(client, **WHO)
    assert "Gezelschap" in client.page.text


def test_what_we_are_not_sure_of_is_only_put_first(client: CheckedClient) -> None:
    tell(client, "Kan er iemand helpen met het een en het ander in huis?")
    assert [kind for kind, is_chosen in kinds(client) if is_chosen] == []
    assert press(client).status_code == 422


def test_without_words_all_kinds_are_there(client: CheckedClient, runtime: Runtime) -> None:
    tell(client, "")
    assert [kind for kind, _ in kinds(client)] == list(runtime.city.kinds)
    press(client, kind="dog")
    assert client.page.heading == "Wanneer en waar?"


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("Ik krijg geen lucht en heb pijn op de borst", "tel:112"),
        ("je veux en finir", "tel:1813"),
        ("my boyfriend hits me", "tel:1712"),
        ("Ich kann nicht mehr.", "tel:106"),
        ("Oğlumun iki gündür 40 derece ateşi var", "tel:1733"),
    ],
)
def test_whom_to_ring_comes_first_and_one_can_go_on(client: CheckedClient, words: str, number: str) -> None:
    tell(client, words)
    assert client.page.heading == "Eerst dit"
    assert numbers(client) == [number]
    assert [kind for kind, is_chosen in kinds(client) if is_chosen] == []
    press(client, kind="groceries")
    assert client.page.heading == "Wanneer en waar?"


@pytest.mark.parametrize(
    ("words", "rung"),
    [
        ("De kleine heeft javel gedronken!", ["tel:112", "tel:+3270245245"]),
        ("Er is brand in mijn keuken", ["tel:112"]),
    ],
)
def test_the_poison_centre_is_named_only_where_something_was_swallowed(
    client: CheckedClient, words: str, rung: list[str]
) -> None:
    tell(client, words)
    danger = next(part for part in client.page.all("section") if part.get("id") == "danger")
    assert [a.get("href") for a in danger.iter("a")] == rung


def test_what_is_added_later_is_answered_too(client: CheckedClient) -> None:
    tell(client, DOG)
    press(client, words=f"{DOG} Ik wil niet meer leven.", kind="dog")
    assert (client.page.heading, numbers(client)) == ("Eerst dit", ["tel:1813"])
    press(client)
    assert client.page.heading == "Wanneer en waar?"


def test_words_are_heard_as_far_as_they_are_taken_and_a_book_is_sent_back(client: CheckedClient) -> None:
    book = DOG + " Niet." * 35_000 + " Ik wil niet meer leven."
    started = process_time()
    tell(client, book)
    assert process_time() - started < 3  # all of it takes ten seconds
    assert (client.page.heading, kinds(client)[0]) == ("Welke hulp past het best?", ("dog", True))
    assert press(client).status_code == 422
    assert errors(client) == [f"Maak dit korter: hoogstens 2000 tekens. Nu zijn het er {len(book)}."]
    press(client, words=" " * 3_000 + book[-500:])
    assert (client.page.heading, numbers(client)) == ("Eerst dit", ["tel:1813"])


def test_what_presses_is_read_by_a_person_before_anybody_is_asked(
    client: CheckedClient, runtime: Runtime
) -> None:
    tell(client, "Brood graag. Ik wil niet meer leven.")
    press(client, kind="groceries")
    press(client, **WHEN)
    press(client, **WHO)
    press(client, "send")
    with runtime.reading() as db:
        [(kind, due_at, raised_at)] = db.execute(
            select(Attention.kind, Attention.due_at, Attention.raised_at)
        )
    assert (kind, due_at) == (Trouble.REVIEW, raised_at)
    locate(runtime)
    with runtime.reading() as db:
        row = db.scalars(select(HelpRequest)).one()
        assert (row.state, row.asking) == ("in_review", "by_hand")
        reviews = select(Attention.id).where(Attention.kind == Trouble.REVIEW)
        assert len(db.scalars(reviews).all()) == 1


def test_a_service_is_offered_and_we_look_together(client: CheckedClient, runtime: Runtime) -> None:
    tell(client, "Ik heb schulden en er kwam een deurwaarder.")
    assert "Wij zoeken samen met u." in client.page.text
    assert runtime.city.services["ocmw"].name["nl"] in client.page.text
    assert kinds(client)[0] == ("other", False)


def test_whom_it_is_for_is_changed_without_losing_words(client: CheckedClient) -> None:
    client.get("/hulp-vragen")
    press(client, "other", words=DOG)
    assert (standing(client)["whom"], standing(client)["words"]) == ("other", DOG)
    assert client.page.heading == "Vertel in uw eigen woorden wat u kan helpen"
    press(client, "self")
    assert standing(client)["whom"] == "self"


def test_the_language_of_the_words_is_supposed_to_be_spoken(client: CheckedClient) -> None:
    tell(client, "Köpeğimi kim gezdirebilir? Ameliyattan sonra yürüyemiyorum.")
    press(client, kind="dog")
    press(client, **WHEN)
    ticked = [i.get("value") for i in client.page.all("input") if "checked" in i.attrib]
    assert ticked == ["tr"]


def test_a_postcode_is_asked_only_when_the_address_does_not_say_it(client: CheckedClient) -> None:
    tell(client, DOG)
    press(client)
    assert press(client, timing="soon", address="Onbekende weg 3").status_code == 422
    assert errors(client) == ["Kies uw postcode."]
    assert press(client, postcode="3010").status_code == 200


def test_no_city_without_its_numbers_to_ring(runtime: Runtime) -> None:
    elsewhere = dataclasses.replace(runtime.city, helplines=dict(runtime.city.helplines) | {"danger": "999"})
    client = client_of(create_app(dataclasses.replace(runtime, city=elsewhere)))
    tell(client, "There is a fire in my kitchen")
    assert numbers(client) == ["tel:999"]
