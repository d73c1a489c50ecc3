"""Every part of the pages in all its states, for whoever builds on them; only in demonstration mode."""

from datetime import timedelta

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from leuvenhelpt.domain.city import said_in
from leuvenhelpt.web.area_map import picture, view_of
from leuvenhelpt.web.charts import chart_of
from leuvenhelpt.web.current import language, now, runtime
from leuvenhelpt.web.forms.sample import SampleForm
from leuvenhelpt.web.timeline import Entry

WRONG = MultiDict({"wrong-words": "", "wrong-phone": "12", "wrong-day": "gisteren"})


def style_guide() -> ResponseReturnValue:
    """The page."""
    return render_template("public/style_guide.html", sample=_timeline() | _numbers() | _forms() | _map())


def _timeline() -> dict[str, object]:
    moment = now()
    entries = [
        Entry(moment - timedelta(days=1), _("Wij kregen uw vraag")),
        Entry(moment, _("Wij zoeken een buur"), is_now=True),
        Entry(moment + timedelta(days=1), _("Els komt langs"), is_next=True),
    ]
    return {"moment": moment + timedelta(hours=4), "entries": entries}


def _numbers() -> dict[str, object]:
    names = [said_in(kind.name, language()) for kind in runtime().city.kinds.values()]
    return {"chart": chart_of(list(zip(names, (34, 21, 13, 8, 0), strict=False)))}


def _forms() -> dict[str, object]:
    wrong = SampleForm(WRONG, prefix="wrong-")
    wrong.validate()
    return {"blank": SampleForm(prefix="blank-"), "wrong": wrong}


def _map() -> dict[str, object]:
    city, view = runtime().city, view_of(runtime().city)
    part = city.parts[0]
    return {"map": picture(city, view, runtime().geocoder.surroundings(view.bounds), (part.lat, part.lon))}
