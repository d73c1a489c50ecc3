"""`migrate`: bring the database to the shape the code expects."""

from __future__ import annotations

import argparse

from config import Settings, read_environment
from leuvenhelpt.cli.verbs import Verbs
from leuvenhelpt.storage.migrate import upgrade


def register(verbs: Verbs) -> None:
    parser = verbs.add_parser(
        "migrate",
        help="bring the database to the shape the code expects",
        description="Runs the migrations that the database in DATABASE_URL has not had yet; an SQLite file "
        "that does not exist is made. Running it again changes nothing.",
    )
    parser.set_defaults(run=run)


def run(_chosen: argparse.Namespace) -> None:
    settings = Settings.from_environment(read_environment())
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    upgrade(settings.database_url)
    print("The database is up to date.")
