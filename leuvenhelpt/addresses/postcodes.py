"""When no street is found: the middle of the postcode or town that was named, said to be no more than that."""

import numpy as np
from numpy.typing import NDArray

from leuvenhelpt.addresses.answer import NOT_FOUND, Answer, Level
from leuvenhelpt.addresses.columns import COSINE, METRES_A_DEGREE, MICRO, Columns
from leuvenhelpt.addresses.places import Mention
from leuvenhelpt.addresses.reading import Reading

_SURE = 0.95


def postcode_answer(columns: Columns, reading: Reading, towns: frozenset[int]) -> Answer:
    """The middle of a postcode, when nothing but a postcode or a town was typed; else NOT_FOUND."""
    if reading.phrases or (reading.mention is None and not reading.postcode) or len(towns) != 1:
        return NOT_FOUND
    town = next(iter(towns))
    mention = reading.mention or Mention(town, reading.postcode)
    postcode = reading.postcode or mention.postcode
    streets = _streets(columns, town, postcode)
    if not len(streets):
        return NOT_FOUND
    lats, lons = columns.street_lat[streets] / MICRO, columns.street_lon[streets] / MICRO
    lat, lon = float(np.median(lats)), float(np.median(lons))
    off = np.hypot((lats - lat) * METRES_A_DEGREE, (lons - lon) * METRES_A_DEGREE * COSINE)
    part = next((part.name for part in columns.parts if (part.postcode, part.town) == (postcode, town)), "")
    return Answer(
        level=Level.POSTCODE,
        confidence=_SURE,
        postcode=postcode,
        municipality=columns.towns[town].names[0],
        part=part,
        lat=round(lat, 6),
        lon=round(lon, 6),
        accuracy_m=max(500, round(float(np.percentile(off, 95)))),
        is_approximate=columns.about.is_approximate,
    )


def _streets(columns: Columns, town: int, postcode: str) -> NDArray[np.int64]:
    first, past = columns.towns[town].first, columns.towns[town].past
    streets: NDArray[np.int64] = np.arange(first, past)
    if not postcode:
        return streets
    wanted: NDArray[np.int64] = streets[columns.street_postcode[first:past] == int(postcode)]
    return wanted
