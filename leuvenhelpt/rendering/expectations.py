"""What a volunteer may expect, in sentences that promise nothing more than is known."""

from leuvenhelpt.domain.city import City, said_in
from leuvenhelpt.rendering.language import SOURCE, translations

FEWEST_SAID = 5  # a smaller number of neighbours could tell of one of them
LONGEST_SAID = 26  # weeks


def company(kind: str, postcode: str, number: int, city: City, language: str = SOURCE) -> str:
    """How many neighbours offer the same: "U bent een van 84 buren voor ‘Boodschappen’ in Kessel-Lo." """
    t = translations(language)
    facts = {"kind": said_in(city.kinds[kind].name, language), "place": city.place(postcode), "num": number}
    if number < FEWEST_SAID:
        return t.gettext("U bent een van de eersten voor ‘%(kind)s’ in %(place)s.") % facts
    pattern = t.ngettext(
        "U bent de enige voor ‘%(kind)s’ in %(place)s.",
        "U bent een van %(num)s buren voor ‘%(kind)s’ in %(place)s.",
        number,
    )
    return pattern % facts


def patience(weeks: int | None, is_first: bool, language: str = SOURCE) -> str:
    """When an ask will probably come; None: that is not known yet."""
    t = translations(language)
    _ = t.gettext
    if weeks is None:
        return _("Wanneer er een vraag voor u komt? Dat weten wij nog niet.")
    if weeks > LONGEST_SAID:
        return _(
            "Er zijn nu meer helpers dan vragen. Het kan meer dan een half jaar duren voor wij u iets vragen."
        )
    if is_first:
        pattern = t.ngettext(
            "Een eerste vraag komt waarschijnlijk binnen %(num)s week.",
            "Een eerste vraag komt waarschijnlijk binnen %(num)s weken.",
            weeks,
        )
    else:
        pattern = t.ngettext(
            "Een volgende vraag komt waarschijnlijk binnen %(num)s week.",
            "Een volgende vraag komt waarschijnlijk binnen %(num)s weken.",
            weeks,
        )
    return pattern % {"num": weeks}


def ground(asked: int, alike: int, language: str = SOURCE) -> str:
    """What it is counted from; empty where the numbers are too small to be said."""
    if asked < FEWEST_SAID:
        return ""
    pattern = translations(language).ngettext(
        "In de laatste 8 weken kreeg %(num)s van de %(all)s buren met zo’n aanbod een vraag.",
        "In de laatste 8 weken kregen %(num)s van de %(all)s buren met zo’n aanbod een vraag.",
        asked,
    )
    return pattern % {"num": asked, "all": alike}
