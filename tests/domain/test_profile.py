"""A profile in several languages, and what is told when they do not fit."""

from __future__ import annotations

import pytest

from leuvenhelpt.domain.errors import ConfigurationError
from leuvenhelpt.domain.profile import city_from, in_language
from leuvenhelpt.domain.signs import HELPLINES

PROFILE = {"insurer": "de stad", "kinds": [{"key": "dog", "name": "Hond"}], "services": []}


def test_texts_come_beside_the_dutch() -> None:
    told = in_language(PROFILE, "fr", {"insurer": "la ville", "kinds": {"dog": {"name": "Chien"}}})
    told = in_language(told, "en", {"kinds": {"dog": {"name": "Dog"}}})
    assert told["insurer"] == {"nl": "de stad", "fr": "la ville"}
    assert told["kinds"] == [{"key": "dog", "name": {"nl": "Hond", "fr": "Chien", "en": "Dog"}}]


@pytest.mark.parametrize(
    "words",
    [{"kinds": {"cat": {"name": "Chat"}}}, {"kinds": {"dog": {"nom": "Chien"}}}, {"slogan": "Ensemble"}],
)
def test_what_the_profile_does_not_have_is_named(words: dict[str, object]) -> None:
    with pytest.raises(ConfigurationError, match=r"fr: .*the profile has no (cat|nom|slogan)"):
        in_language(PROFILE, "fr", words)


@pytest.mark.parametrize("need", sorted(HELPLINES))
def test_no_city_without_a_number_for_each_need(need: str) -> None:
    numbers = {one: "112" for one in HELPLINES if one != need}
    with pytest.raises(ConfigurationError, match=f"helplines: has no number for {need}"):
        city_from({"helplines": numbers})
