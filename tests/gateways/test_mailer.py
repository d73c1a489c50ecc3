"""Sending mail, against a real SMTP server that answers as it is told to."""

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from leuvenhelpt.cli.ports import any_free
from leuvenhelpt.domain.errors import PermanentFailure, TemporaryFailure
from leuvenhelpt.domain.messages import Email
from leuvenhelpt.gateways.mailer import SmtpMailer

MAIL = Email("an@post.example", "Dag An", "Dag", "<p>Dag</p>", "<1@stad.example>")


class Server:
    """Takes mail, unless a step has another answer. aiosmtpd looks for methods named after the steps."""

    def __init__(self, **answers: str) -> None:
        self.answers, self.taken, self.callers = answers, list[bytes](), set[object]()

        for step in ("MAIL", "RCPT", "DATA", "QUIT"):
            setattr(self, f"handle_{step}", self._hook(step))

    def _hook(self, step: str) -> Callable[..., Any]:
        async def handle(_server: Any, session: Any, envelope: Any, address: str = "", *_options: Any) -> str:
            self.callers.add(session.peer)
            self._note(step, envelope, address)
            return self.answers.get(step, "221 Bye" if step == "QUIT" else "250 OK")

        return handle

    def _note(self, step: str, envelope: Any, address: str) -> None:
        if step in self.answers:
            return
        if step == "MAIL":
            envelope.mail_from = address
        if step == "RCPT":
            envelope.rcpt_tos.append(address)
        if step == "DATA":
            self.taken.append(envelope.content)


class Dripping:
    """Begins its answer to every sender again and again, and never ends it."""

    def __init__(self) -> None:
        self.handle_MAIL = self._drip

    async def _drip(self, server: Any, *_envelope: Any) -> str:
        for _ in range(200):
            await server.push("250-still here")
            await asyncio.sleep(0.05)
        return "250 OK"


@contextmanager
def mailer(server: object, *, send_within_s: float = 20.0) -> Iterator[SmtpMailer]:
    controller = Controller(server, hostname="127.0.0.1", port=any_free())
    controller.start()
    try:
        yield SmtpMailer(
            f"smtp://127.0.0.1:{controller.port}", "Stad <hallo@stad.example>", send_within_s=send_within_s
        )
    finally:
        controller.stop()


def test_a_mail_that_is_taken_is_taken_once_however_the_server_says_goodbye() -> None:
    server = Server(QUIT="421 busy")
    with mailer(server) as smtp, smtp.open() as line:
        line.send(MAIL)
    assert len(server.taken) == 1


def test_mail_after_mail_goes_over_one_line_and_a_refused_one_does_not_end_it() -> None:
    server = Server()
    with mailer(server) as smtp, smtp.open() as line:
        line.send(MAIL)
        server.answers["RCPT"] = "550 no such person"
        with pytest.raises(PermanentFailure):
            line.send(MAIL)
        del server.answers["RCPT"]
        line.send(MAIL)
    assert len(server.taken) == 2
    assert len(server.callers) == 1


def test_a_server_that_drips_on_and_on_is_cut_off() -> None:
    began = time.monotonic()
    with mailer(Dripping(), send_within_s=0.3) as smtp, smtp.open() as line, pytest.raises(TemporaryFailure):
        line.send(MAIL)
    assert time.monotonic() - began < 3


def test_nobody_there_is_tried_again() -> None:
    smtp = SmtpMailer(f"smtp://127.0.0.1:{any_free()}", "Stad <hallo@stad.example>")
    with pytest.raises(TemporaryFailure), smtp.open():
        pass


@pytest.mark.parametrize(
    ("step", "answer", "failure"),
    [
        ("RCPT", "550 no such person", PermanentFailure),
        ("RCPT", "450 later", TemporaryFailure),
        ("DATA", "554 no", PermanentFailure),
        ("DATA", "451 later", TemporaryFailure),
        ("MAIL", "550 you may not send here", TemporaryFailure),
    ],
)
def test_what_is_our_own_fault_is_tried_again(step: str, answer: str, failure: type[Exception]) -> None:
    with mailer(Server(**{step: answer})) as smtp, smtp.open() as line, pytest.raises(failure):
        line.send(MAIL)
