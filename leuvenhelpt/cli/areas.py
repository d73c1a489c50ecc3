"""`areas`: load the neighbourhoods of the city, and its outline."""

from __future__ import annotations

import argparse
from pathlib import Path

from config import data_and_city, read_environment
from leuvenhelpt.bootstrap import load_city
from leuvenhelpt.cli.verbs import Stop, Verbs
from leuvenhelpt.gateways.area_file import import_areas, import_outline


def register(verbs: Verbs) -> None:
    parser = verbs.add_parser(
        "areas",
        help="load the neighbourhoods of the city, and its outline",
        description="Each place knows its neighbourhood; without a file the parts of the city by postcode serve. "
        "With an outline no place beyond it is taken; without one bounds and postcodes serve.",
    )
    deeds = parser.add_subparsers(title="deeds", metavar="DEED", required=True)
    importing = deeds.add_parser(
        "import", help="load a GeoJSON file", description="Reads polygons in degrees, with names."
    )
    importing.add_argument("file", type=Path, metavar="FILE")
    importing.add_argument("--name", default="", metavar="PROPERTY", help="the property that holds the name")
    importing.add_argument("--outline", action="store_true", help="these are the outline of the city")
    importing.add_argument(
        "--only", default="", metavar="NAME", help="of an outline: this polygon of several"
    )
    importing.set_defaults(run=run_areas)


def run_areas(chosen: argparse.Namespace) -> None:
    data_dir, city = data_and_city(read_environment())
    if chosen.only and not chosen.outline:
        raise Stop("--only goes with --outline.")
    if not chosen.outline:
        names = import_areas(chosen.file, data_dir, name_property=chosen.name)
        print(f"{len(names)} neighbourhoods are ready: {_named(names)}")
        return
    middles = [(part.lat, part.lon) for part in load_city(city).parts]
    names = import_outline(
        chosen.file, data_dir, middles=middles, only=chosen.only, name_property=chosen.name
    )
    print(f"The outline is ready, of {len(names)} polygons: {_named(names)}")


def _named(names: tuple[str, ...]) -> str:
    return ", ".join(names[:5]) + (" …" if len(names) > 5 else "")
