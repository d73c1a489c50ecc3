"""python -m benchmarks.pipeline --requests 40: from submit to asks written, through real worker processes.

Prints one JSON line: milliseconds at light load; and, in this process, the CPU and the statements of a whole request
(located, paired, two or more asked, one yes, every mail written), reckoned to ten mails and held against the CPU of
one empty RQ job. `floor`: what the mails and the rows alone would cost, see benchmarks/floors.py. On a busy machine
(`load`) the milliseconds mean little; the statements are exact.
"""

import argparse
import dataclasses
import json
import os
import statistics
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from redis import Redis
from rq import Queue, SimpleWorker
from sqlalchemy import Engine, event, func, select

from benchmarks.chaos import RESIDENT, Town, ask, settle_volunteers
from benchmarks.floors import floors
from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.domain.jobs import Bell
from leuvenhelpt.gateways.bell import RememberedBell, RqBell, queue_of
from leuvenhelpt.gateways.mailer import RememberedMail
from leuvenhelpt.services import matches
from leuvenhelpt.storage.migrate import upgrade
from leuvenhelpt.storage.models import HelpRequest, Match, Notification
from workers import jobs

PATIENCE_S, WARM_UP = 60.0, 3
PROCESSES = ("scheduler", "match", "notify")
ASKED = 'SELECT count(*) FROM "match" WHERE asked_at IS NOT NULL'
MAILS = 10


class Watch:
    """Counts the asks over a connection of its own: who looks each millisecond must not cost what is measured."""

    def __init__(self, engine: Engine) -> None:
        self._connection = engine.raw_connection()
        self._cursor = self._connection.cursor()

    def asks(self) -> int:
        """How many were written so far."""
        self._cursor.execute(ASKED)
        ((count,),) = self._cursor.fetchall()
        self._connection.rollback()  # and begin anew, to see what others commit
        return int(count)


def one_submit(runtime: Runtime, watch: Watch, number: int) -> float:
    """Milliseconds from the click of a resident to the asks in the database."""
    before, start = watch.asks(), time.perf_counter()
    ask(runtime, number)
    while watch.asks() == before:
        if time.perf_counter() - start > PATIENCE_S:
            raise TimeoutError("no asks were written")
        time.sleep(0.001)
    return (time.perf_counter() - start) * 1000


def latency(town: Town, requests: int) -> dict[str, float]:
    """Light load: a request, quiet, the next."""
    for name in PROCESSES:
        town.start(name)
    runtime = town.runtime()
    watch, spent = Watch(runtime.engine), list[float]()
    for number in range(requests + WARM_UP):
        spent.append(one_submit(runtime, watch, number))
        time.sleep(0.4)
    spent = sorted(spent[WARM_UP:])  # the first wait for processes to start
    return {
        "p50_ms": round(statistics.median(spent), 1),
        "p95_ms": round(spent[int(0.95 * len(spent))], 1),
        "min_ms": round(spent[0], 1),
    }


