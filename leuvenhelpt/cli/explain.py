"""`explain`: why these neighbours for a help request, and why not the others."""

from __future__ import annotations

import argparse

from config import Settings, read_environment
from leuvenhelpt.bootstrap import Runtime, build_runtime
from leuvenhelpt.cli.verbs import Stop, Verbs
from leuvenhelpt.domain.errors import NotFound
from leuvenhelpt.domain.messages import Reason
from leuvenhelpt.matching.choosing import Chooser, Search
from leuvenhelpt.matching.pool import Pool
from leuvenhelpt.matching.wishing import granted
from leuvenhelpt.matching.yes import usable
from leuvenhelpt.rendering.formats import distance
from leuvenhelpt.rendering.reasons import reason, why_not
from leuvenhelpt.storage.queries.learning import stored_model
from leuvenhelpt.storage.queries.matching import PairingTask, pairing_task, request_id_of
from leuvenhelpt.storage.queries.offers import genders_told, volunteer_offers


def register(verbs: Verbs) -> None:
    parser = verbs.add_parser(
        "explain",
        help="why these volunteers for a help request, and why not the others",
        description="Shows whom matching would ask now for a help request that is being searched for, with the "
        "reasons, and how many others fall off by which rule; own words, which count a little, are left aside. With "
        "a volunteer: all that speaks for and against this one. Names nobody: volunteers are numbers.",
    )
    parser.add_argument("help_request", metavar="HELP_REQUEST", help='its reference, such as "48 27 13"')
    parser.add_argument(
        "volunteer", nargs="?", type=int, metavar="VOLUNTEER", help="the number of a volunteer"
    )
    parser.set_defaults(run=run_explain)


def run_explain(chosen: argparse.Namespace) -> None:
    runtime = build_runtime(Settings.from_environment(read_environment()))
    explain(runtime, chosen.help_request, chosen.volunteer)


def explain(runtime: Runtime, reference: str, volunteer_id: int | None = None) -> None:
    """Print it, of everybody or of one; Stop if there is no such request that is searched for, or no such volunteer."""
    now = runtime.clock()
    with runtime.reading() as db:
        task = pairing_task(db, request_id_of(db, _digits(reference)), runtime.city, now)
        pool = Pool.from_offers(volunteer_offers(db, now), now)
        model, _refused = usable(stored_model(db).text)
        genders = genders_told(db)
    if task is None:
        raise Stop("Nobody is being searched for here: there is no such help request, or it is not open.")
    if volunteer_id is None:
        _explain_all(runtime, pool, task, Chooser(model, genders=genders))
    else:
        _explain_one(runtime, pool, task, volunteer_id, granted(task.need, volunteer_id, genders))


def _digits(reference: str) -> str:
    return "".join(sign for sign in reference if sign.isdigit())


def _explain_all(runtime: Runtime, pool: Pool, task: PairingTask, chooser: Chooser) -> None:
    now = runtime.clock()
    search = Search(task.need, task.deadline(now), task.asked)
    choice = chooser.choose(pool, search, now)
    for candidate in choice.candidates:
        sentences = [reason(why, "coordinator", runtime.city) for why in candidate.reasons]
        print(
            f"{candidate.volunteer_id:>6}  {distance(candidate.distance_km):>8}  {' '.join(filter(None, sentences))}"
        )
    for dropped in pool.why_not(task.need):
        line = why_not(dropped.rule, dropped.count)
        print(" ".join(filter(None, ("-", line.sentence, line.remedy))))


def _explain_one(
    runtime: Runtime, pool: Pool, task: PairingTask, volunteer_id: int, wish: Reason | None
) -> None:
    try:
        reasons = pool.explain(task.need, volunteer_id)
    except NotFound as error:
        raise Stop(f"There is no volunteer {volunteer_id} who could be asked.") from error
    for why in [*reasons, wish] if wish else reasons:
        print("+" if why.is_for else "-", reason(why, "coordinator", runtime.city) or why.rule)
