"""How far two people live apart, and whether both places are known well enough to say so without "about"."""

from dataclasses import replace

from leuvenhelpt.domain.messages import Reason
from leuvenhelpt.domain.values import is_approximate_level
from leuvenhelpt.storage.models import HelpRequest, Match, Volunteer

_OF_DISTANCE = frozenset({"near", "reach"})


def is_approximate_between(request: HelpRequest, volunteer: Volunteer) -> bool:
    """Whether a distance between these two holds only about: one of both places is no house that is known."""
    return is_approximate_level(request.place_level) or is_approximate_level(volunteer.place_level)


def reasons_between(match: Match, request: HelpRequest, volunteer: Volunteer) -> tuple[Reason, ...]:
    """The reasons of a match; those that tell a distance say whether it holds only about."""
    reasons = (Reason(**reason) for reason in match.reasons)
    if not is_approximate_between(request, volunteer):
        return tuple(reasons)
    return tuple(
        replace(one, facts={**one.facts, "is_approximate": True}) if one.rule in _OF_DISTANCE else one
        for one in reasons
    )
