"""What the answer at hand stands on: the runtime, the moment, the language."""

from datetime import datetime
from typing import cast

from flask import current_app, g
from flask_babel import get_locale

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.rendering.language import SOURCE


def runtime() -> Runtime:
    """What this process was started with."""
    return cast(Runtime, current_app.extensions["runtime"])


def now() -> datetime:
    """The moment of this answer: the same one wherever it is asked for, UTC."""
    if "now" not in g:
        g.now = runtime().clock()
    return cast(datetime, g.now)


def language() -> str:
    """The language of this answer, as in "nl"."""
    locale = get_locale()
    return str(locale.language) if locale else SOURCE
