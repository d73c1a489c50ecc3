"""Who is signed in, and where a link leads."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from leuvenhelpt.domain.permissions import is_staff
from leuvenhelpt.storage.models import Account, SignInLink, SignInSession

STAFF_IDLE, VOLUNTEER_IDLE = timedelta(minutes=30), timedelta(days=7)
NOTE_SEEN_EVERY = timedelta(minutes=1)


@dataclass(frozen=True)
class SignedIn:
    """Whoever holds a session that is still good. `is_due` when it should be noted that it is in use."""

    account_id: int
    role: str
    name: str
    email: str
    volunteer_id: int | None
    has_second_factor: bool
    is_due: bool


@dataclass(frozen=True)
class LinkFacts:
    """What a link to sign in or to confirm is for, before it is used."""

    account_id: int
    name: str
    purpose: str
    is_used: bool
    is_expired: bool


def signed_in(db: Session, token_hash: str, now: datetime) -> SignedIn | None:
    """Whoever is signed in by this session, unless it ended, expired or was left idle too long."""
    row = db.execute(
        select(SignInSession, Account)
        .join(Account, Account.id == SignInSession.account_id)
        .where(
            SignInSession.token_hash == token_hash,
            SignInSession.ended_at.is_(None),
            SignInSession.expires_at > now,
            Account.is_active,
        )
    ).one_or_none()
    if row is None:
        return None
    session, account = row
    if now - session.seen_at > (STAFF_IDLE if is_staff(account.role) else VOLUNTEER_IDLE):
        return None
    return SignedIn(
        account_id=account.id,
        role=account.role,
        name=account.name,
        email=account.email,
        volunteer_id=account.volunteer_id,
        has_second_factor=account.totp_secret is not None,
        is_due=now - session.seen_at > NOTE_SEEN_EVERY,
    )


def link_facts(db: Session, public_id: str, now: datetime) -> LinkFacts | None:
    """What a link is for, without using it."""
    row = db.execute(
        select(SignInLink, Account)
        .join(Account, Account.id == SignInLink.account_id)
        .where(SignInLink.public_id == public_id)
    ).one_or_none()
    if row is None:
        return None
    link, account = row
    return LinkFacts(
        account_id=account.id,
        name=account.name,
        purpose=link.purpose,
        is_used=link.used_at is not None,
        is_expired=now >= link.expires_at,
    )
