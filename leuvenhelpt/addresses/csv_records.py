"""Records of a CSV that may be damaged: each with its line, or with what is wrong; one fault never eats the rest."""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import NamedTuple

MOST_LINES = 3
LONGEST_LINE = 20_000


class Record(NamedTuple):
    """One record: the line it starts on (the header is line 1), its fields, and whether every byte was UTF-8.

    `fields` is None when a quote was opened and not closed within three lines.
    """

    line: int
    fields: list[str] | None
    is_utf8: bool


def records(lines: Iterable[bytes]) -> Iterator[Record]:
    """The records of a comma-separated file from its lines; empty lines are left out.

    A record on several lines (a quoted line break) is one record. A quote that is never closed costs its own
    line only: the lines after it are read again.
    """
    reader = _Lines(lines)
    for line, raw in reader:
        if b'"' in raw:
            yield _quoted(reader, line, raw)
        elif bare := raw.rstrip(b"\r\n"):
            yield _decoded(line, bare, is_quoted=False)


class _Lines:
    """Numbered lines that can be put back."""

    def __init__(self, lines: Iterable[bytes]) -> None:
        self._numbered = enumerate(lines, 1)
        self._waiting: list[tuple[int, bytes]] = []

    def __iter__(self) -> Iterator[tuple[int, bytes]]:
        return self

    def __next__(self) -> tuple[int, bytes]:
        return self._waiting.pop(0) if self._waiting else next(self._numbered)

    def put_back(self, lines: list[tuple[int, bytes]]) -> None:
        self._waiting = lines + self._waiting


def _quoted(reader: _Lines, line: int, raw: bytes) -> Record:
    more: list[tuple[int, bytes]] = []
    while raw.count(b'"') % 2:
        following = next(reader, None) if len(more) < MOST_LINES - 1 else None
        if following is None:
            reader.put_back(more)
            return Record(line, None, is_utf8=True)
        more.append(following)
        raw += following[1]
    return _decoded(line, raw, is_quoted=True)


def _decoded(line: int, raw: bytes, *, is_quoted: bool) -> Record:
    try:
        text = raw.decode("utf-8-sig" if line == 1 else "utf-8")
    except UnicodeDecodeError:
        return Record(line, [], is_utf8=False)
    if len(text) > LONGEST_LINE:
        return Record(line, None, is_utf8=True)
    return Record(line, _parsed(text) if is_quoted else text.split(","), is_utf8=True)


def _parsed(text: str) -> list[str] | None:
    fields = list(csv.reader(io.StringIO(text, newline="")))
    return fields[0] if len(fields) == 1 else None
