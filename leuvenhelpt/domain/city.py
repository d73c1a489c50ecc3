"""The city is data: all that differs from town to town."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import time
from enum import StrEnum

from leuvenhelpt.domain.signs import Sign

Text = Mapping[str, str]


class Asking(StrEnum):
    """Who asks the volunteers: the machine by itself, or the coordinator from the shortlist."""

    AUTOMATIC = "automatic"
    BY_HAND = "by_hand"


@dataclass(frozen=True)
class KindOfHelp:
    """One kind of help. `vetting`: 0 at the door, 1 inside, 2 alone with someone, 3 minors, money or keys.

    `allows_gender_wish`: whether a resident may say that they would rather have a woman or a man.
    """

    key: str
    icon: str
    name: Text
    deed: Text
    hint: Text
    asking: Asking
    vetting: int
    is_remote: bool
    allows_gender_wish: bool = False


@dataclass(frozen=True)
class Service:
    """A professional service to refer to. `signs`: in whose words it may be of more help than a neighbour."""

    key: str
    name: Text
    does: Text
    phone: str
    signs: frozenset[Sign] = frozenset()


@dataclass(frozen=True)
class Part:
    """A part of the city with its postcode and middle (WGS84)."""

    postcode: str
    name: str
    lat: float
    lon: float


@dataclass(frozen=True)
class Rhythm:
    """How long an ask stays open and when the resident hears, in waking hours, by urgency."""

    ask_hours: float
    promise_hours: float


AT_RISK_BELOW = 0.5
"""A coordinator should know beforehand when a yes before the promise ends is less likely than not."""


@dataclass(frozen=True)
class City:
    """A city profile. `bounds`: south, west, north, east in degrees. `we_speak`: "we speak English" in English.

    `helplines`: the number to ring, by sign, and that of the poison centre. `envelope_window`: on which side envelopes
    show the address; in Belgium on the right.
    """

    key: str
    name: str
    service_name: str
    country: str
    phone: str
    phone_opens: time
    phone_closes: time
    mail_from: str
    languages: Mapping[str, str]
    bounds: tuple[float, float, float, float]
    parts: tuple[Part, ...]
    kinds: Mapping[str, KindOfHelp]
    services: Mapping[str, Service]
    helplines: Mapping[str, str]
    code_words: tuple[str, ...]
    soon: Rhythm
    later: Rhythm
    notice_version: str
    insurer: Text
    we_speak: Mapping[str, str] = field(default_factory=dict)
    envelope_window: str = "right"
    has_quiet_hours: bool = True

    @property
    def with_gender_wish(self) -> tuple[KindOfHelp, ...]:
        """The kinds of help for which a resident may say who should rather come."""
        return tuple(kind for kind in self.kinds.values() if kind.allows_gender_wish)

    @property
    def postcodes(self) -> frozenset[str]:
        """The postcodes that are served."""
        return frozenset(part.postcode for part in self.parts)

    def place(self, postcode: str) -> str:
        """The name of the part of the city with this postcode; empty if it is none of ours."""
        return next((part.name for part in self.parts if part.postcode == postcode), "")

    def services_for(self, signs: Collection[Sign]) -> tuple[Service, ...]:
        """The services that may be of more help than a neighbour, for the most pressing sign first."""
        heard = [sign for sign in Sign if sign in signs]
        services = (service for sign in heard for service in self.services.values() if sign in service.signs)
        return tuple({service.key: service for service in services}.values())

    def contains(self, lat: float, lon: float) -> bool:
        """Whether a point lies within the bounds of the served area."""
        south, west, north, east = self.bounds
        return south <= lat <= north and west <= lon <= east


def said_in(text: Text, language: str) -> str:
    """A text of the profile in a language, else in Dutch, else in whichever there is."""
    return text.get(language) or text.get("nl") or next(iter(text.values()))
