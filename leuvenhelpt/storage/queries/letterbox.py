"""The cards for letterboxes that were made."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from leuvenhelpt.storage.models import LetterboxCard

PAGE = 50


@dataclass(frozen=True)
class Card:
    """The card of one street; `code`: four digits."""

    code: str
    street: str
    postcode: str
    made_at: datetime


@dataclass(frozen=True)
class Cards:
    """One page of cards, and how many there are on all pages together."""

    rows: tuple[Card, ...]
    total: int


def card(db: Session, code: str) -> Card | None:
    """The card with this code."""
    row = db.get(LetterboxCard, code)
    return None if row is None else _fact(row)


def page(db: Session, *, number: int = 1) -> Cards:
    """One page of cards (from 1), the newest first. One query."""
    rows = db.execute(
        select(LetterboxCard, func.count().over().label("total"))
        .order_by(LetterboxCard.made_at.desc(), LetterboxCard.code)
        .limit(PAGE)
        .offset((number - 1) * PAGE)
    ).all()
    return Cards(tuple(_fact(row.LetterboxCard) for row in rows), rows[0].total if rows else 0)


def _fact(row: LetterboxCard) -> Card:
    return Card(row.code, row.street, row.postcode, row.made_at)
