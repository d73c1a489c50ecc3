"""What a volunteer does with the standing offer of help, and what a coordinator may do with it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from leuvenhelpt.domain.errors import NotFound, Refused
from leuvenhelpt.domain.jobs import Bell
from leuvenhelpt.domain.lifecycle import Subject, VolunteerState
from leuvenhelpt.services import accounts, journal, matches
from leuvenhelpt.services.steps import take_step
from leuvenhelpt.storage.models import Account, Volunteer
from leuvenhelpt.storage.unit_of_work import UnitOfWork

VETTING_LASTS = timedelta(days=365)


@dataclass(frozen=True)
class OfferFacts:
    """What a volunteer offers. `hours`: bits of domain.availability; `reach_km` by `means`; `phone` E.164.

    `meant`: the label of the place chosen when the address was not clear. `gender`: of Gender, or "" if not told.
    """

    name: str
    phone: str
    address: str
    postcode: str
    kinds: tuple[str, ...]
    words: str
    will_not: str
    languages: tuple[str, ...]
    means: str
    reach_km: float
    hours: int
    max_asks_a_week: int
    meant: str = ""
    gender: str = ""


def offer(uow: UnitOfWork, *, email: str, facts: OfferFacts, reader_language: str = "nl") -> None:
    """Take in an offer and mail a link that confirms the address.

    An address that is known already gets a link to sign in instead, so that nobody can find out who helps.
    The volunteer law's notice was shown and accepted on the form.
    """
    known = uow.session.scalar(select(Account.id).where(Account.email == email))
    if known is not None:
        accounts.request_link(uow, email=email)
        return
    volunteer = _new(uow, email, facts, reader_language)
    try:
        with uow.session.begin_nested():
            uow.session.add(volunteer)
    except IntegrityError:  # a double press: the other one was taken in while we looked
        accounts.request_link(uow, email=email)
        return
    journal.write(uow, Subject.VOLUNTEER, volunteer, "offer", after=volunteer.state)
    accounts.open_volunteer_account(uow, volunteer)
    uow.ring(Bell.LOCATE)


def change(uow: UnitOfWork, volunteer_id: int, *, facts: OfferFacts) -> None:
    """Take over a changed offer; another address is located anew."""
    volunteer = get(uow, volunteer_id)
    if volunteer.state in {VolunteerState.LEFT, VolunteerState.BLOCKED}:
        raise Refused("volunteer_change")
    _take_over(uow, volunteer, facts)
    journal.write(uow, Subject.VOLUNTEER, volunteer, "change")
    uow.ring(Bell.LOCATE)


def pause(uow: UnitOfWork, volunteer_id: int, *, until: datetime | None, reason: str = "") -> None:
    """Ask nothing until a moment, or until the volunteer comes back."""
    _step(uow, "pause", volunteer_id, reason=reason, paused_until=until)


def resume(uow: UnitOfWork, volunteer_id: int) -> None:
    """Back from a pause."""
    _step(uow, "resume", volunteer_id, paused_until=None)


def leave(uow: UnitOfWork, volunteer_id: int) -> None:
    """Stop as a volunteer; nothing is asked any more, and who counted on them hears that they will not come."""
    matches.hold_all_of(uow, volunteer_id)
    _step(uow, "leave", volunteer_id)
    matches.release(uow, volunteer_id)


def block(uow: UnitOfWork, volunteer_id: int, *, reason: str) -> None:
    """A coordinator has a reason not to send this person to anybody: not to whom they said yes either."""
    matches.hold_all_of(uow, volunteer_id)
    _step(uow, "block", volunteer_id, reason=reason)
    matches.release(uow, volunteer_id)
    account_id = uow.session.scalar(select(Account.id).where(Account.volunteer_id == volunteer_id))
    if account_id is not None:
        accounts.end_all_sessions(uow, account_id)


def unblock(uow: UnitOfWork, volunteer_id: int, *, reason: str) -> None:
    """The reason is gone; the volunteer decides when to start again."""
    _step(uow, "unblock", volunteer_id, reason=reason)


def vet(uow: UnitOfWork, volunteer_id: int, *, level: int, reason: str) -> None:
    """A coordinator met this person and trusts them with help up to a level (0-3), for a year."""
    if level not in range(4):
        raise Refused("no_such_level")
    volunteer = get(uow, volunteer_id)
    volunteer.vetting, volunteer.vetted_until = level, uow.now + VETTING_LASTS
    journal.write(uow, Subject.VOLUNTEER, volunteer, "vet", reason=f"{level}: {reason}")


def get(uow: UnitOfWork, volunteer_id: int) -> Volunteer:
    """The row, or NotFound."""
    volunteer = uow.session.get(Volunteer, volunteer_id)
    if volunteer is None:
        raise NotFound("volunteer")
    return volunteer


def confirm(uow: UnitOfWork, volunteer_id: int) -> None:
    """The address of e-mail is theirs: from now on they may be asked. Confirming twice changes nothing."""
    if get(uow, volunteer_id).state == VolunteerState.APPLIED:
        _step(uow, "confirm", volunteer_id)


def _new(uow: UnitOfWork, email: str, facts: OfferFacts, reader_language: str) -> Volunteer:
    volunteer = Volunteer(
        email=email,
        name=facts.name,
        reader_language=reader_language,
        created_at=uow.now,
        notice_version=uow.city.notice_version,
        notice_at=uow.now,
        place_choices=[],
    )
    _take_over(uow, volunteer, facts)
    return volunteer


def _step(
    uow: UnitOfWork, name: str, volunteer_id: int, *, reason: str = "", **facts: datetime | None
) -> None:
    take_step(uow, Subject.VOLUNTEER, name, volunteer_id, reason=reason, **facts)


def _take_over(uow: UnitOfWork, volunteer: Volunteer, facts: OfferFacts) -> None:
    has_moved = (facts.address, facts.postcode) != (volunteer.address, volunteer.postcode)
    has_moved = has_moved or facts.meant not in {"", volunteer.place_label}
    for name in ("name", "phone", "address", "postcode", "words", "will_not", "means", "reach_km", "hours"):
        setattr(volunteer, name, getattr(facts, name))
    volunteer.kinds, volunteer.languages = list(facts.kinds), list(facts.languages)
    volunteer.max_asks_a_week, volunteer.gender = facts.max_asks_a_week, facts.gender
    if has_moved:
        volunteer.lat = volunteer.lon = volunteer.place_level = None
        volunteer.place_label = facts.meant
        volunteer.look_at = uow.now
        volunteer.lease_owner = volunteer.lease_until = None  # whoever looks for the old address need not
