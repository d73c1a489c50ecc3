"""Who should rather come, where a kind of help lets a resident say so: a strong wish, never a rule.

What volunteers say of themselves is kept beside the pool, which knows nothing of it; nor does the model of a yes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import takewhile

from leuvenhelpt.domain.messages import Candidate, Need, Reason
from leuvenhelpt.matching.weights import WEIGHTS, Weights

GRANTED = "gender_wish"


def granted(need: Need, volunteer_id: int, genders: Mapping[int, str]) -> Reason | None:
    """That the resident would rather have this volunteer. The reason says no more, so that no more is kept."""
    is_granted = need.gender_wish and genders.get(volunteer_id) == need.gender_wish
    return Reason(GRANTED) if is_granted else None


def with_wish(
    need: Need, candidates: Sequence[Candidate], genders: Mapping[int, str], weights: Weights = WEIGHTS
) -> list[Candidate]:
    """The same candidates in their order, with points for who grants the wish; `genders`: by volunteer, who said."""
    return [_marked(one, granted(need, one.volunteer_id, genders), weights) for one in candidates]


def at_the_head(candidates: Sequence[Candidate]) -> int:
    """How many who grant the wish stand before the first who does not."""
    return sum(1 for _ in takewhile(_is_granted, candidates))


def _is_granted(one: Candidate) -> bool:
    return any(why.rule == GRANTED for why in one.reasons)


def _marked(one: Candidate, why: Reason | None, weights: Weights) -> Candidate:
    return replace(one, score=one.score + weights.gender_wish, reasons=(why, *one.reasons)) if why else one
