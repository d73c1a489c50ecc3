"""The neighbourhoods in use: one GeoJSON file of this installation, checked before it is put in place."""

import json
import logging
import os
from pathlib import Path

from leuvenhelpt.addresses.areas import Areas, NotAreas, areas_from
from leuvenhelpt.domain.errors import ConfigurationError
from leuvenhelpt.domain.values import Point

log = logging.getLogger(__name__)

_NAMED_BY = "leuvenhelpt_name_property"


def areas_path(data_dir: Path) -> Path:
    """Where the neighbourhoods are, if there are any."""
    return data_dir / "addresses" / "areas.geojson"


def import_areas(source: Path, data_dir: Path, *, name_property: str = "") -> tuple[str, ...]:
    """Puts a GeoJSON file in use and answers the names in it; NotAreas leaves the one in use as it was."""
    try:
        document = json.loads(source.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise NotAreas(f"{source}: {error}") from error
    areas = areas_from(document, name_property=name_property)
    path = areas_path(data_dir)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".{os.getpid()}.part")
    part.write_text(json.dumps({**document, _NAMED_BY: name_property}), encoding="utf-8")
    part.replace(path)
    return areas.names


class AreasInUse:
    """The neighbourhoods of a city, followed: an import by another process is seen at the next question."""

    def __init__(self, data_dir: Path) -> None:
        self._data_dir = data_dir
        self._seen = self._version()
        self._areas = open_areas(data_dir)

    def at(self, lat: float, lon: float) -> str:
        """See Areas.at."""
        areas = self._current()
        return areas.at(lat, lon) if areas else ""

    def outlines(self) -> tuple[tuple[str, tuple[tuple[Point, ...], ...]], ...]:
        """See Areas.outlines; none without an import."""
        areas = self._current()
        return areas.outlines() if areas else ()

    def _current(self) -> Areas | None:
        version = self._version()
        if version != self._seen:
            self._seen = version
            try:
                self._areas = open_areas(self._data_dir)
            except ConfigurationError as error:
                log.warning("the areas in use stay: %s", error)
        return self._areas

    def _version(self) -> tuple[int, int] | None:
        try:
            facts = areas_path(self._data_dir).stat()
        except FileNotFoundError:
            return None
        return facts.st_ino, facts.st_mtime_ns


def open_areas(data_dir: Path) -> Areas | None:
    """The neighbourhoods in use, None if there are none. ConfigurationError if the file is damaged."""
    path = areas_path(data_dir)
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        return areas_from(document, name_property=document.get(_NAMED_BY, ""))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, NotAreas) as error:
        raise ConfigurationError(f"{path} cannot be read; import the areas again ({error})") from error
