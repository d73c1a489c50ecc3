"""Rows of an import on their way to a register: on disk, so that millions need no more memory than thousands."""

import json
import sqlite3
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from leuvenhelpt.addresses.best_csv import AddressRow, Reason
from leuvenhelpt.addresses.columns import Point, StreetRow, distance_m
from leuvenhelpt.addresses.house_numbers import house_number_of

SAME_HOUSE_M = 250  # boxes of one house stand at most so far apart; further, the rows contradict each other
SAME_STREET_M = 10_000
STREETS_AT_HAND = 4096  # rows of one street come together, so few have to be looked for

_TABLES = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA cache_size = -32000;
CREATE TABLE street (id INTEGER PRIMARY KEY, town_code TEXT, postcode TEXT, names TEXT,
                     UNIQUE (town_code, postcode, names));
CREATE TABLE address (id PRIMARY KEY, street INTEGER, number TEXT) WITHOUT ROWID;
CREATE TABLE house (street INTEGER, number TEXT, lat REAL, lon REAL, has_box INTEGER, line INTEGER,
                    PRIMARY KEY (street, number)) WITHOUT ROWID;
"""


class _Street(NamedTuple):
    town_code: str
    postcode: str
    names: tuple[str, ...]


class Staging:
    """Takes rows, merges the boxes of a house, and hands the streets out sorted by town."""

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.executescript(_TABLES)
        self._db.execute("BEGIN")
        self._number_of = lru_cache(STREETS_AT_HAND)(self._find_or_add)
        self._towns: dict[str, tuple[str, ...]] = {}
        self._parts: dict[tuple[str, str], str] = {}

    def close(self) -> None:
        """Lets go of the file."""
        self._db.close()

    def add(self, row: AddressRow) -> Reason | None:
        """Takes one row; the reason if it contradicts an earlier one. A house that is known is merged."""
        self._towns.setdefault(row.town_code, row.town_names)
        self._parts.setdefault((row.town_code, row.postcode), row.part)
        at = self._number_of(_Street(row.town_code, row.postcode, row.names))
        number = house_number_of(row.number)
        door = row.number if number is None else number.text
        if row.address_id and not self._is_new_id(row.address_id, at, door):
            return Reason.DUPLICATE_ID
        return self._add_house(row, at, door)

    def _find_or_add(self, street: _Street) -> int:
        """The number of a street, which it has from now on if it had none."""
        facts = (street.town_code, street.postcode, json.dumps(street.names, ensure_ascii=False))
        self._db.execute("INSERT OR IGNORE INTO street (town_code, postcode, names) VALUES (?, ?, ?)", facts)
        known = "SELECT id FROM street WHERE town_code = ? AND postcode = ? AND names = ?"
        return int(self._db.execute(known, facts).fetchone()[0])

    def _is_new_id(self, address_id: str, street: int, number: str) -> bool:
        """Remembers an id; False if it was another house before."""
        key: str | int = int(address_id) if address_id.isdigit() and len(address_id) < 18 else address_id
        if self._db.execute("INSERT OR IGNORE INTO address VALUES (?, ?, ?)", (key, street, number)).rowcount:
            return True
        known = self._db.execute("SELECT street, number FROM address WHERE id = ?", (key,)).fetchone()
        return bool(known == (street, number))

    def _add_house(self, row: AddressRow, street: int, number: str) -> Reason | None:
        facts = (street, number, row.lat, row.lon, row.has_box, row.line)
        if self._db.execute("INSERT OR IGNORE INTO house VALUES (?, ?, ?, ?, ?, ?)", facts).rowcount:
            return None
        where = (street, number)
        lat, lon, has_box = self._db.execute(
            "SELECT lat, lon, has_box FROM house WHERE street = ? AND number = ?", where
        ).fetchone()
        if distance_m(Point(lat, lon), Point(row.lat, row.lon)) > SAME_HOUSE_M:
            return Reason.CONFLICT
        if has_box and not row.has_box:  # the house itself gives the position, not one of its boxes
            change = "UPDATE house SET lat = ?, lon = ?, has_box = 0 WHERE street = ? AND number = ?"
            self._db.execute(change, (row.lat, row.lon, *where))
        return None

    def streets(self) -> Iterator[tuple[StreetRow, list[int]]]:
        """Each street that has houses, sorted by town and name, and the lines of houses far away from it."""
        query = "SELECT id, town_code, postcode, names FROM street ORDER BY town_code, postcode, names"
        for at, town_code, postcode, names in self._db.execute(query):
            houses = self._db.execute(
                "SELECT number, lat, lon, line FROM house WHERE street = ?", (at,)
            ).fetchall()
            kept, lines_off = _near_each_other(houses)
            if kept:
                town, part = self._towns[town_code], self._parts[town_code, postcode]
                yield StreetRow(town_code, town, postcode, part, tuple(json.loads(names)), kept), lines_off


def _near_each_other(
    houses: list[tuple[str, float, float, int]],
) -> tuple[list[tuple[str, float, float]], list[int]]:
    """The houses of a street, and the lines of those kilometres away from its middle."""
    middle = houses and Point(_middle([row[1] for row in houses]), _middle([row[2] for row in houses]))
    if not middle:
        return [], []
    off = [row[3] for row in houses if distance_m(Point(row[1], row[2]), middle) > SAME_STREET_M]
    return [row[:3] for row in houses if row[3] not in off], off


def _middle(values: list[float]) -> float:
    return sorted(values)[len(values) // 2]
