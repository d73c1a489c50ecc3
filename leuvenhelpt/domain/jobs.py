"""The names of the bells: what a queue is told, by dotted name and without any fact."""

from collections.abc import Collection
from enum import StrEnum


class Bell(StrEnum):
    """A bell says "look"; its value is also the name of its queue."""

    LOCATE = "locate"
    PAIR = "pair"
    NOTIFY = "notify"


# Who works off the first rings the others when done, so that beside it they need not be rung.
LEADS_TO: dict[Bell, frozenset[Bell]] = {Bell.LOCATE: frozenset({Bell.NOTIFY})}


def worth_ringing(bells: Collection[Bell]) -> list[Bell]:
    """Those of the bells that no other of them leads to, in the order of the way of a help request."""
    led_to = {later for bell in bells for later in LEADS_TO.get(bell, ())}
    return [bell for bell in Bell if bell in bells and bell not in led_to]


def job_name(bell: Bell) -> str:
    """The dotted name under which RQ calls the worker of a bell."""
    return f"workers.jobs.{bell.value}"


ALLOWED_JOBS = frozenset(job_name(bell) for bell in Bell)


class Wait(StrEnum):
    """What a row can wait for."""

    REQUEST_TO_LOCATE = "request_to_locate"
    VOLUNTEER_TO_LOCATE = "volunteer_to_locate"
    REQUEST_TO_PAIR = "request_to_pair"
    MAIL_TO_SEND = "mail_to_send"


WAITS_BEHIND = {
    Bell.LOCATE: (Wait.REQUEST_TO_LOCATE, Wait.VOLUNTEER_TO_LOCATE),
    Bell.PAIR: (Wait.REQUEST_TO_PAIR,),
    Bell.NOTIFY: (Wait.MAIL_TO_SEND,),
}
