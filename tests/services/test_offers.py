"""An offer of help sent twice at once is one offer, on both databases; and where it starts from."""

from __future__ import annotations

import threading

from sqlalchemy import func, select

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.domain.values import Located, Place
from leuvenhelpt.services import locating, volunteers
from leuvenhelpt.storage.models import Account, Volunteer
from tests import make, people
from tests.services.test_pairing import troubles


def move(runtime: Runtime, volunteer_id: int, place: Place | None, **where: str) -> Volunteer:
    """Another address, and what was found for it; the row."""
    with runtime.unit_of_work(make.VOLUNTEER) as uow:
        volunteers.change(uow, volunteer_id, facts=make.offer_facts(**where))
    with runtime.unit_of_work(make.MACHINE) as uow:
        located = Located(place, 1.0, is_accepted=True) if place else None
        locating.record_volunteer(uow, volunteer_id, located)
    row: Volunteer = make.row_of(runtime, Volunteer, volunteer_id)
    return row


def test_who_moves_to_where_nobody_can_find_lives_in_no_neighbourhood_and_comes_to_the_desk(
    runtime: Runtime,
) -> None:
    row = move(runtime, people.vera(runtime), None, address="Dorpsstraat 99", postcode="3010")
    assert (row.postcode, row.area, row.lat, row.place_accuracy_m) == ("3010", "", None, None)
    assert troubles(runtime) == ["volunteer_place"]


def test_an_address_that_is_put_right_needs_nobody_any_more(runtime: Runtime) -> None:
    vera = people.vera(runtime)
    move(runtime, vera, None, address="Nergens 1")
    row = move(runtime, vera, make.NEARBY, address="Parkstraat 5")
    assert row.area == "Leuven centrum"
    assert troubles(runtime) == []


def test_a_double_press_is_one_offer(runtime: Runtime) -> None:
    barrier, failures = threading.Barrier(4), []

    def send() -> None:
        barrier.wait()
        try:
            with runtime.unit_of_work(make.VOLUNTEER) as uow:
                volunteers.offer(uow, email="vera@post.example", facts=make.offer_facts())
        except Exception as error:
            failures.append(repr(error))

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with runtime.reading() as db:
        found = [db.scalar(select(func.count()).select_from(table)) for table in (Volunteer, Account)]
    assert found == [1, 1]
