"""python -m benchmarks.pipeline --requests 40: from submit to asks written, through real worker processes.

Prints one JSON line: milliseconds at light load, and the CPU of a whole request (located, paired, four asked,
one yes, every mail written) against that of one empty RQ job, both in this process.
"""

import argparse
import dataclasses
import json
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from redis import Redis
from rq import Queue, SimpleWorker
from sqlalchemy import Engine, func, select, text

from benchmarks.chaos import RESIDENT, Town, ask, settle_volunteers
from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.domain.jobs import Bell
from leuvenhelpt.gateways.bell import RememberedBell, RqBell, queue_of
from leuvenhelpt.gateways.mailer import RememberedMail
from leuvenhelpt.services import matches
from leuvenhelpt.storage.migrate import upgrade
from leuvenhelpt.storage.models import HelpRequest, Match, Notification
from workers import jobs

PATIENCE_S, WARM_UP = 60.0, 3
ASKED = text("SELECT count(*) FROM match WHERE asked_at IS NOT NULL")


def _asks(engine: Engine) -> int:
    with engine.execution_options(read_only=True).connect() as connection:
        return connection.scalar(ASKED) or 0


def one_submit(runtime: Runtime, engine: Engine, number: int) -> float:
    """Milliseconds from the click of a resident to the asks in the database."""
    before, start = _asks(engine), time.perf_counter()
    ask(runtime, number)
    while _asks(engine) == before:
        if time.perf_counter() - start > PATIENCE_S:
            raise TimeoutError("no asks were written")
        time.sleep(0.001)
    return (time.perf_counter() - start) * 1000


def latency(town: Town, requests: int) -> dict[str, float]:
    """Light load: a request, quiet, the next."""
    for name in ("locate", "pair", "notify", "scheduler"):
        town.start(name)
    runtime = town.runtime()
    spent = []
    for number in range(requests + WARM_UP):
        spent.append(one_submit(runtime, runtime.engine, number))
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


def _drain(runtime: Runtime, bells: tuple[Bell, ...]) -> float:
    connection, spent = Redis.from_url(runtime.settings.redis_url), 0.0
    for bell in bells:
        RqBell(runtime.settings.redis_url).ring(bell)
        queue = queue_of(bell, connection)
        spent += _cpu_ms(lambda queue=queue: _burst(queue, connection))  # type: ignore[misc]
    return spent


def whole_request_cpu_ms(runtime: Runtime, count: int, first: int) -> dict[str, float]:
    """Worker CPU a request when `count` wait at once, by part: one bell drains them all."""
    # Nobody else may answer the bell: what is measured happens here.
    runtime = dataclasses.replace(runtime, bell=RememberedBell(), mailer=RememberedMail())
    jobs.use(runtime)
    with runtime.reading() as db:
        known = db.scalar(select(func.max(HelpRequest.id))) or 0
        told = db.scalar(select(func.count()).select_from(Notification)) or 0
    for number in range(count):
        ask(runtime, first + number)
    parts = {bell.value: _drain(runtime, (bell,)) for bell in (Bell.LOCATE, Bell.PAIR, Bell.NOTIFY)}
    with runtime.reading() as db:
        which = select(func.min(Match.id)).where(Match.state == "asked", Match.help_request_id > known)
        chosen = db.scalars(which.group_by(Match.help_request_id)).all()
    for match_id in chosen:
        with runtime.unit_of_work(RESIDENT) as uow:
            matches.accept(uow, match_id)
    parts["notify"] += _drain(runtime, (Bell.NOTIFY,))
    with runtime.reading() as db:
        told = (db.scalar(select(func.count()).select_from(Notification)) or 0) - told
    figures = {name: round(spent / count, 2) for name, spent in parts.items()}
    return figures | {"notifications": round(told / count, 2), "all": round(sum(parts.values()) / count, 2)}


def run(folder: Path, *, requests: int, volunteers: int, database_url: str = "") -> dict[str, object]:
    """Both measurements in one run."""
    town = Town(folder, database_url or f"sqlite:///{folder}/db.sqlite3")
    upgrade(town.database_url)
    town.start("valkey")
    try:
        runtime = town.runtime()
        settle_volunteers(runtime, volunteers)
        light = latency(town, requests)
        for name in ("scheduler", "locate", "pair", "notify"):
            town.processes[name].kill()
            town.processes[name].wait()
        empty = empty_job_cpu_ms(town.environment["REDIS_URL"])
        whole = whole_request_cpu_ms(runtime, requests, first=requests + WARM_UP)
    finally:
        town.stop()
    return {
        "requests": requests, "volunteers": volunteers, "submit_to_asks": light,
        "empty_job_cpu_ms": round(empty, 2), "request_cpu_ms": whole, "ratio": round(whole["all"] / empty, 2),
    }  # fmt: skip


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
