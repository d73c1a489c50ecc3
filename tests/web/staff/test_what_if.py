"""What if, at the desk: chosen in a small form, followed, and read as a table with charts."""

from __future__ import annotations

import pytest

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.domain.values import MACHINE
from leuvenhelpt.domain.what_if import DAYS, Certainty, Change, Failure
from leuvenhelpt.services import what_if
from tests.apps import client_of
from tests.pages import CheckedClient
from tests.services.test_what_if import HALF, TWICE, asked, claimed, ended, noted
from tests.storage.test_desk import statements
from tests.web.staff.conftest import press

PAGE = "/balie/wat-als"
TODAY = {
    "requests": 100, "volunteers": 140, "solved": 90, "solved_by_promise": 80, "handed_to_person": 20,
    "promises_broken": 0, "first_yes_median_h": 2.5, "first_yes_p95_h": 24.0, "asks_per_solved": 3.64,
    "volunteers_asked_share": 0.94, "asks_gini": 0.22, "newcomer_first_ask_median_days": None, "km_mean": 1.89,
    "solved_by_area": {"Heverlee": 0.9, "Wilsele": 0.88},
}  # fmt: skip
CHANGED = TODAY | {
    "volunteers": 280, "solved": 95, "first_yes_median_h": 1.5, "asks_per_solved": 3.0, "asks_gini": 0.5,
    "newcomer_first_ask_median_days": 1.0, "solved_by_area": {"Heverlee": 0.91, "Wilsele": 0.99},
}  # fmt: skip


def done(runtime: Runtime, result: dict[str, object], change: Change = TWICE) -> int:
    number = asked(runtime, change)
    assert claimed(runtime, f"lease {number}")
    with runtime.unit_of_work(MACHINE) as uow:
        what_if.record(uow, f"lease {number}", result)
    return number


def result(today: dict[str, object] = TODAY, **facts: object) -> dict[str, object]:
    return {"base": "own_year", "knows_answers": True, "today": today, "changed": CHANGED} | facts


def test_a_change_is_chosen_and_followed(stef: CheckedClient, runtime: Runtime) -> None:
    press(stef, PAGE, PAGE, volunteers="2.0", certainty="less", days="60")
    assert stef.page.text.count("Wij bootsen het na.") == 1
    assert "Wat als? Buren: dubbel zoveel; minder zeker: wij vragen minder buren" in stef.page.text
    assert "Wacht op zijn beurt" in stef.page.text
    assert claimed(runtime, "a")
    noted(runtime, "a", 0.42)
    stef.get(f"{PAGE}/1")
    (bar,) = stef.page.all("progress")
    assert (bar.get("value"), bar.get("max"), "42 van 100 gedaan" in stef.page.text) == ("42", "100", True)
    assert "Gevraagd door Stef Wouters" in stef.page.text


def test_nothing_changed_and_nothing_of_ours_is_refused(stef: CheckedClient) -> None:
    press(stef, PAGE, PAGE)
    assert "Kies minstens één ding dat anders is dan nu: buren, vragen of zekerheid." in stef.page.text
    for wrong in ({"volunteers": "1000"}, {"certainty": "perhaps"}, {"days": "365"}, {"requests": ""}):
        stef.get(PAGE)
        answer = stef.post(PAGE, data=stef.page.form(PAGE) | {"volunteers": "2.0"} | wrong)
        assert (answer.status_code, "Kies een van de antwoorden in de lijst." in stef.page.text) == (
            422,
            True,
        )
    stef.get(PAGE)
    assert "Nog niets nagebootst" in stef.page.text


def test_a_sixth_has_to_wait(stef: CheckedClient, runtime: Runtime) -> None:
    for days in DAYS:
        asked(runtime, Change(1.0, 2.0, Certainty.LESS, days))
    asked(runtime, TWICE)
    asked(runtime, HALF)
    press(stef, PAGE, PAGE, requests="0.5")
    assert "Er wachten al vijf proeven." in stef.page.text


