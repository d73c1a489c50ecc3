"""The neighbourhoods in use: one GeoJSON file of this installation, checked before it is put in place."""

import json
import os
from pathlib import Path

from leuvenhelpt.addresses.areas import Areas, NotAreas, areas_from
from leuvenhelpt.domain.errors import ConfigurationError

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
