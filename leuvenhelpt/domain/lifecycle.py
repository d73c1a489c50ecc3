"""The states of everything that moves, and the one table of steps between them."""

from dataclasses import dataclass
from enum import StrEnum


class Subject(StrEnum):
    """What a line of the journal is about; also the name of its table. A concern has no states of its own."""

    HELP_REQUEST = "help_request"
    MATCH = "match"
    NOTIFICATION = "notification"
    VOLUNTEER = "volunteer"
    CONCERN = "concern"


class HelpRequestState(StrEnum):
    SUBMITTED = "submitted"
    IN_REVIEW = "in_review"
    OPEN = "open"
    MATCHED = "matched"
    DONE = "done"
    REFERRED = "referred"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    UNRESOLVED = "unresolved"


class MatchState(StrEnum):
    PROPOSED = "proposed"
    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    LAPSED = "lapsed"
    FILLED = "filled"
    CANCELLED = "cancelled"
    DROPPED = "dropped"
    DONE = "done"


class NotificationState(StrEnum):
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    UNDELIVERABLE = "undeliverable"
    SUPPRESSED = "suppressed"


class VolunteerState(StrEnum):
    APPLIED = "applied"
    ACTIVE = "active"
    PAUSED = "paused"
    FROZEN = "frozen"
    LEFT = "left"
    BLOCKED = "blocked"


@dataclass(frozen=True)
class Step:
    """One arrow: `name` brings a `subject` from any state of `before` to `after`."""

    subject: Subject
    name: str
    before: frozenset[str]
    after: str


_H, _M, _N, _V = HelpRequestState, MatchState, NotificationState, VolunteerState
SEARCHED_HELP_REQUEST = frozenset({_H.IN_REVIEW, _H.OPEN})
"""Who could help is looked for; in review a coordinator chooses."""
UNMATCHED_HELP_REQUEST = SEARCHED_HELP_REQUEST | {_H.SUBMITTED}
LIVE_HELP_REQUEST = UNMATCHED_HELP_REQUEST | {_H.MATCHED}
CLOSED_HELP_REQUEST = frozenset(_H) - LIVE_HELP_REQUEST
PENDING_MATCH = frozenset({_M.PROPOSED, _M.ASKED})
HELPING_VOLUNTEER = frozenset({_V.ACTIVE, _V.PAUSED})
GONE_VOLUNTEER = frozenset({_V.LEFT, _V.BLOCKED})

_TABLE: tuple[tuple[Subject, str, frozenset[str], str], ...] = (
    (Subject.HELP_REQUEST, "review", frozenset({_H.SUBMITTED}), _H.IN_REVIEW),
    (Subject.HELP_REQUEST, "open", frozenset({_H.SUBMITTED}), _H.OPEN),
    (Subject.HELP_REQUEST, "locate_again", frozenset({_H.IN_REVIEW, _H.OPEN}), _H.SUBMITTED),
    (Subject.HELP_REQUEST, "approve", frozenset({_H.IN_REVIEW}), _H.OPEN),
    (Subject.HELP_REQUEST, "fill", frozenset({_H.OPEN}), _H.MATCHED),
    (Subject.HELP_REQUEST, "reopen", frozenset({_H.MATCHED}), _H.OPEN),
    (Subject.HELP_REQUEST, "finish", frozenset({_H.MATCHED}), _H.DONE),
    (Subject.HELP_REQUEST, "search_again", frozenset({_H.DONE}), _H.OPEN),
    (Subject.HELP_REQUEST, "refer", frozenset({_H.IN_REVIEW, _H.OPEN}), _H.REFERRED),
    (Subject.HELP_REQUEST, "reject", frozenset({_H.SUBMITTED, _H.IN_REVIEW, _H.OPEN}), _H.REJECTED),
    (Subject.HELP_REQUEST, "withdraw", LIVE_HELP_REQUEST, _H.WITHDRAWN),
    (Subject.HELP_REQUEST, "give_up", frozenset({_H.IN_REVIEW, _H.OPEN}), _H.UNRESOLVED),
    (Subject.MATCH, "ask", frozenset({_M.PROPOSED}), _M.ASKED),
    (Subject.MATCH, "accept", frozenset({_M.ASKED}), _M.ACCEPTED),
    (Subject.MATCH, "decline", frozenset({_M.ASKED}), _M.DECLINED),
    (Subject.MATCH, "lapse", frozenset({_M.ASKED}), _M.LAPSED),
    (Subject.MATCH, "fill", PENDING_MATCH, _M.FILLED),
    (Subject.MATCH, "cancel", PENDING_MATCH | {_M.ACCEPTED}, _M.CANCELLED),
    (Subject.MATCH, "renew", frozenset({_M.DECLINED, _M.LAPSED, _M.CANCELLED}), _M.PROPOSED),
    (Subject.MATCH, "drop", frozenset({_M.ACCEPTED}), _M.DROPPED),
    (Subject.MATCH, "finish", frozenset({_M.ACCEPTED}), _M.DONE),
    (Subject.MATCH, "miss", frozenset({_M.DONE}), _M.DROPPED),
    (Subject.NOTIFICATION, "start", frozenset({_N.QUEUED, _N.SENDING}), _N.SENDING),
    (Subject.NOTIFICATION, "send", frozenset({_N.QUEUED, _N.SENDING}), _N.SENT),
    (Subject.NOTIFICATION, "retry", frozenset({_N.QUEUED, _N.SENDING}), _N.QUEUED),
    (Subject.NOTIFICATION, "give_up", frozenset({_N.QUEUED, _N.SENDING}), _N.UNDELIVERABLE),
    (Subject.NOTIFICATION, "suppress", frozenset({_N.QUEUED, _N.SENDING}), _N.SUPPRESSED),
    (Subject.VOLUNTEER, "confirm", frozenset({_V.APPLIED}), _V.ACTIVE),
    (Subject.VOLUNTEER, "pause", frozenset({_V.ACTIVE, _V.PAUSED}), _V.PAUSED),
    (Subject.VOLUNTEER, "resume", frozenset({_V.PAUSED}), _V.ACTIVE),
    (Subject.VOLUNTEER, "freeze", frozenset({_V.ACTIVE, _V.PAUSED}), _V.FROZEN),
    (Subject.VOLUNTEER, "unfreeze", frozenset({_V.FROZEN}), _V.ACTIVE),
    (Subject.VOLUNTEER, "unfreeze_to_pause", frozenset({_V.FROZEN}), _V.PAUSED),
    (Subject.VOLUNTEER, "leave", frozenset({_V.APPLIED, _V.ACTIVE, _V.PAUSED, _V.FROZEN}), _V.LEFT),
    (Subject.VOLUNTEER, "block", frozenset(_V) - {_V.BLOCKED}, _V.BLOCKED),
    (Subject.VOLUNTEER, "unblock", frozenset({_V.BLOCKED}), _V.PAUSED),
)

STEPS = {(subject, name): Step(subject, name, before, after) for subject, name, before, after in _TABLE}


def step(subject: Subject, name: str) -> Step:
    """The arrow `name` of `subject`; KeyError if the table has none."""
    return STEPS[subject, name]
