"""The proof: what the journeys and the looks found, written down when all of them were asked for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from tests.journeys.eyes import IS_PROOF, LOOKS, WALKED, unpressed, unseen, write_down


@pytest.fixture(scope="session", autouse=True)
def proof(request: pytest.FixtureRequest) -> Iterator[None]:
    """Written only when nothing failed and nothing was left out: no page, no form, no way."""
    yield
    if IS_PROOF and not request.session.testsfailed:
        assert (unseen(), unpressed()) == (set(), set())
        assert WALKED["keys"] == WALKED["plain"]
        write_down(LOOKS, WALKED, datetime.now(UTC).date())
