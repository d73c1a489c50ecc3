"""The built-in street list answers with streets, and says that it is approximate."""

from pathlib import Path

import pytest

from leuvenhelpt.addresses.answer import Level
from leuvenhelpt.addresses.register import Register
from leuvenhelpt.gateways.register_file import open_register

LEUVEN = Path(__file__).parents[2] / "leuvenhelpt/cities/leuven"


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Register:
    return open_register(tmp_path_factory.mktemp("data"), LEUVEN)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("tiense stwg 12b kessello", "Tiensesteenweg 12B, 3010 Kessel-Lo"),
        ("Naamsestraat 12, 3000 Leuven", "Naamsestraat 12, 3000 Leuven"),
        ("12 Naamsestraat, Louvain", "Naamsestraat 12, 3000 Leuven"),
        ("Mgr. Ladeuzeplein 20", "Monseigneur Ladeuzeplein 20, 3000 Leuven"),
        ("ik woon in de naamsestraat op nummer twaalf", "Naamsestraat 12, 3000 Leuven"),
        ("vanderkelenstr. 5 bus 3", "Leopold Vanderkelenstraat 5, 3000 Leuven"),
        ("Parking Tweewaters, Vaartkom 32, Leuven", "Vaartkom 32, 3000 Leuven"),
        ("692 Diestsesteenweg\nLeuven 3010\nVlaanderen, BE", "Diestsesteenweg 692, 3010 Kessel-Lo"),
    ],
)
def test_an_address_is_placed_in_its_street(register: Register, text: str, label: str) -> None:
    answer = register.find(text)
    assert (answer.label, answer.level, answer.is_accepted) == (label, Level.STREET, True)
    assert answer.is_approximate
    assert (answer.accuracy_m or 0) >= 100


@pytest.mark.parametrize(
    "text", ["Kerkstraat 12 Gent", "Naamsestraat 12, 5000 Namen", "", "😀" * 3000, "<script>"]
)
def test_what_is_not_here_is_not_found(register: Register, text: str) -> None:
    assert register.find(text).level == Level.NONE
