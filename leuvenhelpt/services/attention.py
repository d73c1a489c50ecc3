"""Raising what needs a person, and resolving it."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Update, bindparam, select, update

from leuvenhelpt.domain.kinds import Trouble
from leuvenhelpt.storage.inserting import insert_those_not_there
from leuvenhelpt.storage.models import Attention
from leuvenhelpt.storage.unit_of_work import UnitOfWork

_IS_OPEN = Attention.resolved_at.is_(None)
_IS_ONE_OF = Attention.kind.in_(bindparam("these", expanding=True))
_OF_HELP_REQUEST = (Attention.help_request_id == bindparam("about"), _IS_ONE_OF)
_IS_ON_DESK = select(Attention.id).where(_IS_OPEN, *_OF_HELP_REQUEST).limit(1)
_RESOLVE = (
    update(Attention)
    .where(_IS_OPEN)
    .values(resolved_at=bindparam("now"), resolved_by=bindparam("account_id"))
)
_RESOLVE_OF_HELP_REQUEST = _RESOLVE.where(*_OF_HELP_REQUEST)
_RESOLVE_OF_VOLUNTEER = _RESOLVE.where(Attention.volunteer_id == bindparam("about"), _IS_ONE_OF)
_RESOLVE_OF_NOTIFICATIONS = _RESOLVE.where(Attention.notification_id.in_(bindparam("these", expanding=True)))


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
    card = {
        "kind": trouble,
        "dedupe_key": f"{trouble}:{about if concern_id is None else concern_id}",
        "help_request_id": help_request_id,
        "volunteer_id": volunteer_id,
        "notification_id": notification_id,
        "concern_id": concern_id,
        "note": note,
        "raised_at": uow.now,
        "due_at": due_at,
    }
    insert_those_not_there(uow, Attention, [card])


def is_on_desk(uow: UnitOfWork, help_request_id: int, troubles: Collection[Trouble]) -> bool:
    """Whether one of these troubles of a help request waits on the desk."""
    return uow.session.scalar(_IS_ON_DESK, {"about": help_request_id, "these": list(troubles)}) is not None


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
    _resolve(uow, _RESOLVE_OF_HELP_REQUEST, about=help_request_id, these=list(troubles))


def resolve_for_notifications(uow: UnitOfWork, notification_ids: Collection[int]) -> None:
    """Take all that hangs on these notifications off the desk."""
    _resolve(uow, _RESOLVE_OF_NOTIFICATIONS, these=list(notification_ids))


def resolve_for_volunteer(uow: UnitOfWork, volunteer_id: int, troubles: Collection[Trouble]) -> None:
    """Take these troubles of a volunteer off the desk."""
    _resolve(uow, _RESOLVE_OF_VOLUNTEER, about=volunteer_id, these=list(troubles))


def resolve_all(uow: UnitOfWork, trouble: Trouble) -> None:
    """Take this trouble off the desk, whatever it is about."""
    _resolve(uow, _RESOLVE.where(Attention.kind == trouble))


def resolve_for_concern(uow: UnitOfWork, concern_id: int) -> None:
    """Take a concern off the desk."""
    _resolve(uow, _RESOLVE.where(Attention.concern_id == concern_id))


def resolve(uow: UnitOfWork, attention_id: int) -> None:
    """A coordinator has seen to it."""
    _resolve(uow, _RESOLVE.where(Attention.id == attention_id))


def _resolve(uow: UnitOfWork, statement: Update, **which: object) -> None:
    uow.execute(statement, {"now": uow.now, "account_id": _account_id(uow), **which})


def _account_id(uow: UnitOfWork) -> int | None:
    return uow.actor.id if uow.actor.kind == "staff" else None
