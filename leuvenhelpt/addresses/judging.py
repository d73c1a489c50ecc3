"""How sure an answer is. The figures were fitted so that of answers at 0.9 about nine in ten are right."""

import numpy as np

ACCEPTED_FROM = 0.9
OFFERED_FROM = 0.2
IN_DOUBT = 0.5
NUMBER_UNKNOWN = 0.6

_CLOSENESS = (0.60, 0.70, 0.75, 0.80, 0.85, 0.90, 0.93, 0.96, 1.00)
_CONFIDENCE = (0.02, 0.20, 0.35, 0.55, 0.80, 0.91, 0.93, 0.95, 0.98)
_MARGIN = (0.0, 0.03, 0.08, 0.15)
_SHARE = (0.55, 0.70, 0.92, 1.0)


def confidence_of(closeness: float, margin: float, *, letters: int) -> float:
    """How sure a name is: its closeness, its lead over the next name, and how many letters tell it apart."""
    sure = float(np.interp(closeness, _CLOSENESS, _CONFIDENCE))
    if closeness >= 1.0:
        return sure
    if letters < 5:
        sure *= 0.8
    return sure * float(np.interp(margin, _MARGIN, _SHARE))
