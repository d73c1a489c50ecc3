"""Learning from answers in the database, once a night; what does not fit is refused."""

import random
from pathlib import Path

import pytest
from sqlalchemy import insert

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.cli.main import main
from leuvenhelpt.gateways.clock import SetClock
from leuvenhelpt.matching.history import answers_from
from leuvenhelpt.matching.yes import PRIOR, YesModel, features, model_from
from leuvenhelpt.services import learning
from leuvenhelpt.storage.models import LearnedYes, Match
from leuvenhelpt.storage.queries.learning import past_asks, stored_model
from tests import make
from tests.workers.test_neighbours import need
from workers.learn import Experience
from workers.neighbours import Neighbours
from workers.pair import Kept, pair

FIGURES = {"trained_on": 300, "loss": 0.5, "old_loss": 0.6, "calibration_gap": 0.01}


def history(runtime: Runtime, clock: SetClock, requests: int) -> None:
    """Every request was put to eight people, who go half a kilometre gladly and nine hardly ever."""
    dice, people = random.Random(1), [make.volunteer(runtime, max_asks_a_week=200) for _ in range(8)]
    asks: list[dict[str, object]] = []
    for _ in range(requests):
        request = make.help_request(runtime)
        for who in people:
            clock.move(minutes=20)
            km = dice.choice([0.5, 9.0])
            is_yes = dice.random() < (0.9 if km < 1 else 0.1)
            now = clock()
            asks.append(
                {
                    "help_request_id": request, "volunteer_id": who, "state": "done" if is_yes else "declined",
                    "proposed_at": now, "asked_at": now, "answered_at": now, "lapses_at": now, "distance_km": km,
                }
            )  # fmt: skip
    with runtime.unit_of_work(make.MACHINE) as uow:
        uow.session.execute(insert(Match), asks)


def in_use(runtime: Runtime, experience: Experience) -> YesModel:
    with runtime.reading() as db:
        return experience.model(db)


def learned(runtime: Runtime) -> list[LearnedYes]:
    with runtime.reading() as db:
        return db.query(LearnedYes).order_by(LearnedYes.id).all()


def test_pairing_learns_once_a_night_and_uses_what_it_learned(runtime: Runtime, clock: SetClock) -> None:
    history(runtime, clock, requests=100)
    kept = Kept()
    assert in_use(runtime, kept.experience) == PRIOR
    pair(runtime, kept)
    (first,) = learned(runtime)
    assert (first.is_in_use, first.loss < first.old_loss) == (True, True)
    assert in_use(runtime, kept.experience) == model_from(first.model) != PRIOR
    with runtime.reading() as db:
        assert kept.experience.known(db) == model_from(first.model)  # the next who waits is asked for by it
    pair(runtime, kept)
    pair(runtime, Kept())  # another process, the same night
    assert len(learned(runtime)) == 1
    clock.move(days=1)
    pair(runtime, kept)
    assert [row.is_in_use for row in learned(runtime)] == [True, False]  # nothing new, so nothing better
    assert in_use(runtime, kept.experience) == model_from(first.model)


def test_a_young_town_has_nothing_to_learn_from(runtime: Runtime, clock: SetClock) -> None:
    history(runtime, clock, requests=3)
    kept = Kept()
    pair(runtime, kept)
    assert learned(runtime) == []
    assert in_use(runtime, kept.experience) == PRIOR


def test_a_stored_model_that_does_not_fit_is_refused_and_the_prior_serves(runtime: Runtime) -> None:
    experience = Experience()
    with runtime.unit_of_work(make.MACHINE) as uow:
        learning.record(uow, model='{"format": "of tomorrow"}', is_better=True, **FIGURES)
    assert in_use(runtime, experience) == PRIOR
    with runtime.reading() as db:
        assert stored_model(db).number == 1


def test_what_is_learned_from_is_what_was_known_when_asking(runtime: Runtime, clock: SetClock) -> None:
    who, neighbours = make.volunteer(runtime), Neighbours()
    known = []
    for answer in (make.matches.accept, make.matches.decline, make.matches.accept):
        with runtime.reading() as db:
            seen = neighbours.fresh(db, clock()).seen(need(runtime), who)
        known.append(features(need(runtime), seen))
        match = make.asked_match(runtime, volunteer_id=who)
        clock.move(hours=1)
        with runtime.unit_of_work(make.VOLUNTEER) as uow:
            answer(uow, match)
        clock.move(hours=50)
    with runtime.reading() as db:
        answers = list(answers_from(past_asks(db)))
    assert [answer.said_yes for answer in answers] == [True, False, True]
    for name in ("own_habit", "asked_recently", "is_newcomer"):
        assert [one.features[name] for one in answers] == [one[name] for one in known], name


def test_an_ask_still_open_or_taken_back_is_no_answer(runtime: Runtime, clock: SetClock) -> None:
    first, second = make.volunteer(runtime), make.volunteer(runtime)
    request = make.located_request(runtime)
    one, _ = make.shortlist(runtime, request, [first, second])
    with runtime.reading() as db:
        assert list(answers_from(past_asks(db))) == []
    clock.move(hours=1)
    with runtime.unit_of_work(make.VOLUNTEER) as uow:
        make.matches.accept(uow, one)  # the other's ask is filled by it
    with runtime.reading() as db:
        assert [answer.said_yes for answer in answers_from(past_asks(db))] == [True]


def test_train_says_what_it_learned_and_whether_it_is_used(
    runtime: Runtime,
    clock: SetClock,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    monkeypatch.setenv("LEUVENHELPT_DEMO", "1")
    monkeypatch.setenv("LEUVENHELPT_DATA", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", runtime.settings.database_url)
    history(runtime, clock, requests=3)
    assert main(["train"]) == 0
    assert "Too few answers to learn from: 24 of at least 200." in capsys.readouterr().out
    history(runtime, clock, requests=100)
    assert main(["train"]) == 0
    assert "Used from now on" in capsys.readouterr().out
    assert main(["train"]) == 0
    assert "Not used from now on" in capsys.readouterr().out
    assert [row.is_in_use for row in learned(runtime)] == [True, False]
    with runtime.unit_of_work(make.MACHINE) as uow:
        learning.record(uow, model='{"format": "of tomorrow"}', is_better=True, **FIGURES)
    assert main(["train"]) == 0
    assert "The model in use was refused, so the prior serves" in capsys.readouterr().out
    assert in_use(runtime, Experience()) == model_from(learned(runtime)[-1].model)
