"""What is printed and carried: the card for letterboxes, with the phone number, a code and a square to scan."""

import re

import segno
from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from markupsafe import Markup

from leuvenhelpt.domain.errors import NotFound
from leuvenhelpt.rendering.language import SOURCE
from leuvenhelpt.storage.queries import letterbox as query
from leuvenhelpt.storage.queries.letterbox import Card
from leuvenhelpt.web.current import runtime

CARDS_A_SHEET = 4
DOOR = r"\s+\d[\w/-]*(?:\s+\w)?(?:\W+(?:bus|bte|boîte|box|b|app|apt|verdieping|verd)\b.*)?"
LABEL = re.compile(rf"(?P<street>.+?)(?:{DOOR})?\s*(?:,.*)?", re.IGNORECASE)


def street_of(label: str) -> str:
    """The street in the label of a place, or in a typed address: "Naamsestraat 147, 3000 Stad" -> "Naamsestraat"."""
    match = LABEL.fullmatch(label.strip())
    return match["street"] if match else ""


def card_of(code: str) -> Card | None:
    """The card with a code, however its digits were grouped."""
    digits = re.sub(r"\s", "", code)
    if not (digits.isascii() and digits.isdecimal()):
        return None
    with runtime().reading() as db:
        return query.card(db, digits)


def scanned(code: str) -> ResponseReturnValue:
    """Where the square on a card leads: to the question for help, whatever became of the card."""
    return redirect(url_for("ask", kaart=code))


def sheet(code: str) -> ResponseReturnValue:
    """A sheet of cards for one street, to print and to cut. In Dutch, whoever prints it."""
    found = card_of(code)
    if found is None:
        raise NotFound("card")
    address = runtime().links.page(url_for("card", code=found.code))
    facts = {"card": found, "square": square(address), "site": runtime().links.public_url.split("//")[-1]}
    with force_locale(SOURCE):
        front = Markup(render_template("paper/_card.html", **facts))  # noqa: S704 - our own template
    return render_template("paper/cards.html", card=found, front=front, number=CARDS_A_SHEET)


def square(address: str) -> Markup:
    """An address to scan, as a drawing that takes the size it is given."""
    drawing = segno.make(address, error="m", micro=False).svg_inline(
        border=4, omitsize=True, svgclass="square", lineclass=None
    )
    return Markup(drawing)  # noqa: S704 - drawn by segno, nothing of it was typed
