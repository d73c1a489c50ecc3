"""The neighbourhoods and the outline in use: GeoJSON files, checked before they are put in place."""

import json
import logging
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from leuvenhelpt.addresses.areas import Areas, NotAreas, areas_from, outline_from
from leuvenhelpt.domain.errors import ConfigurationError
from leuvenhelpt.domain.values import Point

log = logging.getLogger(__name__)

_NAMED_BY, _ONLY = "leuvenhelpt_name_property", "leuvenhelpt_only"


def areas_path(data_dir: Path) -> Path:
    """Where the neighbourhoods are, if there are any."""
    return data_dir / "addresses" / "areas.geojson"


def outline_path(data_dir: Path) -> Path:
    """Where the outline of the city is, if there is one."""
    return data_dir / "addresses" / "outline.geojson"


def import_areas(source: Path, data_dir: Path, *, name_property: str = "") -> tuple[str, ...]:
    """Puts a GeoJSON file in use and answers the names in it; NotAreas leaves the one in use as it was."""
    document = _parsed(source)
    areas = areas_from(document, name_property=name_property)
    _put(document | {_NAMED_BY: name_property}, areas_path(data_dir))
    return areas.names


def import_outline(
    source: Path, data_dir: Path, *, middles: Sequence[Point], only: str = "", name_property: str = ""
) -> tuple[str, ...]:
    """Puts an outline in use: all polygons of a GeoJSON file, or those named `only`; answers their names.

    NotAreas leaves the one in use as it was; also when one of the `middles` of the city lies outside, as then the
    outline is another town's.
    """
    document = _parsed(source)
    outline = outline_from(document, only=only, name_property=name_property)
    for lat, lon in middles:
        if not outline.hold(lat, lon):
            raise NotAreas(
                f"{source}: the city has a part around {lat}, {lon}, which lies outside this outline"
            )
    _put(document | {_NAMED_BY: name_property, _ONLY: only}, outline_path(data_dir))
    return outline.names


def _parsed(source: Path) -> Any:
    try:
        return json.loads(source.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise NotAreas(f"{source}: {error}") from error


def _put(document: Any, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".{os.getpid()}.part")
    part.write_text(json.dumps(document), encoding="utf-8")
    part.replace(path)


class AreasInUse:
    """The neighbourhoods and the outline of a city, followed: an import is seen at the next question."""

    def __init__(self, data_dir: Path) -> None:
        self._data_dir = data_dir
        self._seen = self._versions()
        self._areas, self._outline = open_areas(data_dir), open_outline(data_dir)

    def at(self, lat: float, lon: float) -> str:
        """See Areas.at."""
        self._follow()
        return self._areas.at(lat, lon) if self._areas else ""

    def outlines(self) -> tuple[tuple[str, tuple[tuple[Point, ...], ...]], ...]:
        """See Areas.outlines; of the neighbourhoods, or without them of the city itself."""
        self._follow()
        drawn = self._areas or self._outline
        return drawn.outlines() if drawn else ()

    def hold(self, lat: float, lon: float) -> bool:
        """Whether a point lies within the outline of the city; without an outline every point does."""
        self._follow()
        return self._outline is None or self._outline.hold(lat, lon)

    def _follow(self) -> None:
        versions = self._versions()
        if versions == self._seen:
            return
        self._seen = versions
        try:
            self._areas, self._outline = open_areas(self._data_dir), open_outline(self._data_dir)
        except ConfigurationError as error:
            log.warning("the areas in use stay: %s", error)

    def _versions(self) -> tuple[tuple[int, int] | None, ...]:
        return _version(areas_path(self._data_dir)), _version(outline_path(self._data_dir))


def _version(path: Path) -> tuple[int, int] | None:
    try:
        facts = path.stat()
    except FileNotFoundError:
        return None
    return facts.st_ino, facts.st_mtime_ns


def open_areas(data_dir: Path) -> Areas | None:
    """The neighbourhoods in use, None if there are none. ConfigurationError if the file is damaged."""
    return _kept(areas_path(data_dir), lambda kept: areas_from(kept, name_property=kept[_NAMED_BY]))


def open_outline(data_dir: Path) -> Areas | None:
    """The outline in use, None if there is none. ConfigurationError if the file is damaged."""
    return _kept(
        outline_path(data_dir),
        lambda kept: outline_from(kept, only=kept[_ONLY], name_property=kept[_NAMED_BY]),
    )


def _kept(path: Path, read: Callable[[Any], Areas]) -> Areas | None:
    try:
        return read(json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, NotAreas) as error:
        raise ConfigurationError(f"{path} cannot be read; import it again ({error!r})") from error
