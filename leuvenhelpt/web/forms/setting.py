"""The world as forms see it."""

from dataclasses import dataclass
from datetime import datetime

from leuvenhelpt.domain.city import City
from leuvenhelpt.gateways.geocoder import Geocoder


@dataclass(frozen=True)
class Setting:
    """What a form has to know of the world to offer and check its choices.

    `kind`: the key of the kind of help chosen so far. `settled`: an address and postcode whose place is known, which is
    not asked about again.
    """

    city: City
    language: str
    now: datetime
    geocoder: Geocoder
    is_for_other: bool = False
    kind: str = ""
    settled: tuple[str, str] | None = None
