"""When help is wanted, in words."""

from collections.abc import Callable
from datetime import datetime

from leuvenhelpt.domain.kinds import Timing
from leuvenhelpt.domain.values import Band
from leuvenhelpt.rendering import formats
from leuvenhelpt.rendering.language import SOURCE, translations


def wanted(
    timing: str,
    wanted_by: datetime,
    hours: int,
    now: datetime,
    language: str = SOURCE,
    *,
    say: Callable[[datetime, datetime, str], str] = formats.day,
) -> str:
    """“Zo snel het lukt, ten laatste morgen” or “woensdagvoormiddag, ten laatste donderdag 3 december”.

    `say`: how the day is said; for words that are read later too, `formats.lasting_day`.
    """
    _ = translations(language).gettext
    day = say(wanted_by, now, language)
    if timing == Timing.SOON:
        return _("zo snel het lukt, ten laatste %(day)s") % {"day": day}
    if timing == Timing.BEFORE:
        return _("ten laatste %(day)s") % {"day": day}
    moments = formats.weekly_hours(hours, language)
    return _("%(moments)s, ten laatste %(day)s") % {"moments": moments, "day": day}


def where(area: str, band: Band, language: str = SOURCE, *, is_approximate: bool = False) -> str:
    """The part of town and how far it is, never more: "Kessel-Lo, op 1 tot 2 km"."""
    far = formats.band(band, language, is_approximate=is_approximate)
    return far if band == Band.REMOTE or not area else translations(language).gettext(", ").join([area, far])
