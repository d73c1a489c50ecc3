"""Cards for letterboxes: each street has one code, by which the phone knows from where somebody rings."""

import secrets

from sqlalchemy import select

from leuvenhelpt.domain.errors import Refused
from leuvenhelpt.domain.values import ActorKind
from leuvenhelpt.storage.inserting import insert_unless_there
from leuvenhelpt.storage.models import LetterboxCard
from leuvenhelpt.storage.unit_of_work import UnitOfWork

CODES = frozenset(str(number) for number in range(1000, 10000))  # four digits, the first of which is heard


def card_for(uow: UnitOfWork, *, street: str, postcode: str) -> str:
    """The code of a street's card; the street has one from now on if it had none.

    Refused("no_cards_left") once all codes are in use.
    """
    while True:
        known = uow.session.scalar(
            select(LetterboxCard.code).where(
                LetterboxCard.street == street, LetterboxCard.postcode == postcode
            )
        )
        if known is not None:
            return known
        card = LetterboxCard(
            code=_free_code(uow),
            street=street,
            postcode=postcode,
            made_at=uow.now,
            made_by=uow.actor.id if uow.actor.kind == ActorKind.STAFF else None,
        )
        # Otherwise the code was taken, or somebody made this card, in the same moment.
        if insert_unless_there(uow, card):
            return card.code


def _free_code(uow: UnitOfWork) -> str:
    """A code that no card has, in no order that anybody could guess from."""
    free = CODES.difference(uow.session.scalars(select(LetterboxCard.code)))
    if not free:
        raise Refused("no_cards_left")
    return secrets.choice(sorted(free))
