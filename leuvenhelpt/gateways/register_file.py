"""The register in use: the imported file if there is one, else the city's built-in street list."""

import tomllib
from pathlib import Path

from leuvenhelpt.addresses import street_list
from leuvenhelpt.addresses.known_names import KnownNames, known_names_from
from leuvenhelpt.addresses.register import Register
from leuvenhelpt.domain.errors import ConfigurationError


def read_known_names(city_folder: Path) -> KnownNames:
    """What a city adds to the register; ConfigurationError if its `addresses.toml` is missing or wrong."""
    path = city_folder / "addresses.toml"
    try:
        return known_names_from(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise ConfigurationError(f"{path}: {error!r}") from error


def open_register(data_dir: Path, city_folder: Path) -> Register:
    """The register of a city, ready to answer. ConfigurationError if it cannot be read."""
    del data_dir
    known = read_known_names(city_folder)
    path = city_folder / "streets.csv"
    try:
        return street_list.load(path, known)
    except (OSError, KeyError, ValueError) as error:
        raise ConfigurationError(f"{path}: {error!r}") from error
