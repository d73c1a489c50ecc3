"""The workers, over a real database with fakes at the gateways: each claims, acts outside, records."""

from datetime import timedelta

import pytest

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.domain import rhythm
from leuvenhelpt.domain.errors import TemporaryFailure
from leuvenhelpt.domain.jobs import Wait
from leuvenhelpt.domain.values import MACHINE, Located
from leuvenhelpt.gateways.clock import SetClock
from leuvenhelpt.gateways.geocoder import KnownAddresses
from leuvenhelpt.services import claims
from leuvenhelpt.storage.models import HelpRequest, Match, Volunteer
from tests import make
from tests.services.test_pairing import troubles
from workers.locate import locate
from workers.pair import pair


@pytest.fixture
def geocoder(runtime: Runtime) -> KnownAddresses:
    assert isinstance(runtime.geocoder, KnownAddresses)
    runtime.geocoder.known["Naamsestraat 147"] = Located(make.HERE, 0.97, is_accepted=True)
    return runtime.geocoder


def test_a_found_address_opens_the_request(runtime: Runtime, geocoder: KnownAddresses) -> None:
    request = make.help_request(runtime)
    assert locate(runtime) == 1
    row = make.row_of(runtime, HelpRequest, request)
    assert (row.state, row.lat, row.place_level, row.area) == ("open", 50.8720, "house", "Leuven centrum")
    assert locate(runtime) == 0


def test_an_unfound_address_is_a_task_for_a_coordinator(runtime: Runtime, geocoder: KnownAddresses) -> None:
    request = make.help_request(runtime, address="Nergensstraat 1")
    locate(runtime)
    assert make.row_of(runtime, HelpRequest, request).state == "in_review"
    assert troubles(runtime) == ["place"]


def test_an_unsure_address_is_not_taken(runtime: Runtime, geocoder: KnownAddresses) -> None:
    geocoder.known["Naamsestraat"] = Located(
        make.HERE, 0.5, is_accepted=False, candidates=(make.HERE, make.NEARBY)
    )
    request = make.help_request(runtime, address="Naamsestraat")
    locate(runtime)
    row = make.row_of(runtime, HelpRequest, request)
    assert (row.state, row.lat, len(row.place_choices)) == ("in_review", None, 2)


def test_an_outage_is_try_again_later_and_never_not_found(
    runtime: Runtime, geocoder: KnownAddresses, clock: SetClock
) -> None:
    geocoder.failure = TemporaryFailure("away")
    request = make.help_request(runtime)
    locate(runtime)
    row = make.row_of(runtime, HelpRequest, request)
    assert (row.state, row.attempts, row.lease_owner) == ("submitted", 1, None)
    geocoder.failure = None
    assert locate(runtime) == 0
    clock.move(minutes=1)
    assert locate(runtime) == 1
    assert make.row_of(runtime, HelpRequest, request).state == "open"


def test_a_row_that_fails_on_and_on_is_handed_to_a_person_and_holds_up_nobody(
    runtime: Runtime, geocoder: KnownAddresses, clock: SetClock
) -> None:
    geocoder.failure = TemporaryFailure("away")
    make.help_request(runtime)
    for _ in range(claims.TRIES):
        clock.move(minutes=6)
        locate(runtime)
    assert troubles(runtime) == ["stuck"]
    geocoder.failure = None
    second = make.help_request(runtime)
    locate(runtime)
    assert make.row_of(runtime, HelpRequest, second).state == "open"


def test_what_works_after_all_is_not_left_on_the_desk(
    runtime: Runtime, geocoder: KnownAddresses, clock: SetClock
) -> None:
    geocoder.failure = TemporaryFailure("away")
    make.help_request(runtime)
    make.applicant(runtime)
    for _ in range(claims.TRIES):
        clock.move(minutes=6)
        locate(runtime)
    assert troubles(runtime) == ["stuck", "stuck"]
    geocoder.failure = None
    geocoder.known["Parkstraat 5"] = Located(make.NEARBY, 0.97, is_accepted=True)
    clock.move(minutes=6)
    locate(runtime)
    assert troubles(runtime) == []


