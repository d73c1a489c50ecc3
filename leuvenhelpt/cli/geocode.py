"""`geocode`: find addresses as the system would."""

from __future__ import annotations

import argparse
import csv
import json
from pathlib import Path
from typing import Any

from config import data_and_city, read_environment
from leuvenhelpt.addresses.answer import Answer
from leuvenhelpt.addresses.register import Register
from leuvenhelpt.bootstrap import city_folder
from leuvenhelpt.cli.verbs import Stop, Verbs
from leuvenhelpt.gateways.register_file import open_register


def register(verbs: Verbs) -> None:
    parser = verbs.add_parser(
        "geocode",
        help="find an address as the system would",
        description="Answers with where an address is, how precisely, and whether it would be taken without "
        "asking anybody. Nothing leaves this machine.",
    )
    parser.add_argument("text", nargs="?", metavar="TEXT")
    parser.add_argument("--file", type=Path, metavar="F", help="a CSV with an address on each row")
    parser.add_argument("--column", default="query", metavar="C", help="the column that holds it (query)")
    parser.add_argument(
        "--json", action="store_true", help="one JSON object an address, on a line of its own"
    )
    parser.set_defaults(run=run_geocode)


def run_geocode(chosen: argparse.Namespace) -> None:
    if (chosen.text is None) == (chosen.file is None):
        raise Stop("Give either one address or --file FILE.")
    data_dir, city = data_and_city(read_environment())
    register = open_register(data_dir, city_folder(city))
    queries = [chosen.text] if chosen.file is None else _column(chosen.file, chosen.column)
    for query in queries:
        _show(query, register, as_json=chosen.json)


def _show(query: str, register: Register, *, as_json: bool) -> None:
    answer = register.find(query)
    if as_json:
        print(json.dumps(answer_facts(query, answer), ensure_ascii=False))
        return
    taken = "taken" if answer.is_accepted else "to be asked" if answer.street else "not found"
    about = ", approximate" if answer.is_approximate else ""
    print(f"{answer.label or '-'}  [{answer.level.value}{about}, {answer.confidence:.2f}, {taken}]")
    for choice in answer.candidates:
        print(f"    {choice.label}  [{choice.level.value}, {choice.confidence:.2f}]")


def answer_facts(query: str, answer: Answer) -> dict[str, Any]:
    """An answer as it is printed: degrees, metres, and null for what is not known."""
    return {
        "query": query,
        "level": answer.level.value,
        "confidence": answer.confidence,
        "accepted": answer.is_accepted,
        "street": answer.street or None,
        "house_number": answer.house_number or None,
        "postcode": answer.postcode or None,
        "municipality": answer.municipality or None,
        "lat": answer.lat,
        "lon": answer.lon,
        "accuracy_m": answer.accuracy_m,
        "approximate": answer.is_approximate,
        "candidates": [answer_facts(query, choice) for choice in answer.candidates],
    }


def _column(path: Path, column: str) -> list[str]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            return [row[column] or "" for row in csv.DictReader(lines)]
    except KeyError as error:
        raise Stop(f"{path} has no column {column}.") from error
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise Stop(f"{path} cannot be read: {error}") from error
