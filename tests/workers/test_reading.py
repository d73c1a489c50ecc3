"""Words are read by their letters, and by their meaning where a town installed what understands it."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from leuvenhelpt.domain.messages import Candidate
from leuvenhelpt.matching.words import Table
from tests.matching.test_pool import AN
from workers.reading import Reading

WORDS = {1: "Ik ben een goede schaker.", 2: "Je donne des cours de piano."}
LESSONS = replace(AN, words="Wie leert mijn dochter muziek spelen?")
PEOPLE = [Candidate(1, 2.0, 1.0, ()), Candidate(2, 1.95, 1.0, ())]


def knows_music(texts: Sequence[str]) -> Table:
    """A small fake: what is about music points one way, all else another."""
    return np.array(
        [(1.0, 0.0) if {"muziek", "piano"} & set(text[:-1].split()) else (0.0, 1.0) for text in texts]
    )


def first(reading: Reading) -> int:
    return reading.sorted_by_words(LESSONS, PEOPLE, WORDS)[0].volunteer_id


def test_meaning_is_joined_to_letters_where_it_is_installed() -> None:
    assert first(Reading()) == 1
    assert first(Reading(beside=knows_music)) == 2


def test_it_is_found_by_the_name_in_the_settings() -> None:
    assert first(Reading.named("tests.workers.test_reading:knows_music")) == 2
    assert first(Reading.named("")) == 1
    with pytest.raises(ModuleNotFoundError):
        Reading.named("nowhere.at.all:embed")
