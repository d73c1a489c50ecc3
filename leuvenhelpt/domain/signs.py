"""What may be heard in a resident's words besides a kind of help, most pressing first."""

from enum import StrEnum


class Sign(StrEnum):
    """Either somebody must be rung now, or a professional service knows better."""

    DANGER = "danger"
    SUICIDE = "suicide"
    VIOLENCE = "violence"
    DESPAIR = "despair"
    ILLNESS = "illness"
    MONEY = "money"
    HOUSING = "housing"
    LAW = "law"
    CARE = "care"


# There is a number to ring, which a city's profile must name.
TO_RING = frozenset({Sign.DANGER, Sign.SUICIDE, Sign.VIOLENCE, Sign.DESPAIR, Sign.ILLNESS})
# A poison centre is no sign's own: it stands beside danger when something may have been swallowed.
POISON = "poison"
# What a city's profile must have a number for.
HELPLINES = TO_RING | {POISON}
# A person reads the words before any volunteer is asked.
READ_FIRST = TO_RING - {Sign.ILLNESS}
# A service of the city may be of more help than a neighbour.
FOR_A_SERVICE = frozenset(Sign) - TO_RING
