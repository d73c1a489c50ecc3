"""Who can sign in to the demonstration city. Secrets that are none: they open nothing but invented data."""

from dataclasses import dataclass


@dataclass(frozen=True)
class DemoColleague:
    """Somebody at the desk of the demonstration; `totp_secret` in base 32."""

    name: str
    role: str
    email: str
    password: str
    totp_secret: str


@dataclass(frozen=True)
class DemoNeighbour:
    """A volunteer of the demonstration, who signs in by password."""

    name: str
    email: str
    password: str


COLLEAGUES = (
    DemoColleague(
        name="Katrien De Wit",
        role="coordinator",
        email="katrien@stad.example",
        password="de lamp brandt aan de deur",  # noqa: S106 - shown on a page of the demonstration
        totp_secret="KATRIENDEWITKATRIENDEWITKATRIEND",  # noqa: S106
    ),
    DemoColleague(
        name="Nadia Benali",
        role="coordinator",
        email="nadia@stad.example",
        password="de soep staat op het vuur",  # noqa: S106
        totp_secret="NADIABENALINADIABENALINADIABENAL",  # noqa: S106
    ),
    DemoColleague(
        name="Bram Stevens",
        role="admin",
        email="bram@stad.example",
        password="de sleutels hangen aan de haak",  # noqa: S106
        totp_secret="BRAMSTEVENSBRAMSTEVENSBRAMSTEVEN",  # noqa: S106
    ),
)
NEIGHBOURS = (
    DemoNeighbour(
        name="Els Vermeulen",
        email="els@buren.example",
        password="de hond wil graag naar buiten",  # noqa: S106
    ),
)
