"""Volunteers at the desk: the list, and the page of one."""

from dataclasses import dataclass
from datetime import datetime

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from leuvenhelpt.domain.city import said_in
from leuvenhelpt.domain.kinds import LookedFor
from leuvenhelpt.domain.lifecycle import Subject, VolunteerState, step
from leuvenhelpt.rendering import formats, phrases
from leuvenhelpt.services import aftercare, desk, locating
from leuvenhelpt.storage.queries import journal
from leuvenhelpt.storage.queries import volunteers as query
from leuvenhelpt.storage.queries.volunteers import VolunteerOverview
from leuvenhelpt.web.current import language, now, runtime
from leuvenhelpt.web.forms.cleaning import clean_line
from leuvenhelpt.web.forms.staff import PlaceForm
from leuvenhelpt.web.language import CHOICE, as_written, in_their_own_words
from leuvenhelpt.web.signed_in import visitor
from leuvenhelpt.web.staff.acting import acting, found, last_page, page_number, show
from leuvenhelpt.web.staff.acts import VOLUNTEER, Act
from leuvenhelpt.web.staff.placing import Placing
from leuvenhelpt.web.staff.request_page import TroubleCard, entries
from leuvenhelpt.web.timeline import Entry


@dataclass(frozen=True)
class Past:
    """One line of what was asked before; `reference` leads to its page. `thanks` can be taken away by `match_id`."""

    reference: str
    kind: str
    state: str
    day: str
    remark: str
    match_id: int
    thanks: str


@dataclass(frozen=True)
class VolunteerPage:
    """All that the page of a volunteer shows. `contact` only when it was asked for, with a reason."""

    volunteer: VolunteerOverview
    state: str
    facts: tuple[tuple[str, str], ...]
    past: tuple[Past, ...]
    entries: tuple[Entry, ...]
    troubles: tuple[TroubleCard, ...]
    acts: tuple[tuple[str, Act], ...]
    shows_contact: bool


def listed() -> ResponseReturnValue:
    """All volunteers, by name."""
    words, state = clean_line(request.args.get("zoek"))[:100], request.args.get("toestand", "")
    state = state if state in set(VolunteerState) else ""
    number = page_number(request.args.get("blad"))
    with runtime().reading() as db:
        page = query.listed(db, words=words, state=state, number=number)
        return show(
            "staff/volunteers.html",
            db,
            page=page,
            lines=[(row, _kinds(row.kinds), _state(row.state)) for row in page.rows],
            words=words,
            state=state,
            states=[("", _("Alle")), *((each.value, _state(each)) for each in VolunteerState)],
            number=number,
            last=last_page(page.total, query.PAGE, number),
        )


def one(public_id: str) -> ResponseReturnValue:
    """One volunteer, without how to reach them; what that is needed for stays typed."""
    with runtime().reading() as db:
        page = build(db, found(query.overview(db, public_id)))
        return show("staff/volunteer.html", db, page=page, form=PlaceForm(), reason=_reason())


def show_contact(public_id: str) -> ResponseReturnValue:
    """The same page with address, phone and e-mail; who looked and what for stands in the journal."""
    if CHOICE in request.form:  # only another language was asked for
        return one(public_id)
    with runtime().reading() as db:
        seen = found(query.overview(db, public_id))
    return revealed(seen, _reason() or LookedFor.NO_REASON, PlaceForm())


def _reason() -> str:
    return clean_line(request.form.get("reason"))[:200]


def place(public_id: str) -> ResponseReturnValue:
    """Say where a volunteer starts from."""
    form = PlaceForm(request.form)
    with runtime().reading() as db:
        seen = found(query.overview(db, public_id))
    chosen = Placing(form, seen.place_choices).chosen()
    if chosen is None:
        return revealed(seen, _reason() or LookedFor.CHECK_ADDRESS, form)
    with acting(_("Het adres staat op de kaart.")) as uow:
        locating.place_volunteer_by_hand(uow, seen.id, place=chosen)
    return redirect(url_for("desk_volunteer", public_id=public_id))


def remove_thanks(public_id: str, match_id: int) -> ResponseReturnValue:
    """Take away what a resident wrote to a volunteer and should not have."""
    with runtime().reading() as db:
        seen = found(query.overview(db, public_id))
        found(next((row for row in query.history(db, seen.id) if row.match_id == match_id), None))
    with acting(_("Het bedankje is weg.")) as uow:
        aftercare.remove_thanks(uow, match_id)
    return redirect(url_for("desk_volunteer", public_id=public_id))


