"""Sending what waits to be told: a few mails at a time, over one line to the mail server.

The lease holds as long as this can last: no mail is begun later than BEGIN_WITHIN_S after the claim, and none takes
longer than the gateway's SEND_WITHIN_S. Who dies in the middle leaves at most AT_ONCE mails that may go out again,
under the same Message-ID.
"""

import time
from collections.abc import Collection, Iterator, Mapping, Sequence

import structlog

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.domain.availability import is_quiet
from leuvenhelpt.domain.errors import GatewayFailure, PermanentFailure, SomebodyWasFirst, TemporaryFailure
from leuvenhelpt.domain.jobs import Wait
from leuvenhelpt.domain.kinds import Telling
from leuvenhelpt.domain.messages import Email
from leuvenhelpt.domain.values import MACHINE
from leuvenhelpt.gateways.mailer import Line
from leuvenhelpt.rendering.messages import compose
from leuvenhelpt.services import claims, notifications, pairing
from leuvenhelpt.storage.queries.notifications import facts_of_messages
from workers.draining import OWNER, drain_some

AT_ONCE = 5
BEGIN_WITHIN_S = 5.0
log = structlog.get_logger()


def notify(runtime: Runtime) -> int:
    """Send every message that waits; returns how many were looked at."""
    done = 0
    # Until there are none: what failed for the first time is tried again at once, and nobody rings for it.
    while looked_at := drain_some(runtime, Wait.MAIL_TO_SEND, _send_some, AT_ONCE):
        done += looked_at
    return done


def _send_some(runtime: Runtime, notification_ids: Sequence[int]) -> None:
    """Send these; if that goes wrong, each by itself, so that one that cannot be written holds up nobody."""
    try:
        _send(runtime, _written(runtime, notification_ids))
    except Exception as error:  # whatever it is, these rows must come back and the others must go on
        log.exception("row_failed", wait=Wait.MAIL_TO_SEND.value, ids=list(notification_ids))
        if len(notification_ids) == 1:
            _record_untried(runtime, notification_ids, TemporaryFailure(type(error).__name__))
            return
        for notification_id in notification_ids:
            _send_some(runtime, [notification_id])


def _written(runtime: Runtime, notification_ids: Sequence[int]) -> dict[int, Email]:
    """Each message as it goes out now; left out is what is not true any more, and at night an ask held up till then."""
    now = runtime.clock()
    with runtime.reading() as db:
        facts = facts_of_messages(db, notification_ids, now)
    true = {row_id: told for row_id, told in facts.items() if not told.is_stale}
    if len(true) < len(facts):
        _record_stale(runtime, facts.keys() - true.keys())
    is_night = runtime.city.has_quiet_hours and is_quiet(now)
    asks = {row_id for row_id, told in true.items() if is_night and told.kind == Telling.ASK}
    if asks:
        _put_off(runtime, asks)
    to_send = {row_id: told for row_id, told in true.items() if row_id not in asks}
    return {row_id: compose(told, runtime.city, runtime.links) for row_id, told in to_send.items()}


def _send(runtime: Runtime, emails: Mapping[int, Email]) -> None:
    if not emails:
        return
    try:
        # The line first: however long the server takes to answer, nothing is claimed yet.
        with runtime.mailer.open() as line:
            _hand_over(runtime, line, emails)
    except TemporaryFailure as failure:
        _record_untried(runtime, emails.keys(), failure)


def _hand_over(runtime: Runtime, line: Line, emails: Mapping[int, Email]) -> None:
    until = time.monotonic() + BEGIN_WITHIN_S
    with runtime.unit_of_work(MACHINE) as uow:
        ours = notifications.start_sending(uow, emails.keys(), owner=OWNER)
    outcomes = dict(_outcomes(line, {row_id: emails[row_id] for row_id in ours}, until))
    with runtime.unit_of_work(MACHINE) as uow:
        notifications.record_all_sent(
            uow, [row_id for row_id, failure in outcomes.items() if failure is None]
        )
        notifications.let_go(uow, [row_id for row_id in ours if row_id not in outcomes])
    for row_id, failure in outcomes.items():
        if failure is not None:
            _record_failure(runtime, row_id, failure)


def _outcomes(
    line: Line, emails: Mapping[int, Email], until: float
) -> Iterator[tuple[int, GatewayFailure | None]]:
    """Hand over mail after mail; what each failed by, if it did. Stops in time, or when the line may be gone."""
    for row_id, email in emails.items():
        if time.monotonic() > until:
            return
        failure = _failure_of(line, email)
        yield row_id, failure
        if isinstance(failure, TemporaryFailure):
            return


def _failure_of(line: Line, email: Email) -> GatewayFailure | None:
    """Hand one mail over; what it failed by, if it did."""
    try:
        line.send(email)
    except GatewayFailure as failure:
        return failure
    except Exception as error:  # what was handed over before it must be recorded all the same
        log.exception("mail_failed", message_id=email.message_id)
        return TemporaryFailure(type(error).__name__)
    return None


def _record_stale(runtime: Runtime, notification_ids: Collection[int]) -> None:
    with runtime.unit_of_work(MACHINE) as uow:
        for row_id in claims.claim(uow, Wait.MAIL_TO_SEND, notification_ids, owner=OWNER):
            notifications.record_stale(uow, row_id)
    for row_id in notification_ids:
        with runtime.unit_of_work(MACHINE) as uow:
            pairing.take_back_untold(uow, row_id)


def _put_off(runtime: Runtime, notification_ids: Collection[int]) -> None:
    with runtime.unit_of_work(MACHINE) as uow:
        ours = claims.claim(uow, Wait.MAIL_TO_SEND, notification_ids, owner=OWNER)
        notifications.wait_for_morning(uow, ours)


def _record_untried(runtime: Runtime, notification_ids: Collection[int], failure: TemporaryFailure) -> None:
    """Nothing could be handed over: of these, those that still wait come back later."""
    with runtime.unit_of_work(MACHINE) as uow:
        for row_id in claims.claim(uow, Wait.MAIL_TO_SEND, notification_ids, owner=OWNER):
            notifications.record_failure(uow, row_id, error=str(failure), is_permanent=False)


def _record_failure(runtime: Runtime, notification_id: int, failure: GatewayFailure) -> None:
    is_permanent = isinstance(failure, PermanentFailure)
    try:
        with runtime.unit_of_work(MACHINE) as uow:
            notifications.record_failure(uow, notification_id, error=str(failure), is_permanent=is_permanent)
    except SomebodyWasFirst:
        log.info("row_moved_on", wait=Wait.MAIL_TO_SEND.value, id=notification_id)
