"""`addresses`: load the official register of addresses, and see what is loaded."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from config import data_and_city, read_environment
from leuvenhelpt.addresses.best_csv import Scope
from leuvenhelpt.bootstrap import city_folder, load_city
from leuvenhelpt.cli.verbs import Stop, Verbs
from leuvenhelpt.gateways.area_file import open_areas, open_outline
from leuvenhelpt.gateways.register_file import open_register, read_columns, read_known_names, register_path
from leuvenhelpt.gateways.register_import import Report, import_register


def register(verbs: Verbs) -> None:
    parser = verbs.add_parser(
        "addresses",
        help="load the official register of addresses, and see what is loaded",
        description="Addresses are found in a register on this machine. Without one, a list of streets serves.",
    )
    deeds = parser.add_subparsers(title="deeds", metavar="DEED", required=True)
    importing = deeds.add_parser(
        "import",
        help="load a BeSt Address file",
        description="Reads BeSt Address CSV (plain, gz or zip; https://opendata.bosa.be) and puts it in use at "
        "once. Whatever fails leaves the register in use. Without FILE the source of the last import is read "
        "again: run that monthly.",
    )
    importing.add_argument("sources", nargs="*", metavar="FILE|URL")
    importing.add_argument(
        "--municipality", action="append", default=[], metavar="NAME", help="only this one"
    )
    importing.add_argument(
        "--postcode", nargs="+", action="extend", default=[], metavar="N", help="only these"
    )
    importing.add_argument("--dry-run", action="store_true", help="read and report, change nothing")
    importing.add_argument("--force", action="store_true", help="even if it is much smaller or damaged")
    importing.add_argument("--json", action="store_true", help="the report as one JSON object")
    importing.set_defaults(run=run_import)
    status = deeds.add_parser("status", help="what is loaded", description="Tells which register is in use.")
    status.add_argument("--json", action="store_true", help="as one JSON object")
    status.set_defaults(run=run_status)


def run_import(chosen: argparse.Namespace) -> None:
    data_dir, city = data_and_city(read_environment())
    if not chosen.sources:
        _choose_as_before(chosen, data_dir)
    report = import_register(
        chosen.sources,
        data_dir,
        _scope(city, chosen),
        is_dry=chosen.dry_run,
        is_forced=chosen.force,
        progress=_show_progress,
    )
    if sys.stderr.isatty():
        print(file=sys.stderr)
    print(json.dumps(asdict(report), ensure_ascii=False) if chosen.json else "\n".join(_report_lines(report)))


def run_status(chosen: argparse.Namespace) -> None:
    facts = _status(*data_and_city(read_environment()))
    if chosen.json:
        print(json.dumps(facts, ensure_ascii=False))
    else:
        print("\n".join(f"{name}: {value}" for name, value in facts.items()))


def _scope(name: str, chosen: argparse.Namespace) -> Scope:
    city = load_city(name)
    return Scope(
        municipalities=frozenset(chosen.municipality),
        postcodes=frozenset(chosen.postcode),
        home_code=read_known_names(city_folder(name)).code,
        home_postcodes=city.postcodes,
        home_bounds=city.bounds,
    )


def _choose_as_before(chosen: argparse.Namespace, data_dir: Path) -> None:
    """Without a file: the sources of the last import, and of them what was wanted then."""
    columns = read_columns(register_path(data_dir))
    if columns is None:
        raise Stop("Name a file: no register was imported before.")
    chosen.sources = columns.about.source.split(", ")
    chosen.municipality = chosen.municipality or columns.about.municipalities
    chosen.postcode = chosen.postcode or columns.about.postcodes


def _show_progress(rows: int, share: float) -> None:
    if sys.stderr.isatty():
        print(f"\r{rows:>10,} rows, {share:4.0%}", end="", file=sys.stderr, flush=True)


def _report_lines(report: Report) -> Iterator[str]:
    changes = report.changes
    yield f"{report.rows} rows read from {report.source}"
    yield f"{report.houses} addresses in {report.streets} streets; {report.merged} rows were boxes or repeated"
    for reason, count in report.reasons.items():
        yield f"  {count} rows left out: {reason}"
    yield from (f"    line {line}: {reason}" for line, reason in report.damaged_lines)
    yield f"streets: {changes.streets_added} new, {changes.streets_removed} gone"
    houses = (changes.houses_added, changes.houses_removed, changes.houses_moved)
    yield "addresses: {} new, {} gone, {} moved".format(*houses)
    yield from (f"  new: {name}" for name in changes.new_streets)
    yield from (f"  gone: {name}" for name in changes.gone_streets)
    yield "The register is in use." if report.is_active else "Nothing was changed (dry run)."


def _status(data_dir: Path, city: str) -> dict[str, Any]:
    columns = open_register(data_dir, city_folder(city)).columns
    areas = open_areas(data_dir)
    path = register_path(data_dir)
    return {
        "register": "street list (approximate)" if columns.about.is_approximate else "imported",
        "source": columns.about.source,
        "date": columns.about.date or None,
        "rows": columns.about.rows,
        "only": " ".join((*columns.about.municipalities, *columns.about.postcodes)) or None,
        "municipalities": len(columns.towns),
        "streets": len(columns.street_names),
        "addresses": len(columns.house_number),
        "bytes": path.stat().st_size if path.exists() else 0,
        "neighbourhoods": len(areas.names) if areas else 0,
        "outline": "imported" if open_outline(data_dir) else "bounds and postcodes",
    }
