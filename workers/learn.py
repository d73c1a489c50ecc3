"""Learning, once a night, how probably somebody says yes; and which model serves by day."""

from typing import TYPE_CHECKING

import structlog
from sqlalchemy.orm import Session

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.domain.values import MACHINE
from leuvenhelpt.matching.history import FEWEST_ANSWERS, answers_from
from leuvenhelpt.matching.yes import PRIOR, Answer, YesModel, usable
from leuvenhelpt.services import learning
from leuvenhelpt.storage.queries.learning import past_asks, stored_model
from workers.periods import nightly

if TYPE_CHECKING:
    from leuvenhelpt.matching.training import Trial

log = structlog.get_logger()


class Experience:
    """The model in use: read again when another was learned."""

    def __init__(self) -> None:
        self._number: int | None = None
        self._model: YesModel = PRIOR
        self._nights: set[str] = set()

    def model(self, db: Session) -> YesModel:
        """What to ask now; the prior while nothing was learned, or when what is stored does not fit the code."""
        stored = stored_model(db)
        if stored.number != self._number:
            self._model, refused = usable(stored.text)
            self._number = stored.number
            log.info("yes_model", number=stored.number, trained_on=self._model.trained_on, refused=refused)
        return self._model

    def known(self, db: Session) -> YesModel:
        """The same as it was when last asked for: for who must not wait for one more question."""
        return self.model(db) if self._number is None else self._model

    def learn_if_night(self, runtime: Runtime) -> bool:
        """Learn once a night, whichever process comes first; whether this one did."""
        night = nightly(runtime.clock())
        if not night or night in self._nights:
            return False
        with runtime.unit_of_work(MACHINE) as uow:
            is_ours = learning.claim(uow, night)
        self._nights.add(night)
        if is_ours:
            with runtime.reading() as db:
                old = self.model(db)
            learn(runtime, old)
        return is_ours


def learn(runtime: Runtime, old: YesModel) -> None:
    """Learn from every ask so far, and use what was learned if it is better; reads and writes apart."""
    with runtime.reading() as db:
        answers = list(answers_from(past_asks(db)))
    trial = _trial(answers, old)
    if trial is None:
        log.info("nothing_learned", answers=len(answers))
        return
    with runtime.unit_of_work(MACHINE) as uow:
        learning.record(uow, **trial.figures)
    log.info("learned", answers=len(answers), loss=trial.loss, old_loss=trial.old_loss, used=trial.is_better)


def _trial(answers: list[Answer], old: YesModel) -> "Trial | None":
    if len(answers) < FEWEST_ANSWERS:
        return None
    # scikit-learn takes seconds and 90 MiB: no process pays for it before the night it is needed.
    from leuvenhelpt.matching.training import train  # noqa: PLC0415

    return train(answers, old)
