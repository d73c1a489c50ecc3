"""Sending what waits to be told."""

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.domain.errors import PermanentFailure, TemporaryFailure
from leuvenhelpt.domain.jobs import Wait
from leuvenhelpt.domain.values import MACHINE
from leuvenhelpt.rendering.messages import compose
from leuvenhelpt.services import notifications
from leuvenhelpt.storage.queries.notifications import message_facts
from workers.draining import drain, prove


def notify(runtime: Runtime) -> int:
    """Send every message that waits; returns how many were looked at."""
    return drain(runtime, Wait.MAIL_TO_SEND, _send_one, _put_off)


def _send_one(runtime: Runtime, notification_id: int) -> None:
    with runtime.reading() as db:
        facts = message_facts(db, notification_id, runtime.clock())
    if facts is None or facts.is_stale:
        with runtime.unit_of_work(MACHINE) as uow:
            notifications.record_stale(uow, notification_id)
        return
    email = compose(facts, runtime.city, runtime.links)
    with runtime.unit_of_work(MACHINE) as uow:
        prove(uow, Wait.MAIL_TO_SEND, notification_id)
        notifications.start_sending(uow, notification_id)
    try:
        runtime.mailer.send(email)
    except (TemporaryFailure, PermanentFailure) as failure:
        _record_failure(runtime, notification_id, failure)
        return
    with runtime.unit_of_work(MACHINE) as uow:
        notifications.record_sent(uow, notification_id)


def _record_failure(
    runtime: Runtime, notification_id: int, failure: TemporaryFailure | PermanentFailure
) -> None:
    is_permanent = isinstance(failure, PermanentFailure)
    with runtime.unit_of_work(MACHINE) as uow:
        notifications.record_failure(uow, notification_id, error=str(failure), is_permanent=is_permanent)


def _put_off(runtime: Runtime, _wait: Wait, notification_id: int, error: str) -> None:
    with runtime.unit_of_work(MACHINE) as uow:
        notifications.record_failure(uow, notification_id, error=error, is_permanent=False)
