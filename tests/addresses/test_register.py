"""What people type and say is understood, with a certainty that means something."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leuvenhelpt.addresses.answer import Answer, Level
from leuvenhelpt.addresses.columns import About, StreetRow, columns_of
from leuvenhelpt.addresses.register import Register
from tests.addresses.registers import KNOWN, small_register

REGISTER = small_register()


def find(text: str) -> Answer:
    return REGISTER.find(text)


@pytest.mark.parametrize(
    "text",
    [
        "Naamsestraat 12, 3000 Leuven",
        "naamsestr. 12 leuven",
        "Naamse straat nr 12",
        "12 Naamsestraat, Louvain",
        "12, rue de Namur, 3000 Louvain, Belgique",
        "NAAMSESTRAAT 12 B-3000 LEUVEN",
        "3000 Leuven, Naamsestraat 12",
        "Naamsestraat 12 bus 3",
        "Naamsestraat 12 bte 0102, Leuven",
        "Naamsestraat 12 boîte 4",
        "Naamsestraat 12/3",
        "Naamsestraat 12-14",
        "Naamsestraat 12 (2de verdieping)",
        "Naamsestraat 12 blok D",
        "naamsestraat12",
        "ik woon in de naamsestraat nummer twaalf",
        "I live at 12 Naamsestraat in Leuven",
        "J'habite Naamsestraat douze à Louvain",
        "naamsestraat twaalf drie nul nul nul leuven",
        "Residentie De Linde, Naamsestraat 12, 3000 Leuven",
        "Naamsestraat 12, leuvn",
        "Naamsestraat\t12\r\n3000 Leuven\nVlaanderen, BE",
        "<b>Naamsestraat</b> 12 🏠",
        "Naamsestraat 12, 3010 Leuven",
    ],
)
def test_forms_of_one_address(text: str) -> None:
    answer = find(text)
    assert (answer.label, answer.level) == ("Naamsestraat 12, 3000 Leuven", Level.HOUSE)
    assert answer.is_accepted


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Vanderkelenstraat 4", "Leopold Vanderkelenstraat 4, 3000 Leuven"),
        ("L. Vanderkelenstraat 4", "Leopold Vanderkelenstraat 4, 3000 Leuven"),
        ("Leopold Vandervelenstraat 4", "Leopold Vanderkelenstraat 4, 3000 Leuven"),
        ("St Maartensstr 4", "Sint-Maartenstraat 4, 3000 Leuven"),
        ("O.L.Vrouwstraat 4", "Onze-Lieve-Vrouwstraat 4, 3000 Leuven"),
        ("Brusselstraat 4", "Brusselsestraat 4, 3000 Leuven"),
        ("De vier vaantjes vier", "De vier vaantjes 4, 3000 Leuven"),
        ("4 Abdij Vlierbeek, Kessel-Lo", "Abdij Vlierbeek 4, 3010 Kessel-Lo"),
        ("tiense stwg 12b kessello", "Tiensesteenweg 12B, 3010 Kessel-Lo"),
        ("Tiensesteenweg 90", "Tiensesteenweg 90, 3000 Leuven"),
    ],
)
def test_names_as_they_are_typed(text: str, label: str) -> None:
    answer = find(text)
    assert (answer.label, answer.is_accepted) == (label, True)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "Kerkstraat 12 Gent",
            "Kerkstraat 12, 9000",
            "Kerkstraat 12, 1017 GL Amsterdam",
            "10 Downing Street London",
        ),
        *("Kerkstraat 12 Antwerpe", "Gent Kerkstraat 12", "Naamsestraat 12, 3000 Leuven, Nederland"),
        *("Hauptstraße 5, 50667 Köln", "Joanna-Maria Artoisplein 3, 3000 Leuven", "Spaarplein 3, Leuven"),
        *("", " ", ",,,", "12", "12 12", "straat 12", "😀", "1" * 10_000, "a" * 10_000, "((" * 5_000, "\x00"),
    ],
)
def test_what_is_not_here_is_not_found(text: str) -> None:
    assert find(text) == Answer(Level.NONE)


@pytest.mark.parametrize("text", ["Naamsestraat 900", "Naamsestraat 0", "Naamsestraat 12, Herent, Leuven"])
def test_what_cannot_be_is_asked(text: str) -> None:
    answer = find(text)
    assert not answer.is_accepted
    assert answer.candidates[0].street == "Naamsestraat"


def test_a_house_between_its_neighbours_is_near() -> None:
    answer = find("Naamsestraat 24, Leuven")
    below, above = (find(f"Naamsestraat {number}, Leuven") for number in (18, 32))
    assert answer.level == Level.NEAR_HOUSE
    assert (below.lat or 0) < (answer.lat or 0) < (above.lat or 0)
    assert (answer.accuracy_m or 0) > (below.accuracy_m or 0)


def test_another_letter_is_near_the_same_door() -> None:
    assert (find("Naamsestraat 12A").level, find("Naamsestraat 12C").level) == (Level.HOUSE, Level.NEAR_HOUSE)


def test_a_street_under_two_postcodes_is_asked_until_something_tells_them_apart() -> None:
    assert [one.postcode for one in find("Tiensesteenweg, Leuven").candidates] == ["3000", "3010"]
    assert not find("Tiensesteenweg, Leuven").is_accepted
    assert (find("Tiensesteenweg, 3010").postcode, find("Tiensesteenweg 5").postcode) == ("3010", "3010")


def test_a_postcode_alone_is_no_more_than_that() -> None:
    answer = find("3010 Kessel-Lo")
    assert (answer.level, answer.postcode, answer.is_accepted) == (Level.POSTCODE, "3010", False)
    assert find("Postbus 12, 3000 Leuven").level == Level.POSTCODE


def test_another_town_of_the_register_is_found_there_but_never_accepted() -> None:
    answer = find("Kerkstraat 4, Herent")
    assert (answer.municipality, answer.level, answer.is_accepted) == ("Herent", Level.HOUSE, False)
    assert find("Kerkstraat 4").municipality == "Leuven"


def test_a_misspelt_house_is_offered() -> None:
    answer = find("Spaamsraat 4, Kessel-Lo")
    assert not answer.is_accepted
    assert answer.candidates[0].street == "Spaarstraat"
    assert len(answer.candidates) <= 5


@pytest.mark.parametrize(
    "text",
    [
        "Residentie Brugge, Naamsestraat 12",
        "Naamsestraat 12 (résidence Bruges)",
        "Villa De Panne, Naamsestraat 12",
        "Huize Herent, Naamsestraat 12",
    ],
)
def test_the_name_of_a_building_is_no_town(text: str) -> None:
    answer = find(text)
    assert (answer.candidates[0].label, answer.is_accepted) == ("Naamsestraat 12, 3000 Leuven", False)
    assert find(text + ", 3000 Leuven").is_accepted


@pytest.mark.parametrize(
    "text",
    [
        "Brugge, Naamsestraat 12",
        "Hotel Brugge, Naamsestraat 12",
        "Residentie Brugge, Naamsestraat",
        "Residentie Brugge, Langestraat 12",
        "Residentie Brugge, Naamsestraat 12, Brugge",
        "Residentie Brugge, Naamsestraat 12, 8000",
        "Residentie Zonneweelde Brugge, Naamsestraat 12",
    ],
)
def test_a_town_that_is_meant_stays_elsewhere(text: str) -> None:
    assert find(text).level == Level.NONE
    assert REGISTER.is_elsewhere(text)


@pytest.mark.parametrize(
    ("typed", "labels"),
    [
        ("naam", ["Naamsestraat, 3000 Leuven"]),
        ("vanderk", ["Leopold Vanderkelenstraat, 3000 Leuven"]),
        ("tienses", ["Tiensesteenweg, 3000 Leuven", "Tiensesteenweg, 3010 Kessel-Lo"]),
        ("kerkstraat 12", ["Kerkstraat 12, 3000 Leuven"]),
        ("", []),
        ("😀", []),
    ],
)
def test_suggestions_while_typing(typed: str, labels: list[str]) -> None:
    assert [answer.label for answer in REGISTER.suggest(typed)] == labels


def test_only_street_number_and_postcode_would_be_sent_elsewhere() -> None:
    assert REGISTER.essence("Mijn moeder An, Ketelmakerij 3 bus 2, 3000 Leuven") is not None
    assert REGISTER.essence("Ketelmakerij 3 bus 2, 3000 Leuven") == ("ketelmakerij", "3", "3000")
    assert REGISTER.essence("Kerkstraat 3, Gent") is None


@given(st.text(max_size=60) | st.text(alphabet="naamsestraat 0123456789,.-/()'\n", max_size=80))
@settings(max_examples=300, deadline=None)
def test_no_text_is_an_exception(text: str) -> None:
    answer = find(text)
    assert 0 <= answer.confidence <= 1
    assert (answer.lat is None) == (answer.level == Level.NONE)
    assert len(answer.candidates) <= 5
    REGISTER.suggest(text)
    REGISTER.essence(text)


def border_road(away: float) -> Register:
    """A road with its odd side in one part and its even side in another, so many degrees away."""
    odd = [(str(number), 50.88 + number / 1e5, 4.70) for number in range(1, 60, 2)]
    even = [(str(number), 50.88 + number / 1e5, 4.70 + away) for number in range(2, 60, 2)]
    sides = (("3010", "Kessel-Lo", odd), ("3001", "Heverlee", even))
    rows = [
        StreetRow("24062", ("Leuven",), postcode, part, ("Grensweg",), side) for postcode, part, side in sides
    ]
    return Register(columns_of(rows, About("border")), KNOWN)


@pytest.mark.parametrize(("away", "postcode", "is_accepted"), [(0.0003, "3001", True), (0.1, "3010", False)])
def test_on_a_road_between_two_parts_the_number_tells_the_side(
    away: float, postcode: str, is_accepted: bool
) -> None:
    answer = border_road(away).find("Grensweg 12b, Kessel-Lo")
    assert (answer.postcode, answer.is_accepted) == (postcode, is_accepted)
    assert border_road(away).find("Grensweg 13b, Kessel-Lo").postcode == "3010"
    assert not border_road(away).find("Grensweg 900, Kessel-Lo").is_accepted
