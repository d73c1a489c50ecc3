"""Own words count a little, in any spelling, and never for who wrote none."""

from dataclasses import replace

from leuvenhelpt.domain.messages import Candidate, Need
from leuvenhelpt.matching.weights import WEIGHTS
from leuvenhelpt.matching.words import character_grams, fits, with_words
from tests.matching.test_pool import AN

WORDS = {
    1: "Ik tuinier graag en heb een grasmaaier.",
    2: "Ik help graag met computers en smartphones.",
    3: "Graag een babbel bij de koffie.",
}
EMBED = character_grams(WORDS.values())
GARDEN: Need = replace(AN, words="Het gras in de tuin staat hoog, de grasmachine is stuk.")


def people(*scores: float) -> list[Candidate]:
    return [Candidate(number, score, 1.0, ()) for number, score in enumerate(scores, start=1)]


def test_compounds_and_endings_are_understood() -> None:
    garden, computer, coffee = fits(EMBED, GARDEN.words, list(WORDS.values()))
    assert garden > 0.2 > max(computer, coffee)
    assert fits(EMBED, "hulp met mijn kompjoeter", list(WORDS.values()))[1] > 0.05


def test_words_lift_who_fits_and_say_so() -> None:
    first, *others = with_words(GARDEN, people(2.0, 2.04, 2.03), WORDS, EMBED)
    assert (first.volunteer_id, [one.volunteer_id for one in others]) == (1, [2, 3])
    assert 2.0 < first.score <= 2.0 + WEIGHTS.words
    assert [why.rule for why in first.reasons] == ["words"]
    assert [one.reasons for one in others] == [(), ()]


def test_words_never_outweigh_fairness() -> None:
    assert WEIGHTS.words < WEIGHTS.rarely_asked / 2
    assert with_words(GARDEN, people(2.0, 3.0), WORDS, EMBED)[0].volunteer_id == 2


def test_no_words_change_nothing() -> None:
    some = people(3.0, 2.0)
    assert with_words(replace(AN, words=" "), some, WORDS, EMBED) == some
    assert with_words(GARDEN, some, {}, EMBED) == some
