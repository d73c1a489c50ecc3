"""The figures on the home page: counted from what happened, and not so few that they tell of one."""

from __future__ import annotations

import pytest

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.gateways.clock import SetClock
from leuvenhelpt.services import closing
from leuvenhelpt.storage.queries.figures import Figures
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


@pytest.mark.parametrize(
    ("asked", "helped", "drawn"), [(5, 3, (1, 5, 3)), (208, 100, (1, 208, 100)), (7000, 3500, (50, 140, 70))]
)
def test_many_requests_share_a_dot(asked: int, helped: int, drawn: tuple[int, int, int]) -> None:
    figures = Figures(asked, helped, 0)
    assert (figures.each, figures.dots, figures.full_dots) == drawn
