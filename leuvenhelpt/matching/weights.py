"""How much each wish counts, and how far an hour's way is: the one place to turn the knobs of ranking."""

from dataclasses import dataclass

PRIOR_YES = 0.35
PRIOR_ASKS = 4
WAITING_DAYS = 60
WAY_MINUTES = 45.0

MINUTES_PER_KM = {"": 5.0, "foot": 12.0, "bike": 4.0, "bus": 5.0, "car": 2.5}
"""Door to door in a town, parking and waiting included; "" stands for means we do not know."""


@dataclass(frozen=True)
class Weights:
    """Points for each wish wholly granted.

    Fairness weighs more than nearness: reach already keeps the way bearable, and who is tired of being asked
    says no. Chosen on the frontier in docs/asking.md.
    """

    near: float = 1.0
    rarely_asked: float = 2.0
    waiting: float = 0.8
    newcomer: float = 0.5
    reliable: float = 0.6
    hours: float = 0.2
    same_area: float = 0.15
    went_well: float = 0.8
    words: float = 0.3
    likely: float = 5.0
    gender_wish: float = 5.0
    """As much as a certain yes over a certain no: it puts in order, and leaves nobody out."""


WEIGHTS = Weights()
