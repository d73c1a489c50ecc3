"""A letter wanted twice at once is one letter, and waits until it is posted, on both databases."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.services import changes, letters
from leuvenhelpt.storage.queries import letters as query
from tests import make
from tests.services.test_pairing import troubles


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


def test_a_letter_waits_on_when_the_request_is_changed(runtime: Runtime) -> None:
    facts = make.ask_facts(email="", wanted_by=runtime.clock() + timedelta(days=2))
    request = make.located_request(runtime, facts)
    with runtime.unit_of_work(make.MACHINE) as uow:
        letters.want(uow, request)
        changes.change_help_request(uow, request, facts=replace(facts, kind="dog"))
    with runtime.unit_of_work(make.MACHINE) as uow:
        letters.want(uow, request)
    with runtime.reading() as db:
        (letter,) = query.letters(db)
    assert (letter.help_request_id, letter.kind) == (request, "dog")
    assert troubles(runtime) == ["letter"]
