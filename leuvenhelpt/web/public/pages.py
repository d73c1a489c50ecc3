"""Pages that only tell."""

from datetime import date, datetime, time, timedelta

from flask import render_template
from flask.typing import ResponseReturnValue

from leuvenhelpt.domain.availability import at_brussels, in_brussels
from leuvenhelpt.storage.queries.figures import figures
from leuvenhelpt.web.current import now, runtime
from leuvenhelpt.web.proof import last_proof
from leuvenhelpt.web.tiles import tiles_of


def home() -> ResponseReturnValue:
    """Three doors: for myself, for somebody else, to help."""
    first, start, end = last_month(now())
    with runtime().reading() as db:
        found = figures(db, start, end)
    return render_template("public/home.html", figures=found, first=first)


def last_month(moment: datetime) -> tuple[date, datetime, datetime]:
    """The first day of the last whole month in Brussels, and the UTC moments it began and ended."""
    this = in_brussels(moment).date().replace(day=1)
    first = (this - timedelta(days=1)).replace(day=1)
    return first, at_brussels(first, time()), at_brussels(this, time())


def how_it_works() -> ResponseReturnValue:
    """What happens between a question and a neighbour at the door."""
    return render_template("public/how_it_works.html")


def privacy() -> ResponseReturnValue:
    """Who sees what, and for how long."""
    tiles = tiles_of(runtime().settings)
    return render_template("public/privacy.html", map_from=tiles.host if tiles else "")


def accessibility() -> ResponseReturnValue:
    """What works, what does not yet, and whom to tell."""
    return render_template("public/accessibility.html", proof=last_proof())
