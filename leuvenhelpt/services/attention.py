"""Raising what needs a person, and resolving it."""

from collections.abc import Collection
from contextlib import suppress
from datetime import datetime

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.exc import IntegrityError

from leuvenhelpt.domain.kinds import Trouble
from leuvenhelpt.storage.models import Attention
from leuvenhelpt.storage.unit_of_work import UnitOfWork


def raise_trouble(
    uow: UnitOfWork,
    trouble: Trouble,
    *,
    due_at: datetime,
    help_request_id: int | None = None,
    volunteer_id: int | None = None,
    notification_id: int | None = None,
    concern_id: int | None = None,
    note: str = "",
) -> None:
    """Put something on the desk, once: an open row of the same trouble and subject is left as it is.

    Of concerns each stands by itself: a second one about the same request is read too.
    """
    about = f"{help_request_id}:{volunteer_id}:{notification_id}"
    key = f"{trouble}:{about if concern_id is None else concern_id}"
    if _is_there(uow, key):
        return
    row = Attention(
        kind=trouble,
        dedupe_key=key,
        help_request_id=help_request_id,
        volunteer_id=volunteer_id,
        notification_id=notification_id,
        concern_id=concern_id,
        note=note,
        raised_at=uow.now,
        due_at=due_at,
    )
    uow.session.flush()
    # Somebody else may put it there in this very moment: then it is there, and the rest of the work goes on.
    with suppress(IntegrityError), uow.session.begin_nested():
        uow.session.add(row)


def _is_there(uow: UnitOfWork, key: str) -> bool:
    which = select(Attention.id).where(Attention.dedupe_key == key, Attention.resolved_at.is_(None))
    return uow.session.scalar(which) is not None


def is_on_desk(uow: UnitOfWork, help_request_id: int, troubles: Collection[Trouble]) -> bool:
    """Whether one of these troubles of a help request waits on the desk."""
    which = (Attention.help_request_id == help_request_id, Attention.kind.in_(troubles))
    return (
        uow.session.scalar(select(Attention.id).where(Attention.resolved_at.is_(None), *which).limit(1))
        is not None
    )


def put_off(
    uow: UnitOfWork, help_request_id: int, troubles: Collection[Trouble], *, due_at: datetime
) -> None:
    """These troubles of a help request now have until another moment: the resident was told so."""
    uow.execute(
        update(Attention)
        .where(
            Attention.resolved_at.is_(None),
            Attention.help_request_id == help_request_id,
            Attention.kind.in_(troubles),
        )
        .values(due_at=due_at)
    )


def resolve_for_help_request(uow: UnitOfWork, help_request_id: int, troubles: Collection[Trouble]) -> None:
    """Take these troubles of a help request off the desk."""
    _resolve(uow, Attention.help_request_id == help_request_id, Attention.kind.in_(troubles))


def resolve_for_notifications(uow: UnitOfWork, notification_ids: Collection[int]) -> None:
    """Take all that hangs on these notifications off the desk."""
    _resolve(uow, Attention.notification_id.in_(notification_ids))


def resolve_for_volunteer(uow: UnitOfWork, volunteer_id: int, troubles: Collection[Trouble]) -> None:
    """Take these troubles of a volunteer off the desk."""
    _resolve(uow, Attention.volunteer_id == volunteer_id, Attention.kind.in_(troubles))


def resolve_all(uow: UnitOfWork, trouble: Trouble) -> None:
    """Take this trouble off the desk, whatever it is about."""
    _resolve(uow, Attention.kind == trouble)


def resolve_for_concern(uow: UnitOfWork, concern_id: int) -> None:
    """Take a concern off the desk."""
    _resolve(uow, Attention.concern_id == concern_id)


def resolve(uow: UnitOfWork, attention_id: int) -> None:
    """A coordinator has seen to it."""
    _resolve(uow, Attention.id == attention_id)


def _resolve(uow: UnitOfWork, *which: ColumnElement[bool]) -> None:
    uow.execute(
        update(Attention)
        .where(Attention.resolved_at.is_(None), *which)
        .values(resolved_at=uow.now, resolved_by=_account_id(uow))
    )


def _account_id(uow: UnitOfWork) -> int | None:
    return uow.actor.id if uow.actor.kind == "staff" else None
