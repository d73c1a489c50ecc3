"""How well a register understands typed addresses: python -m benchmarks.addresses REGISTER TYPED.csv

REGISTER: an imported register file, or a BeSt CSV. TYPED.csv: columns query, kind (pos, neg), expect_street,
expect_number, expect_postcode, note (level=house, street or absent). Prints one JSON object.
"""

import argparse
import csv
import json
import resource
import sys
import tempfile
import time
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from leuvenhelpt.addresses.answer import Answer, Level
from leuvenhelpt.addresses.best_csv import Scope
from leuvenhelpt.addresses.register import Register
from leuvenhelpt.addresses.wording import fold
from leuvenhelpt.bootstrap import city_folder
from leuvenhelpt.gateways.register_file import read_columns, read_known_names, register_path
from leuvenhelpt.gateways.register_import import import_register

STEPS = (0.0, 0.2, 0.4, 0.6, 0.8, 0.9, 0.95, 1.01)
ROUNDS = 5


def load(path: Path, city: str) -> Register:
    """The register of a register file or of a BeSt CSV (imported into a temporary folder)."""
    known = read_known_names(city_folder(city))
    if path.suffix == ".bin":
        columns = read_columns(path)
    else:
        with tempfile.TemporaryDirectory() as folder:  # what is mapped stays readable after it is gone
            import_register([str(path)], Path(folder), Scope())
            columns = read_columns(register_path(Path(folder)))
    assert columns is not None, f"there is no register at {path}"
    return Register(columns, known)


def is_right(answer: Answer, row: dict[str, str], home: str) -> bool:
    """Whether an answer is the expected street and, at level house, the expected house."""
    if answer.municipality != home or fold(answer.street) != fold(row["expect_street"]):
        return False
    number = row["expect_number"]
    is_number = not number or answer.house_number.startswith(number)
    return is_number and ("level=house" not in row["note"] or answer.level in (Level.HOUSE, Level.NEAR_HOUSE))


def is_in(answer: Answer, home: str) -> bool:
    """Whether an answer, or one of its choices, is an address in the city."""
    return any(one.municipality == home and one.street for one in (answer, *answer.candidates))


def verdict(answer: Answer, row: dict[str, str], home: str) -> str:
    """right, offered (among the choices), missed, wrong (accepted), refused or placed (must not be here)."""
    if row["kind"] == "neg" or "level=absent" in row["note"]:
        return "wrong" if answer.is_accepted else ("placed" if is_in(answer, home) else "refused")
    if is_right(answer, row, home):
        return "right"
    if any(is_right(one, row, home) for one in answer.candidates):
        return "offered"
    return "wrong" if answer.is_accepted else "missed"


def calibration(judged: Sequence[tuple[Answer, str]]) -> list[dict[str, Any]]:
    """Of the answers whose confidence lies in each step, how many are right."""
    table = []
    for low, high in pairwise(STEPS):
        inside = [
            kind == "right" for answer, kind in judged if answer.street and low <= answer.confidence < high
        ]
        share = round(sum(inside) / len(inside), 3) if inside else None
        table.append({"from": low, "to": min(high, 1.0), "answers": len(inside), "right": share})
    return table


def milliseconds(register: Register, queries: Sequence[str]) -> dict[str, float]:
    """Median and p95 of `find` in processor time, each query several times: a busy machine does not show in it."""
    times = []
    for query in queries * ROUNDS:
        start = time.thread_time()
        register.find(query)
        times.append((time.thread_time() - start) * 1000)
    return {"median": round(median(times), 3), "p95": round(quantiles(times, n=20)[-1], 3)}


def measure(register: Register, rows: Sequence[dict[str, str]]) -> dict[str, Any]:
    """All figures over the rows."""
    home = register.columns.towns[register.home].names[0]
    judged = [(answer := register.find(row["query"]), verdict(answer, row, home)) for row in rows]
    kinds = [kind for _, kind in judged]
    here = sum(kind in ("right", "offered", "missed") for kind in kinds) or 1
    accepted = [kind for answer, kind in judged if answer.is_accepted]
    abroad = sum(kind in ("refused", "placed") for kind in kinds) or 1
    return {
        "rows": len(rows),
        "verdicts": {kind: kinds.count(kind) for kind in sorted(set(kinds))},
        "recall": round((kinds.count("right") + kinds.count("offered")) / here, 4),
        "accepted": len(accepted),
        "precision": round(1 - accepted.count("wrong") / max(1, len(accepted)), 4),
        "refused": round(kinds.count("refused") / abroad, 4),
        "calibration": calibration(judged),
        "ms": milliseconds(register, [row["query"] for row in rows]),
        "mib": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "streets": len(register.columns.street_names),
        "houses": len(register.columns.house_number),
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the figures; with --rows also each row with its verdict on standard error."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.addresses", description=__doc__)
    parser.add_argument("register", type=Path)
    parser.add_argument("typed", type=Path)
    parser.add_argument("--city", default="leuven")
    parser.add_argument("--rows", action="store_true", help="each row with its verdict, on standard error")
    told = parser.parse_args(arguments)
    with told.typed.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    register = load(told.register, told.city)
    if told.rows:
        show_rows(register, rows)
    print(json.dumps(measure(register, rows), indent=2, ensure_ascii=False))
    return 0


def show_rows(register: Register, rows: Sequence[dict[str, str]]) -> None:
    """Each row with its verdict, on standard error."""
    home = register.columns.towns[register.home].names[0]
    for row in rows:
        answer = register.find(row["query"])
        facts = (
            verdict(answer, row, home),
            answer.level.value,
            answer.confidence,
            answer.is_accepted,
            answer.label,
        )
        print(*facts, "<-", repr(row["query"]), row["note"], file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
