"""Reading the federal BeSt Address CSV: rows in, addresses or reasons out."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from leuvenhelpt.addresses.csv_records import Record, records
from leuvenhelpt.addresses.house_numbers import house_number_of
from leuvenhelpt.addresses.wording import town_key
from leuvenhelpt.domain.errors import PermanentFailure

BELGIUM = (49.45, 2.5, 51.55, 6.45)
_REQUIRED = ("EPSG:4326_lat", "EPSG:4326_lon", "house_number", "municipality_id", "postcode", "status")
_POSTCODE = re.compile(r"[1-9]\d{3}")
_DECIMAL = re.compile(r"-?\d{1,3}\.\d+|-?\d{1,3}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_LANGUAGES = {"BE-WAL": ("fr", "de", "nl"), "BE-VLG": ("nl", "fr", "de"), "BE-BRU": ("nl", "fr", "de")}


class NotARegister(PermanentFailure):
    """The file is no address register, or not one that may replace the register in use."""


class Reason(StrEnum):
    """Why a row did not become an address; the last two are no damage."""

    ENCODING = "encoding"
    COLUMNS = "columns"
    COORDINATES = "coordinates"
    STREET = "street"
    HOUSE_NUMBER = "house number"
    POSTCODE = "postcode"
    DUPLICATE_ID = "duplicate id"
    CONFLICT = "conflict"
    OTHER_TOWN = "other municipality"
    STATUS = "status"

    @property
    def is_damage(self) -> bool:
        """Whether the row is wrong, rather than sound but not wanted."""
        return self not in (Reason.OTHER_TOWN, Reason.STATUS)


class Skipped(NamedTuple):
    """A row that did not become an address."""

    line: int
    reason: Reason


class AddressRow(NamedTuple):
    """One sound row. `names`: of the street, the language of its region first; `number` as in the register."""

    line: int
    address_id: str
    town_code: str
    town_names: tuple[str, ...]
    postcode: str
    part: str
    names: tuple[str, ...]
    number: str
    has_box: bool
    lat: float
    lon: float


@dataclass(frozen=True)
class Scope:
    """Which rows are wanted, by name or code of municipality and by postcode (empty: all), and what is known of
    the city itself: its rows must lie within `home_bounds` (south, west, north, east) under `home_postcodes`."""

    municipalities: frozenset[str] = frozenset()
    postcodes: frozenset[str] = frozenset()
    home_code: str = ""
    home_postcodes: frozenset[str] = frozenset()
    home_bounds: tuple[float, float, float, float] = BELGIUM
    _keys: frozenset[str] = field(init=False, default=frozenset())

    def __post_init__(self) -> None:
        object.__setattr__(self, "_keys", frozenset(town_key(name) for name in self.municipalities) - {""})

    def wants(self, town_code: str, town_names: Sequence[str], postcode: str) -> bool:
        """Whether an address belongs in the register."""
        if self.postcodes and postcode not in self.postcodes:
            return False
        if not self.municipalities or town_code in self.municipalities:
            return True
        return any(town_key(name) in self._keys for name in town_names)


class BestReader:
    """Reads the lines of one BeSt file. NotARegister if the first line is not its header."""

    def __init__(self, lines: Iterable[bytes], scope: Scope) -> None:
        self._records = records(lines)
        self._scope = scope
        header = next(self._records, None)
        names = (header.fields or []) if header is not None else []
        self._column = {name.strip(): index for index, name in enumerate(names)}
        self._count = len(names)
        missing = [name for name in _REQUIRED if name not in self._column]
        if missing or not any(name.startswith("streetname_") for name in self._column):
            raise NotARegister(
                "this is not a BeSt Address file: the first line lacks " + ", ".join(missing[:3])
            )

    def __iter__(self) -> Iterator[AddressRow | Skipped]:
        return (self._read(record) for record in self._records)

    def _read(self, record: Record) -> AddressRow | Skipped:
        fields = record.fields
        if not record.is_utf8:
            return Skipped(record.line, Reason.ENCODING)
        if fields is None or len(fields) != self._count or fields[self._column["status"]] == "status":
            return Skipped(record.line, Reason.COLUMNS)
        read = _read_fields(self._named(fields), self._scope)
        return Skipped(record.line, read) if isinstance(read, Reason) else read._replace(line=record.line)

    def _named(self, fields: list[str]) -> Mapping[str, str]:
        return {name: fields[index].strip(" ") for name, index in self._column.items()}


def _read_fields(row: Mapping[str, str], scope: Scope) -> AddressRow | Reason:
    languages = _LANGUAGES.get(row.get("region_code", ""), ("nl", "fr", "de"))
    towns = _names(row, "municipality_name_", languages)
    if row["status"] != "current":
        return Reason.STATUS
    if not _POSTCODE.fullmatch(row["postcode"]):
        return Reason.POSTCODE
    if not scope.wants(row["municipality_id"], towns, row["postcode"]):
        return Reason.OTHER_TOWN
    names = _names(row, "streetname_", languages)
    return _fault(row, scope, names) or AddressRow(
        line=0,
        address_id=row.get("address_id", ""),
        town_code=row["municipality_id"],
        town_names=towns,
        postcode=row["postcode"],
        part=next(iter(_names(row, "postname_", languages)), ""),
        names=names,
        number=row["house_number"],
        has_box=bool(row.get("box_number")),
        lat=float(row["EPSG:4326_lat"]),
        lon=float(row["EPSG:4326_lon"]),
    )


def _fault(row: Mapping[str, str], scope: Scope, names: Sequence[str]) -> Reason | None:
    is_home = bool(scope.home_code) and row["municipality_id"] == scope.home_code
    if is_home and scope.home_postcodes and row["postcode"] not in scope.home_postcodes:
        return Reason.POSTCODE
    if not names or any(_CONTROL.search(name) for name in names):
        return Reason.STREET
    if house_number_of(row["house_number"]) is None:
        return Reason.HOUSE_NUMBER
    bounds = scope.home_bounds if is_home else BELGIUM
    is_placed = _is_within(row["EPSG:4326_lat"], row["EPSG:4326_lon"], bounds)
    return None if is_placed else Reason.COORDINATES


def _names(row: Mapping[str, str], start: str, languages: Sequence[str]) -> tuple[str, ...]:
    names = (row.get(start + language) for language in languages)
    return tuple(dict.fromkeys(name for name in names if name))


def _is_within(lat: str, lon: str, bounds: tuple[float, float, float, float]) -> bool:
    """Whether two decimals with a point are a position within the bounds; "NaN" is none."""
    if not (_DECIMAL.fullmatch(lat) and _DECIMAL.fullmatch(lon)):
        return False
    south, west, north, east = bounds
    return south <= float(lat) <= north and west <= float(lon) <= east
