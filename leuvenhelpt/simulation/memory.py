"""What a simulated city learns from the answers it gets, as production does each night."""

from dataclasses import replace
from datetime import datetime

from leuvenhelpt.domain.messages import Need, PastAsk
from leuvenhelpt.matching.history import FEWEST_ANSWERS, answers_from
from leuvenhelpt.matching.training import train
from leuvenhelpt.matching.yes import PRIOR, YesModel
from leuvenhelpt.simulation.people import Volunteer


class Memory:
    """Every ask so far and how it ended; `model`: the best that was learned from them."""

    def __init__(self) -> None:
        self.model: YesModel = PRIOR
        self._asks: dict[tuple[int, int], PastAsk] = {}

    def note_ask(self, need: Need, volunteer: Volunteer, distance_km: float | None, now: datetime) -> None:
        """Somebody was asked, as they were at that moment."""
        shared = (need.hours & volunteer.hours).bit_count() / max(need.hours.bit_count(), 1)
        self._asks[need.help_request_id, volunteer.number] = PastAsk(
            volunteer_id=volunteer.number,
            asked_at=now,
            known_at=None,
            said_yes=None,
            counts=True,
            distance_km=distance_km,
            reach_km=volunteer.reach_km,
            shared_hours=shared,
            went_well=False,
        )

    def note_answer(self, need: Need, volunteer: Volunteer, now: datetime, *, says_yes: bool) -> None:
        """The answer to it came; silence until it lapsed is a no."""
        ask = need.help_request_id, volunteer.number
        self._asks[ask] = replace(self._asks[ask], known_at=now, said_yes=says_yes)

    def learn(self) -> None:
        """Learn from all of it, and use what was learned if it is better."""
        if len(self._asks) >= FEWEST_ANSWERS:
            trial = train(list(answers_from(self._asks.values())), self.model)
            self.model = trial.model if trial and trial.is_better else self.model
