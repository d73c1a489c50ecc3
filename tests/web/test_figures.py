"""The figures on the home page: counted from what happened, and not so few that they tell of one."""

from __future__ import annotations

import pytest

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.gateways.clock import SetClock
from leuvenhelpt.services import closing
from tests import make
from tests.pages import CheckedClient


@pytest.mark.parametrize(("others", "is_shown"), [(2, False), (3, True)])
def test_last_month_in_figures(
    client: CheckedClient, runtime: Runtime, clock: SetClock, others: int, is_shown: bool
) -> None:
    clock.move(days=-30)  # October
    make.done_match(runtime)
    referred = make.located_request(runtime)
    with runtime.unit_of_work(make.MACHINE) as uow:
        closing.refer(uow, referred, service="ocmw", words="")
    for _ in range(others):
        make.help_request(runtime)
    clock.move(days=30)
    make.help_request(runtime)  # November does not count yet
    client.get("/")
    said = "Hulpvragen: 5. Geholpen door een buur: 1. Geholpen door een andere dienst: 1."
    assert ("Oktober in cijfers" in client.page.text, said in client.page.text) == (is_shown, is_shown)
