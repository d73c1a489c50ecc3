"""Signing in and out: sessions that really end, links that work once, a second factor for staff."""

import hashlib
import secrets
from datetime import timedelta
from functools import cache

import pyotp
from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from sqlalchemy import select, update

from leuvenhelpt.domain.errors import NotFound, Refused
from leuvenhelpt.domain.kinds import Telling
from leuvenhelpt.domain.lifecycle import Subject
from leuvenhelpt.domain.permissions import is_staff
from leuvenhelpt.services import journal
from leuvenhelpt.services.notifications import send_link
from leuvenhelpt.storage.models import Account, SignInLink, SignInSession, Volunteer
from leuvenhelpt.storage.unit_of_work import UnitOfWork

HASHER = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
LINK_LASTS = {Telling.SIGN_IN: timedelta(minutes=30), Telling.CONFIRM_ADDRESS: timedelta(days=7)}
STAFF_SESSION, VOLUNTEER_SESSION = timedelta(hours=8), timedelta(days=30)
TOTP_STEP_S = 30


@cache
def nobodys_hash() -> str:
    """Checked when there is no such account, so that a stranger cannot tell by the time it takes."""
    return HASHER.hash(secrets.token_urlsafe(16))


def hash_token(token: str) -> str:
    """How a random token is kept: SHA-256, in hexadecimal."""
    return hashlib.sha256(token.encode()).hexdigest()


def open_volunteer_account(uow: UnitOfWork, volunteer: Volunteer) -> None:
    """Open the account that goes with a new offer and mail the link that confirms its address."""
    account = Account(
        email=volunteer.email,
        name=volunteer.name,
        role="volunteer",
        volunteer_id=volunteer.id,
        created_at=uow.now,
    )
    uow.session.add(account)
    uow.session.flush()
    _mail_link(uow, account, Telling.CONFIRM_ADDRESS)


def add_staff(uow: UnitOfWork, *, email: str, name: str, role: str, password: str, totp_secret: str) -> int:
    """Open an account for somebody at the city, or give it a new password and second factor; its id.

    Who offers help under the same address goes on to: by the links in our mails, which need no account. If they stop,
    and are forgotten, they still work at the city.
    """
    account = uow.session.scalar(select(Account).where(Account.email == email.lower()))
    if account is None:
        account = Account(email=email.lower(), name=name, role=role, created_at=uow.now)
        uow.session.add(account)
    account.name, account.role, account.is_active, account.volunteer_id = name, role, True, None
    account.password_hash, account.totp_secret = HASHER.hash(password), totp_secret
    uow.session.flush()
    end_all_sessions(uow, account.id)
    return account.id


def request_link(uow: UnitOfWork, *, email: str) -> None:
    """Mail a link to sign in, if a volunteer has this address; says nothing either way."""
    account = uow.session.scalar(select(Account).where(Account.email == email.lower(), Account.is_active))
    if account is not None and _is_opened_by_links(account):
        _mail_link(uow, account, Telling.SIGN_IN)


def use_link(uow: UnitOfWork, public_id: str) -> Account:
    """Use up a link and return its account; Refused("link_used" or "link_expired")."""
    link = uow.session.scalar(select(SignInLink).where(SignInLink.public_id == public_id))
    if link is None or not _is_opened_by_links(uow.session.get_one(Account, link.account_id)):
        raise NotFound("link")
    if uow.now >= link.expires_at:
        raise Refused("link_expired")
    used = uow.session.execute(
        update(SignInLink)
        .where(SignInLink.id == link.id, SignInLink.used_at.is_(None))
        .values(used_at=uow.now)
        .returning(SignInLink.id)
    )
    if used.one_or_none() is None:
        raise Refused("link_used")
    return uow.session.get_one(Account, link.account_id)


def check_password(uow: UnitOfWork, *, email: str, password: str) -> Account | None:
    """The account if the password is right. Takes as long when there is no such account."""
    account = uow.session.scalar(select(Account).where(Account.email == email.lower(), Account.is_active))
    known = account.password_hash if account is not None and account.password_hash else nobodys_hash()
    try:
        HASHER.verify(known, password)
    except VerificationError:
        return None
    return account if known != nobodys_hash() else None


def set_password(uow: UnitOfWork, account_id: int, *, password: str) -> None:
    """Set a password and end every session of the account."""
    account = uow.session.get_one(Account, account_id)
    account.password_hash = HASHER.hash(password)
    end_all_sessions(uow, account_id)


def check_second_factor(uow: UnitOfWork, account_id: int, *, code: str) -> bool:
    """Whether the six digits are right; each is good once, one step (30 s) early or late at most."""
    account = uow.session.get_one(Account, account_id)
    if not account.totp_secret:
        return False
    totp = pyotp.TOTP(account.totp_secret)
    now_step = int(uow.now.timestamp()) // TOTP_STEP_S
    for step in (now_step - 1, now_step, now_step + 1):
        if secrets.compare_digest(totp.at(step * TOTP_STEP_S).encode(), code.encode()):
            return _use_up_step(uow, account_id, step)
    return False


def _use_up_step(uow: UnitOfWork, account_id: int, step: int) -> bool:
    """Whether this step was still good: of the same code sent twice at once, one is."""
    used = uow.execute(
        update(Account)
        .where(Account.id == account_id, Account.totp_last_step < step)
        .values(totp_last_step=step)
        .returning(Account.id)
    )
    return used.one_or_none() is not None


def sign_in(uow: UnitOfWork, account_id: int) -> str:
    """Begin a session and return the random token for the cookie; only its hash is kept."""
    account = uow.session.get_one(Account, account_id)
    token = secrets.token_urlsafe(32)
    if account.volunteer_id is not None:  # a sign of life: who gives none for a year is forgotten
        volunteer = uow.session.get_one(Volunteer, account.volunteer_id)
        journal.write(uow, Subject.VOLUNTEER, volunteer, "sign_in")
    uow.session.add(
        SignInSession(
            token_hash=hash_token(token),
            account_id=account_id,
            created_at=uow.now,
            seen_at=uow.now,
            expires_at=uow.now + (STAFF_SESSION if is_staff(account.role) else VOLUNTEER_SESSION),
        )
    )
    return token


def note_seen(uow: UnitOfWork, token: str) -> None:
    """The session is in use: put off its idle end."""
    _update_session(uow, SignInSession.token_hash == hash_token(token), seen_at=uow.now)


def sign_out(uow: UnitOfWork, token: str) -> None:
    """End a session; its cookie opens nothing any more."""
    _update_session(uow, SignInSession.token_hash == hash_token(token), ended_at=uow.now)


def end_all_sessions(uow: UnitOfWork, account_id: int) -> None:
    """End every session of an account."""
    _update_session(uow, SignInSession.account_id == account_id, ended_at=uow.now)


def _update_session(uow: UnitOfWork, *which: object, **facts: object) -> None:
    uow.execute(
        update(SignInSession)
        .where(SignInSession.ended_at.is_(None), *which)  # type: ignore[arg-type]
        .values(**facts)
    )


def _is_opened_by_links(account: Account) -> bool:
    """Staff sign in with a password and a code: a link mailed before they were staff opens nothing either."""
    return account.is_active and not is_staff(account.role)


def _mail_link(uow: UnitOfWork, account: Account, telling: Telling) -> None:
    link = SignInLink(
        account_id=account.id,
        purpose=telling,
        created_at=uow.now,
        expires_at=uow.now + LINK_LASTS[telling],
    )
    uow.session.add(link)
    uow.session.flush()
    send_link(uow, account, link, telling)
