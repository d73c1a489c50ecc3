"""`learn-texts`: read again what people write in need, after a text was added or changed."""

from __future__ import annotations

import argparse

from leuvenhelpt.cli.verbs import Verbs


def register(verbs: Verbs) -> None:
    parser = verbs.add_parser(
        "learn-texts",
        help="learn from leuvenhelpt/triage/texts which words mean need",
        description="For whoever works on the source: after a change in leuvenhelpt/triage/texts or concepts.toml. "
        "Writes leuvenhelpt/triage/learned.zip; takes a minute.",
    )
    parser.set_defaults(run=run_learn_texts)


def run_learn_texts(_chosen: argparse.Namespace) -> None:
    from leuvenhelpt.triage.learning import learn  # noqa: PLC0415 - scikit-learn would slow every other verb

    learn()
