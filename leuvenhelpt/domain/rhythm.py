"""Until when an answer is awaited, and by when who asked hears from us: for the system and for its simulator."""

from datetime import datetime, timedelta

from leuvenhelpt.domain.availability import (
    at_brussels,
    in_brussels,
    last_waking,
    next_waking,
    next_working,
    waking_hours_after,
)
from leuvenhelpt.domain.city import City, Rhythm

URGENT_WITHIN = timedelta(hours=48)
WARN_BEFORE = timedelta(hours=1)
"""So long before a promise ends the desk hears of it,"""
SPEAK_BEFORE = timedelta(minutes=15)
"""so long before it the resident is mailed that we go on looking,"""
CALL_BEFORE = timedelta(hours=2)
"""and so long before it staff is to ring who has no e-mail."""
WORD_BEFORE = timedelta(minutes=30)
"""A word is of use before the help is wanted: so long, there is time to find another way."""
LOOK_AGAIN_HOURS = 2.0
"""So many waking hours after nobody could be asked somebody may be: who offered help since, or was asked a week ago."""


def rhythm_for(city: City, wanted_by: datetime, now: datetime) -> Rhythm:
    """The rhythm that fits how soon help is wanted; when that moment is past, haste helps nobody."""
    return city.soon if timedelta(0) < wanted_by - now <= URGENT_WITHIN else city.later


def lapses_at(city: City, wanted_by: datetime, now: datetime) -> datetime:
    """Until when an ask made now can be answered: some waking hours, but not after the help was wanted.

    Who is asked after that, or in the night before it, was asked by a person who knows: they have the whole time.
    """
    lapses = waking_hours_after(now, rhythm_for(city, wanted_by, now).ask_hours)
    return min(lapses, wanted_by) if wanted_by > next_waking(now) else lapses


def looks_again_at(now: datetime) -> datetime:
    """When to look again for a request for which there is nobody to ask now."""
    return waking_hours_after(now, LOOK_AGAIN_HOURS)


def promised_by(city: City, wanted_by: datetime, now: datetime, *, has_email: bool) -> datetime:
    """By when to promise a word now: some waking hours, but before the help is wanted while that can still be.

    Somebody without e-mail has to be rung, so for them it is when the desk works and has had time to.
    """
    promised = waking_hours_after(now, rhythm_for(city, wanted_by, now).promise_hours)
    of_use_until = last_waking(wanted_by) - WORD_BEFORE
    if not has_email:
        of_use_until = min(of_use_until, at_brussels(in_brussels(of_use_until).date(), city.phone_closes))
    if of_use_until - now > (SPEAK_BEFORE if has_email else CALL_BEFORE):
        promised = min(promised, of_use_until)
    return promised if has_email else when_rung(city, promised)


def when_rung(city: City, moment: datetime) -> datetime:
    """This moment, or the next at which somebody could be rung before it: while the desk works and has had time to."""
    rung_from = (datetime.combine(moment, city.phone_opens) + CALL_BEFORE).time()
    return next_working(moment, rung_from, city.phone_closes)


def deadline(promised: datetime | None, wanted_by: datetime, now: datetime) -> datetime:
    """By when a yes is needed: the promise or the moment help is wanted, the first of them that is not past."""
    return min((moment for moment in (promised, wanted_by) if moment and moment > now), default=wanted_by)
