"""What is heard in free words: kinds of help to suggest, signs that must not be missed, and what is no sign."""

from __future__ import annotations

from collections import Counter

import pytest

from benchmarks.triage import HELD_OUT, LEAST, MOST, counts, shares
from leuvenhelpt.bootstrap import load_city
from leuvenhelpt.domain.signs import FOR_A_SERVICE, HELPLINES, Sign
from leuvenhelpt.triage import lessons
from leuvenhelpt.triage.hearing import Hearing, hear
from leuvenhelpt.triage.phrases import Phrase, Reading, forms_in

CITY = load_city("leuven")


def signs(words: str) -> tuple[Sign, ...]:
    return hear(words, CITY.kinds).signs


def test_what_was_held_out_is_heard_as_well_as_ever() -> None:
    found = shares(sum(counts(HELD_OUT).values(), Counter[str]()))
    assert {part: found[part] for part, least in LEAST.items() if found[part] < least} == {}
    assert {part: found[part] for part, most in MOST.items() if found[part] > most} == {}


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Mijn hond moet drie keer per dag buiten.", "dog"),
        ("apoteek medikamenten halen", "pharmacy"),
        ("Köpeğimi kim gezdirebilir?", "dog"),
        ("Хто може покосити траву?", "odd_job"),
        ("ابنتي تحتاج مساعدة في واجبات المدرسة", "homework"),
    ],
)
def test_a_kind_is_suggested_whatever_the_language(words: str, kind: str) -> None:
    assert hear(words, CITY.kinds).suggestions[0].kind == kind


def test_only_what_the_city_offers_is_suggested() -> None:
    suggested = hear("Mijn hond moet drie keer per dag buiten.", {"groceries", "meal"}).suggestions
    assert {one.kind for one in suggested} <= {"groceries", "meal"}


@pytest.mark.parametrize("words", ["", "   ", "???", "🙏🙏", "12345"])
def test_nothing_is_made_of_nothing(words: str) -> None:
    heard = hear(words, CITY.kinds)
    assert (heard.suggestions, heard.signs) == ((), ())


@pytest.mark.parametrize(
    ("words", "sign"),
    [
        ("Ik krijg geen lucht", Sign.DANGER),
        ("lucht krijg ik bijna niet, ik kan niet ademen", Sign.DANGER),
        ("My husband collapsed", Sign.DANGER),
        ("Je veux en finir", Sign.SUICIDE),
        ("Kocam beni dövüyor", Sign.VIOLENCE),
        ("Чоловік б'є мене", Sign.VIOLENCE),
        ("لا أستطيع دفع فاتورة الكهرباء", Sign.MONEY),
        ("Ich brauche einen Anwalt", Sign.LAW),
        ("Brood graag.\nIk zie het niet meer zitten.", Sign.DESPAIR),
    ],
)
def test_a_sign_is_heard(words: str, sign: Sign) -> None:
    assert sign in signs(words)


@pytest.mark.parametrize(
    "words",
    [
        "Het heeft geen haast en is niet dringend, maar wie komt er schilderen?",
        "Vorig jaar had ik een hartinfarct, nu gaat het goed, maar ik til niets zwaars.",
        "Ik heb geen pijn in de borst meer, alleen boodschappen zijn nog te zwaar.",
        "I had a stroke years ago and need somebody to walk my dog.",
        "Je n'ai pas de fièvre, je cherche juste du pain.",
        "Ateşim yok, sadece alışveriş lazım.",
    ],
)
def test_what_is_taken_back_or_long_ago_is_no_sign(words: str) -> None:
    assert signs(words) == ()


@pytest.mark.parametrize(
    "words",
    [
        "Vorige week gevallen, ik heb iemand nodig voor boodschappen.",
        "Verleden maand van de trap gevallen, wie haalt mijn brood?",
        "Je suis tombée la semaine passée, qui peut faire mes courses ?",
        "I fell last month and need somebody to walk my dog.",
        "Letzte Woche gestürzt, wer geht für mich einkaufen?",
        "Geçen hafta düştüm, alışverişimi kim yapar?",
        "وقعت الأسبوع الماضي وأحتاج من يشتري لي الخبز",
        "Минулого тижня впала, хто купить хліб?",
        "Me caí la semana pasada, ¿quién me hace la compra?",
    ],
)
def test_a_fall_of_last_week_is_no_emergency(words: str) -> None:
    assert signs(words) == ()


@pytest.mark.parametrize(
    "words",
    [
        "Vorige week geopereerd, en nu krijg ik geen lucht.",
        "I had surgery last week and I cannot breathe.",
        "Opérée la semaine passée, je n'arrive plus à respirer",
    ],
)
def test_what_is_said_beside_the_past_still_counts(words: str) -> None:
    assert Sign.DANGER in signs(words)


@pytest.mark.parametrize(
    ("words", "sign"),
    [
        ("ze reageert ni", Sign.DANGER),
        ("ruik gas in den gang", Sign.DANGER),
        ("mijn vent slaat mij", Sign.VIOLENCE),
        ("rajli kaydrebni", Sign.VIOLENCE),
        ("nefes alamiyorum", Sign.DANGER),
        ("bghit nmout", Sign.SUICIDE),
        ("муж мене бьйот", Sign.VIOLENCE),
        ("kan ni meer", Sign.DESPAIR),
        ("jarrive pas a respiré aidé moi", Sign.DANGER),
        ("bomma est tombée faible", Sign.DANGER),
        ("jen peu plus", Sign.DESPAIR),
        ("mon mari frapper moi", Sign.VIOLENCE),
        ("مش قادر اتنفس", Sign.DANGER),
        ("عايز اموت", Sign.SUICIDE),
        ("zawji darabni", Sign.VIOLENCE),
        ("kanbki kol lila", Sign.DESPAIR),
    ],
)
def test_need_is_heard_in_the_words_people_use(words: str, sign: Sign) -> None:
    assert sign in signs(words)


