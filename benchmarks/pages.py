"""python -m benchmarks.pages --requests 100000: what each page costs with a full database.

The invented city, multiplied: closed requests over five years, a day's worth of open ones, volunteers to match. Prints
one JSON object: for each page the median milliseconds of CPU on the server, the bytes and the statements it ran,
and the same pages with a hundredth of the requests in the same run, so that what grows can be seen.
"""

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, Table, event, func, insert, select

from config import Settings
from leuvenhelpt.bootstrap import Runtime, build_runtime
from leuvenhelpt.cli.demo import fill
from leuvenhelpt.domain.lifecycle import HelpRequestState, MatchState
from leuvenhelpt.domain.values import MACHINE
from leuvenhelpt.gateways.bell import RememberedBell
from leuvenhelpt.rendering.links import Purpose
from leuvenhelpt.services import accounts
from leuvenhelpt.storage.migrate import upgrade
from leuvenhelpt.storage.models import Account, Base, HelpRequest, Match, Volunteer
from leuvenhelpt.web import create_app

FIVE_YEARS = timedelta(days=5 * 365)
OPEN_COPIES, VOLUNTEER_COPIES = 20, 25
COPIED = ("volunteer", "help_request", "match", "notification", "attention", "journal_entry")
UNIQUE = {"public_id", "reference", "idempotency_key", "dedupe_key", "email"}
UNWRITTEN_KEYS = {
    "help_request_id": "help_request",
    "volunteer_id": "volunteer",
}  # the journal has no foreign keys
CLOSED = [HelpRequestState.DONE, HelpRequestState.WITHDRAWN, HelpRequestState.REFERRED]


@dataclass(frozen=True)
class Original:
    """The rows of one table as the invented city has them, and how far a copy's ids are moved."""

    table: Table
    rows: list[dict[str, Any]]
    stride: int


def originals(engine: Engine) -> dict[str, Original]:
    """The rows to copy, by table."""
    found = {}
    with engine.connect() as connection:
        for name in COPIED:
            table = Base.metadata.tables[name]
            rows = [dict(row) for row in connection.execute(select(table)).mappings()]
            found[name] = Original(table, rows, max(row["id"] for row in rows) + 1)
    return found


def of_request(row: Mapping[str, Any], name: str) -> int | None:
    """The help request a row belongs to."""
    return row["id"] if name == "help_request" else row.get("help_request_id")


def is_open_trouble(row: Mapping[str, Any], name: str) -> bool:
    """Something that a person must still see to: not years after."""
    return name == "attention" and row["resolved_at"] is None


def keys_of(table: Table) -> dict[str, str]:
    """Which columns hold ids, and of which table."""
    written = {c.name: key.column.table.name for c in table.columns for key in c.foreign_keys}
    return {"id": table.name, **written, **(UNWRITTEN_KEYS if table.name == "journal_entry" else {})}


def moved(
    value: Any, *, column: str, target: str, shift: Mapping[str, int], copy: int, age: timedelta
) -> Any:
    """A value as a copy has it: another id, another unique word, longer ago."""
    if target in shift and value is not None:
        return value + shift[target]
    if column in UNIQUE and value:
        return f"{value}x{copy}"
    return value - age if isinstance(value, datetime) else value