def revealed(seen: VolunteerOverview, reason: str, form: PlaceForm) -> ResponseReturnValue:
    """Write down that somebody looks, then show."""
    with runtime().unit_of_work(visitor().actor) as uow:
        desk.note_contact_seen(uow, seen.id, reason=reason)
    with runtime().reading() as db:
        page = build(db, seen, shows_contact=True)
        placing = Placing(form, seen.place_choices)
        html = show("staff/volunteer.html", db, page=page, form=form, placing=placing, reason=reason)
    return html, 422 if form.errors else 200


def build(db: Session, seen: VolunteerOverview, *, shows_contact: bool = False) -> VolunteerPage:
    """The page of a volunteer; three queries, whatever their history."""
    return VolunteerPage(
        volunteer=seen,
        state=_state(seen.state),
        facts=_facts(seen),
        past=tuple(_past(row) for row in query.history(db, seen.id)),
        entries=entries(journal.of_volunteer(db, seen.id)),
        troubles=tuple(_card(seen, row) for row in query.open_troubles(db, seen.id)),
        acts=tuple((name, act) for name, act in VOLUNTEER.items() if _is_offered(name, act, seen)),
        shows_contact=shows_contact,
    )


def _is_offered(name: str, act: Act, seen: VolunteerOverview) -> bool:
    if name == "handel-af" or not seen.name:
        return False
    return not act.step or seen.state in step(Subject.VOLUNTEER, act.step).before


def _state(state: str) -> str:
    return phrases.state(Subject.VOLUNTEER, state, language())


def _kinds(kinds: tuple[str, ...]) -> str:
    known = runtime().city.kinds
    return formats.joined([said_in(known[key].name, language()) for key in kinds if key in known], language())


def _facts(seen: VolunteerOverview) -> tuple[tuple[str, str], ...]:
    if not seen.name:
        return ((_("Gewist"), _("Van deze vrijwilliger bewaren wij alleen nog cijfers.")),)
    is_vetted = seen.vetted_until is not None and seen.vetted_until > now()
    reach = formats.distance(seen.reach_km, language())
    found_facts = (
        (_("Helpt met"), _kinds(seen.kinds)),
        (_("Vertelt"), seen.words and as_written(seen.words)),
        (_("Liever niet"), seen.will_not and as_written(seen.will_not)),
        (_("Taal"), in_their_own_words(seen.languages, runtime().city.languages)),
        (_("Hoe ver"), f"{_('tot')} {reach}, {phrases.means(seen.means, language())}"),
        (_("Wanneer"), formats.weekly_hours(seen.hours, language())),
        (_("Per week"), _("hoogstens %(n)s keer vragen", n=seen.max_asks_a_week)),
        (_("Vertrouwen"), phrases.vetting(seen.vetting if is_vetted else 0, language())),
        (_("Geldt tot"), _day(seen.vetted_until) if is_vetted else ""),
        (_("Man of vrouw"), phrases.gender(seen.gender, language())),
        (_("Pauze tot"), _day(seen.paused_until)),
        (_("Waar"), _where(seen)),
        (_("Bij ons sinds"), _day(seen.created_at)),
    )
    return tuple((name, words) for name, words in found_facts if words)


def _where(seen: VolunteerOverview) -> str:
    place = " ".join(part for part in (seen.postcode, seen.area) if part)
    how_far_off = formats.off_by(seen.place_accuracy_m, seen.place_level, language())
    return f"{place} ({how_far_off})" if how_far_off else place


def _day(moment: datetime | None) -> str:
    return formats.day(moment, now(), language()) if moment else ""


def _past(row: query.PastMatch) -> Past:
    kind = runtime().city.kinds.get(row.kind)
    return Past(
        reference=row.reference,
        kind=said_in(kind.name, language()) if kind else row.kind,
        state=phrases.state(Subject.MATCH, row.state, language()),
        day=_day(row.asked_at),
        remark=row.remark,
        match_id=row.match_id,
        thanks=row.thanks,
    )


def _card(seen: VolunteerOverview, row: query.VolunteerTrouble) -> TroubleCard:
    settle = url_for("desk_volunteer_act", public_id=seen.public_id, act="handel-af", zaak=row.attention_id)
    return TroubleCard(phrases.trouble(row.trouble, language()), "", settle)
