"""The proof: what the journeys and the looks of all test processes found, written down when nothing is wanting."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.journeys.account import IS_PROOF, LOOKS, WALKED, handed_over, left_out, take_over, write_down


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """One process of several is ready; one that died hands nothing over."""
    if counted := getattr(node, "workeroutput", {}).get("counted"):
        take_over(counted)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Written only when nothing failed and nothing was left out: no page, no form, no way."""
    to_first_process = getattr(session.config, "workeroutput", None)
    if to_first_process is not None:
        to_first_process["counted"] = handed_over()
    elif IS_PROOF and not session.testsfailed:
        if left_out():
            session.exitstatus = pytest.ExitCode.TESTS_FAILED
        else:
            write_down(LOOKS, WALKED, datetime.now(UTC).date())


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what a proof lacks."""
    if IS_PROOF and left_out():
        terminalreporter.write_line(f"Nothing is proven; left out: {', '.join(left_out())}", red=True)
