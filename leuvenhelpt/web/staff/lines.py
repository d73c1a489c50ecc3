"""The lines of the desk as its page shows them, and the heading that says how it stands."""

from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from leuvenhelpt.domain.availability import in_brussels
from leuvenhelpt.domain.city import said_in
from leuvenhelpt.domain.kinds import Trouble
from leuvenhelpt.domain.values import spoken_reference
from leuvenhelpt.rendering import formats, phrases
from leuvenhelpt.storage.queries.desk import DeskCounts, DeskRow
from leuvenhelpt.web.current import language, now, runtime
from leuvenhelpt.web.staff.acting import account_id, noon_or_night, tomorrow

SOON_S = 2 * 3600


@dataclass(frozen=True)
class Tag:
    """A word in a coloured edge: `kind` as the style sheet names it."""

    text: str
    kind: str = ""
    icon: str = ""


@dataclass(frozen=True)
class Line:
    """One line of the desk. `take_up`: the reference to take up, empty when somebody has or nobody can."""

    address: str
    title: str
    icon: str
    meta: str
    trouble: str
    due: Tag
    state: Tag | None
    who: str
    take_up: str


@dataclass(frozen=True)
class Group:
    """Lines that are equally pressing, and how many there are on all pages together."""

    key: str
    title: str
    lines: tuple[Line, ...]
    total: int


def headline(numbers: DeskCounts) -> str:
    """How the desk stands, in one or two sentences."""
    if not numbers.total:
        return str(_("Er wacht nu niemand op ons."))
    said = []
    if numbers.late:
        said.append(ngettext("%(num)s belofte is te laat.", "%(num)s beloften zijn te laat.", numbers.late))
    if numbers.soon:
        said.append(
            _before_noon(numbers.soon) if noon_or_night(now()) < tomorrow(now()) else _today(numbers.soon)
        )
    return " ".join(said) or str(
        ngettext(
            "%(num)s zaak wacht op ons. Niets is te laat.",
            "%(num)s zaken wachten op ons. Niets is te laat.",
            numbers.total,
        )
    )


def _before_noon(number: int) -> str:
    return str(
        ngettext(
            "%(num)s belofte loopt af vóór de middag.", "%(num)s beloften lopen af vóór de middag.", number
        )
    )


def _today(number: int) -> str:
    return str(ngettext("%(num)s belofte loopt vandaag af.", "%(num)s beloften lopen vandaag af.", number))


def groups(rows: tuple[DeskRow, ...]) -> list[Group]:
    """The rows under their headings; a heading without rows is left away."""
    titles = [
        ("eerst", _("Eerst dit")),
        ("laat", _("Belofte verlopen")),
        ("vandaag", _("Vandaag")),
        ("later", _("Later")),
    ]
    alike = [[row for row in rows if row.urgency == urgency] for urgency in range(len(titles))]
    return [
        Group(key, title, tuple(map(line, some)), some[0].alike)
        for (key, title), some in zip(titles, alike, strict=True)
        if some
    ]


def line(row: DeskRow) -> Line:
    """One row in words."""
    kind = runtime().city.kinds.get(row.kind or "")
    reference = spoken_reference(row.reference) if row.reference else ""
    return Line(
        address=address(row),
        title=said_in(kind.name, language()) if kind else _of_no_request(row),
        icon=kind.icon if kind else "let-op" if row.concern_id else "hand",
        meta=" · ".join(part for part in (reference, row.area) if part),
        trouble=phrases.trouble(row.trouble, language()),
        due=due(row),
        state=state(row),
        who=_who(row),
        take_up=row.reference or "" if row.taken_by_id is None else "",
    )


def _of_no_request(row: DeskRow) -> str:
    """What a row is about that is about no help request."""
    if row.concern_id:
        return str(_("Een gemelde zorg"))
    return str(_("Een vrijwilliger") if row.volunteer else _("Het systeem"))


def address(row: DeskRow) -> str:
    """Where to see to it."""
    if row.trouble == Trouble.LETTER:
        return url_for("desk_letters")
    if row.concern_id:
        return url_for("desk_concern", concern_id=row.concern_id)
    if row.reference:
        return url_for("desk_request", reference=row.reference)
    return url_for("desk_volunteer", public_id=row.volunteer) if row.volunteer else url_for("desk")


def due(row: DeskRow) -> Tag:
    """How long there is left, or since when somebody waits."""
    if not row.is_promise:
        return Tag(
            since(row.raised_at), "bad" if row.urgency == 0 else "", "let-op" if row.urgency == 0 else "klok"
        )
    words = formats.until(row.due_at, now(), language())
    left = (row.due_at - now()).total_seconds()
    if left < 0:
        return Tag(words, "bad", "let-op")
    return Tag(words, "warn" if left < SOON_S else "", "klok")


def since(moment: datetime) -> str:
    """Since when somebody waits, short enough for its place in the line."""
    days = (in_brussels(now()).date() - in_brussels(moment).date()).days
    if days:
        return str(ngettext("al %(num)s dag", "al %(num)s dagen", days))
    return str(_("sinds %(hour)s", hour=formats.clock(moment, language())))


def state(row: DeskRow) -> Tag | None:
    """How far it is: what to tell, who was asked, who could be."""
    if row.trouble in {Trouble.CALL, Trouble.UNDELIVERABLE} and row.note:
        return Tag(phrases.telling(row.note, language()), "main")
    if row.asked:
        asked = ngettext(
            "%(num)s gevraagd, nog geen antwoord", "%(num)s gevraagd, nog geen antwoord", row.asked
        )
        return Tag(asked, "warn")
    if row.proposed:
        return Tag(ngettext("%(num)s kandidaat", "%(num)s kandidaten", row.proposed), "main")
    return Tag(_("Geen kandidaat"), "bad") if row.trouble == Trouble.NOBODY else None


def _who(row: DeskRow) -> str:
    return _("U nam dit op") if row.taken_by_id == account_id() else row.taken_by
