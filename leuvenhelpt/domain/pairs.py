"""Who a resident is, for keeping two people apart: recognizable again, not findable."""

from hashlib import sha256

SIGNS = 6
"""24 bits: a few dozen of all phone numbers of a country share a mark, so that it tells nobody who it was, while
two residents of one city hardly ever do; and if they do, one volunteer is not proposed for one request."""


def marks_of(phone: str, email: str) -> frozenset[str]:
    """The marks of a resident, one for each way to reach them. They outlive the forgetting of who it was."""
    ways = {"".join(phone.split()), email.strip().lower()} - {""}
    return frozenset(sha256(way.encode()).hexdigest()[:SIGNS] for way in ways)
