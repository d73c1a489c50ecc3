"""Who can sign in to the demonstration city. Invented people; these are no secrets, and open nothing else."""

from dataclasses import dataclass

PASSWORD = "een lamp achter elk raam"  # noqa: S105 - shown on the demonstration's own page


@dataclass(frozen=True)
class SignIn:
    """One way into the demonstration. `totp_secret` is empty where no second factor is asked."""

    name: str
    role: str
    email: str
    password: str
    totp_secret: str


SIGN_INS = (
    SignIn("Stef Wouters", "coordinator", "stef@stad.example", PASSWORD, "MRSW23LPNZZXI4TBORUWKMJSGM2DKNRX"),
    SignIn("Nadia Benali", "coordinator", "nadia@stad.example", PASSWORD, "MRSW23LPNZZXI4TBORUWKMRTGQ2TMNZY"),
    SignIn("Katrien Aerts", "admin", "katrien@stad.example", PASSWORD, "MRSW23LPNZZXI4TBORUWKMZUGU3DOOBZ"),
    SignIn("Vera Claes", "volunteer", "vera.claes@post.example", PASSWORD, ""),
)


def sign_ins() -> tuple[SignIn, ...]:
    """The ways in, staff first."""
    return SIGN_INS
