"""How sure an answer is. The figures were fitted so that of answers at 0.9 about nine in ten are right."""

from collections.abc import Sequence

import numpy as np

from leuvenhelpt.addresses.answer import Level
from leuvenhelpt.addresses.findings import Finding
from leuvenhelpt.addresses.reading import Reading
from leuvenhelpt.addresses.wording import name_of

ACCEPTED_FROM = 0.9
OFFERED_FROM = 0.25
_IN_DOUBT = 0.5
_UNEXPLAINED = 0.6
_OTHER_POSTCODE = 0.93
_NEARLY_IN_OTHER_POSTCODE = 0.75

_CLOSENESS = (0.60, 0.70, 0.75, 0.80, 0.85, 0.875, 0.90, 0.93, 0.96, 1.00)
_CONFIDENCE = (0.05, 0.30, 0.50, 0.72, 0.87, 0.910, 0.92, 0.94, 0.96, 0.985)
_MARGIN = (0.0, 0.03, 0.08, 0.12)
_SHARE = (0.5, 0.65, 0.90, 1.0)
_SHORT_SHARE = (0.6, 0.6, 0.6, 0.6, 0.75, 0.93)  # by the letters that tell the name from others


def confidence_of(
    best: Finding, findings: Sequence[Finding], reading: Reading, names: Sequence[str]
) -> float:
    """How sure the best finding is, from 0 to 1. `names`: those of the findings, to tell namesakes from rivals."""
    sure = float(np.interp(best.closeness, _CLOSENESS, _CONFIDENCE))
    if best.closeness < 1.0:
        rivals = [one.closeness for one, name in zip(findings, names, strict=True) if name != names[0]]
        sure *= float(np.interp(best.closeness - max(rivals, default=0.0), _MARGIN, _SHARE))
        letters = len(name_of(list(best.phrase.words)).stem)
        sure *= _SHORT_SHARE[letters] if letters < len(_SHORT_SHARE) else 1.0
        if best.spot.level == Level.HOUSE:
            sure += (1.0 - sure) * 0.15
    return min(sure, _ceiling(best, findings, reading, names))


def _ceiling(best: Finding, findings: Sequence[Finding], reading: Reading, names: Sequence[str]) -> float:
    """The most that can be said in view of what does not fit."""
    is_placed = reading.mention is not None or bool(reading.postcode)
    has_namesake = any(
        one.fits == best.fits and name == names[0]
        for one, name in list(zip(findings, names, strict=True))[1:]
    )
    if reading.is_post_box or has_namesake:
        return _IN_DOUBT
    if best.spot.is_beyond or (len(reading.phrases) > 1 and not is_placed):
        return _UNEXPLAINED
    if not best.is_in_postcode:
        return _OTHER_POSTCODE if best.closeness == 1.0 else _NEARLY_IN_OTHER_POSTCODE
    return 1.0
