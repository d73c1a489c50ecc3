"""The kinds of notifications and of things that need a person, and what their names promise."""

from enum import StrEnum


class Telling(StrEnum):
    """What somebody is told; each has its folder in templates/messages."""

    REQUEST_RECEIVED = "request_received"
    REQUEST_MATCHED = "request_matched"
    REQUEST_REOPENED = "request_reopened"
    REQUEST_REJECTED = "request_rejected"
    REQUEST_REFERRED = "request_referred"
    REQUEST_UNRESOLVED = "request_unresolved"
    STILL_LOOKING = "still_looking"
    MOMENT_PASSED = "moment_passed"
    AFTERCARE_REQUESTER = "aftercare_requester"
    ASK = "ask"
    ASK_FILLED = "ask_filled"
    ASK_CANCELLED = "ask_cancelled"
    TASK_ACCEPTED = "task_accepted"
    TASK_CANCELLED = "task_cancelled"
    AFTERCARE_VOLUNTEER = "aftercare_volunteer"
    CONFIRM_ADDRESS = "confirm_address"
    SIGN_IN = "sign_in"
    STILL_WITH_US = "still_with_us"


TO_REQUESTER = frozenset(
    {
        Telling.REQUEST_RECEIVED,
        Telling.REQUEST_MATCHED,
        Telling.REQUEST_REOPENED,
        Telling.REQUEST_REJECTED,
        Telling.REQUEST_REFERRED,
        Telling.REQUEST_UNRESOLVED,
        Telling.STILL_LOOKING,
        Telling.MOMENT_PASSED,
        Telling.AFTERCARE_REQUESTER,
    }
)


class Channel(StrEnum):
    """How somebody is told: by mail, or by staff over the phone or on paper."""

    EMAIL = "email"
    CALL = "call"
    LETTER = "letter"


class Trouble(StrEnum):
    """Why something needs a person."""

    CONCERN = "concern"
    UNHEARD = "unheard"
    UNWELL = "unwell"
    CALL = "call"
    PROMISE = "promise"
    NOBODY = "nobody"
    PLACE = "place"
    REVIEW = "review"
    UNDELIVERABLE = "undeliverable"
    OVERDUE = "overdue"
    LETTER = "letter"
    VOLUNTEER_PLACE = "volunteer_place"
    STUCK = "stuck"
    ADDRESSES = "addresses"


WAITS_FOR_DESK = frozenset({Trouble.REVIEW, Trouble.PLACE, Trouble.NOBODY})
"""What a coordinator must decide by the promised moment."""


class Timing(StrEnum):
    """When help is wanted: as soon as possible, before a date, or at certain hours of the week."""

    SOON = "soon"
    BEFORE = "before"
    MOMENTS = "moments"


class LookedFor(StrEnum):
    """What somebody looked up a name, an address or a phone for, as the journal keeps it: a code, not words."""

    RING_BACK = "ring_back"
    VISIT = "visit"
    CHECK_ADDRESS = "check_address"
    CHANGE = "change"
    PRINT = "print"
    KEEP = "keep"
    NO_REASON = "no_reason"
