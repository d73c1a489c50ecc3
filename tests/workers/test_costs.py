"""How many statements a request costs the workers: written down, so that one that grows dearer says so here."""

from collections.abc import Callable
from dataclasses import replace

from redis import Redis
from rq import Queue, SimpleWorker
from sqlalchemy import event

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.domain.values import Located
from leuvenhelpt.gateways.mailer import RememberedMail
from leuvenhelpt.storage.queries.offers import changes_since, settled_mark
from tests import make
from workers.locate import locate
from workers.main import Listener
from workers.notify import notify
from workers.pair import Kept, pair


def statements(runtime: Runtime, work: Callable[[], object]) -> int:
    """How many go to the database; what begins and ends a transaction does not count."""
    ran = list[str]()

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        ran.append(statement)

    event.listen(runtime.engine, "before_cursor_execute", note)
    try:
        work()
    finally:
        event.remove(runtime.engine, "before_cursor_execute", note)
    return len([statement for statement in ran if not statement.startswith("BEGIN")])


class Found:
    """A geocoder that finds every address at once."""

    def locate(self, _line: str, _postcode: str) -> Located:
        return Located(make.HERE, 1.0, is_accepted=True)


def test_a_request_costs_the_workers_so_many_statements(runtime: Runtime) -> None:
    runtime, kept = replace(runtime, mailer=RememberedMail(), geocoder=Found()), Kept()
    for _ in range(12):
        make.volunteer(runtime)
    for _ in range(2):  # the first time the pool is loaded
        notify(runtime)
        make.help_request(runtime)
        costs = {
            "locate": statements(runtime, lambda: locate(runtime)),
            "pair": statements(runtime, lambda: pair(runtime, kept)),
            "mails": statements(runtime, lambda: notify(runtime)),
        }
    asked = len(make.notifications(runtime, "ask")) // 2
    assert asked == 2
    assert costs == {"locate": 5, "pair": 23, "mails": 12}


def test_what_is_told_to_a_volunteer_is_no_change_of_the_volunteer(runtime: Runtime) -> None:
    make.asked_match(runtime)
    with runtime.reading() as db:
        mark = settled_mark(db)
    notify(replace(runtime, mailer=RememberedMail()))
    with runtime.reading() as db:
        assert changes_since(db, mark).volunteer_ids == set()


def test_a_listener_does_not_beat_around_each_job(redis_url: str) -> None:
    def beats(worker: type[SimpleWorker], jobs: int) -> int:
        connection = Redis.from_url(redis_url)
        queue = Queue("empty", connection=connection, serializer="json")
        for _ in range(jobs):
            queue.enqueue("builtins.int")
        connection.config_resetstat()
        worker([queue], connection=connection, serializer="json").work(burst=True, logging_level="ERROR")
        return int(connection.info("commandstats")["cmdstat_expire"]["calls"])

    # Three beats a job, each for the worker and for what it runs.
    assert beats(SimpleWorker, jobs=5) - beats(Listener, jobs=5) >= 5 * 3 * 2
