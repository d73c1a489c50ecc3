"""Writing down who did what, when and why."""

from collections.abc import Iterable

from sqlalchemy import insert

from leuvenhelpt.domain.lifecycle import Subject
from leuvenhelpt.storage.models import Concern, HelpRequest, JournalEntry, Match, Notification, Volunteer
from leuvenhelpt.storage.unit_of_work import UnitOfWork

_LINE = insert(JournalEntry)
Row = HelpRequest | Match | Notification | Volunteer
Known = Row | Concern


def write(
    uow: UnitOfWork,
    subject: Subject,
    row: Known,
    step: str,
    *,
    before: str | None = None,
    after: str | None = None,
    reason: str = "",
) -> None:
    """Add a line about one row; it can be found from its help request and its volunteer too."""
    write_each(uow, subject, [row], step, before=before, after=after, reason=reason)


def write_each(
    uow: UnitOfWork,
    subject: Subject,
    rows: Iterable[Known],
    step: str,
    *,
    before: str | None,
    after: str | None,
    reason: str = "",
) -> None:
    """Add the same line about each of these rows; at least one."""
    lines = [
        {
            "at": uow.now,
            "actor_kind": uow.actor.kind,
            "actor_id": uow.actor.id,
            "subject": subject,
            "subject_id": row.id,
            "help_request_id": _help_request_id(row),
            "volunteer_id": _volunteer_id(row),
            "step": step,
            "before": before,
            "after": after,
            "reason": reason,
        }
        for row in rows
    ]
    uow.execute(_LINE, lines)


def _help_request_id(row: Known) -> int | None:
    return row.id if isinstance(row, HelpRequest) else getattr(row, "help_request_id", None)


def _volunteer_id(row: Known) -> int | None:
    return row.id if isinstance(row, Volunteer) else getattr(row, "volunteer_id", None)
