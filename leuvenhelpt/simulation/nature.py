"""How simulated people answer when they are asked: what no policy may know."""

import random
from dataclasses import dataclass
from datetime import datetime
from math import exp

from leuvenhelpt.domain.messages import Need
from leuvenhelpt.simulation.people import WEEK, Volunteer
from leuvenhelpt.simulation.scenario import Scenario


def way_left(distance_km: float | None, reach_km: float) -> float:
    """What the way leaves of somebody's willingness: 1 at the door, the less the farther within their reach."""
    return exp(-(distance_km or 0.0) / max(reach_km * 2.5, 0.1))


@dataclass(frozen=True)
class Reply:
    """What somebody would do when asked: say yes or no after so many waking hours, or (None) stay silent."""

    says_yes: bool
    after_hours: float | None


@dataclass(frozen=True)
class Nature:
    """How people are in a scenario, and the luck of one seed."""

    scenario: Scenario
    seed: int

    def reply(self, need: Need, volunteer: Volunteer, distance_km: float | None, now: datetime) -> Reply:
        """The answer to an ask now: luck depends on the two alone, so every policy meets the same."""
        scenario = self.scenario
        rng = random.Random(f"{scenario.name}:{self.seed}:{need.help_request_id}:{volunteer.number}")
        way = way_left(distance_km, volunteer.reach_km)
        tired = scenario.tiring ** volunteer.asked_since(now - WEEK)
        says_yes = rng.random() < volunteer.willingness * way * tired
        delay = scenario.answer_hours * exp(rng.gauss(0, 0.9))
        is_silent = not says_yes and rng.random() < 0.5
        return Reply(says_yes, None if is_silent else delay)
