"""What is taken out of which row when a person is forgotten; and of every other column, why it may stay.

Nothing is forgotten by being forgotten here: a test holds every column of every table against these lists.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import JSON, Column

from leuvenhelpt.storage.models import (
    Account,
    Attention,
    Base,
    Concern,
    GeocoderAnswer,
    Heartbeat,
    HelpRequest,
    JournalEntry,
    LearnedYes,
    LetterboxCard,
    Match,
    Notification,
    PeriodicRun,
    RatherNot,
    SignInLink,
    SignInSession,
    Volunteer,
    WhatIf,
)


@dataclass(frozen=True)
class Columns:
    """The columns of a table that are emptied, and those that stay, by the reason why."""

    erased: tuple[str, ...]
    kept: Mapping[str, tuple[str, ...]]


NUMBERS = "a number or a moment that leads to nobody once the names are gone"
COURSE = "how it went, a word from a list: figures and fairness"
LEARNING = "how far and when, without where or who: what the chance of a yes is learned from"
WORK = "how a worker finds its way; empty when nothing waits"
AREA = "a neighbourhood or part of the city, never a street: figures, and trying what would be otherwise"

_PLACE = ("address", "lat", "lon", "place_accuracy_m", "place_label", "place_choices")
_LEASE = ("look_at", "lease_owner", "lease_until", "attempts")

_JOURNAL = Columns(
    erased=("reason",),
    kept={
        NUMBERS: ("id", "revision", "at", "actor_id", "subject_id", "help_request_id", "volunteer_id"),
        COURSE: ("actor_kind", "subject", "step", "before", "after"),
    },
)
_ATTENTION = Columns(
    erased=("note",),
    kept={
        NUMBERS: (
            "id", "dedupe_key", "help_request_id", "volunteer_id", "notification_id", "concern_id",
            "raised_at", "due_at", "resolved_at", "resolved_by",
        ),
        COURSE: ("kind",),
    },
)  # fmt: skip
_NOTIFICATION = Columns(
    erased=("last_error",),
    kept={
        NUMBERS: (
            "id", "dedupe_key", "help_request_id", "volunteer_id", "match_id", "sign_in_link_id", "created_at",
            "due_by", "sending_at", "sent_at",
        ),
        COURSE: ("kind", "channel", "state"),
        WORK: _LEASE,
    },
)  # fmt: skip
# Nobody is forgotten while a concern is open; once it is settled nobody needs to be asked who told it.
_CONCERN = Columns(
    erased=("name", "phone", "email"),
    kept={
        NUMBERS: ("id", "idempotency_key", "help_request_id", "volunteer_id", "said_at", "settled_at"),
        "a concern protects others: five years after it was settled": ("words", "reference", "outcome"),
    },
)
_MATCH_NUMBERS = (
    "id", "public_id", "help_request_id", "volunteer_id", "rank", "score", "wave", "place_no", "proposed_at",
    "asked_at", "asked_before_at", "lapses_at", "answered_at", "ended_at",
)  # fmt: skip
_MATCH_KEPT = {
    NUMBERS: _MATCH_NUMBERS,
    COURSE: ("state", "went_well", "declined_for"),
    LEARNING: ("distance_km", "reasons"),  # of the reasons only those in LEARNED_FROM
}
LEARNED_FROM = frozenset({"free_then", "went_well"})
"""The reasons of a match that stay: the rules that storage.queries.learning reads."""

OF_VOLUNTEER: Mapping[type[Base], Columns] = {
    Volunteer: Columns(
        erased=(
            "name", "email", "phone", "gender", *_PLACE, "place_level", "postcode", "area", "languages", "kinds",
            "words", "will_not", "means", "hours", "calendar_key", "paused_until", "vetting", "vetted_until",
            "notice_version", "notice_at", *_LEASE,
        ),
        kept={
            NUMBERS: ("id", "public_id", "created_at"),
            COURSE: ("state", "reader_language", "max_asks_a_week"),
            LEARNING: ("reach_km",),
        },
    ),
    Account: Columns(
        erased=("email", "name", "password_hash", "totp_secret", "totp_last_step", "is_active"),
        kept={NUMBERS: ("id", "volunteer_id", "created_at"), COURSE: ("role",)},
    ),
    Match: Columns(erased=("remark", "thanks"), kept=_MATCH_KEPT),
    Notification: _NOTIFICATION,
    Attention: _ATTENTION,
    JournalEntry: _JOURNAL,
    Concern: _CONCERN,
}  # fmt: skip
"""By table, all that hangs on a volunteer; rows of `rather_not` are deleted whole."""

OF_RESIDENT: Mapping[type[Base], Columns] = {
    HelpRequest: Columns(
        erased=(
            "person_name", "asker_name", "phone", "email", "gender_wish", "words", *_PLACE, "former", "code_word",
            "closing_words", "why_not", *_LEASE,
        ),
        kept={
            NUMBERS: (
                "id", "public_id", "reference", "idempotency_key", "places_needed", "places_taken", "wanted_by",
                "promised_by", "wave", "chance_of_yes", "taken_up_by", "created_at", "closed_at",
            ),
            COURSE: (
                "state", "kind", "asking", "place_level", "reader_language", "channel", "timing", "referred_to",
                "went_well",
            ),
            LEARNING: ("hours",),
            AREA: ("area", "postcode"),
            "which languages are asked for: figures": ("languages",),
        },
    ),
    Match: Columns(
        erased=("remark",),
        kept={**_MATCH_KEPT, "a thank-you belongs to who was thanked, until either asks otherwise": ("thanks",)},
    ),
    Notification: _NOTIFICATION,
    Attention: _ATTENTION,
    JournalEntry: _JOURNAL,
    Concern: _CONCERN,
}  # fmt: skip
"""By table, all that hangs on a help request."""

OF_NOBODY: Mapping[type[Base], str] = {
    GeocoderAnswer: "places of a register, found by a keyed digest of what was asked; a month",
    Heartbeat: "processes",
    LearnedYes: "coefficients of everybody together",
    LetterboxCard: "a street and its code",
    PeriodicRun: "periodic work",
    RatherNot: "a mark that dozens share, and the number of a volunteer, whose rows go with them",
    SignInLink: "a random number and moments; deleted ninety days after its end",
    SignInSession: "the hash of a random token and moments; deleted ninety days after its end",
    WhatIf: "counts of an invented city",
}
"""Tables that tell of nobody, and why."""


def blank(column: Column[Any]) -> object:
    """What is left in a column: nothing, or where something must stand what says nothing."""
    if column.nullable:
        return None
    if column.unique:
        return f"forgotten-{uuid.uuid4()}"
    return [] if isinstance(column.type, JSON) else column.type.python_type()


def blanks(table: type[Base], columns: Columns) -> dict[str, object]:
    """An empty value for each column of the table that is erased."""
    return {name: blank(getattr(table, name).property.columns[0]) for name in columns.erased}
