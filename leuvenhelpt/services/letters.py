"""Letters on paper for whoever has no e-mail: wanted, printed and posted by staff, left out when nobody needs them."""

from datetime import timedelta

from sqlalchemy import func, select

from leuvenhelpt.domain.errors import NotFound, Refused
from leuvenhelpt.domain.kinds import Channel, Telling, Trouble
from leuvenhelpt.domain.lifecycle import LIVE_HELP_REQUEST, NotificationState, Subject
from leuvenhelpt.services import attention, journal
from leuvenhelpt.services.matches import hold
from leuvenhelpt.services.notifications import record_stale
from leuvenhelpt.services.steps import take_step
from leuvenhelpt.storage.models import Notification
from leuvenhelpt.storage.unit_of_work import UnitOfWork

POSTED_WITHIN = timedelta(days=1)


def want(uow: UnitOfWork, help_request_id: int) -> None:
    """Queue a letter that confirms the request; one that waits already is enough.

    Refused("already_closed") once nothing is going to happen any more.
    """
    help_request = hold(uow, help_request_id)
    if help_request.state not in LIVE_HELP_REQUEST:
        raise Refused("already_closed")
    if _waiting(uow, help_request_id):
        return
    of_this = (Notification.help_request_id == help_request_id, Notification.channel == Channel.LETTER)
    before = uow.session.scalar(select(func.count()).select_from(Notification).where(*of_this))
    letter = Notification(
        dedupe_key=f"letter:{help_request_id}:{before}",
        kind=Telling.REQUEST_RECEIVED,
        channel=Channel.LETTER,
        help_request_id=help_request_id,
        created_at=uow.now,
        due_by=uow.now + POSTED_WITHIN,
    )
    uow.session.add(letter)
    uow.session.flush()
    attention.raise_trouble(
        uow,
        Trouble.LETTER,
        due_at=uow.now + POSTED_WITHIN,
        help_request_id=help_request_id,
        notification_id=letter.id,
    )
    journal.write(uow, Subject.HELP_REQUEST, help_request, "want_letter")


def record_posted(uow: UnitOfWork, notification_id: int) -> None:
    """The letter is in the post. NotFound if there is no such letter, SomebodyWasFirst if it waits no more."""
    letter = uow.session.get(Notification, notification_id)
    if letter is None or letter.channel != Channel.LETTER:
        raise NotFound("letter")
    take_step(uow, Subject.NOTIFICATION, "send", notification_id, reason="letter", sent_at=uow.now)
    attention.resolve_for_notifications(uow, [notification_id])


def leave_out(uow: UnitOfWork, help_request_id: int) -> None:
    """The request is over, so a letter that still waits says what is not true any more."""
    for notification_id in _waiting(uow, help_request_id):
        record_stale(uow, notification_id)


def _waiting(uow: UnitOfWork, help_request_id: int) -> list[int]:
    which = select(Notification.id).where(
        Notification.help_request_id == help_request_id,
        Notification.channel == Channel.LETTER,
        Notification.state == NotificationState.QUEUED,
    )
    return list(uow.session.scalars(which))
