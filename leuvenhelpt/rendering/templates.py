"""The templates of messages: found, translated and given our filters, outside any web request."""

from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context, select_autoescape
from jinja2.runtime import Context

from leuvenhelpt.domain.city import Text, said_in
from leuvenhelpt.domain.messages import Reason
from leuvenhelpt.domain.values import spoken_reference
from leuvenhelpt.rendering import formats, moments
from leuvenhelpt.rendering.changed import what_changed
from leuvenhelpt.rendering.language import direction, translations
from leuvenhelpt.rendering.reasons import reason

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
REASONS_TOLD = 3


@cache
def environment_for(language: str) -> Environment:
    """Templates in one language. Each is rendered with `city` and `now` in its context."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    catalogue = translations(language)
    environment.install_gettext_translations(catalogue, newstyle=True)  # type: ignore[attr-defined]
    environment.globals |= {"language": language, "direction": direction(language)}
    environment.filters |= {
        "full_day_hour": _full_day_hour,
        "phone": _phone,
        "wanted": _wanted,
        "what_changed": _what_changed,
        "because": _because,
        "said": _said,
        "where": _where,
        "bare_hour": formats.bare_hour,
        "spoken": _spoken,
    }
    return environment


@pass_context
def _full_day_hour(context: Context, moment: datetime) -> str:
    return formats.full_day_hour(moment, context["language"])


@pass_context
def _phone(context: Context, number: str) -> str:
    return formats.phone(number, context["city"].country, context["language"])


@pass_context
def _spoken(context: Context, reference: str) -> str:
    return formats.in_order(spoken_reference(reference), context["language"])


@pass_context
def _wanted(context: Context, task: Any) -> str:
    """A mail is read later than it is written, so it never says "tomorrow"."""
    now, language, say = context["now"], context["language"], formats.lasting_day
    return moments.wanted(task.timing, task.wanted_by, task.hours, now, language, say=say)


@pass_context
def _what_changed(context: Context, task: Any) -> list[str]:
    return what_changed(task, context["city"], context["now"], context["language"])


@pass_context
def _because(context: Context, reasons: tuple[Reason, ...]) -> str:
    """Why this volunteer, in a few sentences; how far it is stands elsewhere in the message."""
    city, language = context["city"], context["language"]
    told = (reason(why, "volunteer", city, language) for why in reasons if why.rule != "near")
    return " ".join([words for words in told if words][:REASONS_TOLD])


@pass_context
def _said(context: Context, text: Text) -> str:
    return said_in(text, context["language"])


@pass_context
def _where(context: Context, task: Any) -> str:
    return moments.where(task.area, task.band, context["language"], is_approximate=task.is_approximate)
