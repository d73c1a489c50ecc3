"""House numbers: "12", "12B", "12 bis", "12-14", "12/3", and the words that surround them."""

import re
from functools import lru_cache
from typing import NamedTuple

_NUMBER = re.compile(r"^0*(\d{1,5})\s*(?:[-/_.\s]?\s*(bis|ter|quater|[a-z]{1,2})(?![a-z0-9]))?(.*)$")


class HouseNumber(NamedTuple):
    """The number itself and what follows it, in capitals ("12B" -> 12, "B"; "12-14" -> 12, "")."""

    number: int
    letter: str = ""

    @property
    def text(self) -> str:
        """As one writes it."""
        return f"{self.number}{self.letter}"


@lru_cache(maxsize=4096)
def house_number_of(text: str) -> HouseNumber | None:
    """A house number from its folded or plain text; None if there is none. Ranges answer with their first."""
    found = _NUMBER.match(text.strip().lower())
    if found is None:
        return None
    return HouseNumber(int(found[1]), (found[2] or "").upper())
