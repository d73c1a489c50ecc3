"""python -m benchmarks.chaos --requests 1000: nothing is lost while workers and Valkey are killed at random.

Prints one JSON line; exit 1 if a request was lost, a message unsent, or somebody asked twice.
"""

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

from sqlalchemy import func, select

from config import ROOT, Settings
from leuvenhelpt.bootstrap import Runtime, build_runtime
from leuvenhelpt.cli import valkey
from leuvenhelpt.domain.availability import ALWAYS
from leuvenhelpt.domain.kinds import Timing
from leuvenhelpt.domain.values import MACHINE, Actor, ActorKind, Located, Place, PlaceLevel
from leuvenhelpt.services import help_requests, locating, volunteers
from leuvenhelpt.storage.migrate import upgrade
from leuvenhelpt.storage.models import Attention, HelpRequest, Match, Notification, Volunteer

WORK = ("match", "notify", "scheduler")
RESIDENT = Actor(ActorKind.RESIDENT)
HERE = Place(50.879, 4.701, PlaceLevel.HOUSE, 10, "Grote Markt 1", "3000", "centre")


@dataclass
class Town:
    """A whole installation in a folder, as separate processes that can be killed one by one."""

    folder: Path
    database_url: str
    processes: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)
    kills: Counter[str] = field(default_factory=Counter)

    @property
    def environment(self) -> dict[str, str]:
        """What its processes are told."""
        socket = self.folder / "v.sock"
        return os.environ | {
            "LEUVENHELPT_DATA": str(self.folder),
            "LEUVENHELPT_DEMO": "1",
            "DATABASE_URL": self.database_url,
            "REDIS_URL": f"unix://{socket}",
            "PYTHONPATH": str(ROOT),
        }

    def runtime(self) -> Runtime:
        """A runtime of its own for whoever looks in from outside."""
        return build_runtime(Settings.from_environment(self.environment))

    def start(self, name: str) -> None:
        """Start one process, or start it again."""
        command = [sys.executable, "-m", "workers", name]
        if name == "valkey":
            # Without persistence: what Redis knew is gone each time.
            command = valkey.command(valkey.find_server(), self.folder / "v.sock")
            command[command.index("--appendonly") + 1] = "no"
        with (self.folder / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                command, cwd=self.folder, env=self.environment, stdout=log, stderr=log
            )

    def kill(self, name: str) -> None:
        """kill -9, and start again at once."""
        self.processes[name].send_signal(signal.SIGKILL)
        self.processes[name].wait()
        self.kills[name] += 1
        self.start(name)

    def stop(self) -> None:
        """End every process."""
        for process in self.processes.values():
            process.kill()
            process.wait()


def disturb(town: Town, dice: random.Random, is_over: threading.Event) -> None:
    """Kill something every third of a second or so; Valkey one time in eight."""
    while not is_over.wait(dice.uniform(0.15, 0.5)):
        town.kill("valkey" if dice.random() < 0.125 else dice.choice(WORK))


def settle_volunteers(runtime: Runtime, count: int) -> None:
    """So many active volunteers with a known place, who may be asked often."""
    for number in range(count):
        facts = volunteers.OfferFacts(
            name=f"Volunteer {number}",
            phone="",
            address="Grote Markt 1",
            postcode="3000",
            kinds=("groceries",),
            words="",
            will_not="",
            languages=("nl",),
            means="bike",
            reach_km=10.0,
            hours=ALWAYS,
            max_asks_a_week=100,
        )
        email = f"v{number}@post.example"
        with runtime.unit_of_work(MACHINE) as uow:
            volunteers.offer(uow, email=email, facts=facts)
            volunteer_id = uow.session.scalars(select(Volunteer.id).where(Volunteer.email == email)).one()
            volunteers.confirm(uow, volunteer_id)
            locating.record_volunteer(uow, volunteer_id, Located(HERE, 1.0, is_accepted=True))


def ask(runtime: Runtime, number: int) -> None:
    """One resident asks for groceries."""
    facts = help_requests.AskFacts(
        idempotency_key=str(uuid4()),
        kind="groceries",
        words="",
        person_name=f"Resident {number}",
        asker_name="",
        phone="",
        email=f"r{number}@post.example",
        languages=("nl",),
        timing=Timing.SOON,
        wanted_by=runtime.clock() + timedelta(days=2),
        hours=ALWAYS,
        address="Grote Markt 1",
        postcode="3000",
    )
    with runtime.unit_of_work(RESIDENT) as uow:
        help_requests.submit(uow, facts=facts)


def measure(runtime: Runtime, town: Town) -> dict[str, int]:
    """What became of everything so far."""
    with runtime.reading() as db:
        asked = select(Match.help_request_id).where(Match.asked_at.is_not(None)).distinct()
        on_desk = select(Attention.help_request_id).where(Attention.help_request_id.is_not(None))
        handled = HelpRequest.id.in_(asked) | HelpRequest.id.in_(on_desk)
        sent, total = (
            db.scalar(select(func.count()).select_from(Notification).where(*which)) or 0
            for which in ([Notification.state == "sent"], [Notification.channel == "email"])
        )
        asks = db.scalars(select(Notification.match_id).where(Notification.kind == "ask")).all()
        return {
            "requests": db.scalar(select(func.count()).select_from(HelpRequest)) or 0,
            "unhandled": db.scalar(select(func.count()).select_from(HelpRequest).where(~handled)) or 0,
            "asks": db.scalar(select(func.count()).where(Match.asked_at.is_not(None))) or 0,
            "asked_twice": len(asks) - len(set(asks)),
            "unsent": total - sent,
            "mails_kept": len(list((town.folder / "mail").glob("*.json"))),
            "mails_expected": sent,
        }


def wait_until_quiet(runtime: Runtime, town: Town, seconds: float) -> dict[str, int]:
    """Measure until nothing is on its way, or time is up."""
    end = time.monotonic() + seconds
    while True:
        found = measure(runtime, town)
        if found["unhandled"] == found["unsent"] == 0 or time.monotonic() > end:
            return found
        time.sleep(0.3)


def run(folder: Path, *, requests: int, seed: int, database_url: str = "") -> dict[str, object]:
    """Let residents ask while everything is killed; what became of it, and `ok`."""
    town = Town(folder, database_url or f"sqlite:///{folder}/db.sqlite3")
    upgrade(town.database_url)
    for name in ("valkey", *WORK):
        town.start(name)
    is_over, dice = threading.Event(), random.Random(seed)
    troublemaker = threading.Thread(target=disturb, args=(town, dice, is_over))
    try:
        runtime = town.runtime()
        settle_volunteers(runtime, 40)
        troublemaker.start()
        for number in range(requests):
            ask(runtime, number)
            time.sleep(dice.uniform(0.0, 0.12))
        is_over.set()
        troublemaker.join()
        began = time.monotonic()
        found = wait_until_quiet(runtime, town, 180)
        settled_s = round(time.monotonic() - began, 1)
    finally:
        is_over.set()
        town.stop()
    is_ok = (
        found["requests"] == requests
        and found["unhandled"] == found["unsent"] == found["asked_twice"] == 0
        and found["mails_kept"] == found["mails_expected"]
    )
    return {**found, "kills": dict(town.kills), "settled_s": settled_s, "ok": is_ok}


def main() -> int:
    """Run it from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--requests", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--database-url", default="", help="default: SQLite in a throw-away folder")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="lh-chaos-") as folder:
        found = run(Path(folder), requests=asked.requests, seed=asked.seed, database_url=asked.database_url)
    print(json.dumps(found))
    return 0 if found["ok"] else 1


if __name__ == "__main__":
    raise SystemExit(main())
