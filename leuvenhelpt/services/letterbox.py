"""Cards for letterboxes: each street has one code, by which the phone knows from where somebody rings."""

import secrets

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from leuvenhelpt.domain.values import ActorKind
from leuvenhelpt.storage.models import LetterboxCard
from leuvenhelpt.storage.unit_of_work import UnitOfWork

FIRST, CODES = 1000, 9000  # four digits, the first of which is heard


def card_for(uow: UnitOfWork, *, street: str, postcode: str) -> str:
    """The code of a street's card; the street has one from now on if it had none."""
    while True:
        known = uow.session.scalar(
            select(LetterboxCard.code).where(
                LetterboxCard.street == street, LetterboxCard.postcode == postcode
            )
        )
        if known is not None:
            return known
        card = LetterboxCard(
            code=f"{FIRST + secrets.randbelow(CODES)}",
            street=street,
            postcode=postcode,
            made_at=uow.now,
            made_by=uow.actor.id if uow.actor.kind == ActorKind.STAFF else None,
        )
        try:
            with uow.session.begin_nested():
                uow.session.add(card)
        except IntegrityError:  # the code is taken, or somebody made this card in the same moment
            continue
        return card.code
