"""A profile in several languages, and what is told when they do not fit."""

from __future__ import annotations

import pytest

from leuvenhelpt.domain.errors import ConfigurationError
from leuvenhelpt.domain.profile import in_language

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
