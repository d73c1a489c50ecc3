"""The rival with a spatial index: the same volunteers in PostgreSQL with PostGIS, on the plane, in single precision.

    --postgis "host=/tmp/cluster dbname=postgres user=postgres"

The server must run on this machine (Linux), for its CPU time counts too. The tables stand in a schema of their own,
which is dropped at the end; neighbours stand together in them.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from time import clock_gettime_ns, process_time_ns

import numpy as np
import psycopg

from benchmarks.country import Country
from leuvenhelpt.domain.availability import ALWAYS
from leuvenhelpt.domain.messages import Need
from leuvenhelpt.matching.columns import HOUR_BITS
from leuvenhelpt.matching.questions import place_of, wishes_of
from leuvenhelpt.matching.weights import WEIGHTS

_PROCESS_CLOCK = 2  # what clock_getcpuclockid(3) makes of a process: its number inverted, then these bits
_TABLE = """
CREATE EXTENSION IF NOT EXISTS postgis;
DROP SCHEMA IF EXISTS matching_benchmark CASCADE;
CREATE SCHEMA matching_benchmark;
SET search_path TO matching_benchmark, public;
SET max_parallel_workers_per_gather = 0;
SET jit = off;
CREATE UNLOGGED TABLE raw (
  id int, word bigint, askable boolean, hours int, vetting smallint, pace real, standing real,
  x real, y real, reach real);
"""
_INDEXES = """
CREATE UNLOGGED TABLE volunteer AS
  SELECT *, ST_MakePoint(x, y) AS place FROM raw ORDER BY ST_MakePoint(x, y);
CREATE INDEX ON volunteer USING gist (ST_Expand(place, reach)) WHERE askable;
CREATE INDEX ON volunteer USING gist (place) WHERE askable;
VACUUM (ANALYZE) volunteer;
"""
_BEST = """
SELECT id FROM volunteer
CROSS JOIN LATERAL (SELECT sqrt(
  (x - %(x)s::real) * (x - %(x)s::real) + (y - %(y)s::real) * (y - %(y)s::real))::real AS far) AS way
WHERE ST_Expand(place, reach) && ST_MakePoint(%(x)s, %(y)s)
  AND askable AND (word & %(kind)s) <> 0 AND (word & %(languages)s) <> 0 AND (hours & %(hours)s) <> 0
  AND vetting >= %(vetting)s AND far <= reach
ORDER BY standing + greatest(%(near)s::real - far * pace, 0::real)
  + bit_count((hours & %(hours)s)::bit(21))::real * %(per_hour)s::real DESC, id
LIMIT 10
"""
_NEAREST = """
SELECT id FROM volunteer
WHERE askable AND (word & %(kind)s) <> 0 AND (word & %(languages)s) <> 0 AND (hours & %(hours)s) <> 0
  AND vetting >= %(vetting)s AND place <-> ST_MakePoint(%(x)s, %(y)s) <= reach
ORDER BY place <-> ST_MakePoint(%(x)s, %(y)s) LIMIT 10
"""


class PostGis:
    """The volunteers of a country in a database that knows where they may go."""

    def __init__(self, connection: psycopg.Connection, country: Country) -> None:
        self._connection, self._country = connection, country
        self._server_clock = (~connection.info.backend_pid << 3) | _PROCESS_CLOCK
        connection.execute(_TABLE)
        self._fill()
        for statement in _INDEXES.strip().split(";\n"):
            connection.execute(statement)

    def cpu_ns(self) -> int:
        """CPU of this process and of the server's that works for it."""
        return process_time_ns() + clock_gettime_ns(self._server_clock)

    def best(self, need: Need) -> list[int]:
        """Exact: everybody whose box of reach holds the place, then the rules, then the score."""
        return self._ask(_BEST, need)

    def nearest(self, need: Need) -> list[int]:
        """The ten nearest who fit, as PostGIS is mostly used: another order than the score's."""
        return self._ask(_NEAREST, need)

    def _ask(self, statement: str, need: Need) -> list[int]:
        x, y = place_of(need) or (0.0, 0.0)
        facts = {
            "x": float(x), "y": float(y), "vetting": need.vetting, "hours": need.hours, "near": WEIGHTS.near,
            "kind": self._country.vocabulary.word([need.kind], []),
            "languages": self._country.vocabulary.word([], need.languages),
            "per_hour": WEIGHTS.hours / need.hours.bit_count(),
        }  # fmt: skip
        return [row[0] for row in self._connection.execute(statement, facts)]

    def _fill(self) -> None:
        columns, facts = self._country.columns, self._country.columns.facts
        rows = zip(
            columns.volunteer_id.tolist(), (columns.word & np.uint64((1 << 63) - 1)).tolist(),
            (columns.word >> np.uint64(63) != 0).tolist(), (facts["times"] & ALWAYS).tolist(),
            np.bitwise_count(facts["times"] >> np.uint32(HOUR_BITS)).tolist(),
            wishes_of(WEIGHTS)["paces"][0][facts["means"]].tolist(), facts["standing"].tolist(), facts["x"].tolist(),
            facts["y"].tolist(), facts["reach_km"].tolist(), strict=True,
        )  # fmt: skip
        names = "id, word, askable, hours, vetting, pace, standing, x, y, reach"
        with self._connection.cursor() as cursor, cursor.copy(f"COPY raw ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)


@contextmanager
def postgis(dsn: str, country: Country) -> Iterator[PostGis]:
    """The rival, for as long as the block lasts."""
    with psycopg.connect(dsn, autocommit=True) as connection:
        try:
            yield PostGis(connection, country)
        finally:
            connection.execute("DROP SCHEMA IF EXISTS matching_benchmark CASCADE")
