"""The built-in street list: what a city can do without a register. Streets only, and all approximate."""

import csv
from pathlib import Path

from leuvenhelpt.addresses.columns import About, Point, StreetRow, columns_of
from leuvenhelpt.addresses.known_names import KnownNames
from leuvenhelpt.addresses.register import Register


def load(path: Path, known: KnownNames) -> Register:
    """A register of one city from a CSV with street, postcode, lat, lon (WGS84) and accuracy_m (metres).

    OSError, KeyError or ValueError when the file is missing or not such a list.
    """
    with path.open(encoding="utf-8", newline="") as lines:
        rows = [_street(row, known) for row in csv.DictReader(lines)]
    return Register(columns_of(rows, About(source=path.name, is_approximate=True)), known)


def _street(row: dict[str, str], known: KnownNames) -> StreetRow:
    return StreetRow(
        town_code=known.code,
        town_names=known.names,
        postcode=row["postcode"],
        part=known.parts.get(row["postcode"], ""),
        names=(row["street"],),
        middle=Point(float(row["lat"]), float(row["lon"])),
        radius_m=int(row["accuracy_m"]),
    )