def test_a_claimed_row_is_left_alone_until_its_lease_ends(
    runtime: Runtime, geocoder: KnownAddresses, clock: SetClock
) -> None:
    request = make.help_request(runtime)
    with runtime.unit_of_work(MACHINE) as uow:
        assert claims.claim(uow, Wait.REQUEST_TO_LOCATE, [request], owner="somebody who dies") == [request]
        assert not claims.claim(uow, Wait.REQUEST_TO_LOCATE, [request], owner="another")
    assert locate(runtime) == 0
    clock.move(minutes=1)
    assert locate(runtime) == 1


def test_volunteers_are_located_too(runtime: Runtime, geocoder: KnownAddresses) -> None:
    geocoder.known["Parkstraat 5"] = Located(make.NEARBY, 0.97, is_accepted=True)
    found, lost = make.applicant(runtime), make.applicant(runtime, address="Nergensstraat 2")
    locate(runtime)
    assert make.row_of(runtime, Volunteer, found).lat == make.NEARBY.lat
    assert make.row_of(runtime, Volunteer, lost).lat is None
    assert troubles(runtime) == ["volunteer_place"]


def test_pairing_asks_the_near_before_the_far_and_nobody_who_cannot(runtime: Runtime) -> None:
    near = make.volunteer(runtime)
    make.volunteer(runtime, kinds=("homework",))
    make.volunteer(runtime, languages=("tr",))
    request = make.located_request(runtime)
    assert pair(runtime) == 1
    with runtime.reading() as db:
        (match,) = db.query(Match).filter_by(help_request_id=request).all()
    assert (match.volunteer_id, match.state) == (near, "asked")
    assert match.lapses_at == runtime.clock() + timedelta(hours=runtime.city.soon.ask_hours)
    assert {reason["rule"] for reason in match.reasons} >= {"near", "speaks"}
    assert 0.5 < match.distance_km < 0.52


def test_pairing_again_after_a_no_asks_the_next(runtime: Runtime, clock: SetClock) -> None:
    request = make.located_request(runtime)
    people = {make.volunteer(runtime) for _ in range(8)}
    pair(runtime)
    with runtime.reading() as db:
        asked = db.query(Match).filter_by(help_request_id=request, state="asked").all()
    assert 1 <= len(asked) <= 4
    with runtime.unit_of_work(make.VOLUNTEER) as uow:
        for match in asked:
            make.matches.decline(uow, match.id)
    pair(runtime)
    with runtime.reading() as db:
        again = db.query(Match).filter_by(help_request_id=request, state="asked").all()
    assert {match.volunteer_id for match in again} <= people - {match.volunteer_id for match in asked}
    assert again


def test_who_joins_where_nobody_suited_is_asked_the_same_morning(runtime: Runtime, clock: SetClock) -> None:
    request = make.located_request(runtime)
    pair(runtime)
    assert troubles(runtime) == ["nobody"]
    newcomer = make.volunteer(runtime)
    pair(runtime)
    clock.move(hours=rhythm.LOOK_AGAIN_HOURS)
    pair(runtime)
    with runtime.reading() as db:
        asked = db.query(Match).filter_by(help_request_id=request, state="asked").all()
    assert [match.volunteer_id for match in asked] == [newcomer]
    assert troubles(runtime) == []


def test_what_a_volunteer_wrote_is_read_too(runtime: Runtime) -> None:
    people = {
        make.volunteer(runtime, words="Ik ga graag naar de markt met een fietskar."),
        make.volunteer(runtime, words="Ik naai en herstel kleren."),
    }
    request = make.located_request(runtime, words="Kan iemand met een fietskar mijn boodschappen brengen?")
    pair(runtime)
    with runtime.reading() as db:
        matches = db.query(Match).filter_by(help_request_id=request).order_by(Match.rank).all()
    assert {match.volunteer_id for match in matches} == people
    told = [[why["rule"] for why in match.reasons] for match in matches]
    assert [("words" in rules) for rules in told] == [True, False]


def test_those_that_wait_longest_are_claimed_first_and_by_one_only(runtime: Runtime, clock: SetClock) -> None:
    requests = []
    for _ in range(3):
        requests.append(make.help_request(runtime))
        clock.move(minutes=1)
    wait = Wait.REQUEST_TO_LOCATE
    with runtime.unit_of_work(MACHINE) as uow:
        claimed = [
            [row.id for row in claims.claim_longest_waiting(uow, wait, 2, owner=owner)]
            for owner in ("one", "another", "a third")
        ]
    assert claimed == [requests[:2], requests[2:], []]
