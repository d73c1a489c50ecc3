"""Who is at the other side: the session lives in the database, the cookie holds only its secret."""

from dataclasses import dataclass
from typing import cast

from flask import Flask, Response, session
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from flask_login import LoginManager, current_user, login_user, logout_user

from leuvenhelpt.domain.permissions import is_staff
from leuvenhelpt.domain.values import MACHINE, Actor, ActorKind
from leuvenhelpt.services import accounts as service
from leuvenhelpt.storage.queries import accounts as query
from leuvenhelpt.web.current import now, runtime

OF_FORMS = "csrf_token"  # where Flask-WTF keeps its own


@dataclass(frozen=True)
class Visitor:
    """Whoever sends this request; without an account it is nobody in particular."""

    token: str = ""
    account_id: int | None = None
    role: str = ""
    name: str = ""
    volunteer_id: int | None = None

    @property
    def is_authenticated(self) -> bool:
        return self.account_id is not None

    @property
    def is_active(self) -> bool:
        return self.is_authenticated

    @property
    def is_anonymous(self) -> bool:
        return not self.is_authenticated

    @property
    def actor(self) -> Actor:
        """In whose name a unit of work is done."""
        if is_staff(self.role):
            return Actor(ActorKind.STAFF, self.account_id)
        return Actor(ActorKind.VOLUNTEER, self.volunteer_id) if self.role else Actor(ActorKind.RESIDENT)

    def get_id(self) -> str:
        """What the cookie carries: the secret of the session, never the id of a person."""
        return self.token


class OwnAnswersOnly(SecureCookieSessionInterface):
    """Keeps sessions out of what is the same for everybody: such an answer sets no cookie and varies by none.

    Every other answer is private, which says more than that it varies by cookie: that would have the browser throw away
    the pages of a form at each new cookie, and the way back would ask to send the form again.
    """

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if response.cache_control.public:
            return
        super().save_session(app, session, response)
        response.vary.discard("Cookie")
        response.headers.setdefault("Cache-Control", "private")


def visitor() -> Visitor:
    """Who sends this request."""
    return cast(Visitor, current_user)


def claims_a_session() -> bool:
    """Whether the cookie says that somebody is signed in; the database was not asked."""
    return "_user_id" in session


def load(token: str) -> Visitor | None:
    """The visitor whose session this is; None if it ended, lapsed or never was.

    Notes that the session is in use: the one thing a mere look may write, and only once a minute.
    """
    with runtime().reading() as db:
        fact = query.signed_in(db, service.hash_token(token), now())
    if fact is None:
        return None
    if fact.is_due:
        with runtime().unit_of_work(MACHINE) as uow:
            service.note_seen(uow, token)
    return Visitor(token, fact.account_id, fact.role, fact.name, fact.volunteer_id)


def welcome(token: str) -> None:
    """Put the secret of a new session (services.accounts.sign_in) into a fresh cookie.

    The token of forms outlives it if nobody was signed in: a form typed before the old session ended is sent with it.
    """
    kept = session.get(OF_FORMS) if visitor().is_anonymous else None
    session.clear()
    if kept is not None:
        session[OF_FORMS] = kept
    login_user(load(token))


# With what signs somebody out, a browser forgets whatever it kept of us: pages, parts, a task to read on the way.
WIPE = {"Clear-Site-Data": '"cache", "storage"'}


def say_goodbye() -> None:
    """Empty the cookie; the session itself is ended by services.accounts.sign_out."""
    logout_user()
    session.clear()


def install(app: Flask) -> None:
    """Read the visitor from the session of each request; nobody is remembered beyond it."""
    app.session_interface = OwnAnswersOnly()
    manager = LoginManager(app)
    manager.session_protection = None  # the row in the database is what decides
    manager.anonymous_user = Visitor
    manager.user_loader(load)
