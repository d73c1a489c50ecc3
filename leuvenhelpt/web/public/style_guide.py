"""Every part of the pages in all its states, for whoever builds on them; only in demonstration mode."""

from dataclasses import dataclass
from datetime import timedelta

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from leuvenhelpt.domain.city import said_in
from leuvenhelpt.domain.values import Place, PlaceLevel
from leuvenhelpt.rendering.language import SOURCE
from leuvenhelpt.web.charts import chart_of, pairs_of
from leuvenhelpt.web.current import language, now, runtime
from leuvenhelpt.web.forms.fields import choices
from leuvenhelpt.web.forms.sample import SampleAddressForm, SampleForm
from leuvenhelpt.web.forms.staff import PlaceForm
from leuvenhelpt.web.public.ask import setting
from leuvenhelpt.web.staff.placing import Placing
from leuvenhelpt.web.tiles import tiles_of
from leuvenhelpt.web.timeline import Entry
from leuvenhelpt.web.volunteer.sketch import sketch

WRONG = MultiDict({"wrong-words": "", "wrong-phone": "12", "wrong-day": "gisteren"})


@dataclass(frozen=True)
class Understood:
    """What was made of an address: a place, or that nobody knows."""

    place: Place | None
    is_unknown: bool = False


def style_guide() -> ResponseReturnValue:
    """The page."""
    sample = _timeline() | _numbers() | _forms() | _addresses() | _maps()
    return render_template("public/style_guide.html", sample=sample)


def _timeline() -> dict[str, object]:
    moment = now()
    entries = [
        Entry(moment - timedelta(days=1), _("Wij kregen uw vraag")),
        Entry(moment, _("Wij zoeken een buur"), is_now=True),
        Entry(moment + timedelta(days=1), _("Els komt langs"), is_next=True),
    ]
    written = "fr" if language() == SOURCE else SOURCE
    return {"moment": moment + timedelta(hours=4), "entries": entries, "written": written}


def _numbers() -> dict[str, object]:
    names = [said_in(kind.name, language()) for kind in runtime().city.kinds.values()]
    counted = list(zip(names, (34, 21, 13, 8, 0), strict=False))
    return {"chart": chart_of(counted), "pairs": pairs_of([(names[0], 21, 34), (names[1], 13, 0)], str)}


def _forms() -> dict[str, object]:
    blank, wrong = SampleForm(prefix="blank-"), SampleForm(WRONG, prefix="wrong-")
    for form in (blank, wrong):
        form.fit(setting())
    wrong.validate()
    return {"blank": blank, "wrong": wrong}


def _addresses() -> dict[str, object]:
    part = runtime().city.parts[0]
    labels = [f"{street}, {part.postcode} {part.name}" for street in ("Kerkstraat 12", "Kerkplein 12")]
    empty, unclear = (SampleAddressForm(prefix=f"{name}-") for name in ("empty", "unclear"))
    for form in (empty, unclear):
        form.fit_address(setting())
    unclear.meant.choices = choices((label, label) for label in labels)
    place = Place(part.lat, part.lon, PlaceLevel.STREET, 400, labels[0], part.postcode, part.name)
    answers = (Understood(place), Understood(None, is_unknown=True))
    return {"empty_address": empty, "unclear_address": unclear, "understood": answers}


def _maps() -> dict[str, object]:
    city, areas = runtime().city, runtime().geocoder.outlines()
    part = city.parts[0]
    pointed = MultiDict({"middle_lat": str(part.lat), "middle_lon": str(part.lon), "zoom": "2"})
    return {
        "circles": [sketch(city, areas, part.name, tiles_of(runtime().settings)) for part in city.parts[:2]],
        "maps": [Placing(PlaceForm(typed), ()) for typed in (MultiDict(), pointed)],
    }
