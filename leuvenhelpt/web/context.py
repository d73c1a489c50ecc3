"""What every template may say: the city, the formats, who is signed in."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Flask
from jinja2 import StrictUndefined

from config import Settings
from leuvenhelpt.domain.city import City, said_in
from leuvenhelpt.domain.values import spoken_reference
from leuvenhelpt.rendering import formats, moments
from leuvenhelpt.rendering.changed import what_changed
from leuvenhelpt.rendering.language import direction, own_name
from leuvenhelpt.web.assets import LOGO_HEIGHT, assets
from leuvenhelpt.web.current import language, now
from leuvenhelpt.web.language import address_in, as_written, in_their_own_words, offered
from leuvenhelpt.web.places import desk_places
from leuvenhelpt.web.public import draft
from leuvenhelpt.web.signed_in import visitor


def _said(how: Callable[..., str]) -> Callable[..., str]:
    """In the language of the visitor."""

    @wraps(how)
    def say(*facts: Any) -> str:
        return how(*facts, language=language())

    return say


def _said_now(how: Callable[..., str]) -> Callable[..., str]:
    """In the language of the visitor, seen from this moment."""

    @wraps(how)
    def say(moment: Any) -> str:
        return how(moment, now(), language=language())

    return say


_SAID = (
    formats.clock, formats.full_day_hour, formats.full_day, formats.band, formats.distance, formats.off_by,
    formats.weekly_hours, formats.month, formats.weekday, formats.weekday_letters, formats.opening, formats.day_part,
    formats.joined,
)  # fmt: skip
_SAID_NOW = (formats.day, formats.day_hour, formats.until)


def filters(city: City) -> dict[str, Callable[..., Any]]:
    """The filters of the templates, by name; the formats bear their own."""
    return {
        **{one.__name__: _said(one) for one in _SAID},
        **{one.__name__: _said_now(one) for one in _SAID_NOW},
        "bare_hour": formats.bare_hour,
        "phone": lambda number: formats.phone(number, city.country, language()),
        "tel": lambda number: dialled(number, city.country),
        "wanted": _wanted,
        "wanted_lasting": _wanted_lasting,
        "what_changed": lambda task: what_changed(task, city, now(), language()),
        "where": _where,
        "as_written": as_written,
        "tongues": lambda codes: in_their_own_words(codes, city.languages),
        "said": lambda text: said_in(text, language()),
        "spoken": lambda reference: formats.in_order(spoken_reference(reference), language()),
    }


def _wanted(task: Any) -> str:
    return moments.wanted(task.timing, task.wanted_by, task.hours, now(), language())


def _wanted_lasting(task: Any) -> str:
    """For a page that is read later too, since a device may keep it."""
    say = formats.lasting_day
    return moments.wanted(task.timing, task.wanted_by, task.hours, now(), language(), say=say)


def _where(task: Any) -> str:
    return moments.where(task.area, task.band, language(), is_approximate=task.is_approximate)


def dialled(number: str, country: str) -> str:
    """What a telephone dials: an international number, or a short one as it stands."""
    digits = number.replace(" ", "")
    return digits if len(digits) < 6 else formats.e164(number, country)


def install(app: Flask, city: City, settings: Settings) -> None:
    """Teach Jinja our words. A name that a template does not know is an error, not an empty place."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters |= filters(city)
    app.jinja_env.globals |= {
        "city": city,
        "logo": lambda: assets().logo_width and (assets().logo_width, LOGO_HEIGHT),
        "palettes": lambda: assets().palettes,
        "is_demonstration": settings.is_demonstration,
        "language": language,
        "languages": offered,
        "direction": direction,
        "own_name": own_name,
        "in_language": address_in,
        "has_draft": draft.exists,
        "visitor": visitor,
        "moment": now,
        "has_page": lambda endpoint: endpoint in app.view_functions,
        "desk_places": lambda: [place for place in desk_places() if place.endpoint in app.view_functions],
    }
