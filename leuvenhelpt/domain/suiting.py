"""Whether who was proposed, or asked, may still be: an offer, and how well we know somebody, change meanwhile."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from leuvenhelpt.domain.city import KindOfHelp
from leuvenhelpt.domain.lifecycle import VolunteerState
from leuvenhelpt.domain.messages import Fact, Reason


@dataclass(frozen=True)
class Standing:
    """How a volunteer stands now. `trust`: see `trust`; `asks_left`: how many more this week allows."""

    state: str
    kinds: Collection[str]
    languages: Collection[str]
    trust: int
    asks_left: int


def trust(vetting: int, vetted_until: datetime | None, now: datetime) -> int:
    """The level (0-3) up to which a volunteer is trusted now: what a coordinator said holds until a moment."""
    return vetting if vetted_until is not None and vetted_until > now else 0


def objections(standing: Standing, kind: KindOfHelp, languages: Collection[str]) -> tuple[Reason, ...]:
    """Why a volunteer may not be asked now for this help, in one of these languages; none: they may.

    Each is named, as the rule of matching that would keep them from being proposed anew.
    """
    is_heard = not languages or not set(languages).isdisjoint(standing.languages)
    holds = {
        "paused": standing.state == VolunteerState.ACTIVE,
        "kind": kind.key in standing.kinds,
        "language": is_heard,
        "vetting": standing.trust >= kind.vetting,
        "weekly_limit": standing.asks_left > 0,
    }
    facts: dict[str, dict[str, Fact]] = {"language": {"speaks": ",".join(sorted(standing.languages))}}
    broken = (rule for rule, is_kept in holds.items() if not is_kept)
    return tuple(Reason(rule, is_for=False, facts=facts.get(rule, {})) for rule in broken)
