"""How far a trial is, followed without turning the page over: focus stays where it was."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.domain.values import MACHINE
from leuvenhelpt.services import what_if
from tests import make, people
from tests.browsers import page, site
from tests.journeys.towns import sign_in_at_desk
from tests.services.test_what_if import asked, claimed, noted
from tests.web.staff.test_what_if import result

__all__ = ["page", "site"]


@pytest.mark.parametrize("page", [360], indirect=True)
def test_progress_comes_by_itself(page: Page, site: str, runtime: Runtime) -> None:
    people.stef(runtime)
    sign_in_at_desk(page, site, make.PASSWORD, make.totp_code(runtime))
    page.goto(f"{site}/balie/wat-als/{asked(runtime)}")
    link = page.get_by_role("link", name="Ververs")
    link.focus()
    assert claimed(runtime, "a")
    noted(runtime, "a", 0.42)
    expect(page.locator("[data-share]")).to_have_text("42 van 100 gedaan", timeout=15_000)
    expect(link).to_be_focused()
    with runtime.unit_of_work(MACHINE) as uow:
        what_if.record(uow, "a", result())
    expect(page.get_by_role("status").last).to_have_text("Klaar. Toon wat eruit komt.", timeout=15_000)
    expect(page.get_by_role("link", name="Klaar. Toon wat eruit komt.")).to_be_focused()
