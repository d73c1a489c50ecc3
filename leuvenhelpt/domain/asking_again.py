"""What a help request was before it changed, and who may be asked for it once more because of that."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from leuvenhelpt.domain.kinds import Timing
from leuvenhelpt.domain.lifecycle import MatchState


class Aspect(StrEnum):
    """In what a request may change so that a no, or silence, need not hold any more."""

    WHEN = "when"
    WHERE = "where"
    KIND = "kind"


FOR_THE_MOMENT, FOR_THE_WAY, OTHERWISE = Aspect.WHEN, Aspect.WHERE, "other"
NO_REASONS = frozenset({FOR_THE_MOMENT, FOR_THE_WAY, OTHERWISE})
"""What somebody may give as the reason of a no; what stands behind the last, no change of ours mends."""

OVER = frozenset({MatchState.DECLINED, MatchState.LAPSED, MatchState.CANCELLED})


@dataclass(frozen=True)
class Version:
    """What help is wanted, when, and in which neighbourhood; no address."""

    kind: str
    timing: str
    wanted_by: datetime
    hours: int
    area: str

    @property
    def moment(self) -> tuple[object, ...]:
        """What tells one moment from another: as soon as possible stays that, on whatever day it is said again."""
        said = {Timing.BEFORE: self.wanted_by, Timing.MOMENTS: self.hours}
        return self.timing, said.get(Timing(self.timing))


@dataclass(frozen=True)
class Former:
    """A version that held until a change. `has_moved`: whether the place of the help was another after it."""

    version: Version
    until: datetime
    has_moved: bool

    def kept(self) -> dict[str, Any]:
        """As it is kept in the row of the request."""
        moments = {"wanted_by": self.version.wanted_by.isoformat(), "until": self.until.isoformat()}
        return asdict(self.version) | moments | {"has_moved": self.has_moved}

    @classmethod
    def from_kept(cls, kept: Mapping[str, Any]) -> "Former":
        """What `kept` gave."""
        wanted_by, until = (datetime.fromisoformat(kept[name]) for name in ("wanted_by", "until"))
        version = Version(kept["kind"], kept["timing"], wanted_by, kept["hours"], kept["area"])
        return cls(version, until, kept["has_moved"])


@dataclass(frozen=True)
class Change:
    """`before`: what was asked for then; `aspects`: in what it is different now, at least one."""

    before: Version
    aspects: frozenset[Aspect]


def change_since(asked_at: datetime, former: Sequence[Former], now: Version) -> Change | None:
    """What changed since somebody was asked; None if it is the same help. `former`: the oldest first."""
    later = [one for one in former if asked_at <= one.until]
    if not later:
        return None
    before = later[0].version
    differs = {
        Aspect.WHEN: before.moment != now.moment,
        Aspect.WHERE: any(one.has_moved for one in later),
        Aspect.KIND: before.kind != now.kind,
    }
    aspects = frozenset(aspect for aspect, is_other in differs.items() if is_other)
    return Change(before, aspects) if aspects else None


def may_be_asked_again(
    state: str, *, is_second: bool, declined_for: str, change: Change | None, was_taken_back: bool = False
) -> bool:
    """Whether somebody whose ask is over may be asked once more: it changed, and in that for which they said no.

    `is_second`: they were asked again already. `declined_for`: of NO_REASONS; "" if none was given.
    `was_taken_back`: we ended the ask before they answered, though it may be the same help still.
    """
    if is_second or state not in OVER:
        return False
    if change is None:
        return was_taken_back
    return not declined_for or declined_for in change.aspects
