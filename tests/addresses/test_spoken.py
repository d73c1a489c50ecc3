"""Numbers as they are said become digits."""

import pytest

from leuvenhelpt.addresses.spoken import spoken_numbers, with_digits


@pytest.mark.parametrize(
    ("said", "digits"),
    [
        ("vijfenzestig", "65"),
        ("honderd en twaalf", "112"),
        ("twee honderd vijf", "205"),
        ("driehonderdachtenveertig", "348"),
        ("quatre-vingt-douze", "92"),
        ("nonante deux", "92"),
        ("vingt et un", "21"),
        ("one hundred and twenty three", "123"),
        ("twelve", "12"),
        ("drieduizend tien", "3010"),
        ("drie nul een nul", "3010"),
        ("vijf drie nul een nul", "5 3010"),
        ("kerkstraat twaalf,leuven", "kerkstraat 12,leuven"),
        ("en", "en"),
        ("", ""),
    ],
)
def test_what_is_said(said: str, digits: str) -> None:
    assert with_digits(said) == digits


def test_only_the_last_number_of_a_part() -> None:
    assert with_digits("de vier vaantjes twaalf", only_last=True) == "de vier vaantjes 12"


def test_every_number_below_a_thousand_can_be_said() -> None:
    assert set(spoken_numbers().values()) == set(range(1000))