@pytest.mark.parametrize("rows", [0, 1, 3])
def test_the_list_asks_four_times(stef: CheckedClient, runtime: Runtime, rows: int) -> None:
    for days in DAYS[:rows]:
        asked(runtime, Change(2.0, 1.5, Certainty.AS_NOW, days))
    with statements(runtime) as sent:
        stef.get(PAGE)
    assert len(sent) == 4  # who is there, the trials, the history, the counts
    assert len(stef.page.all("tr")) == (rows + 1 if rows else 0)
    assert "nog te weinig eigen cijfers: 0 vragen in 0 dagen, en 0 vrijwilligers" in stef.page.text


def test_the_result_compares(stef: CheckedClient, runtime: Runtime) -> None:
    number = done(runtime, result())
    with statements(runtime) as sent:
        stef.get(f"{PAGE}/{number}")
    assert len(sent) == 3  # who is there, the trial, the counts
    rows = {cells[0]: cells[1:] for cells in table(stef)[1:12]}
    assert rows["Er kwam iemand"] == [
        "90 van 100 (90\N{NO-BREAK SPACE}%)",
        "95 van 100 (95\N{NO-BREAK SPACE}%)",
    ]
    assert rows["De helft kreeg een ja binnen"] == ["2,5 uur", "1,5 uur"]
    assert rows["Hoe eerlijk verdeeld"] == ["eerlijk", "ongelijk"]
    assert rows["De helft van de nieuwe buren werd gevraagd binnen"] == ["niet te zeggen", "1 dag"]
    assert rows["Gemiddelde afstand"] == ["1,9 km", "1,9 km"]
    for sentence in (
        "Wij begonnen met uw eigen cijfers van de laatste twaalf maanden. Vergelijk",
        "Van de 100 vragen komt er bij 95 iemand helpen. Zonder verandering bij 90.",
        "krijgt een ja binnen 1,5 uur. Zonder verandering binnen 2,5 uur.",
        "vragen wij gemiddeld 3 buren. Zonder verandering 3,6.",
        "Het grootste verschil is in Wilsele: van 88 naar 99 op de 100.",
    ):
        assert sentence in stef.page.text


def table(client: CheckedClient) -> list[list[str]]:
    """The rows of every table of the page, as the words of their cells."""
    return [["".join(cell.itertext()).strip() for cell in row] for row in client.page.all("tr")]


def test_where_nobody_came_nothing_is_made_up(stef: CheckedClient, runtime: Runtime) -> None:
    none = TODAY | {"solved": 0, "first_yes_median_h": None, "asks_per_solved": None, "km_mean": None}
    none |= {"first_yes_p95_h": None, "solved_by_area": {}}
    number = done(runtime, result(none, base="invented", knows_answers=False))
    stef.get(f"{PAGE}/{number}")
    assert "Wij begonnen met een verzonnen gewoon jaar." in stef.page.text
    assert [h for h in ("Hoe lang wachten op een ja", "per deel van de stad") if h in stef.page.text] == []


def test_what_failed_says_so_and_is_tried_again(stef: CheckedClient, runtime: Runtime) -> None:
    number = asked(runtime)
    claimed(runtime, "a")
    ended(runtime, "a", Failure.TOO_LONG)
    stef.get(f"{PAGE}/{number}")
    assert "Het duurde te lang." in stef.page.text
    press(stef, f"{PAGE}/{number}", f"{PAGE}/{number}/opnieuw")
    assert "Wij proberen het opnieuw." in stef.page.text
    assert len(stef.page.all("progress")) == 1


def test_only_staff_may(stef: CheckedClient, runtime: Runtime) -> None:
    number = asked(runtime)
    stranger = client_of(stef.application)
    for path in (PAGE, f"{PAGE}/{number}"):
        assert stranger.get(path).location == "/balie/aanmelden"
    assert stef.get(f"{PAGE}/{number + 1}").status_code == 404
