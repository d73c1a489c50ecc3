"""The rules of matching, one volunteer at a time: what must hold, and what speaks for somebody.

The docstring of each rule is what a coordinator is shown. The pool asks the same of a million at once; the
tests hold it to these.
"""

from collections.abc import Callable
from typing import Final, NamedTuple

from leuvenhelpt.domain.messages import Fact, Need, Reason
from leuvenhelpt.domain.values import band_of


class Volunteer(NamedTuple):
    """One volunteer as the rules see them, for one need. `distance_km`: None if one of both has no place."""

    volunteer_id: int
    kinds: frozenset[str]
    languages: frozenset[str]
    hours: int
    has_place: bool
    distance_km: float | None
    reach_km: float
    vetting: int
    is_available: bool
    has_notice: bool
    asks_left: int
    asked_recently: int
    said_yes: int
    said_no: int
    is_newcomer: bool
    area: str


Rule = Callable[[Need, Volunteer], Reason | None]


def _joined(names: frozenset[str]) -> str:
    return ",".join(sorted(names))


def _against(rule: str, **facts: Fact) -> Reason:
    return Reason(rule, is_for=False, facts=facts)


def paused(_need: Need, volunteer: Volunteer) -> Reason | None:
    """Volunteers who paused, left or are not yet confirmed are not asked."""
    return None if volunteer.is_available else _against("paused")


def notice(_need: Need, volunteer: Volunteer) -> Reason | None:
    """The law wants the volunteer informed of status, insurance and secrecy before the first ask."""
    return None if volunteer.has_notice else _against("notice")


def kind(need: Need, volunteer: Volunteer) -> Reason | None:
    """The volunteer offers this kind of help."""
    return None if need.kind in volunteer.kinds else _against("kind", kind=need.kind)


def language(need: Need, volunteer: Volunteer) -> Reason | None:
    """They have a language in common."""
    if not need.languages or need.languages & volunteer.languages:
        return None
    return _against("language", wanted=_joined(need.languages), speaks=_joined(volunteer.languages))


def vetting(need: Need, volunteer: Volunteer) -> Reason | None:
    """The volunteer is known well enough for this kind of help."""
    if volunteer.vetting >= need.vetting:
        return None
    return _against("vetting", wanted=need.vetting, has=volunteer.vetting)


def excluded(need: Need, volunteer: Volunteer) -> Reason | None:
    """Nobody is asked twice for the same help, nor for somebody they would rather not help."""
    return _against("excluded") if volunteer.volunteer_id in need.excluded else None


def weekly_limit(_need: Need, volunteer: Volunteer) -> Reason | None:
    """Nobody is asked more often in a week than they said was fine."""
    if volunteer.asks_left > 0:
        return None
    return _against("weekly_limit", asked_recently=volunteer.asked_recently)


def hours(need: Need, volunteer: Volunteer) -> Reason | None:
    """The volunteer is free at some moment at which the help may happen."""
    if need.hours & volunteer.hours:
        return None
    return _against("hours", wanted=need.hours, free=volunteer.hours)


def no_place(need: Need, volunteer: Volunteer) -> Reason | None:
    """For help at a place we must know where the volunteer starts from."""
    return _against("no_place") if need.lat is not None and not volunteer.has_place else None


def reach(_need: Need, volunteer: Volunteer) -> Reason | None:
    """It is not further than the volunteer wants to go."""
    if volunteer.distance_km is None or volunteer.distance_km <= volunteer.reach_km:
        return None
    far, reach_km = round(volunteer.distance_km, 3), round(volunteer.reach_km, 3)
    return _against("reach", distance_km=far, reach_km=reach_km)


def near(_need: Need, volunteer: Volunteer) -> Reason | None:
    """The shorter the way, by their own means, the better."""
    if volunteer.distance_km is None:
        return None
    band = str(band_of(volunteer.distance_km))
    return Reason("near", facts={"distance_km": round(volunteer.distance_km, 3), "band": band})


def speaks(need: Need, volunteer: Volunteer) -> Reason | None:
    """They can speak with each other."""
    shared = need.languages & volunteer.languages
    return Reason("speaks", facts={"languages": _joined(shared)}) if shared else None


def free_then(need: Need, volunteer: Volunteer) -> Reason | None:
    """The more moments suit both, the easier to agree on one."""
    shared = need.hours & volunteer.hours
    return Reason("free_then", facts={"hours": shared}) if shared else None


def rarely_asked(_need: Need, volunteer: Volunteer) -> Reason | None:
    """Who was asked least in the last thirty days comes first, so that the same few do not carry all."""
    if volunteer.asked_recently > 1:
        return None
    return Reason("rarely_asked", facts={"asked_recently": volunteer.asked_recently})


def newcomer(_need: Need, volunteer: Volunteer) -> Reason | None:
    """Who was never asked before gets a first chance."""
    return Reason("newcomer") if volunteer.is_newcomer else None


def helped_before(_need: Need, volunteer: Volunteer) -> Reason | None:
    """Who said yes before is more likely to do so again."""
    return Reason("helped_before", facts={"said_yes": volunteer.said_yes}) if volunteer.said_yes else None


def went_well(need: Need, volunteer: Volunteer) -> Reason | None:
    """These two know each other, and it went well."""
    return Reason("went_well") if volunteer.volunteer_id in need.went_well_with else None


def same_area(need: Need, volunteer: Volunteer) -> Reason | None:
    """They live in the same neighbourhood."""
    is_same = need.area and need.area == volunteer.area
    return Reason("same_area", facts={"area": need.area}) if is_same else None


def asked_before(need: Need, volunteer: Volunteer) -> Reason | None:
    """Who was asked before the request changed may be asked once more."""
    return Reason("asked_before") if volunteer.volunteer_id in need.asked_before else None


MUST: Final[tuple[Rule, ...]] = (
    paused, notice, kind, language, vetting, excluded, weekly_limit, hours, no_place, reach,
)  # fmt: skip
WISHES: Final[tuple[Rule, ...]] = (
    went_well, near, speaks, free_then, rarely_asked, newcomer, helped_before, same_area, asked_before,
)  # fmt: skip


def objections(need: Need, volunteer: Volunteer) -> list[Reason]:
    """Every rule that forbids to ask this volunteer; none means they may be asked."""
    return [reason for rule in MUST if (reason := rule(need, volunteer))]


def merits(need: Need, volunteer: Volunteer) -> list[Reason]:
    """What speaks for this volunteer, the strongest first."""
    return [reason for rule in WISHES if (reason := rule(need, volunteer))]
