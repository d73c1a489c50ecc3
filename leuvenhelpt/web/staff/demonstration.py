"""Only in demonstration mode: who can sign in, and the messages that would have been sent."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pyotp
from flask import Response, render_template
from flask.typing import ResponseReturnValue

from leuvenhelpt.domain.demonstration import COLLEAGUES, NEIGHBOURS, DemoColleague
from leuvenhelpt.domain.messages import Email
from leuvenhelpt.gateways.mailer import KeptMail
from leuvenhelpt.web.current import now, runtime
from leuvenhelpt.web.headers import CONTENT_SECURITY_POLICY
from leuvenhelpt.web.staff.acting import found

# The page frames the mail; the mail, which runs no script and loads nothing, may carry its own style.
FRAMES_MAIL = f"{CONTENT_SECURITY_POLICY}; frame-src 'self'"
MAIL = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; base-uri 'none'"


@dataclass(frozen=True)
class KeptMessage:
    """One message that was kept instead of sent."""

    name: str
    at: datetime
    email: Email


def show() -> ResponseReturnValue:
    """The sign-ins, with the six digits of this moment."""
    colleagues = [(colleague, code_of(colleague)) for colleague in COLLEAGUES]
    return render_template("staff/demonstration.html", colleagues=colleagues, neighbours=NEIGHBOURS)


def code_of(colleague: DemoColleague) -> str:
    """What the app of this colleague would show now."""
    return pyotp.TOTP(colleague.totp_secret).at(now())


def messages() -> ResponseReturnValue:
    """All messages that would have been sent, newest first."""
    box = mailbox()
    kept = (
        [KeptMessage(name, datetime.fromtimestamp(at, UTC), email) for name, at, email in box.kept()]
        if box
        else []
    )
    return render_template("staff/messages.html", kept=kept)


def message(name: str) -> ResponseReturnValue:
    """One message: its text, and beside it its HTML in a frame."""
    page = render_template("staff/message.html", name=name, email=kept(name))
    return page, {"Content-Security-Policy": FRAMES_MAIL}


def message_html(name: str) -> ResponseReturnValue:
    """The HTML of one message, as a mail program would show it."""
    return Response(kept(name).html, headers={"Content-Security-Policy": MAIL})


def mailbox() -> KeptMail | None:
    """Where messages are kept; None when they are really sent."""
    mailer = runtime().mailer
    return mailer if isinstance(mailer, KeptMail) else None


def kept(name: str) -> Email:
    """A message that was kept, or NotFound."""
    box = mailbox()
    email: Email = found(box.read(name) if box else None)
    return email
