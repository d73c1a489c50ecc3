"""The demonstration city: whole, believable, in order of time, and never over real data."""

from __future__ import annotations

import argparse
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pyotp
import pytest
from sqlalchemy import select

from leuvenhelpt.bootstrap import Runtime, city_folder
from leuvenhelpt.cli import demo
from leuvenhelpt.cli.verbs import Stop
from leuvenhelpt.domain.demonstration import COLLEAGUES, NEIGHBOURS
from leuvenhelpt.domain.kinds import Trouble
from leuvenhelpt.domain.lifecycle import HelpRequestState, MatchState, VolunteerState
from leuvenhelpt.gateways.geocoder import CityGeocoder
from leuvenhelpt.gateways.mailer import KeptMail
from leuvenhelpt.gateways.register_file import open_register
from leuvenhelpt.services import accounts
from leuvenhelpt.storage.models import Attention, HelpRequest, JournalEntry, Match, Volunteer
from leuvenhelpt.storage.queries.demonstration import is_empty
from leuvenhelpt.storage.queries.waiting import bells_to_ring
from tests import make
from tests.runtimes import runtime_for, settings_for

AFTERNOON = datetime(2026, 11, 24, 14, 30, tzinfo=UTC)
NIGHT = datetime(2026, 11, 24, 2, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def city(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Runtime:
    """The demonstration city on a Tuesday afternoon, for looking at."""
    folder = tmp_path_factory.mktemp("city")
    (folder / "city.sqlite3").write_bytes(migrated_sqlite.read_bytes())
    settings = settings_for(folder, f"sqlite:///{folder / 'city.sqlite3'}")
    runtime = demo_ready(runtime_for(settings, lambda: AFTERNOON))
    demo.fill(runtime)
    return runtime


def demo_ready(runtime: Runtime) -> Runtime:
    """A runtime with the city's own street list and, as in every demonstration, no quiet hours."""
    register = open_register(runtime.settings.data_dir, city_folder(runtime.settings.city))
    calm = replace(runtime.city, has_quiet_hours=False)
    return replace(runtime, city=calm, geocoder=CityGeocoder(register, calm))


def states(runtime: Runtime, column: object) -> set[str]:
    with runtime.reading() as db:
        return set(db.scalars(select(column)))  # type: ignore[call-overload]


def test_who_wishes_for_a_woman_is_shown_one_first(city: Runtime) -> None:
    with city.reading() as db:
        which = select(Match.reasons, Match.rank).join(HelpRequest).where(HelpRequest.gender_wish == "woman")
        ranked = db.execute(which.order_by(Match.rank)).all()
    assert [any(why["rule"] == "gender_wish" for why in row.reasons) for row in ranked[:2]] == [True, False]


def test_every_page_has_something_to_show(city: Runtime) -> None:
    assert states(city, HelpRequest.state) == set(HelpRequestState) - {HelpRequestState.SUBMITTED}
    assert states(city, Match.state) == set(MatchState)
    assert states(city, Volunteer.state) == set(VolunteerState)
    with city.reading() as db:
        open_troubles = set(db.scalars(select(Attention.kind).where(Attention.resolved_at.is_(None))))
    assert open_troubles >= {
        Trouble.UNHEARD,
        Trouble.UNWELL,
        Trouble.CONCERN,
        Trouble.CALL,
        Trouble.PROMISE,
        Trouble.NOBODY,
        Trouble.PLACE,
        Trouble.REVIEW,
        Trouble.UNDELIVERABLE,
        Trouble.VOLUNTEER_PLACE,
    }


def test_some_promises_are_late_and_some_nearly_due(city: Runtime) -> None:
    with city.reading() as db:
        due = set(db.scalars(select(Attention.due_at).where(Attention.resolved_at.is_(None))))
    minutes = {(moment - AFTERNOON).total_seconds() / 60 for moment in due}
    assert min(minutes) < 0
    assert any(0 < left <= 60 for left in minutes)


def test_the_volunteer_who_can_sign_in_has_a_question_a_task_and_a_past(city: Runtime) -> None:
    with city.reading() as db:
        vera = db.scalars(select(Volunteer.id).where(Volunteer.email == NEIGHBOURS[0].email)).one()
        hers = set(db.scalars(select(Match.state).where(Match.volunteer_id == vera)))
    assert hers >= {MatchState.ASKED, MatchState.ACCEPTED, MatchState.DONE}


def test_the_journal_is_in_the_order_of_time_and_nothing_waits(city: Runtime) -> None:
    with city.reading() as db:
        moments = list(db.scalars(select(JournalEntry.at).order_by(JournalEntry.id)))
        assert moments == sorted(moments)
        assert moments[-1] <= AFTERNOON
        assert bells_to_ring(db, AFTERNOON) == []


def test_every_address_of_mail_is_invented_and_kept_mail_has_its_own_moment(city: Runtime) -> None:
    stayed = Volunteer.state != VolunteerState.LEFT  # of who left nothing is kept
    with city.reading() as db:
        assert all(email.endswith(".example") for email in db.scalars(select(Volunteer.email).where(stayed)))
    assert all(email.endswith(".example") for email in states(city, HelpRequest.email) - {""})
    kept = KeptMail(city.settings.data_dir / "mail").kept(limit=1000)
    moments = [moment for _name, moment, _email in kept]
    assert len(kept) > 150
    assert max(moments) <= AFTERNOON.timestamp() < max(moments) + 24 * 3600


def test_the_ways_in_open(city: Runtime) -> None:
    for person in (*COLLEAGUES, *NEIGHBOURS):
        with city.unit_of_work(make.RESIDENT) as uow:
            account = accounts.check_password(uow, email=person.email, password=person.password)
            assert account is not None
            assert account.name == person.name


def test_the_second_factor_of_every_colleague_opens(city: Runtime) -> None:
    for colleague in COLLEAGUES:
        code = pyotp.TOTP(colleague.totp_secret).at(AFTERNOON)
        with city.unit_of_work(make.RESIDENT) as uow:
            account = accounts.check_password(uow, email=colleague.email, password=colleague.password)
            assert account is not None
            assert account.role == colleague.role
            assert accounts.check_second_factor(uow, account.id, code=code)


@pytest.mark.slow
def test_at_night_on_postgresql_it_is_whole_too(postgresql_url: str, tmp_path: Path) -> None:
    runtime = demo_ready(runtime_for(settings_for(tmp_path, postgresql_url), lambda: NIGHT))
    demo.fill(runtime)
    assert len(states(runtime, HelpRequest.id)) == 41
    assert len(states(runtime, Volunteer.id)) == 60
    runtime.engine.dispose()


def run(
    monkeypatch: pytest.MonkeyPatch, folder: Path, *, is_demonstration: str = "1", if_empty: bool = False
) -> None:
    monkeypatch.setattr(
        demo,
        "read_environment",
        lambda: {
            "LEUVENHELPT_DEMO": is_demonstration,
            "LEUVENHELPT_DATA": str(folder),
            "DATABASE_URL": f"sqlite:///{folder / 'fresh.sqlite3'}",
            "SECRET_KEY": "x" * 40,
            "PUBLIC_URL": "https://hulp.example",
            "SMTP_URL": "smtp://localhost:1",
            "MAIL_FROM": "hulp@hulp.example",
        },
    )
    demo.run(argparse.Namespace(if_empty=if_empty))


@pytest.mark.usefixtures("sqlite_url")
def test_it_refuses_outside_demonstration_mode(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Stop, match="LEUVENHELPT_DEMO"):
        run(monkeypatch, tmp_path, is_demonstration="0")


def test_it_refuses_a_database_with_data(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    runtime = runtime_for(settings_for(tmp_path, sqlite_url))
    make.staff(runtime)
    with pytest.raises(Stop, match="data in this database"):
        run(monkeypatch, tmp_path)
    run(monkeypatch, tmp_path, if_empty=True)
    assert capsys.readouterr().out == ""
    with runtime.reading() as db:
        assert db.scalar(select(HelpRequest.id)) is None


def test_a_city_that_fails_halfway_leaves_nothing(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    runtime = demo_ready(runtime_for(settings_for(tmp_path, sqlite_url), lambda: AFTERNOON))
    monkeypatch.setattr(demo.people, "ask_facts", None)
    with pytest.raises(TypeError):
        demo.fill(runtime)
    with runtime.reading() as db:
        assert is_empty(db)
