"""`simulate`: try policies of asking on a city in memory, with the code that asks in production."""

from __future__ import annotations

import argparse
import json
import sys
from importlib import import_module
from typing import Any

from config import read_environment
from leuvenhelpt.bootstrap import load_city
from leuvenhelpt.cli.verbs import Stop, Verbs

POLICIES = ("ours", "nearest-10", "broadcast", "random-10", "first-come", "hindsight")


def register(verbs: Verbs) -> None:
    parser = verbs.add_parser(
        "simulate",
        help="see what another way of asking would do",
        description="Lets an invented city live through some weeks under one or all policies of asking, and "
        "prints how many requests were solved, how soon, and how the asks were shared.",
    )
    parser.add_argument(
        "--scenario", default="normal-year", help="leuven-2020, normal-year, calling-round, or a TOML"
    )
    parser.add_argument("--policy", default="all", choices=[*POLICIES, "all"])
    parser.add_argument("--days", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--what-if",
        metavar="LEASE",
        help="live through what the desk wants to know, handed over under this lease",
    )
    parser.add_argument("--json", action="store_true", help="print figures for machines")
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> None:
    # NumPy and the pool are slow to load, and no other verb needs them.
    if chosen.what_if:
        import_module("leuvenhelpt.cli.what_if").live(chosen.what_if)
        return
    if chosen.days < 1:
        raise Stop("Live through at least one day: --days 1 or more.")
    comparing: Any = import_module("leuvenhelpt.simulation.comparing")
    city = load_city(read_environment().get("LEUVENHELPT_CITY", "leuven"))
    names = POLICIES if chosen.policy == "all" else (chosen.policy,)
    progress = _silence if chosen.json else _tell
    report = comparing.compare(
        city, chosen.scenario, names, days=chosen.days, seed=chosen.seed, progress=progress
    )
    if not chosen.json:
        print(file=sys.stderr)
    print(json.dumps(report) if chosen.json else comparing.table(report))


def _silence(_text: str) -> None:
    """Nothing but the figures."""


def _tell(text: str) -> None:
    print(f"\r{text}", end="", file=sys.stderr, flush=True)
