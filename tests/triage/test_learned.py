"""What was learned beforehand belongs to the texts as they are, is small, and weighs what it should."""

from __future__ import annotations

from pathlib import Path

import pytest

from leuvenhelpt.triage import learned, lessons
from leuvenhelpt.triage.learned import Table
from leuvenhelpt.triage.learning import counted
from leuvenhelpt.triage.meanings import Meanings
from leuvenhelpt.triage.wording import pieces

CONCEPTS = {
    "not": {"nl": "geen niet", "fr": "pas", "ar": "ma9drch"},
    "breath": {"nl": "adem* lucht", "fr": "respir*", "ar": "تنفس*"},
    "fire": {"nl": "brand", "fr": "feu", "ar": "حريق"},
    "house": {"nl": "huis keuken", "fr": "maison", "ar": "بيت"},
}
MEANINGS = Meanings.read(CONCEPTS, {"danger": ["not breath", "fire house"]})


@pytest.fixture(scope="module")
def fruit() -> Table:
    return counted({"fruit": ["appel peer appel"], "vervoer": ["trein bus"]}).table()


def test_learned_belongs_to_the_texts_as_they_are() -> None:
    facts, _ = learned.read()
    assert facts["digest"] == lessons.digest(), "run: python -m leuvenhelpt learn-texts"


def test_the_most_alike_comes_first_and_shares_add_up_to_one(fruit: Table) -> None:
    shares = fruit.shares(pieces("appels"))
    assert shares[0][0] == "fruit"
    assert sum(share for _, share in shares) == pytest.approx(1)


def test_of_unknown_words_nothing_is_said(fruit: Table) -> None:
    assert fruit.shares(pieces("zyx")) == []


def test_what_is_written_is_read_again_and_always_the_same(tmp_path: Path) -> None:
    for name in ("one.zip", "other.zip"):
        learned.write(str(tmp_path / name), {"tables": {}}, [("signs", b"\x01\xff")])
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "other.zip").read_bytes()


@pytest.mark.parametrize(
    ("words", "language", "signs"),
    [
        ("Ze ademt niet", "nl", {"danger"}),
        ("Elle ne respire pas", "fr", {"danger"}),
        ("Brand in de keuken", "nl", {"danger"}),
        ("Geen brand in huis, hoor", "nl", set()),
        ("Ze ademt rustig", "nl", set()),
        ("ma9drch netنفس respire", "fr", {"danger"}),
    ],
)
def test_meanings_together_are_a_sign_in_any_language(words: str, language: str, signs: set[str]) -> None:
    assert MEANINGS.signs(words, language) == signs


def test_an_arabic_word_is_known_with_what_is_written_on_to_it() -> None:
    assert MEANINGS.features("والتنفس", "ar") == {"meaning breath"}


def test_every_rule_speaks_of_meanings_that_every_language_knows() -> None:
    concepts = lessons.concepts()
    spoken = {
        part
        for rules in lessons.meant().values()
        for rule in rules
        for part in rule.replace("/", " ").split()
    }
    assert spoken <= set(concepts)
    assert {name for name, forms in concepts.items() if set(forms) != set(lessons.texts())} == set()


def test_every_situation_is_told_in_every_language() -> None:
    told: dict[str, set[str]] = {}
    for one in lessons.lessons():
        told.setdefault(one.situation, set()).add(one.language)
    apart = {name for name in told if not name.startswith(("kind ", "said ", "phrases ", "calm "))}
    assert {name for name in apart if told[name] != set(lessons.texts())} == set()
