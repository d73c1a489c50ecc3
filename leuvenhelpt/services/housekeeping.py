"""Forgetting what need not be kept: dead sessions and links, and after its term who asked and where."""

from datetime import timedelta

from sqlalchemy import delete, or_, select, update

from leuvenhelpt.domain.lifecycle import CLOSED_HELP_REQUEST, Subject, VolunteerState
from leuvenhelpt.services import journal
from leuvenhelpt.services.steps import take_step
from leuvenhelpt.storage.models import (
    Account,
    HelpRequest,
    Match,
    Notification,
    PeriodicRun,
    SignInLink,
    SignInSession,
    Volunteer,
)
from leuvenhelpt.storage.unit_of_work import UnitOfWork

KEEP_CLOSED_REQUEST = timedelta(days=90)
KEEP_UNCONFIRMED_OFFER = timedelta(days=7)
KEEP_SIGN_IN = timedelta(days=90)
KEEP_PERIODS = timedelta(days=400)
FORGOTTEN = ""


def forget_persons(uow: UnitOfWork) -> int:
    """Take name, address, phone, mail and words out of requests closed 90 days ago; how many. Figures stay."""
    due = select(HelpRequest).where(
        HelpRequest.state.in_(CLOSED_HELP_REQUEST),
        HelpRequest.closed_at <= uow.now - KEEP_CLOSED_REQUEST,
        or_(HelpRequest.person_name != FORGOTTEN, HelpRequest.address != FORGOTTEN),
    )
    rows = uow.session.scalars(due).all()
    for row in rows:
        for name in (
            "person_name",
            "asker_name",
            "phone",
            "email",
            "words",
            "address",
            "place_label",
            "closing_words",
            "gender_wish",
        ):
            setattr(row, name, FORGOTTEN)
        row.lat = row.lon = row.place_accuracy_m = None
        row.place_choices = []
        journal.write(uow, Subject.HELP_REQUEST, row, "forget")
    return len(rows)


def forget_unconfirmed(uow: UnitOfWork) -> int:
    """Let go of offers whose address was never confirmed within a week; how many."""
    due = select(Volunteer).where(
        Volunteer.state == VolunteerState.APPLIED, Volunteer.created_at <= uow.now - KEEP_UNCONFIRMED_OFFER
    )
    rows = uow.session.scalars(due).all()
    for row in rows:
        take_step(uow, Subject.VOLUNTEER, "leave", row.id, look_at=None)
        forget_volunteer(uow, row)
    return len(rows)


def forget_volunteer(uow: UnitOfWork, row: Volunteer) -> None:
    """Take out of an ended offer what tells who it was; the address of mail may be used for a new offer."""
    row.name = row.phone = row.address = row.words = row.will_not = row.place_label = FORGOTTEN
    row.gender = FORGOTTEN
    row.lat = row.lon = row.place_accuracy_m = None
    row.calendar_key = None
    row.email = f"forgotten-{row.public_id}"
    thanked = update(Match).where(Match.volunteer_id == row.id, Match.thanks != FORGOTTEN)
    uow.execute(thanked.values(thanks=FORGOTTEN))
    ended = update(Account).where(Account.volunteer_id == row.id)
    uow.execute(ended.values(email=row.email, name=FORGOTTEN, password_hash=None, is_active=False))
    journal.write(uow, Subject.VOLUNTEER, row, "forget")


def forget_sign_ins(uow: UnitOfWork) -> None:
    """Delete sessions and links that ended long ago, and periods that nobody will claim again."""
    before = uow.now - KEEP_SIGN_IN
    uow.session.execute(delete(SignInSession).where(SignInSession.expires_at <= before))
    in_use = select(Notification.sign_in_link_id).where(Notification.sign_in_link_id.is_not(None))
    uow.execute(
        update(Notification)
        .where(Notification.sign_in_link_id.in_(select(SignInLink.id).where(SignInLink.expires_at <= before)))
        .values(sign_in_link_id=None)
    )
    uow.session.execute(
        delete(SignInLink).where(SignInLink.expires_at <= before, SignInLink.id.not_in(in_use))
    )
    uow.session.execute(delete(PeriodicRun).where(PeriodicRun.claimed_at <= uow.now - KEEP_PERIODS))
