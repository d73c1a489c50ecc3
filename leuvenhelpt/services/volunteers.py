"""What a volunteer does with the standing offer of help, and what a coordinator may do with it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, select, update

from leuvenhelpt.domain.errors import NotFound, Refused, SomebodyWasFirst
from leuvenhelpt.domain.jobs import Bell
from leuvenhelpt.domain.kinds import Telling
from leuvenhelpt.domain.lifecycle import (
    GONE_VOLUNTEER,
    HELPING_VOLUNTEER,
    MatchState,
    Subject,
    VolunteerState,
)
from leuvenhelpt.services import accounts, aftercare, claims, erasure, journal, locating, matches
from leuvenhelpt.services.notifications import tell_volunteers
from leuvenhelpt.services.steps import take_step
from leuvenhelpt.storage.inserting import insert_unless_there
from leuvenhelpt.storage.models import Account, JournalEntry, Match, Volunteer
from leuvenhelpt.storage.unit_of_work import UnitOfWork

VETTING_LASTS = timedelta(days=365)
_END_PAUSE = (
    update(Volunteer)
    .where(Volunteer.id == bindparam("volunteer_id"), Volunteer.paused_until <= bindparam("now"))
    .values(paused_until=None)
    .returning(Volunteer.id)
)


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
    The volunteer law's notice was shown and accepted on the form. Who was not let in any more is told no more than
    that, forgotten or not.
    """
    known = uow.session.scalar(select(Account.id).where(Account.email.in_([email, erasure.barred(email)])))
    volunteer = None if known else insert_unless_there(uow, _new(uow, email, facts, reader_language))
    if volunteer is None:
        accounts.request_link(uow, email=email)
        return
    journal.write(uow, Subject.VOLUNTEER, volunteer, "offer", after=volunteer.state)
    accounts.open_volunteer_account(uow, volunteer)
    uow.ring(Bell.LOCATE)


def change(uow: UnitOfWork, volunteer_id: int, *, facts: OfferFacts, reader_language: str) -> None:
    """Take over a changed offer; another address is located anew. Mail is in `reader_language` from now on."""
    volunteer = get(uow, volunteer_id)
    if volunteer.state in GONE_VOLUNTEER:
        raise Refused("volunteer_change")
    _take_over(uow, volunteer, facts)
    volunteer.reader_language = reader_language
    journal.write(uow, Subject.VOLUNTEER, volunteer, "change")
    uow.ring(Bell.LOCATE)


def pause(uow: UnitOfWork, volunteer_id: int, *, until: datetime | None, reason: str = "") -> None:
    """Ask nothing until a moment, or until the volunteer comes back.

    Who stands still for a concern does so first, and goes on the pause when that is settled.
    """
    volunteer = get(uow, volunteer_id)
    if volunteer.state == VolunteerState.FROZEN:
        volunteer.paused_until = until
        journal.write(uow, Subject.VOLUNTEER, volunteer, "pause", reason=reason)
    else:
        _step(uow, "pause", volunteer_id, reason=reason, paused_until=until)


def resume(uow: UnitOfWork, volunteer_id: int) -> None:
    """Back from a pause."""
    _step(uow, "resume", volunteer_id, paused_until=None)


def resume_when_over(uow: UnitOfWork, volunteer_id: int) -> None:
    """The clock ends a pause; SomebodyWasFirst if it lasts longer by now."""
    if uow.execute(_END_PAUSE, {"volunteer_id": volunteer_id, "now": uow.now}).one_or_none() is None:
        raise SomebodyWasFirst("volunteer_resume")
    resume(uow, volunteer_id)


def leave(uow: UnitOfWork, volunteer_id: int, *, why: str = erasure.LEFT) -> None:
    """Stop as a volunteer, and be forgotten; who counted on them hears that they will not come.

    `why`: of services.erasure. While a concern is looked into, the forgetting waits for it.
    """
    matches.hold_all_of(uow, [volunteer_id])
    _step(uow, "leave", volunteer_id)
    _release(uow, volunteer_id)
    erasure.forget_volunteer(uow, volunteer_id, why=why)


