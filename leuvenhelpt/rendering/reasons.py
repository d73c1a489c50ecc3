"""Why this neighbour, or why not: each rule of matching as one plain sentence for its reader."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from leuvenhelpt.domain.availability import ALWAYS, cells_of
from leuvenhelpt.domain.city import City
from leuvenhelpt.domain.messages import Reason
from leuvenhelpt.domain.values import Band
from leuvenhelpt.rendering import formats
from leuvenhelpt.rendering.language import SOURCE, locale, translations

Reader = Literal["volunteer", "coordinator"]
Sentence = Callable[[Reason, City, str], str]

MOST_HOURS_NAMED = 4


@dataclass(frozen=True)
class WhyNot:
    """How many fell off by one rule, and what a coordinator could do about it (empty: nothing)."""

    sentence: str
    remedy: str


def reason(why: Reason, reader: Reader, city: City, language: str = SOURCE) -> str:
    """One sentence; empty for a rule that this reader is told nothing about.

    A volunteer hears nothing more precise than a band, and never what could tell who asks.
    """
    table = TO_VOLUNTEER if reader == "volunteer" else TO_COORDINATOR
    say = table.get(why.rule)
    return say(why, city, language) if say else ""


def why_not(rule: str, count: int, language: str = SOURCE) -> WhyNot:
    """A line for the list of those who were not proposed: a number, its reason, and what would help."""
    t = translations(language)
    sentences = _against(t.ngettext, count)
    return WhyNot(
        sentences.get(rule, t.ngettext("%(n)d past niet.", "%(n)d passen niet.", count)) % {"n": count},
        _remedies(t.gettext).get(rule, ""),
    )


def _against(n: Callable[[str, str, int], str], count: int) -> dict[str, str]:
    ngettext = n
    return {
        "kind": ngettext("%(n)d biedt dit niet aan.", "%(n)d bieden dit niet aan.", count),
        "language": ngettext("%(n)d spreekt geen van de talen.", "%(n)d spreken geen van de talen.", count),
        "reach": ngettext("%(n)d woont te ver.", "%(n)d wonen te ver.", count),
        "hours": ngettext("%(n)d is dan niet vrij.", "%(n)d zijn dan niet vrij.", count),
        "paused": ngettext("%(n)d is nu niet beschikbaar.", "%(n)d zijn nu niet beschikbaar.", count),
        "vetting": ngettext(
            "%(n)d kennen wij nog niet goed genoeg.", "%(n)d kennen wij nog niet goed genoeg.", count
        ),
        "notice": ngettext(
            "%(n)d las de informatienota nog niet.", "%(n)d lazen de informatienota nog niet.", count
        ),
        "excluded": ngettext("%(n)d vroegen wij al.", "%(n)d vroegen wij al.", count),
        "weekly_limit": ngettext(
            "%(n)d kreeg deze week al genoeg vragen.", "%(n)d kregen deze week al genoeg vragen.", count
        ),
        "no_place": ngettext(
            "Van %(n)d is het adres niet gevonden.", "Van %(n)d is het adres niet gevonden.", count
        ),
    }


def _remedies(_: Callable[[str], str]) -> dict[str, str]:
    return {
        "kind": _("Bel iemand dichtbij en vraag of het deze ene keer kan."),
        "language": _("Vraag of iemand mee kan vertalen."),
        "reach": _("Vraag iemand met een auto, of zoek samen een andere plaats."),
        "hours": _("Vraag de hulpvrager of een ander moment ook past."),
        "vetting": _("Nodig iemand uit voor een kennismaking."),
        "notice": _("Stuur de informatienota op."),
        "weekly_limit": _("Bel zelf: wie het graag doet, mag altijd ja zeggen."),
        "no_place": _("Zet het adres op de kaart."),
    }


def _hours(hours: object, language: str) -> str:
    bits = int(str(hours)) & ALWAYS
    if bits == ALWAYS or len(cells_of(bits)) > MOST_HOURS_NAMED:
        return translations(language).gettext("het gevraagde moment")
    return formats.weekly_hours(bits, language)


def _languages(codes: object, city: City, language: str) -> str:
    known = locale(language).languages
    names = [known.get(code) or city.languages.get(code, code) for code in str(codes).split(",") if code]
    return formats.joined(names, language)


def _band(why: Reason, _city: City, language: str) -> str:
    _, band = translations(language).gettext, Band(str(why.facts["band"]))
    if band is Band.REMOTE:
        return _("U kunt dit van thuis uit doen.")
    where = formats.band(band, language, is_approximate="is_approximate" in why.facts)
    return _("Het is %(where)s van u.") % {"where": where}


def _distance(why: Reason, _city: City, language: str) -> str:
    return translations(language).gettext("Woont op %(far)s.") % {"far": _far(why, language)}


def _far(why: Reason, language: str) -> str:
    say = formats.about if "is_approximate" in why.facts else formats.distance
    return say(float(str(why.facts["distance_km"])), language)


def _both_speak(why: Reason, city: City, language: str) -> str:
    spoken = _languages(why.facts["languages"], city, language)
    return translations(language).gettext("U spreekt dezelfde taal: %(languages)s.") % {"languages": spoken}


def _speaks(why: Reason, city: City, language: str) -> str:
    spoken = _languages(why.facts["languages"], city, language)
    return translations(language).gettext("Spreekt %(languages)s.") % {"languages": spoken}


def _you_are_free(why: Reason, _city: City, language: str) -> str:
    hours = _hours(why.facts["hours"], language)
    return translations(language).gettext("U bent vrij op %(hours)s.") % {"hours": hours}


def _is_free(why: Reason, _city: City, language: str) -> str:
    hours = _hours(why.facts["hours"], language)
    return translations(language).gettext("Is vrij op %(hours)s.") % {"hours": hours}


def _rarely_asked(why: Reason, _city: City, language: str) -> str:
    count = int(str(why.facts.get("asked_recently", 0)))
    t = translations(language)
    if count == 0:
        return t.gettext("Kreeg deze maand nog geen vraag.")
    return t.ngettext("Kreeg deze maand %(n)d vraag.", "Kreeg deze maand %(n)d vragen.", count) % {"n": count}


def _you_helped(why: Reason, _city: City, language: str) -> str:
    count = int(str(why.facts.get("said_yes", 1)))
    return translations(language).ngettext("U hielp al eens.", "U hielp al %(n)d keer.", count) % {"n": count}


def _helped(why: Reason, _city: City, language: str) -> str:
    count = int(str(why.facts.get("said_yes", 1)))
    return translations(language).ngettext("Hielp al eens.", "Hielp al %(n)d keer.", count) % {"n": count}


def _your_area(why: Reason, _city: City, language: str) -> str:
    return translations(language).gettext("Het is in uw eigen buurt, %(area)s.") % {"area": why.facts["area"]}


def _same_area(why: Reason, _city: City, language: str) -> str:
    return translations(language).gettext("Woont in dezelfde buurt, %(area)s.") % {"area": why.facts["area"]}


def _too_far(why: Reason, _city: City, language: str) -> str:
    words = translations(language).gettext("Woont op %(far)s en komt tot %(reach)s.")
    reach = formats.distance(float(str(why.facts["reach_km"])), language)
    return words % {"far": _far(why, language), "reach": reach}


def _cannot_speak(why: Reason, city: City, language: str) -> str:
    spoken = _languages(why.facts.get("speaks", ""), city, language)
    return translations(language).gettext("Spreekt alleen %(languages)s.") % {"languages": spoken}


def _fixed(words: Callable[[Callable[[str], str]], str]) -> Sentence:
    return lambda _why, _city, language: words(translations(language).gettext)


TO_VOLUNTEER: dict[str, Sentence] = {
    "near": _band,
    "speaks": _both_speak,
    "free_then": _you_are_free,
    "newcomer": _fixed(lambda _: _("U bent nieuw. Dit kan uw eerste keer zijn.")),
    "rarely_asked": _fixed(lambda _: _("U kreeg de laatste tijd weinig vragen.")),
    "helped_before": _you_helped,
    "same_area": _your_area,
    "words": _fixed(lambda _: _("Het past bij wat u over uzelf schreef.")),
}
TO_COORDINATOR: dict[str, Sentence] = {
    "near": _distance,
    "speaks": _speaks,
    "free_then": _is_free,
    "rarely_asked": _rarely_asked,
    "newcomer": _fixed(lambda _: _("Is nieuw en werd nog nooit gevraagd.")),
    "helped_before": _helped,
    "went_well": _fixed(lambda _: _("Hielp deze persoon al, en dat ging goed.")),
    "same_area": _same_area,
    "words": _fixed(lambda _: _("Schreef iets over zichzelf dat hierbij past.")),
    "asked_before": _fixed(lambda _: _("Werd al eens gevraagd, maar de vraag is sindsdien veranderd.")),
    "gender_wish": _fixed(lambda _: _("Past bij de wens over wie er helpt.")),
    "kind": _fixed(lambda _: _("Biedt dit soort hulp niet aan.")),
    "language": _cannot_speak,
    "reach": _too_far,
    "hours": _fixed(lambda _: _("Is op die momenten niet vrij.")),
    "paused": _fixed(lambda _: _("Is nu niet beschikbaar.")),
    "vetting": _fixed(lambda _: _("Kennen wij nog niet goed genoeg voor dit soort hulp.")),
    "notice": _fixed(lambda _: _("Las de informatienota nog niet.")),
    "excluded": _fixed(
        lambda _: _("Werd hiervoor al gevraagd, of een van beiden heeft liever iemand anders.")
    ),
    "weekly_limit": _fixed(lambda _: _("Kreeg deze week al zoveel vragen als goed is.")),
    "no_place": _fixed(lambda _: _("Van dit adres weten wij de plaats nog niet.")),
}
