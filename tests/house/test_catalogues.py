"""No text without words in each language it is owed in; what is filled into a text is filled in everywhere."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages import Catalog, Message

from leuvenhelpt.bootstrap import load_city
from leuvenhelpt.domain.city import City
from leuvenhelpt.rendering.catalogues import catalogue, texts, waiting
from leuvenhelpt.rendering.language import SOURCE, languages

CITIES = sorted(path.parent.name for path in Path("leuvenhelpt/cities").glob("*/profile.toml"))
OTHERS = [language for language in languages() if language != SOURCE]


@cache
def said() -> Catalog:
    return texts()


def forms(text: Message) -> list[str]:
    strings = [text.string] if isinstance(text.string, str) else list(text.string or ())
    return [words for words in strings if words]


def filled_in(words: str) -> list[str]:
    return sorted(set(re.findall(r"%\(\w+\)0?\d*[sd]", words)))


def marked_up(words: str) -> list[str]:
    return sorted(re.findall(r"</?\w+[^>]*>", words))


def edges(words: str) -> tuple[bool, bool]:
    return words.startswith(" "), words.endswith(" ")


@pytest.mark.parametrize("language", OTHERS)
def test_every_text_has_words(language: str) -> None:
    assert [text.id for text in waiting(catalogue(language), said(), language)] == []


@pytest.mark.parametrize("language", OTHERS)
def test_nothing_is_translated_that_nobody_says(language: str) -> None:
    kept = catalogue(language)
    assert [text.id for text in kept if text.id and (text.id, text.context) not in known()] == []


@cache
def known() -> set[tuple[object, object]]:
    return {(text.id, text.context) for text in said()}


@pytest.mark.parametrize("language", OTHERS)
def test_one_text_means_the_same_everywhere(language: str) -> None:
    wrong = [
        (text.id, words)
        for text in catalogue(language)
        if isinstance(text.id, str) and text.id
        for words in forms(text)
        if any(part(words) != part(text.id) for part in (filled_in, marked_up, edges))
    ]
    assert wrong == []


@pytest.mark.parametrize("language", OTHERS)
def test_forms_of_number_fill_in_nothing_unknown(language: str) -> None:
    wrong = [
        (text.id, words)
        for text in catalogue(language)
        if not isinstance(text.id, str)
        for words in forms(text)
        if not set(filled_in(words)) <= set(filled_in(" ".join(text.id)))
    ]
    assert wrong == []


def told_by(city: City) -> list[tuple[str, dict[str, str]]]:
    """The texts of a profile, each with where it stands."""
    kinds = [(f"{kind.key}.{part}", getattr(kind, part)) for kind in city.kinds.values() for part in KIND]
    services = [
        (f"{one.key}.{part}", getattr(one, part)) for one in city.services.values() for part in SERVICE
    ]
    return [(place, dict(text)) for place, text in kinds + services]


KIND = ("name", "deed", "hint")
SERVICE = ("name", "does")


@pytest.mark.parametrize("key", CITIES)
def test_a_city_speaks_all_languages(key: str) -> None:
    city = load_city(key)
    assert [
        (place, other) for place, text in told_by(city) for other in languages() if not text.get(other)
    ] == []
