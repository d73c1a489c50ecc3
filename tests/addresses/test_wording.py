"""One spelling for the many ways in which a name is typed."""

import pytest

from leuvenhelpt.addresses.wording import fold, name_of, town_key, words_of


def key(text: str) -> str:
    return name_of(words_of(fold(text))).key


@pytest.mark.parametrize(
    ("typed", "official"),
    [
        ("Tiense stwg", "Tiensesteenweg"),
        ("TIENSESTW.", "Tiensesteenweg"),
        ("Naamsestr.", "Naamsestraat"),
        ("Bondgenotenln", "Bondgenotenlaan"),
        ("Engels pl.", "Engels Plein"),
        ("St.-Maartenstraat", "Sint-Maartenstraat"),
        ("Saint Maartenstraat", "Sint-Maartenstraat"),
        ("O.L.V.-straat", "Onze-Lieve-Vrouwstraat"),
        ("O.-L.-Vrouwstraat", "Onze-Lieve-Vrouwstraat"),
        ("Mgr. Ladeuzeplein", "Monseigneur Ladeuzeplein"),
        ("Brabanconnestraat", "Brabançonnestraat"),
        ("’s Hertogenwijngaard", "'s-Hertogenwijngaard"),
        ("av. des Alliés", "Avenue des Allies"),
        ("ch. de Tirlemont", "Chaussée de Tirlemont"),
    ],
)
def test_abbreviations_are_written_out(typed: str, official: str) -> None:
    assert key(typed) == key(official)


def test_the_kind_of_street_stands_apart_in_both_languages() -> None:
    names = [
        name_of(words_of(fold(text))) for text in ("Naamsestraat", "rue de la Station", "Ruelensvest", "Lei")
    ]
    assert [(name.stem, name.kind) for name in names] == [
        ("naamse", "straat"),
        ("station", "rue"),
        ("ruelens", "vest"),
        ("lei", ""),
    ]


def test_towns_have_one_spelling() -> None:
    assert {town_key(text) for text in ("Kessel-Lo", "kessel lo", "KESSELLO")} == {"kessello"}
    assert town_key("Wijgmaal (Brabant)") == "wijgmaal"
    assert town_key("St-Truiden") == town_key("Sint-Truiden")
