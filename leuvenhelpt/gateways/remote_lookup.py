"""Asking a geocoder elsewhere about what the register does not know: little is sent, all is judged and remembered."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Protocol

from geopy.exc import GeopyError

from leuvenhelpt.addresses.answer import Answer, Level
from leuvenhelpt.addresses.wording import fold, name_of, words_of
from leuvenhelpt.domain.city import City
from leuvenhelpt.domain.errors import TemporaryFailure
from leuvenhelpt.gateways.remote_geocoders import RemoteAddress, RemoteGeocoder
from leuvenhelpt.gateways.turns import Turns

HOUSE_ACCURACY_M, STREET_ACCURACY_M = 30, 500
SURE, UNSURE = 0.92, 0.6

IsServed = Callable[[float, float], bool]  # latitude, longitude in degrees


class Remembered(Protocol):
    """Where answers are kept, and with them what was sent where and when."""

    def recall(self, host: str, sent: str) -> tuple[RemoteAddress, ...] | None:
        """What this host said to this before, None if it was never asked."""

    def keep(self, host: str, sent: str, found: Sequence[RemoteAddress]) -> None:
        """Keeps what a host said, also when it was nothing."""


class Reader(Protocol):
    """Whatever reads typed addresses: a register."""

    def essence(self, text: str) -> tuple[str, str, str] | None:
        """Street, number and postcode as typed; None if there is no street in it or it is elsewhere."""


class RemoteLookup:
    """Improves on an answer of the register that nobody would take as it is."""

    def __init__(
        self, remote: RemoteGeocoder, turns: Turns, memory: Remembered, register: Reader, city: City
    ) -> None:
        self._remote = remote
        self._turns = turns
        self._memory = memory
        self._register = register
        self._city = city

    def improve(self, text: str, answer: Answer, is_served: IsServed) -> Answer:
        """A surer answer if the outside has one, else the same. TemporaryFailure: it did not answer.

        Only street, number and postcode are sent, and nothing at all of what is certainly elsewhere.
        """
        told = self._register.essence(text)
        if answer.is_accepted or told is None:
            return answer
        typed, number, postcode = told
        found = self._asked(f"{typed} {number}".strip(), postcode)
        ours = [one for one in found if self._is_address_here(one) and is_served(one.lat, one.lon)]
        answers = [_answer(one, typed, number) for one in ours]
        best = max(answers, key=lambda one: one.confidence, default=answer)
        if best.is_accepted or answer.level == Level.NONE:
            choices = tuple(answers) if not best.is_accepted else ()
            return replace(best, candidates=choices) if answers else answer
        return answer

    def _asked(self, street: str, postcode: str) -> tuple[RemoteAddress, ...]:
        sent = f"{street}, {postcode}"
        known = self._memory.recall(self._remote.host, sent)
        if known is not None:
            return known
        self._turns.take()
        try:
            found = self._remote.ask(street, postcode, self._city.name)
        except GeopyError as error:
            raise TemporaryFailure(type(error).__name__) from error
        self._memory.keep(self._remote.host, sent, found)
        return found

    def _is_address_here(self, one: RemoteAddress) -> bool:
        return bool(one.street) and one.postcode in self._city.postcodes


def _answer(one: RemoteAddress, typed: str, number: str) -> Answer:
    """A result as an answer: sure only if it is the street that was typed, and the house if one was."""
    is_same_street = name_of(words_of(fold(one.street))).sound == name_of(words_of(fold(typed))).sound
    is_house = bool(one.house_number)
    is_same_house = not number or fold(one.house_number) == fold(number)
    sure = SURE if is_same_street and is_same_house else UNSURE
    return Answer(
        level=Level.HOUSE if is_house else Level.STREET,
        confidence=sure,
        is_accepted=sure >= SURE,
        street=one.street,
        house_number=one.house_number,
        postcode=one.postcode,
        municipality=one.municipality,
        lat=round(one.lat, 6),
        lon=round(one.lon, 6),
        accuracy_m=HOUSE_ACCURACY_M if is_house else STREET_ACCURACY_M,
    )