@pytest.mark.parametrize(
    "words",
    [
        "De batterij van mijn telefoon is dood.",
        "Ik ga dood van het lachen met dat hondje.",
        "The tap will not stop dripping, who is handy?",
        "Wer fährt mich zur Beerdigung meiner Schwester?",
        "Mi gato se pelea con el del vecino.",
        "Ik ben bang van muizen.",
        "J'ai peur des orages",
        "زوجي يخاف من الكلاب",
        "It's too much bread.",
        "Verloren handschoen",
        "Mon fils a perdu son doudou",
        "Je ne peux plus aller à la poste demain",
        "Le repas est prêt",
        "un coup de main pour les rideaux bleus",
        "محتاجة حدا يحكي معي",
        "I have to leave the house at nine, who can take the dog?",
        "¿Quién me corta el pelo?",
    ],
)
def test_what_only_looks_like_a_sign_is_none(words: str) -> None:
    assert signs(words) == ()


@pytest.mark.parametrize(
    "words",
    [
        "Alleen nog melk.",
        "Alleen nog boter.",
        "Mijn gasfles is leeg, wie haalt een nieuwe?",
        "Ik woon alleen, wie haalt brood?",
        "De deur slaat dicht.",
        "Wie speelt tennis met mij?",
        "Seulement du beurre",
        "Qui me bat aux dames ?",
        "Trop de soupe",
        "Who beats me at chess",
        "Who beats me at cards?",
        "I'm alone today, who brings soup?",
        "Nur Butter",
        "Wer schlägt mich im Kartenspiel?",
        "Sadece tereyağı",
        "Yukarı katta oturuyorum",
        "زبدة فقط",
        "من يغلبني في الطاولة؟",
        "Більше нічого не треба",
        "Краще завтра ніж сьогодні",
        "Solo mantequilla",
        "Nada más, gracias",
    ],
)
def test_a_plain_short_request_is_no_sign(words: str) -> None:
    assert signs(words) == ()


@pytest.mark.parametrize(
    "words",
    ["Trop de soupe", "Забагато супу", "Он б'є в барабан", "Die Tür schlägt zu", "kim halıyı dövüyor"],
)
def test_one_word_alone_is_neither_violence_nor_despair(words: str) -> None:
    assert signs(words) == ()


@pytest.mark.parametrize(
    ("words", "sign"),
    [
        ("Hij slaat mij", Sign.VIOLENCE),
        ("My husband beats me", Sign.VIOLENCE),
        ("Il me bat", Sign.VIOLENCE),
        ("Mein Mann schlägt mich", Sign.VIOLENCE),
        ("Me pega", Sign.VIOLENCE),
        ("Beni dövüyor", Sign.VIOLENCE),
        ("Je n'en peux plus", Sign.DESPAIR),
        ("Ich bin am Ende", Sign.DESPAIR),
        ("No puedo más", Sign.DESPAIR),
        ("Більше не можу", Sign.DESPAIR),
    ],
)
def test_need_is_heard_in_few_words(words: str, sign: Sign) -> None:
    assert sign in signs(words)


def test_a_not_that_belongs_to_the_phrase_takes_nothing_back() -> None:
    assert signs("No puedo respirar") == (Sign.DANGER,)


def test_the_most_pressing_comes_first_and_says_what_the_lesser_would() -> None:
    heard = signs(
        "Ik kan de huur niet betalen, mijn man slaat mij en ik wil dood. Ik zie het niet meer zitten."
    )
    assert heard[:2] == (Sign.SUICIDE, Sign.VIOLENCE)
    assert Sign.DESPAIR not in heard


def test_every_language_knows_every_kind_and_every_sign() -> None:
    kinds = set(CITY.kinds) - {"other"}
    for language, facts in lessons.texts().items():
        assert set(facts["kinds"]) == kinds, language
        assert set(facts["signs"]) == set(facts["said"]) == set(Sign), language


def test_the_city_knows_whom_to_ring_and_where_to_refer() -> None:
    assert set(CITY.helplines) == HELPLINES
    assert frozenset().union(*(service.signs for service in CITY.services.values())) >= FOR_A_SERVICE


@pytest.mark.parametrize(
    ("words", "is_poison"),
    [
        ("de kleine heeft van de javel gedronken", True),
        ("le petit a bu de l'eau de javel", True),
        ("our child swallowed a battery", True),
        ("Mijn man is van de trap gevallen en ligt op de grond", False),
        ("Twee weken geleden heeft de kleine javel gedronken", False),
        ("Ik heb graag gezelschap, we hebben samen koffie gedronken", False),
    ],
)
def test_the_poison_centre_stands_beside_danger_where_something_was_swallowed(
    words: str, *, is_poison: bool
) -> None:
    assert hear(words, CITY.kinds).is_poison is is_poison


def test_words_stand_close_together_or_mean_nothing() -> None:
    phrase = Phrase.read("pijn*/druk borst*")
    near, far = "een pijn midden in mijn borstkas", "borstvoeding gaat goed. Wel heb ik pijn"
    found = [list(phrase.found(Reading(text, forms_in([phrase])).places)) for text in (near, far)]
    assert found == [[[1, 5]], []]


def test_nothing_heard_is_nothing_decided() -> None:
    assert Hearing() == hear("", CITY.kinds)