def copies(all_of: dict[str, Original], name: str, wanted: int) -> Iterator[dict[str, Any]]:
    """The copied rows of one table: volunteers a few times, requests and what hangs on them until there are enough."""
    original, keys = all_of[name], keys_of(all_of[name].table)
    closed = {row["id"] for row in all_of["help_request"].rows if row["state"] in CLOSED}
    everything = {row["id"] for row in all_of["help_request"].rows}
    rounds = OPEN_COPIES + max((wanted - OPEN_COPIES * len(everything)) // len(closed), 0)
    for copy in range(1, VOLUNTEER_COPIES if name == "volunteer" else rounds + 1):
        is_recent = copy <= OPEN_COPIES
        age = timedelta() if is_recent else FIVE_YEARS * copy / rounds
        which = everything if is_recent else closed
        shift = {
            table: one.stride * (copy % VOLUNTEER_COPIES if table == "volunteer" else copy)
            for table, one in all_of.items()
        }
        for row in original.rows:
            is_kept = name == "volunteer" or of_request(row, name) in which
            if is_kept and (is_recent or not is_open_trouble(row, name)):
                targets = {"subject_id": row.get("subject", ""), **keys}
                yield {
                    column: moved(
                        value, column=column, target=targets.get(column, ""), shift=shift, copy=copy, age=age
                    )
                    for column, value in row.items()
                }


def multiply(engine: Engine, wanted: int) -> None:
    """Copy the invented city until it has about so many help requests."""
    all_of = originals(engine)
    with engine.begin() as connection:
        for name in COPIED:
            batch: list[dict[str, Any]] = []
            for row in copies(all_of, name, wanted):
                batch.append(row)
                if len(batch) == 5000:
                    connection.execute(insert(all_of[name].table), batch)
                    batch.clear()
            if batch:
                connection.execute(insert(all_of[name].table), batch)
    with engine.begin() as connection:
        connection.exec_driver_sql("ANALYZE")


def paths(runtime: Runtime) -> dict[str, tuple[str, str]]:
    """The pages to look at: name, then path and who looks."""
    with runtime.reading() as db:
        request = db.scalars(select(HelpRequest).where(HelpRequest.state == HelpRequestState.OPEN)).first()
        asked = db.scalars(select(Match).where(Match.state == MatchState.ASKED)).first()
        taken = db.scalars(select(Match).where(Match.state == MatchState.ACCEPTED)).first()
        neighbour = db.scalars(select(Volunteer)).first()
    if request is None or asked is None or taken is None or neighbour is None:
        raise LookupError("the invented city lacks what the pages show")
    token = runtime.links.token
    return {
        "home": ("/", ""),
        "how_it_works": ("/zo-werkt-het", ""),
        "ask": ("/hulp-vragen", ""),
        "offer": ("/helpen", ""),
        "status": (f"/vraag/{token(Purpose.STATUS, request.public_id)}", ""),
        "invitation": (f"/uitnodiging/{token(Purpose.ASK, asked.public_id)}", ""),
        "task": (f"/taak/{token(Purpose.TASK, taken.public_id)}", ""),
        "my_help": ("/mijn-hulp", "volunteer"),
        "my_profile": ("/mijn-hulp/profiel", "volunteer"),
        "desk": ("/balie", "staff"),
        "desk_calls": ("/balie/terugbellen", "staff"),
        "desk_concerns": ("/balie/zorgen", "staff"),
        "desk_call": ("/balie/nieuwe-oproep", "staff"),
        "desk_requests": ("/balie/hulpvragen", "staff"),
        "desk_requests searched": ("/balie/hulpvragen?zoek=apotheek", "staff"),
        "desk_request": (f"/balie/hulpvragen/{request.reference}", "staff"),
        "desk_volunteers": ("/balie/vrijwilligers", "staff"),
        "desk_volunteer": (f"/balie/vrijwilligers/{neighbour.public_id}", "staff"),
    }


def visitors(app: Flask, runtime: Runtime) -> dict[str, FlaskClient]:
    """Somebody signed in as each role."""
    found = {"": app.test_client()}
    for role, is_it in (("staff", Account.role == "coordinator"), ("volunteer", Account.role == "volunteer")):
        with runtime.unit_of_work(MACHINE) as uow:
            account = uow.session.scalars(select(Account.id).where(is_it)).first()
            assert account is not None
            token = accounts.sign_in(uow, account)
        found[role] = app.test_client()
        with found[role].session_transaction() as session:
            session["_user_id"] = token
    return found


def measure(runtime: Runtime, times: int) -> dict[str, dict[str, float]]:
    """What each page costs, by name."""
    ran: list[str] = []
    event.listen(runtime.engine, "before_cursor_execute", lambda *facts: ran.append(facts[2]))
    app = create_app(runtime)
    app.testing = True  # a page that fails says why
    people, costs = visitors(app, runtime), {}
    for name, (path, who) in paths(runtime).items():
        spent = []
        for _ in range(times + 1):  # the first one compiles the template
            ran.clear()
            start = time.process_time()
            answer = people[who].get(path)
            spent.append((time.process_time() - start) * 1000)
            assert answer.status_code == 200, (name, answer.status_code)
        costs[name] = {
            "ms": round(statistics.median(spent[1:]), 1),
            "kb": round(len(answer.data) / 1024, 1),
            "statements": len(ran),
        }
    return costs


def full(folder: Path, wanted: int, times: int) -> dict[str, Any]:
    """A database with so many requests, and what its pages cost."""
    folder.mkdir()
    settings = Settings.from_environment(
        {"LEUVENHELPT_DATA": str(folder), "LEUVENHELPT_DEMO": "1", "REDIS_URL": "redis://localhost:1"}
    )
    upgrade(settings.database_url)
    nobody_rings = replace(settings, redis_url="")
    runtime = replace(build_runtime(settings), bell=RememberedBell(), settings=nobody_rings)
    fill(runtime)
    multiply(runtime.engine, wanted)
    with runtime.reading() as db:
        counted = {
            table: db.scalar(select(func.count()).select_from(Base.metadata.tables[table]))
            for table in COPIED
        }
    pages = measure(runtime, times)
    runtime.engine.dispose()
    return {"rows": counted, "pages": pages}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--requests", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=15)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        large = full(Path(folder, "large"), chosen.requests, chosen.times)
        small = full(Path(folder, "small"), chosen.requests // 100, chosen.times)
    grown = {name: round(cost["ms"] / small["pages"][name]["ms"], 2) for name, cost in large["pages"].items()}
    print(json.dumps({"large": large, "small": small, "large over small": grown}))


if __name__ == "__main__":
    main()
