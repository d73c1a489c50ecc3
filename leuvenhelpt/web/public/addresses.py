"""Addresses of the city while somebody types one. Nothing of it is kept, and nobody else is asked."""

from flask import jsonify, request
from flask.typing import ResponseReturnValue

from leuvenhelpt.domain.values import Place
from leuvenhelpt.web.current import runtime
from leuvenhelpt.web.forms.cleaning import clean_line, plain_digits

SHORTEST, LONGEST = 3, 200


def suggestions() -> ResponseReturnValue:
    """At most five addresses that `q` may become; none for a text too short or too long to tell."""
    typed = plain_digits(clean_line(request.args.get("q")))
    places = runtime().geocoder.suggest(typed) if SHORTEST <= len(typed) <= LONGEST else ()
    answer = jsonify(places=[_told(place) for place in places])
    answer.cache_control.no_store = True
    return answer


def _told(place: Place) -> dict[str, str]:
    """What the page shows, and what goes into the two fields, or all of it into the one that there is."""
    return {"label": place.label, "line": place.line, "postcode": place.postcode}
