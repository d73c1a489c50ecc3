"""What the clock asks each second is found by an index, however many rows there are."""

from typing import Any

from sqlalchemy import Connection, event

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.storage.queries.notifications import facts_of_messages
from tests import make
from workers.sweep import sweep

# Each says of a whole table that is read "scan TABLE"; PostgreSQL reads a small one whole unless told not to.
EXPLAINED = {
    "sqlite": ("EXPLAIN QUERY PLAN ", "scan notification"),
    "postgresql": ("EXPLAIN ", "seq scan on notification"),
}


def reads_all_notifications(connection: Connection, statement: str, facts: Any) -> bool:
    explain, whole = EXPLAINED[connection.dialect.name]
    plan = connection.exec_driver_sql(explain + statement, facts)
    return any(whole in f"{' '.join(map(str, line))} ".lower() for line in plan)


def test_neither_the_clock_nor_a_mail_that_may_be_stale_reads_all_notifications(runtime: Runtime) -> None:
    request = make.located_request(runtime)
    asked = make.shortlist(runtime, request, [make.volunteer(runtime) for _ in range(2)])
    with runtime.unit_of_work(make.VOLUNTEER) as uow:
        make.matches.accept(uow, asked[0])
    (filled,) = make.notifications(runtime, "ask_filled")
    ran = list[tuple[str, Any]]()
    event.listen(runtime.engine, "before_cursor_execute", lambda *call: ran.append((call[2], call[3])))
    sweep(runtime)
    with runtime.reading() as db:
        facts_of_messages(db, [filled.id], runtime.clock())
    with runtime.engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SET enable_seqscan = off")
        reads = [(statement, facts) for statement, facts in ran if " notification" in statement]
        assert len(reads) >= 4
        assert [one for one in reads if reads_all_notifications(connection, *one)] == []
