"""What the register answers: where it is, how precisely, and how sure it is of that."""

from dataclasses import dataclass, field
from enum import StrEnum


class Level(StrEnum):
    """How precisely an address was found; NONE: not found, or not in any place the register knows."""

    HOUSE = "house"
    NEAR_HOUSE = "near_house"
    STREET = "street"
    POSTCODE = "postcode"
    NONE = "none"


@dataclass(frozen=True)
class Answer:
    """Where a typed address is.

    `confidence` from 0 to 1: of answers at 0.9, about nine in ten are right. `is_accepted`: may be taken without
    asking anybody. `lat`, `lon` in WGS84 degrees, None at level NONE; the place lies within `accuracy_m` metres.
    `part` is the part-municipality. `is_approximate`: from a street list, not from the official register.
    `candidates`: at most five answers of the same shape, best first, when the text may mean several places.
    """

    level: Level
    confidence: float = 0.0
    is_accepted: bool = False
    street: str = ""
    house_number: str = ""
    postcode: str = ""
    municipality: str = ""
    part: str = ""
    lat: float | None = None
    lon: float | None = None
    accuracy_m: int | None = None
    is_approximate: bool = False
    candidates: tuple["Answer", ...] = field(default=())

    @property
    def label(self) -> str:
        """The address in one line, as one writes it on an envelope."""
        door = " ".join(part for part in (self.street, self.house_number) if part)
        is_centre = not self.part or self.part.startswith(self.municipality)
        name = self.municipality if is_centre else self.part
        town = " ".join(part for part in (self.postcode, name) if part)
        return ", ".join(part for part in (door, town) if part)


NOT_FOUND = Answer(Level.NONE)
