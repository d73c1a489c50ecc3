"""`add-staff`: give somebody at the city a way in, with password and second factor."""

from __future__ import annotations

import argparse
import getpass
import secrets
import sys

import pyotp
import segno
from email_validator import EmailNotValidError, validate_email

from config import Settings, read_environment
from leuvenhelpt.bootstrap import build_runtime
from leuvenhelpt.cli.verbs import Stop, Verbs
from leuvenhelpt.domain.permissions import STAFF_ROLES
from leuvenhelpt.domain.values import MACHINE
from leuvenhelpt.services import accounts

SHORTEST_PASSWORD = 15  # for staff; the length is what makes it hard to guess


def register(verbs: Verbs) -> None:
    parser = verbs.add_parser(
        "add-staff",
        help="give somebody at the city a way in",
        description="Opens an account for a coordinator or admin, and prints the secret for the app that "
        "shows the six digits, once. For an address that has an account already it sets a new password and "
        "secret, and signs that person out everywhere: the way back in after a lost telephone.",
    )
    parser.add_argument("email", help="the address this person signs in with")
    parser.add_argument("--name", required=True, help="as colleagues will see it in the journal")
    parser.add_argument("--role", choices=sorted(STAFF_ROLES), default="coordinator")
    parser.add_argument(
        "--password-from-input",
        action="store_true",
        help="read the password as one line of standard input instead of asking for it twice",
    )
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> None:
    runtime = build_runtime(Settings.from_environment(read_environment()))
    email = _email(chosen.email)
    password = _password(is_from_input=chosen.password_from_input)
    secret = pyotp.random_base32()
    with runtime.unit_of_work(MACHINE) as uow:
        accounts.add_staff(
            uow, email=email, name=chosen.name, role=chosen.role, password=password, totp_secret=secret
        )
    _introduce(email, secret, issuer=runtime.city.service_name)


def _email(typed: str) -> str:
    try:
        return validate_email(typed, check_deliverability=False).normalized.lower()
    except EmailNotValidError as error:
        raise Stop(f"{typed} is not an e-mail address: {error}") from error


def _password(*, is_from_input: bool) -> str:
    """The password from standard input, or asked for twice; `Stop` when it will not do."""
    if is_from_input:
        password = sys.stdin.readline().rstrip("\n")
    else:
        password = getpass.getpass("Password: ")
        if not secrets.compare_digest(password.encode(), getpass.getpass("The same again: ").encode()):
            raise Stop("The two are not the same: nothing was changed.")
    if len(password) < SHORTEST_PASSWORD:
        raise Stop(f"A password for staff has at least {SHORTEST_PASSWORD} characters: nothing was changed.")
    return password


def _introduce(email: str, secret: str, *, issuer: str) -> None:
    """Print the secret for the second factor, as words for typing and as a picture for a telephone."""
    address = pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=issuer)
    print(
        f"{email} can sign in. The app that shows the six digits needs this secret, shown only now: {secret}"
    )
    if sys.stdout.isatty():
        segno.make(address, micro=False).terminal(compact=True)
    print(address)
