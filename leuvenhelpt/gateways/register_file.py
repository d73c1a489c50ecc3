"""The register in use: one file that is mapped into memory, swapped in whole, or else the street list."""

import json
import logging
import mmap
import os
import struct
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from leuvenhelpt.addresses import street_list
from leuvenhelpt.addresses.answer import Answer
from leuvenhelpt.addresses.columns import ARRAYS, About, Columns, Houses, Part, Town
from leuvenhelpt.addresses.known_names import KnownNames, known_names_from
from leuvenhelpt.addresses.register import Register
from leuvenhelpt.domain.errors import ConfigurationError
from leuvenhelpt.domain.values import Bounds, Surroundings

log = logging.getLogger(__name__)

_MAGIC = b"LHADDR01"
_START = struct.Struct("<8sQ")
_ALIGNED = 64


def register_path(data_dir: Path) -> Path:
    """Where the imported register is, if there is one."""
    return data_dir / "addresses" / "register.bin"


def read_known_names(city_folder: Path) -> KnownNames:
    """What a city adds to the register; ConfigurationError if its `addresses.toml` is missing or wrong."""
    path = city_folder / "addresses.toml"
    try:
        return known_names_from(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise ConfigurationError(f"{path}: {error!r}") from error


def open_register(data_dir: Path, city_folder: Path) -> Register:
    """The register of a city, ready to answer. ConfigurationError if it cannot be read."""
    known = read_known_names(city_folder)
    columns = read_columns(register_path(data_dir))
    if columns is not None:
        return Register(columns, known)
    path = city_folder / "streets.csv"
    try:
        return street_list.load(path, known)
    except (OSError, KeyError, ValueError) as error:
        raise ConfigurationError(f"{path}: {error!r}") from error


def read_remote(city_folder: Path) -> Mapping[str, Any]:
    """The geocoder elsewhere that a city switched on in its `addresses.toml`; empty if it did not."""
    facts = tomllib.loads((city_folder / "addresses.toml").read_text(encoding="utf-8"))
    return dict(facts.get("remote", {}))


class RegisterInUse:
    """The register of a city, followed: an import by another process is seen at the next question."""

    def __init__(self, data_dir: Path, city_folder: Path) -> None:
        self._data_dir = data_dir
        self._city_folder = city_folder
        self._seen = self._version()
        self._register = open_register(data_dir, city_folder)

    def find(self, text: str) -> Answer:
        """See Register.find."""
        return self._current().find(text)

    def suggest(self, prefix: str, limit: int = 5) -> tuple[Answer, ...]:
        """See Register.suggest."""
        return self._current().suggest(prefix, limit)

    def is_elsewhere(self, text: str) -> bool:
        """See Register.is_elsewhere."""
        return self._current().is_elsewhere(text)

    def surroundings(self, bounds: Bounds, most_streets: int) -> Surroundings:
        """See Register.surroundings."""
        return self._current().surroundings(bounds, most_streets)

    def essence(self, text: str) -> tuple[str, str, str] | None:
        """See Register.essence."""
        return self._current().essence(text)

    def _current(self) -> Register:
        version = self._version()
        if version != self._seen:
            self._seen = version
            try:
                self._register = open_register(self._data_dir, self._city_folder)
            except ConfigurationError as error:
                log.warning("the register in use stays: %s", error)
        return self._register

    def _version(self) -> tuple[int, int] | None:
        try:
            facts = register_path(self._data_dir).stat()
        except FileNotFoundError:
            return None
        return facts.st_ino, facts.st_mtime_ns


def read_columns(path: Path) -> Columns | None:
    """The columns of a register file, mapped and not read; None if there is none. ConfigurationError: damaged."""
    try:
        with path.open("rb") as file:
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        magic, length = _START.unpack_from(mapped)
        if magic != _MAGIC:
            raise ValueError("not a register of this version")
        head = json.loads(mapped[_START.size : _START.size + length])
        arrays = {name: _mapped(mapped, head["arrays"][name], kind) for name, kind in ARRAYS}
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, struct.error) as error:
        raise ConfigurationError(f"{path} cannot be read; import the addresses again ({error})") from error
    return Columns(
        about=_about(head["about"]),
        towns=tuple(Town(**{**town, "names": tuple(town["names"])}) for town in head["towns"]),
        parts=tuple(Part(**part) for part in head["parts"]),
        letters=tuple(head["letters"]),
        street_names=[tuple(names.split("\n")) for names in head["street_names"]],
        **arrays,
    )


def _about(facts: dict[str, Any]) -> About:
    read: dict[str, Any] = {
        name: tuple(fact) if isinstance(fact, list) else fact for name, fact in facts.items()
    }
    return About(**read)


def _mapped(mapped: mmap.mmap, where: Sequence[int], kind: type[Any]) -> NDArray[Any]:
    offset, count = where
    return np.frombuffer(mapped, dtype=kind, count=count, offset=offset)


def write_columns(columns: Columns, path: Path) -> None:
    """Writes a register beside its place and swaps it in at once; whatever fails leaves the old one."""
    offset, where = 0, {}
    for name, kind in ARRAYS:
        count = len(getattr(columns, name))
        where[name] = (offset, count)
        offset += -(-count * np.dtype(kind).itemsize // _ALIGNED) * _ALIGNED
    start = _ALIGNED * (2 + len(json.dumps(_head(columns, where))) // _ALIGNED + len(where))
    head = json.dumps(
        _head(columns, {name: (start + at, count) for name, (at, count) in where.items()})
    ).encode()
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".{os.getpid()}.part")
    try:
        with part.open("wb") as file:
            file.write(_START.pack(_MAGIC, len(head)) + head)
            for name, (at, _) in where.items():
                file.seek(start + at)
                getattr(columns, name).tofile(file)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _head(columns: Columns, where: dict[str, tuple[int, int]]) -> dict[str, Any]:
    return {
        "about": asdict(columns.about),
        "towns": [asdict(town) for town in columns.towns],
        "parts": [asdict(part) for part in columns.parts],
        "letters": columns.letters,
        "street_names": ["\n".join(names) for names in columns.street_names],
        "arrays": where,
    }


class KeptInFiles:
    """Houses on disk while a register is built: four columns that are mapped back at the end."""

    def __init__(self, folder: Path) -> None:
        self._kinds = [kind for name, kind in ARRAYS if name.startswith("house_") and name != "house_from"]
        self._paths = [folder / f"column{index}" for index in range(len(self._kinds))]
        self._files = [path.open("wb") for path in self._paths]

    def keep(self, houses: Houses) -> None:
        for column, kind, file in zip(houses.T, self._kinds, self._files, strict=True):
            file.write(column.astype(kind).tobytes())

    def columns(self) -> Sequence[NDArray[Any]]:
        for file in self._files:
            file.close()
        return [
            np.memmap(path, dtype=kind, mode="r") if path.stat().st_size else np.zeros(0, dtype=kind)
            for path, kind in zip(self._paths, self._kinds, strict=True)
        ]
