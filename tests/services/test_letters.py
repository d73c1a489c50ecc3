"""A letter wanted twice at once is one letter, on both databases."""

from __future__ import annotations

import threading

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.services import letters
from tests import make


def test_a_double_press_is_one_letter(runtime: Runtime) -> None:
    request = make.located_request(runtime)
    barrier, failures = threading.Barrier(4), []

    def want() -> None:
        barrier.wait()
        try:
            with runtime.unit_of_work(make.MACHINE) as uow:
                letters.want(uow, request)
        except Exception as error:
            failures.append(repr(error))

    threads = [threading.Thread(target=want) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert [row.state for row in make.notifications(runtime) if row.channel == "letter"] == ["queued"]