def _cpu_ms(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return (time.process_time() - start) * 1000


def _burst(queue: Queue, connection: Redis) -> None:
    worker = SimpleWorker(
        [queue],
        connection=connection,
        serializer="json",
        job_class=queue.job_class,
        log_job_description=False,
    )
    worker.work(burst=True, logging_level="ERROR")


def empty_job_cpu_ms(url: str, count: int = 300) -> float:
    """CPU that a SimpleWorker spends on a job that does nothing."""
    connection = Redis.from_url(url)
    queue = Queue("empty", connection=connection, serializer="json")
    for _ in range(count):
        queue.enqueue("builtins.int", result_ttl=60)
    return _cpu_ms(lambda: _burst(queue, connection)) / count


def _drain(runtime: Runtime, bell: Bell) -> float:
    """CPU milliseconds of the job that works off what waits behind a bell."""
    connection = Redis.from_url(runtime.settings.redis_url)
    RqBell(runtime.settings.redis_url).ring(bell)
    queue = queue_of(bell, connection)
    return _cpu_ms(lambda: _burst(queue, connection))


@contextmanager
def _counted(engine: Engine) -> Iterator[Counter[str]]:
    """Counts, under "all", the statements that go to the database."""
    counter: Counter[str] = Counter()

    def count(*_facts: object) -> None:
        counter["all"] += 1

    event.listen(engine, "before_cursor_execute", count)
    try:
        yield counter
    finally:
        event.remove(engine, "before_cursor_execute", count)


def _mails(runtime: Runtime) -> int:
    with runtime.reading() as db:
        return db.scalar(select(func.count()).select_from(Notification)) or 0


def _say_yes(runtime: Runtime, known: int) -> None:
    """One volunteer for each request after number `known`."""
    with runtime.reading() as db:
        which = select(func.min(Match.id)).where(Match.state == "asked", Match.help_request_id > known)
        chosen = db.scalars(which.group_by(Match.help_request_id)).all()
    for match_id in chosen:
        with runtime.unit_of_work(RESIDENT) as uow:
            matches.accept(uow, match_id)


def whole_request(
    runtime: Runtime, post: RememberedMail, count: int, first: int
) -> dict[str, dict[str, float]]:
    """What a request costs the workers, by part, when `count` wait at once and one bell drains them all.

    CPU in milliseconds, and statements; `mail` is one mail, `ten_mails` a request with so many.
    """
    # Nobody else may answer the bell: what is measured happens here.
    runtime = dataclasses.replace(runtime, bell=RememberedBell(), mailer=post)
    jobs.use(runtime)
    with runtime.reading() as db:
        known = db.scalar(select(func.max(HelpRequest.id))) or 0
    _drain(runtime, Bell.NOTIFY)
    mails = _mails(runtime)
    for number in range(count):
        ask(runtime, first + number)
    cpu_ms: dict[str, float] = defaultdict(float)
    statements: dict[str, float] = defaultdict(float)

    def drain(bell: Bell) -> None:
        with _counted(runtime.engine) as counted:
            cpu_ms[bell] += _drain(runtime, bell)
        statements[bell] += counted["all"]

    for bell in (Bell.LOCATE, Bell.PAIR, Bell.NOTIFY):
        drain(bell)
    _say_yes(runtime, known)
    drain(Bell.NOTIFY)
    mails = _mails(runtime) - mails
    return {"cpu_ms": _shares(cpu_ms, count, mails), "statements": _shares(statements, count, mails)}


def _shares(spent: Mapping[str, float], requests: int, mails: int) -> dict[str, float]:
    locate, pair, mail = (
        spent[Bell.LOCATE] / requests,
        spent[Bell.PAIR] / requests,
        spent[Bell.NOTIFY] / mails,
    )
    found = {"locate": locate, "pair": pair, "mail": mail, "ten_mails": locate + pair + MAILS * mail}
    return {name: round(value, 2) for name, value in found.items()}


def costs(town: Town, runtime: Runtime, requests: int) -> dict[str, object]:
    """The CPU of a whole request, of an empty job before and after it, and of what cannot be left out."""
    url, post = town.environment["REDIS_URL"], RememberedMail()
    before = empty_job_cpu_ms(url)
    # The first few load the pool and compile the templates.
    whole_request(runtime, post, WARM_UP, first=requests + WARM_UP)
    whole = whole_request(runtime, post, requests, first=requests + 2 * WARM_UP)
    empty = (before + empty_job_cpu_ms(url)) / 2
    database = town.folder / "db.sqlite3"
    return {
        "empty_job_cpu_ms": round(empty, 2),
        "whole_request": whole,
        "ratio": round(whole["cpu_ms"]["ten_mails"] / empty, 2),
        "floor": floors(post.sent[-MAILS:], database if database.exists() else None, empty),
    }


def run(folder: Path, *, requests: int, volunteers: int, database_url: str = "") -> dict[str, object]:
    """Both measurements in one run."""
    town = Town(folder, database_url or f"sqlite:///{folder}/db.sqlite3")
    upgrade(town.database_url)
    town.start("valkey")
    try:
        runtime = town.runtime()
        settle_volunteers(runtime, volunteers)
        light = latency(town, requests)
        for name in PROCESSES:
            town.processes[name].kill()
            town.processes[name].wait()
        spent = costs(town, runtime, requests)
    finally:
        town.stop()
    found = {"requests": requests, "volunteers": volunteers, "submit_to_asks": light}
    return found | spent | {"load": os.getloadavg()[0]}


def main() -> None:
    """Run it from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--requests", type=int, default=40)
    parser.add_argument("--volunteers", type=int, default=100)
    parser.add_argument("--database-url", default="", help="default: SQLite in a throw-away folder")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="lh-pipeline-") as folder:
        found = run(
            Path(folder),
            requests=asked.requests,
            volunteers=asked.volunteers,
            database_url=asked.database_url,
        )
    print(json.dumps(found))


if __name__ == "__main__":
    main()
