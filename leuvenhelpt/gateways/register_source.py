"""Opening what a city points at: a file or an address on the web; plain, gz or zip, told by its first bytes."""

import gzip
import shutil
import urllib.error
import urllib.request
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, Protocol

from leuvenhelpt.addresses.best_csv import NotARegister
from leuvenhelpt.domain.errors import TemporaryFailure

TIMEOUT_S = 30.0
LARGEST_DOWNLOAD = 4 * 1024**3
_GZ, _ZIP = b"\x1f\x8b", b"PK\x03\x04"


class _Readable(Protocol):
    def readline(self, size: int, /) -> bytes: ...


class Opened:
    """The lines of a source, and how far reading has come (0 to 1)."""

    def __init__(self, lines: _Readable, raw: IO[bytes], size: int) -> None:
        self._lines = lines
        self._raw = raw
        self._size = max(size, 1)

    def __iter__(self) -> Iterator[bytes]:
        try:
            while line := self._lines.readline(1_000_000):
                yield line
        except (EOFError, OSError, zlib.error, zipfile.BadZipFile) as error:
            raise NotARegister(f"the file is cut off or damaged: {error}") from error

    @property
    def share_read(self) -> float:
        """How much of the file was read, from 0 to 1."""
        return min(1.0, self._raw.tell() / self._size)


@contextmanager
def opened(source: str, folder: Path) -> Iterator[Opened]:
    """A source, ready to be read. `folder` holds a download while it lasts.

    NotARegister: there is no such file, or it is no archive after all. TemporaryFailure: the web did not answer.
    """
    with ExitStack() as stack:
        path = Path(source)
        if source.startswith(("https://", "http://")):
            path = folder / "download"
            stack.callback(path.unlink, missing_ok=True)
            _download(source, path)
        try:
            raw = stack.enter_context(path.open("rb"))
            lines = _unpacked(raw, stack)
        except (OSError, zipfile.BadZipFile) as error:
            raise NotARegister(f"{source}: {error}") from error
        yield Opened(lines, raw, path.stat().st_size)


def _unpacked(raw: IO[bytes], stack: ExitStack) -> _Readable:
    start = raw.read(4)
    raw.seek(0)
    if start.startswith(_GZ):
        return stack.enter_context(gzip.GzipFile(fileobj=raw))
    if start.startswith(_ZIP):
        archive = stack.enter_context(zipfile.ZipFile(raw))
        members = [member for member in archive.namelist() if member.lower().endswith(".csv")]
        if len(members) != 1:
            raise NotARegister(f"the zip holds {len(members)} CSV files; one is expected")
        return stack.enter_context(archive.open(members[0]))
    return raw


def _download(url: str, path: Path) -> None:
    request = urllib.request.Request(url, headers={"User-Agent": "leuvenhelpt"})  # noqa: S310  # http(s) only: see opened
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT_S) as answer, path.open("wb") as file:  # noqa: S310
            shutil.copyfileobj(answer, file)
    except (urllib.error.URLError, OSError) as error:
        raise TemporaryFailure(f"{url} could not be fetched: {error}") from error
