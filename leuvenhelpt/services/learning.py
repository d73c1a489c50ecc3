"""Keeping what was learned from the answers of volunteers."""

from leuvenhelpt.services import periodic
from leuvenhelpt.storage.models import LearnedYes
from leuvenhelpt.storage.unit_of_work import UnitOfWork

TASK = "learn"


def claim(uow: UnitOfWork, period: str) -> bool:
    """Whether learning in this period is ours to do. Who dies over it leaves it to the next night."""
    return periodic.claim_period(uow, TASK, period)


def record(
    uow: UnitOfWork,
    *,
    model: str,
    trained_on: int,
    loss: float,
    old_loss: float,
    calibration_gap: float,
    is_better: bool,
) -> None:
    """Keep a model with the figures it was judged by; it is used from now on if it was better than the old one."""
    uow.session.add(
        LearnedYes(
            learned_at=uow.now,
            is_in_use=is_better,
            model=model,
            trained_on=trained_on,
            loss=loss,
            old_loss=old_loss,
            calibration_gap=calibration_gap,
        )
    )
