"""A small register to test with: invented houses in streets of two towns."""

from leuvenhelpt.addresses.columns import About, StreetRow, columns_of
from leuvenhelpt.addresses.known_names import KnownNames
from leuvenhelpt.addresses.register import Register

KNOWN = KnownNames(
    names=("Leuven", "Louvain"),
    code="24062",
    parts={"3000": "Leuven", "3010": "Kessel-Lo"},
    aliases={"Rue de Namur": "Naamsestraat"},
)
_STREETS = {
    ("24062", "3000"): (
        *("Naamsestraat", "Leopold Vanderkelenstraat", "Sint-Maartenstraat", "Onze-Lieve-Vrouwstraat", "Lei"),
        *("Interleuvenlaan", "Koning Leopold I-straat", "De vier vaantjes", "Brusselsestraat", "Kerkstraat"),
    ),
    ("24062", "3010"): ("Tiensesteenweg", "Diestsesteenweg", "Abdij Vlierbeek", "Spaarstraat", "Wijnstraat"),
    ("24038", "3020"): ("Kerkstraat", "Stationsstraat"),
}
_TOWNS = {"24062": ("Leuven", "Louvain"), "24038": ("Herent",)}


def house_numbers() -> list[str]:
    """What every street has: 1 to 60 with gaps at 20 to 30, and a house 12A."""
    return [*(str(number) for number in range(1, 61) if not 20 <= number <= 30), "12A"]


def small_register() -> Register:
    """Leuven with two postcodes, and a little of Herent."""
    rows, at = [], 0
    for (code, postcode), names in _STREETS.items():
        for name in names:
            at += 1
            lat = 50.87 + at / 500
            houses = [(number, lat + index / 1e5, 4.70) for index, number in enumerate(house_numbers())]
            part = {"3010": "Kessel-Lo"}.get(postcode, _TOWNS[code][0])
            rows.append(StreetRow(code, _TOWNS[code], postcode, part, (name,), houses))
    rows.append(
        StreetRow("24062", _TOWNS["24062"], "3000", "Leuven", ("Tiensesteenweg",), [("90", 50.878, 4.72)])
    )
    return Register(columns_of(rows, About("small")), KNOWN)