def stay(uow: UnitOfWork, volunteer_id: int) -> bool:
    """Asked after long silence, they want to stay; whether they are with us still. Saying so is a sign of life."""
    volunteer = get(uow, volunteer_id)
    is_with_us = volunteer.state not in GONE_VOLUNTEER
    if is_with_us:
        journal.write(uow, Subject.VOLUNTEER, volunteer, "stay")
    return is_with_us


def forget_on_request(uow: UnitOfWork, volunteer_id: int, *, why: str) -> None:
    """A volunteer asks staff to be forgotten: stops, if that was not done yet, and is.

    Refused("still_looked_into") if they stopped before and a concern is still looked into.
    """
    if get(uow, volunteer_id).state not in GONE_VOLUNTEER:
        leave(uow, volunteer_id, why=why)
    elif not erasure.forget_volunteer(uow, volunteer_id, why=why):
        raise Refused("still_looked_into")


def freeze(uow: UnitOfWork, volunteer_id: int) -> None:
    """A concern was reported: nothing is asked or shown until a coordinator decides. What was promised stays."""
    if get(uow, volunteer_id).state in HELPING_VOLUNTEER:
        _step(uow, "freeze", volunteer_id)


def unfreeze(uow: UnitOfWork, volunteer_id: int) -> None:
    """The coordinator saw nothing against it: back to work, or to the pause they were on or asked for meanwhile."""
    if get(uow, volunteer_id).state != VolunteerState.FROZEN:
        return
    which = (JournalEntry.volunteer_id == volunteer_id, JournalEntry.step.in_(["freeze", "pause"]))
    lines = select(JournalEntry.step, JournalEntry.before).where(*which).order_by(JournalEntry.id.desc())
    last = uow.session.execute(lines.limit(1)).one()
    is_paused = last.step == "pause" or last.before == VolunteerState.PAUSED
    _step(uow, "unfreeze_to_pause" if is_paused else "unfreeze", volunteer_id)


def block(uow: UnitOfWork, volunteer_id: int, *, reason: str) -> None:
    """A coordinator has a reason not to send this person to anybody: they hear not to go where they said yes either."""
    erasure.refuse_forgotten(get(uow, volunteer_id))
    matches.hold_all_of(uow, [volunteer_id])
    _step(uow, "block", volunteer_id, reason=reason)
    tell_volunteers(uow, _release(uow, volunteer_id), Telling.TASK_CANCELLED)
    account_id = uow.session.scalar(select(Account.id).where(Account.volunteer_id == volunteer_id))
    if account_id is not None:
        accounts.end_all_sessions(uow, account_id)


def unblock(uow: UnitOfWork, volunteer_id: int, *, reason: str) -> None:
    """The reason is gone; the volunteer decides when to start again."""
    erasure.refuse_forgotten(get(uow, volunteer_id))
    _step(uow, "unblock", volunteer_id, reason=reason, paused_until=None)


def vet(uow: UnitOfWork, volunteer_id: int, *, level: int, reason: str) -> None:
    """A coordinator met this person and trusts them with help up to a level (0-3), for a year."""
    if level not in range(4):
        raise Refused("no_such_level")
    volunteer = get(uow, volunteer_id)
    erasure.refuse_forgotten(volunteer)
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


def _release(uow: UnitOfWork, volunteer_id: int) -> list[Match]:
    """Nothing is expected of this volunteer any more: who counted on them is told, others are looked for.

    But for whoever was helped already: for them it is over. Returns the matches of those to whom they would have gone.
    """
    expected = []
    theirs = select(Match).where(Match.volunteer_id == volunteer_id, matches.UNDERTAKEN)
    in_order = theirs.order_by(Match.help_request_id).execution_options(populate_existing=True)
    for match in uow.session.scalars(in_order).all():
        if match.state == MatchState.ACCEPTED and not aftercare.finish_if_over(uow, match):
            matches.drop(uow, match.id)
            expected.append(match)
        elif match.state == MatchState.ASKED:
            take_step(uow, Subject.MATCH, "cancel", match.id, ended_at=uow.now)
            matches.look_again(uow, match.help_request_id)
    return expected


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
        for name, nothing in locating.NO_PLACE.items():
            setattr(volunteer, name, nothing)
        volunteer.place_label = facts.meant
        volunteer.look_at = uow.now
        claims.interrupt(volunteer)
