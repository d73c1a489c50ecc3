"""A process that hears two bells goes on from the one to the other by itself; and a bell that leads to others."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.domain.jobs import Bell, worth_ringing
from leuvenhelpt.domain.values import Located
from leuvenhelpt.gateways.bell import RememberedBell
from leuvenhelpt.gateways.geocoder import KnownAddresses
from leuvenhelpt.storage.models import HelpRequest
from tests import make
from workers import jobs


@pytest.fixture
def bell(runtime: Runtime) -> RememberedBell:
    assert isinstance(runtime.bell, RememberedBell)
    assert isinstance(runtime.geocoder, KnownAddresses)
    runtime.geocoder.known["Naamsestraat 147"] = Located(make.HERE, 0.97, is_accepted=True)
    return runtime.bell


@contextmanager
def hearing(runtime: Runtime, *bells: Bell) -> Iterator[None]:
    jobs.use(runtime, bells)
    try:
        yield
    finally:
        jobs.use(replace(runtime, bell=RememberedBell()))


def rung_since(bell: RememberedBell, before: Collection[Bell]) -> list[Bell]:
    return bell.rung[len(before) :]


def test_from_the_address_to_the_asks_without_a_bell(runtime: Runtime, bell: RememberedBell) -> None:
    make.volunteer(runtime)
    request, before = make.help_request(runtime), list(bell.rung)
    with hearing(runtime, Bell.LOCATE, Bell.PAIR):
        assert jobs.locate() == 1
    assert len(make.notifications(runtime, "ask")) == 1
    assert make.row_of(runtime, HelpRequest, request).state == "open"
    assert Bell.PAIR not in rung_since(bell, before)


def test_apart_the_other_process_is_rung(runtime: Runtime, bell: RememberedBell) -> None:
    make.volunteer(runtime)
    make.help_request(runtime)
    before = list(bell.rung)
    with hearing(runtime, Bell.LOCATE):
        jobs.locate()
    assert not make.notifications(runtime, "ask")
    assert set(rung_since(bell, before)) == {Bell.PAIR, Bell.NOTIFY}


def test_the_receipt_goes_out_with_what_follows(runtime: Runtime, bell: RememberedBell) -> None:
    before = list(bell.rung)
    make.help_request(runtime)
    assert rung_since(bell, before) == [Bell.LOCATE]
    with hearing(runtime, Bell.LOCATE, Bell.PAIR):
        jobs.locate()  # nobody can be asked
        assert rung_since(bell, before)[-1] == Bell.NOTIFY
        told = list(bell.rung)
        jobs.locate()  # nothing waits any more, so nobody is rung
        assert bell.rung == told


def test_a_bell_is_not_rung_beside_one_that_leads_to_it() -> None:
    assert worth_ringing({Bell.NOTIFY, Bell.LOCATE}) == [Bell.LOCATE]
    assert worth_ringing({Bell.NOTIFY, Bell.PAIR}) == [Bell.PAIR, Bell.NOTIFY]
    assert worth_ringing({Bell.NOTIFY}) == [Bell.NOTIFY]
    assert worth_ringing(set()) == []
