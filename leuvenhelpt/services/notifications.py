"""Who must be told what: queued in the same transaction as the reason, sent later, never lost."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, select, update

from leuvenhelpt.domain.availability import next_waking, waking_hours_between
from leuvenhelpt.domain.errors import SomebodyWasFirst
from leuvenhelpt.domain.jobs import Bell, Wait
from leuvenhelpt.domain.kinds import Channel, Telling, Trouble
from leuvenhelpt.domain.lifecycle import NotificationState, Subject
from leuvenhelpt.services import attention, claims
from leuvenhelpt.services.steps import take_step, take_steps
from leuvenhelpt.storage.inserting import insert_those_not_there
from leuvenhelpt.storage.models import Account, HelpRequest, Match, Notification, SignInLink
from leuvenhelpt.storage.unit_of_work import AS_WRITTEN, UnitOfWork

# Seconds after a failed attempt; then every five minutes until GIVE_UP_AFTER.
RETRIES = (0, 30, 120)
RETRY_AFTERWARDS = 300
GIVE_UP_AFTER = timedelta(hours=4)
CALL_AGAIN_AFTER = timedelta(hours=2)
# Nobody else may send what we are sending: this outlasts the longest that workers/notify takes over a few.
SENDING_LEASE = timedelta(seconds=30)
_TOLD = select(Notification.id).where(Notification.dedupe_key == bindparam("key"))
_RING_AGAIN = (
    update(Notification)
    .where(
        Notification.id == bindparam("row_id"),
        Notification.channel == Channel.CALL,
        Notification.state == NotificationState.QUEUED,
    )
    .values(attempts=Notification.attempts + 1, due_by=bindparam("due"))
    .returning(Notification)
    .execution_options(**AS_WRITTEN)
)


def tell_requester(
    uow: UnitOfWork,
    help_request: HelpRequest,
    telling: Telling,
    *,
    due_by: datetime,
    match: Match | None = None,
    occasion: str = "",
) -> None:
    """Queue one message to whoever asked: by mail if there is an address, else a call for staff to make.

    `occasion` tells repeated messages of one kind apart (a second promise, say). The same once more changes nothing.
    """
    facts = {
        "dedupe_key": f"{telling}:{help_request.id}:{match.id if match else ''}:{occasion}",
        "kind": telling,
        "help_request_id": help_request.id,
        "match_id": match.id if match else None,
    }
    if help_request.email:
        _queue_mails(uow, [facts | {"due_by": due_by}])
    elif uow.session.scalar(_TOLD, {"key": facts["dedupe_key"]}) is None:
        due_by = _take_over_older_calls(uow, help_request.id, due_by)
        _queue_call(uow, facts | {"due_by": due_by})


def tell_volunteers(uow: UnitOfWork, matches: Iterable[Match], telling: Telling) -> None:
    """Queue one mail to the volunteer of each match; once more about an ask that was made once more."""
    mails = [
        {
            "look_at": _may_go_out(uow, telling, uow.now),
            "dedupe_key": f"{telling}:{match.help_request_id}:{match.id}:{'again' if match.asked_before_at else ''}",
            "kind": telling,
            "help_request_id": match.help_request_id,
            "volunteer_id": match.volunteer_id,
            "match_id": match.id,
        }
        for match in matches
    ]
    _queue_mails(uow, mails)


def send_link(uow: UnitOfWork, account: Account, link: SignInLink, telling: Telling) -> None:
    """Queue the mail that carries a link to sign in or to confirm an address."""
    uow.session.flush()
    mail = {
        "dedupe_key": f"{telling}:link:{link.id}",
        "kind": telling,
        "volunteer_id": account.volunteer_id,
        "sign_in_link_id": link.id,
    }
    _queue_mails(uow, [mail])


def ask_to_stay(uow: UnitOfWork, volunteer_id: int) -> None:
    """Queue the mail that asks a volunteer of whom nothing was heard whether to stay; once a day at most."""
    mail = {
        "dedupe_key": f"{Telling.STILL_WITH_US}:{volunteer_id}:{uow.now:%Y%m%d}",
        "kind": Telling.STILL_WITH_US,
        "volunteer_id": volunteer_id,
    }
    _queue_mails(uow, [mail])


def start_sending(uow: UnitOfWork, notification_ids: Collection[int], *, owner: str) -> list[int]:
    """Claim these and note that we are about to hand them over; ids of those that are ours to send.

    What crashes after this may be sent twice, never lost.
    """
    ours = claims.claim(uow, Wait.MAIL_TO_SEND, notification_ids, owner=owner, lease=SENDING_LEASE)
    return [row.id for row in take_steps(uow, Subject.NOTIFICATION, "start", ours, sending_at=uow.now)]


def let_go(uow: UnitOfWork, notification_ids: Collection[int]) -> None:
    """They were claimed but not tried: somebody may send them at once."""
    take_steps(uow, Subject.NOTIFICATION, "retry", notification_ids, lease_owner=None, lease_until=None)


def wait_for_morning(uow: UnitOfWork, notification_ids: Collection[int]) -> None:
    """Nobody is disturbed in the quiet hours: these were claimed, and go out when they are over."""
    morning = {"look_at": next_waking(uow.now), "lease_owner": None, "lease_until": None}
    take_steps(uow, Subject.NOTIFICATION, "retry", notification_ids, **morning)


def record_all_sent(uow: UnitOfWork, notification_ids: Collection[int]) -> None:
    """The provider took these."""
    over = {"sent_at": uow.now, "look_at": None, "lease_owner": None}
    take_steps(uow, Subject.NOTIFICATION, "send", notification_ids, **over)
    attention.resolve_for_notifications(uow, notification_ids)


def record_sent(uow: UnitOfWork, notification_id: int) -> None:
    """The provider took it, or the person was told over the phone."""
    take_step(
        uow, Subject.NOTIFICATION, "send", notification_id, sent_at=uow.now, look_at=None, lease_owner=None
    )
    attention.resolve_for_notifications(uow, [notification_id])


def record_stale(uow: UnitOfWork, notification_id: int) -> None:
    """What it says is no longer true, so it is not sent."""
    take_step(uow, Subject.NOTIFICATION, "suppress", notification_id, look_at=None, lease_owner=None)
    attention.resolve_for_notifications(uow, [notification_id])


def record_failure(uow: UnitOfWork, notification_id: int, *, error: str, is_permanent: bool) -> None:
    """The provider failed us: try again later, or, when it cannot help any more, ask a person."""
    notification = uow.session.get_one(Notification, notification_id)
    if is_permanent or _tried_for(uow, notification) > GIVE_UP_AFTER:
        over = {"last_error": error, "look_at": None}
        take_step(uow, Subject.NOTIFICATION, "give_up", notification_id, reason=error, **over)
        _put_undeliverable_on_desk(uow, notification)
        return
    waits = RETRIES[notification.attempts] if notification.attempts < len(RETRIES) else RETRY_AFTERWARDS
    take_step(
        uow,
        Subject.NOTIFICATION,
        "retry",
        notification_id,
        reason=error,
        last_error=error,
        attempts=notification.attempts + 1,
        look_at=_may_go_out(uow, notification.kind, uow.now + timedelta(seconds=waits)),
        lease_owner=None,
        lease_until=None,
    )


def record_no_answer(uow: UnitOfWork, notification_id: int) -> None:
    """Nobody picked up the phone: the call comes back to the desk later.

    SomebodyWasFirst if it is not to be made any more: a colleague told the news, or there is newer news to tell.
    """
    facts = {"row_id": notification_id, "due": uow.now + CALL_AGAIN_AFTER}
    notification = uow.session.scalars(_RING_AGAIN, facts).one_or_none()
    if notification is None:
        raise SomebodyWasFirst("notification_call")
    attention.resolve_for_notifications(uow, [notification_id])
    _put_call_on_desk(uow, notification)


def _may_go_out(uow: UnitOfWork, telling: str, moment: datetime) -> datetime:
    """This moment, or for an ask the end of the quiet hours if it falls in them."""
    return next_waking(moment) if telling == Telling.ASK and uow.city.has_quiet_hours else moment


def _tried_for(uow: UnitOfWork, notification: Notification) -> timedelta:
    """How long it was tried; an ask rests in the quiet hours."""
    if notification.kind == Telling.ASK and uow.city.has_quiet_hours:
        return timedelta(hours=waking_hours_between(notification.created_at, uow.now))
    return uow.now - notification.created_at


def _queue_mails(uow: UnitOfWork, mails: Sequence[dict[str, Any]]) -> None:
    """Write down those that were not told yet, for a worker to send."""
    if mails:
        same = {"channel": Channel.EMAIL, "created_at": uow.now, "look_at": uow.now}
        insert_those_not_there(uow, Notification, [same | facts for facts in mails])
        uow.ring(Bell.NOTIFY)


def _queue_call(uow: UnitOfWork, facts: dict[str, Any]) -> None:
    """Write down what staff has to say over the phone."""
    call = Notification(channel=Channel.CALL, created_at=uow.now, **facts)
    uow.session.add(call)
    uow.session.flush()
    _put_call_on_desk(uow, call)


def _take_over_older_calls(uow: UnitOfWork, help_request_id: int, due_by: datetime) -> datetime:
    """One call tells the newest: older ones are left out, but the new one is due when the first of them was."""
    older = uow.session.scalars(
        select(Notification).where(
            Notification.help_request_id == help_request_id,
            Notification.channel == Channel.CALL,
            Notification.state == NotificationState.QUEUED,
        )
    ).all()
    for notification in older:
        record_stale(uow, notification.id)
    return min([due_by, *(notification.due_by for notification in older if notification.due_by)])


def _put_call_on_desk(uow: UnitOfWork, notification: Notification) -> None:
    attention.raise_trouble(
        uow,
        Trouble.CALL,
        due_at=notification.due_by or uow.now,
        help_request_id=notification.help_request_id,
        notification_id=notification.id,
        note=notification.kind,
    )


def _put_undeliverable_on_desk(uow: UnitOfWork, notification: Notification) -> None:
    attention.raise_trouble(
        uow,
        Trouble.UNDELIVERABLE,
        due_at=uow.now,
        help_request_id=notification.help_request_id,
        volunteer_id=notification.volunteer_id,
        note=notification.kind,
    )
