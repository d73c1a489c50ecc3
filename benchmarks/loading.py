"""From a cold start to the first match: python -m benchmarks.loading --volunteers 1000000 --json

The same database read three ways, each in a process of its own: by the mapper (`orm`), as a worker does that
finds nothing kept (`bulk`; it keeps the pool too), and as one does that takes up what was kept and catches up
(`kept`). `orm_over`: by CPU. One volunteer in three was asked before, one in five wrote something.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections import defaultdict
from datetime import timedelta
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from sqlalchemy import Connection, func, insert, select, update
from sqlalchemy.orm import Session

from benchmarks.country import KINDS, NOW, Country, country, needs
from leuvenhelpt.domain.lifecycle import GONE_VOLUNTEER, MatchState, VolunteerState
from leuvenhelpt.domain.messages import VolunteerOffer
from leuvenhelpt.matching.columns import AVAILABLE, MEANS
from leuvenhelpt.matching.pool import Pool
from leuvenhelpt.storage.engine import build_engine
from leuvenhelpt.storage.migrate import upgrade
from leuvenhelpt.storage.models import HelpRequest, JournalEntry, Match, Volunteer
from leuvenhelpt.storage.queries import offers
from workers import neighbours
from workers.kept_pool import pool_path

AT_ONCE = 20_000
CHANGED = 200
Row = dict[str, Any]


def _volunteer(land: Country, row: int) -> Row:
    columns, facts = land.columns, land.columns.facts[row]
    word = int(columns.word[row])
    number = row + 1
    return {
        "id": number, "public_id": f"volunteer-{number}", "name": f"Volunteer {number}",
        "state": VolunteerState.ACTIVE if facts["flags"] & AVAILABLE else VolunteerState.PAUSED,
        "email": f"v{number}@post.example", "phone": "", "reader_language": "nl", "will_not": "",
        "languages": sorted(land.vocabulary.languages_of(word)), "kinds": sorted(land.vocabulary.kinds_of(word)),
        "words": f"I like to help with number {number % 977}" if number % 5 == 0 else "",
        "means": MEANS[facts["means"]], "reach_km": float(facts["reach_km"]), "hours": int(facts["times"]) % (1 << 21),
        "max_asks_a_week": 1 + number % 4, "vetting": number % 4, "vetted_until": NOW + timedelta(days=300),
        "notice_version": "1", "notice_at": NOW, "created_at": NOW - timedelta(days=number % 900),
        "lat": float(land.lat[row]), "lon": float(land.lon[row]), "address": "", "postcode": "3000", "area": "",
        "place_level": "house", "place_label": "", "place_choices": [], "attempts": 0,
    }  # fmt: skip


def _request(number: int) -> Row:
    return {
        "id": number, "public_id": f"request-{number}", "reference": f"{number:06}",
        "idempotency_key": f"key-{number}", "state": "done", "kind": KINDS[0], "words": "", "asking": "normal",
        "languages": ["nl"], "timing": "whenever", "wanted_by": NOW, "hours": 1, "code_word": "", "created_at": NOW,
        "address": "", "postcode": "", "area": "", "place_label": "", "place_choices": [], "attempts": 0,
    }  # fmt: skip


def _ask(number: int, volunteer_id: int) -> Row:
    asked_at = NOW - timedelta(hours=number % 2400 + 1)
    return {
        "public_id": f"match-{volunteer_id}", "help_request_id": 1, "volunteer_id": volunteer_id,
        "state": (MatchState.DONE, MatchState.DECLINED, MatchState.LAPSED)[number % 3],
        "proposed_at": asked_at, "asked_at": asked_at, "lapses_at": asked_at + timedelta(hours=4), "reasons": [],
    }  # fmt: skip


def _line(number: int, volunteer_id: int) -> Row:
    return {
        "at": NOW, "actor_kind": "machine", "subject": "volunteer", "subject_id": volunteer_id,
        "volunteer_id": volunteer_id, "step": "change", "revision": number,
    }  # fmt: skip


def fill(connection: Connection, volunteers: int) -> None:
    """A made-up country in the tables."""
    land = country(volunteers)
    connection.execute(insert(HelpRequest), [_request(1)])
    for start in range(0, volunteers, AT_ONCE):
        rows = range(start, min(start + AT_ONCE, volunteers))
        connection.execute(insert(Volunteer), [_volunteer(land, row) for row in rows])
        connection.execute(insert(Match), [_ask(row, row + 1) for row in rows if row % 3 == 0])
        connection.execute(insert(JournalEntry), [_line(row + 1, row + 1) for row in rows])


def _mapped(db: Session, _folder: Path) -> Pool:
    """The mapper's objects, one a volunteer, and the pool made of those."""
    people = db.scalars(select(Volunteer).where(Volunteer.state.not_in(GONE_VOLUNTEER))).all()
    asks: dict[int, list[Match]] = defaultdict(list)
    for match in db.scalars(select(Match).where(Match.asked_at.is_not(None))):
        asks[match.volunteer_id].append(match)
    return Pool.from_offers((_offer(one, asks[one.id]) for one in people), NOW)


