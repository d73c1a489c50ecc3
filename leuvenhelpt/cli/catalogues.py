"""`catalogues`: the texts that translators have to see to."""

from __future__ import annotations

import argparse

from leuvenhelpt.cli.verbs import Verbs
from leuvenhelpt.rendering.language import SOURCE, languages, own_name


def register(verbs: Verbs) -> None:
    parser = verbs.add_parser(
        "catalogues",
        help="bring the catalogues of all languages up to date with the texts of the interface",
        description="New texts come in empty, texts that nobody says any more go. Tells how many still wait "
        "for words; exits with 1 as long as some do.",
    )
    parser.set_defaults(run=run_catalogues)


def run_catalogues(_chosen: argparse.Namespace) -> int:
    from leuvenhelpt.rendering.catalogues import follow, texts, waiting  # noqa: PLC0415 - reads all our files

    said, most = texts(), 0
    for language in languages():
        if language == SOURCE:
            continue
        left = waiting(follow(language, said), said, language)
        print(f"{own_name(language)}: {len(left)} waiting" if left else f"{own_name(language)}: complete")
        most = max(most, len(left))
    return 1 if most else 0
