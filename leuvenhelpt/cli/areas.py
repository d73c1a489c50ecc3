"""`areas`: load the neighbourhoods of the city."""

from __future__ import annotations

import argparse
from pathlib import Path

from config import data_and_city, read_environment
from leuvenhelpt.cli.verbs import Verbs
from leuvenhelpt.gateways.area_file import import_areas


def register(verbs: Verbs) -> None:
    parser = verbs.add_parser(
        "areas",
        help="load the neighbourhoods of the city",
        description="Each place knows its neighbourhood. Without a file the parts of the city by postcode serve.",
    )
    deeds = parser.add_subparsers(title="deeds", metavar="DEED", required=True)
    importing = deeds.add_parser(
        "import", help="load a GeoJSON file", description="Reads polygons with names."
    )
    importing.add_argument("file", type=Path, metavar="FILE")
    importing.add_argument("--name", default="", metavar="PROPERTY", help="the property that holds the name")
    importing.set_defaults(run=run_areas)


def run_areas(chosen: argparse.Namespace) -> None:
    data_dir, _ = data_and_city(read_environment())
    names = import_areas(chosen.file, data_dir, name_property=chosen.name)
    print(f"{len(names)} neighbourhoods are ready: {', '.join(names[:5])} …")
