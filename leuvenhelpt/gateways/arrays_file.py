"""Facts and arrays in one file of our own, readable by this user only, written whole or not at all.

The file ends with the digest of all that stands before it, so that one wrong bit is enough to refuse it.
"""

import hashlib
import json
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

DIGEST, DIGEST_BYTES = "blake2b", 64
AT_ONCE = 1 << 20


def write_arrays(path: Path, facts: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]]) -> None:
    """Writes beside its place and swaps it in at once; whatever fails leaves the old file. OSError."""
    head = json.dumps({"facts": facts, "arrays": list(arrays)}).encode()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = path.with_suffix(f".{os.getpid()}.part")
    try:
        with os.fdopen(os.open(part, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "w+b") as file:
            np.save(file, np.frombuffer(head, np.uint8))
            for array in arrays.values():
                np.save(file, array, allow_pickle=False)
            file.write(_digest(file, file.tell()))
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def read_arrays(path: Path) -> tuple[dict[str, Any], dict[str, NDArray[Any]]] | None:
    """The facts and the arrays, to be changed at will; None if there is no file. ValueError if it is damaged."""
    try:
        with path.open("rb") as file:
            _refuse_damaged(file)
            head = json.loads(np.load(file, allow_pickle=False).tobytes())
            return head["facts"], {name: np.load(file, allow_pickle=False) for name in head["arrays"]}
    except FileNotFoundError:
        return None
    except Exception as error:  # numpy tells of a damaged head in as many ways as there are to read Python
        raise ValueError(f"{path.name} cannot be read: {error!r}") from error


def forget_arrays(path: Path) -> None:
    """Removes the file, if it is there."""
    with suppress(FileNotFoundError):
        path.unlink()


def _digest(file: IO[bytes], length: int) -> bytes:
    """Of the first so many bytes; the file stands just after them."""
    file.seek(0)
    digest = hashlib.new(DIGEST)
    while length and (piece := file.read(min(AT_ONCE, length))):
        digest.update(piece)
        length -= len(piece)
    return digest.digest()


def _refuse_damaged(file: IO[bytes]) -> None:
    length = max(0, file.seek(0, os.SEEK_END) - DIGEST_BYTES)
    if _digest(file, length) != file.read():
        raise ValueError("its digest is another")
    file.seek(0)
