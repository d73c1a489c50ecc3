"""Pages that only tell."""

from datetime import timedelta

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from leuvenhelpt.web.current import now
from leuvenhelpt.web.timeline import Entry


def home() -> ResponseReturnValue:
    """Three doors: for myself, for somebody else, to help."""
    return render_template("public/home.html", figures=None)


def how_it_works() -> ResponseReturnValue:
    """What happens between a question and a neighbour at the door."""
    return render_template("public/how_it_works.html")


def privacy() -> ResponseReturnValue:
    """Who sees what, and for how long."""
    return render_template("public/privacy.html")


def accessibility() -> ResponseReturnValue:
    """What works, what does not yet, and whom to tell."""
    return render_template("public/accessibility.html")


def style_guide() -> ResponseReturnValue:
    """Every part in all its states."""
    moment = now()
    entries = [
        Entry(moment - timedelta(days=1), _("Wij kregen uw vraag")),
        Entry(moment, _("Wij zoeken een buur"), is_now=True),
        Entry(moment + timedelta(days=1), _("Els komt langs"), is_next=True),
    ]
    sample = {"moment": moment + timedelta(hours=4), "entries": entries}
    return render_template("public/style_guide.html", sample=sample)
