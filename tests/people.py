"""The people in the tests. An asks, Vera and Wim help, Stef coordinates, Otto has no business here."""

from __future__ import annotations

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.domain.values import Actor, ActorKind
from leuvenhelpt.services.help_requests import AskFacts
from tests import make

RESIDENT = Actor(ActorKind.RESIDENT)
ANYBODY = Actor(ActorKind.VOLUNTEER)

# What only the right people may read; tests look for these words where they must not be. The number of the house
# has its space, which no reference or token has: else chance would put it there now and then.
AN_SECRETS = ("Peeters", "Naamsestraat", " 147", "+32470123456", "0470 12 34 56", "an.peeters@post.example")


def an(**changes: object) -> AskFacts:
    """What An asks: groceries, soon, by mail or phone."""
    return make.ask_facts(
        person_name="An Peeters",
        phone="+32470123456",
        email="an.peeters@post.example",
        address="Naamsestraat 147",
        postcode="3000",
        **changes,
    )


def vera(runtime: Runtime, **changes: object) -> int:
    """Vera helps with everything, close by; the id of her offer."""
    return make.volunteer(runtime, email="vera@post.example", name="Vera Claes", **changes)


def wim(runtime: Runtime, **changes: object) -> int:
    """Wim helps too."""
    return make.volunteer(runtime, email="wim@post.example", name="Wim De Smet", **changes)


def otto(runtime: Runtime, **changes: object) -> int:
    """Otto is a volunteer as well, but was asked nothing."""
    return make.volunteer(runtime, email="otto@post.example", name="Otto Maes", **changes)


def stef(runtime: Runtime) -> int:
    """Stef coordinates; the id of the account. Signs in with make.PASSWORD and make.totp_code."""
    return make.staff(runtime, email="stef@stad.example", name="Stef Wouters")
