"""An offer of help sent twice at once is one offer, on both databases."""

from __future__ import annotations

import threading

from sqlalchemy import func, select

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.services import volunteers
from leuvenhelpt.storage.models import Account, Volunteer
from tests import make


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
