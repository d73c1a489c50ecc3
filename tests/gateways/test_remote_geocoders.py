"""Geocoders elsewhere: asked little, seldom and only when switched on; an outage is "later", never "not found"."""

import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from redis import Redis

from leuvenhelpt.bootstrap import load_city
from leuvenhelpt.domain.errors import ConfigurationError, TemporaryFailure
from leuvenhelpt.domain.values import PlaceLevel
from leuvenhelpt.gateways.geocoder import CityGeocoder
from leuvenhelpt.gateways.geocoder_memory import DatabaseMemory, KeptAnswers
from leuvenhelpt.gateways.register_file import open_register
from leuvenhelpt.gateways.remote_geocoders import RemoteAddress, remote_geocoder
from leuvenhelpt.gateways.remote_lookup import RemoteLookup
from leuvenhelpt.gateways.turns import CountedTurns, RedisTurns
from leuvenhelpt.storage.engine import build_engine

LEUVEN = Path(__file__).parents[2] / "leuvenhelpt/cities/leuven"
CITY = load_city("leuven")
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
HERE, PARIS = (50.8795, 4.7020), (48.85, 2.35)


class FakeService(ThreadingHTTPServer):
    """A geocoder on this machine: says what it was told to say, and remembers what it was asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answering)
        self.status, self.document, self.location = 200, Any, ""
        self.asked: list[dict[str, list[str]]] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v4/Location"


class _Answering(BaseHTTPRequestHandler):
    server: FakeService

    def do_GET(self) -> None:
        self.server.asked.append(parse_qs(urlsplit(self.path).query))
        self.send_response(self.server.status)
        if self.server.location:
            self.send_header("Location", self.server.location)
        self.end_headers()
        self.wfile.write(json.dumps(self.server.document).encode())

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture
def service() -> Iterator[FakeService]:
    server = FakeService()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def flemish(street: str, number: str | None, postcode: str, point: tuple[float, float]) -> dict[str, Any]:
    row = {
        "Municipality": "Leuven",
        "Zipcode": postcode,
        "Thoroughfarename": street,
        "Housenumber": number,
        "FormattedAddress": f"{street} {number}, {postcode} Leuven",
        "Location": {"Lat_WGS84": point[0], "Lon_WGS84": point[1]},
    }
    return {"LocationResult": [row]}


def geocoder(service: FakeService, tmp_path: Path, kind: str = "flemish", **parts: Any) -> CityGeocoder:
    register = open_register(tmp_path, LEUVEN)
    remote = remote_geocoder({"service": kind, "address": service.address}, CITY.bounds)
    assert remote is not None
    turns, memory = parts.get("turns", CountedTurns()), parts.get("memory", KeptAnswers())
    return CityGeocoder(register, CITY, remote=RemoteLookup(remote, turns, memory, register, CITY))


def test_a_street_the_register_does_not_know_is_asked_outside(service: FakeService, tmp_path: Path) -> None:
    service.document = flemish("Joanna-Maria Artoisplein", "3", "3000", HERE)
    located = geocoder(service, tmp_path).locate("bij An, Joanna Maria Artoisplein 3, Leuven", "3000")
    assert located is not None
    assert located.place is not None
    assert (located.is_accepted, located.place.level, located.place.lat) == (True, PlaceLevel.HOUSE, HERE[0])
    assert [asked["q"] for asked in service.asked] == [["joanna maria artoisplein 3, 3000 Leuven"]]


def test_what_the_register_knows_or_is_elsewhere_never_leaves(service: FakeService, tmp_path: Path) -> None:
    service.document = {"LocationResult": []}
    found = geocoder(service, tmp_path)
    assert found.locate("Naamsestraat 12", "3000") is not None
    elsewhere = (
        "Kerkstraat 12, Gent",
        "Prinsengracht 1, 1017 GL Amsterdam",
        "Rue Neuve 1, 5000 Namur",
        "",
        "😀",
    )
    assert [found.locate(text) for text in elsewhere] == [None] * 5
    assert service.asked == []


def test_a_result_outside_the_served_area_is_refused(service: FakeService, tmp_path: Path) -> None:
    for postcode, point in (("3000", PARIS), ("9000", HERE)):
        service.document = flemish("Ketelmakerij", "3", postcode, point)
        assert geocoder(service, tmp_path).locate("Ketelmakerij 3", "3000") is None


def test_another_street_than_was_typed_is_only_a_choice(service: FakeService, tmp_path: Path) -> None:
    service.document = flemish("Ketelstraat", "3", "3000", HERE)
    located = geocoder(service, tmp_path).locate("Ketelmakerij 3", "3000")
    assert located is not None
    assert (located.is_accepted, [place.label for place in located.candidates]) == (
        False,
        ["Ketelstraat 3, 3000 Leuven"],
    )


@pytest.mark.parametrize("status", [500, 503, 429, 302, 404])
def test_an_outage_is_not_a_missing_address(service: FakeService, tmp_path: Path, status: int) -> None:
    service.status, service.document = status, {}
    service.location = "http://127.0.0.1:9/" if status == 302 else ""
    with pytest.raises(TemporaryFailure):
        geocoder(service, tmp_path).locate("Ketelmakerij 3", "3000")


@pytest.mark.parametrize("document", [[], {"LocationResult": None}, "page"])
def test_an_answer_of_another_kind_is_an_outage(service: FakeService, tmp_path: Path, document: Any) -> None:
    service.document = document
    with pytest.raises(TemporaryFailure):
        geocoder(service, tmp_path).locate("Ketelmakerij 3", "3000")


def test_nobody_listening_is_an_outage(service: FakeService, tmp_path: Path) -> None:
    remote = remote_geocoder({"service": "photon", "address": "http://127.0.0.1:9"}, CITY.bounds)
    assert remote is not None
    register = open_register(tmp_path, LEUVEN)
    lookup = RemoteLookup(remote, CountedTurns(), KeptAnswers(), register, CITY)
    with pytest.raises(TemporaryFailure):
        CityGeocoder(register, CITY, remote=lookup).locate("Ketelmakerij 3", "3000")


def test_the_same_question_is_asked_once(service: FakeService, tmp_path: Path) -> None:
    service.document = {"LocationResult": []}
    found = geocoder(service, tmp_path)
    assert [found.locate("Ketelmakerij 3", "3000"), found.locate("ketelmakerij 3", "3000")] == [None, None]
    assert len(service.asked) == 1


def test_nominatim_is_asked_within_the_bounds(service: FakeService, tmp_path: Path) -> None:
    told = {"road": "Ketelmakerij", "house_number": "3", "postcode": "3000", "city": "Leuven"}
    service.document = [{"lat": str(HERE[0]), "lon": str(HERE[1]), "display_name": "x", "address": told}]
    located = geocoder(service, tmp_path, "nominatim").locate("Ketelmakerij 3", "3000")
    assert located is not None
    assert located.is_accepted
    assert (service.asked[0]["bounded"], service.asked[0]["viewbox"]) == (["1"], ["4.63,50.82,4.79,50.96"])


def test_photon_is_asked_within_the_bounds(service: FakeService, tmp_path: Path) -> None:
    told = {"street": "Ketelmakerij", "housenumber": "3", "postcode": "3000", "city": "Leuven", "name": "x"}
    feature = {"geometry": {"coordinates": [HERE[1], HERE[0]]}, "properties": told}
    service.document = {"features": [feature]}
    located = geocoder(service, tmp_path, "photon").locate("Ketelmakerij 3", "3000")
    assert located is not None
    assert located.is_accepted
    assert service.asked[0]["bbox"] == ["4.63,50.82,4.79,50.96"]


def test_one_request_a_second_whichever_process_asks(redis_url: str) -> None:
    waits: list[float] = []
    first, second = RedisTurns(Redis.from_url(redis_url)), RedisTurns(Redis.from_url(redis_url), waits.append)
    first.take()
    with pytest.raises(TemporaryFailure):
        second.take()
    assert sum(waits) == pytest.approx(1.5)


def test_without_redis_there_are_no_turns() -> None:
    with pytest.raises(TemporaryFailure):
        RedisTurns(Redis(port=9)).take()


def test_answers_are_kept_in_the_database_without_the_question(sqlite_url: str) -> None:
    memory = DatabaseMemory(build_engine(sqlite_url), "k" * 32, lambda: NOW)
    found = (RemoteAddress("Ketelmakerij", "3", "3000", "Leuven", *HERE),)
    memory.keep("geo.example", "ketelmakerij 3, 3000", found)
    memory.keep("geo.example", "ketelmakerij 3, 3000", ())
    assert memory.recall("geo.example", "ketelmakerij 3, 3000") == found
    assert memory.recall("geo.example", "ketelmakerij 4, 3000") is None


@pytest.mark.parametrize(
    "facts", [{"service": "google"}, {"service": "photon"}, {"service": "nominatim", "address": "x"}]
)
def test_a_wrong_setting_is_told_at_the_start(facts: dict[str, str]) -> None:
    with pytest.raises(ConfigurationError):
        remote_geocoder(facts, CITY.bounds)


def test_off_by_default() -> None:
    assert remote_geocoder({}, CITY.bounds) is None
