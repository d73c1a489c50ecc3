"""Sending mail by SMTP; in demonstration mode mail is kept in files that a page shows."""

import json
import os
import smtplib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from dataclasses import asdict
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import formatdate, getaddresses
from hashlib import sha256
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from leuvenhelpt.domain.errors import PermanentFailure, TemporaryFailure
from leuvenhelpt.domain.messages import Email
from leuvenhelpt.gateways.clock import real_clock

# To connect and to sign in, each; a whole mail may take longer, because the server may look into it first.
TIMEOUT_S = 5.0
SEND_WITHIN_S = 20.0
PERMANENT_FROM = 500


class Line(Protocol):
    """An open line to whoever takes our mail."""

    def send(self, email: Email) -> None:
        """Hand one mail over within SEND_WITHIN_S; TemporaryFailure or PermanentFailure if it was not taken."""


class Mailer(Protocol):
    """Whatever can send mail."""

    def open(self) -> AbstractContextManager[Line]:
        """A line for a few mails; TemporaryFailure if nobody answers. After one on the line, open another."""


def address_of(text: str) -> Address:
    """One address with its name, or PermanentFailure: a second recipient must never slip in."""
    found = getaddresses([text])
    if len(found) != 1 or not text.isprintable():
        raise PermanentFailure("not one address")
    ((name, spec),) = found
    try:
        return Address(display_name=name, addr_spec=spec)
    except (ValueError, IndexError) as error:
        raise PermanentFailure("not an address") from error


def as_message(email: Email, sender: str) -> EmailMessage:
    """The mail as it goes over the wire: text first, HTML beside it, one recipient."""
    message = EmailMessage()
    message["From"] = address_of(sender)
    message["To"] = address_of(email.to)
    message["Subject"] = email.subject
    message["Date"] = formatdate(localtime=False)
    message["Message-ID"] = email.message_id
    message["Content-Language"] = email.language
    message["Auto-Submitted"] = "auto-generated"
    if email.unsubscribe_url:
        message["List-Unsubscribe"] = f"<{email.unsubscribe_url}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(email.text)
    message.add_alternative(email.html, subtype="html")
    return message


class SmtpMailer:
    """Sends through one SMTP server: `smtp://`, `smtp+starttls://` or `smtps://user:password@host:port`."""

    def __init__(self, smtp_url: str, sender: str, *, send_within_s: float = SEND_WITHIN_S) -> None:
        self.url = urlsplit(smtp_url)
        self.sender = sender
        self.send_within_s = send_within_s

    @contextmanager
    def open(self) -> Iterator[Line]:
        with ExitStack() as stack:
            try:
                smtp = self._connect(stack)
            except (smtplib.SMTPException, OSError) as error:
                # Also when the server does not want us: that is ours to mend, and no fault of who is written to.
                raise TemporaryFailure(type(error).__name__) from error
            yield SmtpLine(smtp, self.sender, self.send_within_s)

    def _connect(self, stack: ExitStack) -> smtplib.SMTP:
        """Signed in at the server; the stack says goodbye, whatever the server thinks of that."""
        host, port = self.url.hostname or "localhost", self.url.port
        context = ssl.create_default_context()
        if self.url.scheme == "smtps":
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(host, port or 465, timeout=TIMEOUT_S, context=context)
        else:
            smtp = smtplib.SMTP(host, port or 25, timeout=TIMEOUT_S)
        stack.callback(_say_goodbye, smtp)
        if self.url.scheme == "smtp+starttls":
            smtp.starttls(context=context)
        if self.url.username:
            smtp.login(unquote(self.url.username), unquote(self.url.password or ""))
        return smtp


class SmtpLine:
    """A conversation with an SMTP server, for mail after mail."""

    def __init__(self, smtp: smtplib.SMTP, sender: str, send_within_s: float) -> None:
        self._smtp = smtp
        self._sender = sender
        self._send_within_s = send_within_s

    def send(self, email: Email) -> None:
        message = as_message(email, self._sender)
        try:
            with _cut_off(self._smtp, after_s=self._send_within_s):
                self._smtp.send_message(message)
        except smtplib.SMTPRecipientsRefused as error:
            codes = [code for code, _ in error.recipients.values()]
            raise _failure(max(codes, default=0)) from error
        except smtplib.SMTPDataError as error:
            raise _failure(error.smtp_code) from error
        except (smtplib.SMTPException, OSError) as error:
            raise TemporaryFailure(type(error).__name__) from error


@contextmanager
def _cut_off(smtp: smtplib.SMTP, *, after_s: float) -> Iterator[None]:
    """Break the line when time is up: a timeout of its socket begins anew with every byte that drips in."""

    def cut() -> None:
        if smtp.sock is not None:
            with suppress(OSError):
                # Below TLS: its own shutdown would take the keys away from under whoever is reading.
                socket.socket.shutdown(smtp.sock, socket.SHUT_RDWR)

    if smtp.sock is not None:
        smtp.sock.settimeout(after_s)
    timer = threading.Timer(after_s, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _say_goodbye(smtp: smtplib.SMTP) -> None:
    with suppress(smtplib.SMTPException, OSError):
        if smtp.sock is not None:
            smtp.sock.settimeout(TIMEOUT_S)
        smtp.quit()
    smtp.close()


def _failure(code: int) -> TemporaryFailure | PermanentFailure:
    return PermanentFailure(f"smtp {code}") if code >= PERMANENT_FROM else TemporaryFailure(f"smtp {code}")


class KeptMail:
    """Keeps mail as files in a folder, one a Message-ID, for a page to show what would have been sent."""

    def __init__(self, folder: Path, clock: Callable[[], datetime] = real_clock) -> None:
        self.folder = folder
        self.clock = clock

    @contextmanager
    def open(self) -> Iterator[Line]:
        yield self

    def send(self, email: Email) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        address_of(email.to)
        name = sha256(email.message_id.encode()).hexdigest()[:24]
        part = self.folder / f"{name}.part"
        part.write_text(json.dumps(asdict(email), ensure_ascii=False), encoding="utf-8")
        sent_at = self.clock().timestamp()
        os.utime(part, (sent_at, sent_at))
        part.replace(self.folder / f"{name}.json")

    def kept(self, limit: int = 200) -> list[tuple[str, float, Email]]:
        """Name, moment of sending (seconds since 1970) and mail, newest first."""
        if not self.folder.is_dir():
            return []
        files = [(path.stat().st_mtime, path) for path in self.folder.glob("*.json")]
        return [(path.stem, when, self._read(path)) for when, path in sorted(files, reverse=True)[:limit]]

    def read(self, name: str) -> Email | None:
        """One kept mail by its name, if there is one."""
        path = self.folder / f"{name}.json"
        return self._read(path) if name.isalnum() and path.is_file() else None

    @staticmethod
    def _read(path: Path) -> Email:
        return Email(**json.loads(path.read_text(encoding="utf-8")))


class RememberedMail:
    """The fake: remembers what was sent, and fails on demand."""

    def __init__(self) -> None:
        self.sent: list[Email] = []
        self.failure: TemporaryFailure | PermanentFailure | None = None

    @contextmanager
    def open(self) -> Iterator[Line]:
        yield self

    def send(self, email: Email) -> None:
        if self.failure is not None:
            raise self.failure
        self.sent.append(email)
