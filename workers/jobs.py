"""What RQ calls by name. A bell carries no facts: whoever hears it works off what waits."""

import dataclasses
from collections.abc import Callable, Collection
from functools import partial

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.domain.jobs import LEADS_TO, WAITS_BEHIND, Bell, Wait
from leuvenhelpt.gateways.bell import Ringer
from workers import locate as locating
from workers import notify as notifying
from workers import pair as pairing
from workers.kept_pool import pool_path
from workers.neighbours import Neighbours
from workers.reading import Reading


class BellsInHand:
    """Of a process that hears some bells itself: when it rings one of these, it goes on with that by itself."""

    def __init__(self, beyond: Ringer, heard: Collection[Bell]) -> None:
        self._beyond, self._heard = beyond, frozenset(heard)
        self._rung: set[Bell] = set()

    def ring(self, bell: Bell) -> bool:
        if bell not in self._heard:
            return self._beyond.ring(bell)
        self._rung.add(bell)
        return True

    def is_reachable(self) -> bool:
        """Whether the others could be told now."""
        return self._beyond.is_reachable()

    def take(self) -> Bell | None:
        """A bell to go on with, or None."""
        return self._rung.pop() if self._rung else None


_runtimes: list[Runtime] = []
_in_hand: list[BellsInHand] = []
_kept: list[pairing.Kept] = []


def use(runtime: Runtime, heard: Collection[Bell] = ()) -> None:
    """Give this process the runtime its jobs work with. `heard`: the bells whose work it goes on with by itself."""
    neighbours = Neighbours(pool_path(runtime.settings.data_dir))
    reading = Reading.named(runtime.settings.embed)
    in_hand = BellsInHand(runtime.bell, heard)
    _runtimes[:], _in_hand[:] = [dataclasses.replace(runtime, bell=in_hand)], [in_hand]
    _kept[:] = [pairing.Kept(neighbours, reading=reading)]


def get_ready(bell: Bell) -> None:
    """Do beforehand what would keep the first who rings waiting."""
    if bell is Bell.PAIR:
        pairing.get_ready(_runtimes[0].clock())


def locate() -> int:
    """Somebody rang: locate what waits."""
    return _answer(Bell.LOCATE)


def pair() -> int:
    """Somebody rang: pair what waits."""
    return _answer(Bell.PAIR)


def notify() -> int:
    """Somebody rang: send what waits."""
    return _answer(Bell.NOTIFY)


def _answer(bell: Bell) -> int:
    """Work off what waits behind a bell, and at once what is rung in hand meanwhile; how many rows the bell was for."""
    done, runtime = 0, _runtimes[0]
    for wait in WAITS_BEHIND[bell]:
        done += _WORK[wait](runtime)
        while following := _in_hand[0].take():
            for more in WAITS_BEHIND[following]:
                _WORK[more](runtime)
    if done:
        for later in LEADS_TO.get(bell, ()):
            runtime.bell.ring(later)
    return done


_WORK: dict[Wait, Callable[[Runtime], int]] = {
    Wait.REQUEST_TO_LOCATE: partial(locating.locate, waits=[Wait.REQUEST_TO_LOCATE]),
    Wait.VOLUNTEER_TO_LOCATE: partial(locating.locate, waits=[Wait.VOLUNTEER_TO_LOCATE]),
    Wait.REQUEST_TO_PAIR: lambda runtime: pairing.pair(runtime, _kept[0]),
    Wait.MAIL_TO_SEND: notifying.notify,
}
BY_BELL = {Bell.LOCATE: locate, Bell.PAIR: pair, Bell.NOTIFY: notify}
