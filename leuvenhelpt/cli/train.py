"""`train`: learn from the answers of volunteers how probably each says yes."""

from __future__ import annotations

import argparse

from config import Settings, read_environment
from leuvenhelpt.bootstrap import Runtime, build_runtime
from leuvenhelpt.cli.verbs import Verbs
from leuvenhelpt.domain.values import MACHINE
from leuvenhelpt.matching.history import FEWEST_ANSWERS, answers_from
from leuvenhelpt.matching.yes import usable
from leuvenhelpt.services import learning
from leuvenhelpt.storage.queries.learning import past_asks, stored_model


def register(verbs: Verbs) -> None:
    parser = verbs.add_parser(
        "train",
        help="learn from past answers how probably volunteers say yes",
        description="Does now what the pairing worker does each night: learns from every ask so far, judges the "
        "result on the last quarter of them, and has it used from now on if it beats what is in use.",
    )
    parser.set_defaults(run=run_train)


def run_train(_chosen: argparse.Namespace) -> None:
    runtime = build_runtime(Settings.from_environment(read_environment()))
    try:
        _learn(runtime)
    finally:
        runtime.engine.dispose()


def _learn(runtime: Runtime) -> None:
    from leuvenhelpt.matching.training import train  # noqa: PLC0415 - scikit-learn would slow every other verb

    with runtime.reading() as db:
        answers = list(answers_from(past_asks(db)))
        old, refused = usable(stored_model(db).text)
    if refused:
        print(f"The model in use was refused, so the prior serves: {refused}")
    trial = train(answers, old)
    if trial is None:
        print(f"Too few answers to learn from: {len(answers)} of at least {FEWEST_ANSWERS}.")
        return
    with runtime.unit_of_work(MACHINE) as uow:
        learning.record(uow, **trial.figures)
    judged = (
        f"log loss {trial.loss:.4f}, before {trial.old_loss:.4f}; calibration gap {trial.calibration_gap:.3f}"
    )
    print(
        f"Learned from {len(answers)} answers: {judged}. {'Used' if trial.is_better else 'Not used'} from now on."
    )
    print(trial.model.as_json())