def _offer(one: Volunteer, asks: list[Match]) -> VolunteerOffer:
    is_ahead = one.paused_until is not None and one.paused_until > NOW
    is_vetted = one.vetted_until is not None and one.vetted_until > NOW
    asked = [match.asked_at for match in asks if match.asked_at]
    return VolunteerOffer(
        volunteer_id=one.id, kinds=frozenset(one.kinds), languages=frozenset(one.languages), hours=one.hours,
        lat=one.lat, lon=one.lon, reach_km=one.reach_km, means=one.means,
        vetting=one.vetting if is_vetted else 0,
        is_available=one.state == VolunteerState.ACTIVE and not is_ahead,
        has_notice=one.notice_version is not None,
        asks_left=max(0, one.max_asks_a_week - sum(moment > NOW - offers.WEEK for moment in asked)),
        asked_recently=sum(moment > NOW - offers.MONTH for moment in asked),
        said_yes=sum(match.state in offers.SAID_YES for match in asks),
        said_no=sum(match.state in offers.SAID_NO for match in asks),
        last_asked=max(asked, default=None), since=one.created_at, area=one.area, words=one.words,
    )  # fmt: skip


def _worker(db: Session, folder: Path) -> Pool:
    """A worker: it takes up what is kept in the folder, or reads in bulk and keeps that."""
    return neighbours.Neighbours(pool_path(folder)).fresh(db, NOW)


def start(way: str, database: Path, folder: Path) -> dict[str, Any]:
    """One start, in this process: seconds from an engine without connections to the first match."""
    load = _mapped if way == "orm" else _worker
    engine = build_engine(f"sqlite:///{database}").execution_options(read_only=True)
    (need,) = needs(1)
    wall, cpu = perf_counter(), process_time()
    with Session(engine) as db:
        found = load(db, folder).best(need, 10, NOW)
    seconds = {"cpu_s": round(process_time() - cpu, 3), "wall_s": round(perf_counter() - wall, 3)}
    return seconds | {"found": [(one.volunteer_id, one.score) for one in found]}


def _in_a_process(way: str, database: Path, folder: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.loading", "--start", way, str(database), str(folder)]
    told = subprocess.run(command, check=True, capture_output=True, text=True)
    return dict(json.loads(told.stdout.splitlines()[-1]))


def _change(database: Path) -> None:
    """What happens while no worker runs: some volunteers change."""
    with build_engine(f"sqlite:///{database}").begin() as connection:
        ids = range(1, CHANGED + 1)
        connection.execute(update(Volunteer).where(Volunteer.id.in_(ids)).values(reach_km=4.5))
        last = connection.scalar(select(func.max(JournalEntry.revision))) or 0
        connection.execute(insert(JournalEntry), [_line(last + 1, number) for number in ids])


def measure(volunteers: int, folder: Path) -> dict[str, Any]:
    """The whole report; every way must find the same."""
    database = folder / "db.sqlite3"
    upgrade(f"sqlite:///{database}")
    with build_engine(f"sqlite:///{database}").begin() as connection:
        fill(connection, volunteers)
    first = _in_a_process("bulk", database, folder)
    _change(database)
    kept = _in_a_process("kept", database, folder)
    mapped = _in_a_process("orm", database, folder)
    if mapped.pop("found") != kept.pop("found"):
        raise AssertionError("the ways differ in what they find")
    first.pop("found")
    starts = {"orm": mapped, "bulk": first, "kept": kept}
    return {
        "volunteers": volunteers, "changed_since": CHANGED, "starts": starts,
        "orm_over": {way: round(mapped["cpu_s"] / one["cpu_s"], 1) for way, one in starts.items()},
        "file_mib": round(pool_path(folder).stat().st_size / 2**20, 1),
    }  # fmt: skip


def main() -> None:
    """Run it from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--volunteers", type=int, default=100_000)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--start", nargs=3, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.start:
        way, database, folder = asked.start
        print(json.dumps(start(way, Path(database), Path(folder))))
        return
    with tempfile.TemporaryDirectory(prefix="lh-loading-") as folder:
        report = measure(asked.volunteers, Path(folder))
    print(json.dumps(report, indent=None if asked.json else 1))


if __name__ == "__main__":
    main()
