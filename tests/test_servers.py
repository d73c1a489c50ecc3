"""The servers that the other tests stand on."""

from __future__ import annotations

import psycopg
from redis import Redis

from tests.servers import PostgresServer


def test_valkey_is_empty_at_the_start_of_a_test(redis_url: str) -> None:
    with Redis.from_url(redis_url) as connection:
        assert connection.dbsize() == 0
        connection.set("left", "behind")


def test_valkey_is_empty_again(redis_url: str) -> None:
    with Redis.from_url(redis_url) as connection:
        assert connection.dbsize() == 0


def test_postgresql_knows_case_beyond_ascii(postgres: PostgresServer) -> None:
    with psycopg.connect(postgres.url()) as connection:
        assert connection.execute("SELECT upper('één')").fetchone() == ("ÉÉN",)


def test_a_postgresql_database_is_a_copy_of_its_template(postgres: PostgresServer) -> None:
    url = postgres.create_database("of_origin")
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE kept (word text)")
    with psycopg.connect(postgres.create_database("a_copy", template="of_origin")) as connection:
        assert connection.execute("SELECT count(*) FROM kept").fetchone() == (0,)
