"""The names of the bells: what a queue is told, by dotted name and without any fact."""

from enum import StrEnum


class Bell(StrEnum):
    """A bell says "look"; its value is also the name of its queue."""

    LOCATE = "locate"
    PAIR = "pair"
    NOTIFY = "notify"


def job_name(bell: Bell) -> str:
    """The dotted name under which RQ calls the worker of a bell."""
    return f"workers.jobs.{bell.value}"


ALLOWED_JOBS = frozenset(job_name(bell) for bell in Bell)
