"""What a volunteer promised, for a calendar: what and by when. Calendars live on other people's machines, so never who
asked, where, how to reach them, the word for the door, or a link that opens any of it without signing in."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Protocol
from urllib.parse import urlsplit

from icalendar import CLASS, TRANSP, Calendar, Event

from leuvenhelpt.domain.availability import in_brussels, stretches
from leuvenhelpt.domain.city import City, said_in
from leuvenhelpt.domain.kinds import Timing
from leuvenhelpt.rendering.formats import opening
from leuvenhelpt.rendering.language import SOURCE, translations
from leuvenhelpt.rendering.links import Links

OWN_PAGE = "/mijn-hulp"
LOOK_AGAIN = timedelta(hours=1)  # how often a program that follows the feed should look; many look less often


class Promise(Protocol):
    """A task that somebody said yes to, as storage.queries.calendars reads it."""

    @property
    def public_id(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def timing(self) -> str: ...
    @property
    def wanted_by(self) -> datetime: ...
    @property
    def hours(self) -> int: ...
    @property
    def promised_at(self) -> datetime: ...


def calendar(
    key: str, promises: Iterable[Promise], city: City, links: Links, now: datetime, *, language: str = SOURCE
) -> bytes:
    """An iCalendar (RFC 5545, 7986) file with one event for each promise. `key`: the same for the same calendar."""
    made = Calendar.new(
        name=city.service_name,
        uid=_uid(f"calendar {key}", links),
        prodid=f"-//{city.service_name}//{links.public_url}//",
        method="PUBLISH",
        language=language.upper(),
        refresh_interval=LOOK_AGAIN,
        subcomponents=[_event(promise, city, links, now, language) for promise in promises],
    )
    # RFC 7986 (5.7) asks for it, and icalendar leaves it out.
    made["REFRESH-INTERVAL"].params["VALUE"] = "DURATION"
    return bytes(made.to_ical())


def _event(promise: Promise, city: City, links: Links, now: datetime, language: str) -> Event:
    _ = translations(language).gettext
    hour, deed = sure_hour(promise), said_in(city.kinds[promise.kind].deed, language)
    start: date | datetime = hour[0] if hour else in_brussels(promise.wanted_by).date()
    summary = opening(deed, language) if hour else _("Ten laatste vandaag: %(deed)s") % {"deed": deed}
    own_page = links.page(OWN_PAGE)
    return Event.new(
        uid=_uid(promise.public_id, links),
        stamp=now,
        start=start,
        end=hour[1] if hour else start + timedelta(days=1),
        summary=summary,
        description=_("Spreek samen een uur af. Adres en telefoon staan op uw eigen pagina: %(url)s")
        % {"url": own_page},
        url=own_page,
        classification=CLASS.PRIVATE,
        transparency=TRANSP.OPAQUE if hour else TRANSP.TRANSPARENT,
    )


def sure_hour(promise: Promise) -> tuple[datetime, datetime] | None:
    """From when to when it happens (UTC), if only one part of one day is left for it; else a day is all we know."""
    if promise.timing != Timing.MOMENTS:
        return None
    found = stretches(promise.hours, promise.promised_at, promise.wanted_by)
    return found[0] if len(found) == 1 else None


def _uid(key: str, links: Links) -> str:
    host = urlsplit(links.public_url).hostname or "localhost"
    return f"{sha256(key.encode()).hexdigest()[:32]}@{host}"
