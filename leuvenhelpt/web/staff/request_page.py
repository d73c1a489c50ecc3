"""The page of one help request, put together: what it says, what may be done, who could be asked."""

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from leuvenhelpt.domain.city import Asking, said_in
from leuvenhelpt.domain.kinds import Trouble
from leuvenhelpt.domain.lifecycle import SEARCHED_HELP_REQUEST, Subject, step
from leuvenhelpt.domain.values import Place
from leuvenhelpt.rendering import formats, moments, phrases
from leuvenhelpt.storage.queries import errands, journal
from leuvenhelpt.storage.queries import help_requests as query
from leuvenhelpt.storage.queries import suitors as suitors_query
from leuvenhelpt.storage.queries.errands import OpenTrouble
from leuvenhelpt.storage.queries.help_requests import Identity, Overview
from leuvenhelpt.triage.hearing import hear
from leuvenhelpt.web.current import language, now, runtime
from leuvenhelpt.web.language import in_their_own_words
from leuvenhelpt.web.staff import shortlist
from leuvenhelpt.web.staff.acting import account_id
from leuvenhelpt.web.staff.aloud import Aloud, aloud
from leuvenhelpt.web.staff.calls import Call, calls
from leuvenhelpt.web.staff.lines import Tag
from leuvenhelpt.web.timeline import Entry


@dataclass(frozen=True)
class TroubleCard:
    """Something that still needs a person, in words; `settle` is where to say that it was seen to."""

    sentence: str
    detail: str
    settle: str


@dataclass(frozen=True)
class RequestPage:
    """All that the page of a help request shows. `identity` only when it was asked for, with a reason."""

    request: Overview
    title: str
    icon: str
    state: str
    taken: Tag
    facts: tuple[tuple[str, str], ...]
    candidates: tuple[shortlist.Candidate, ...]
    answers: tuple[shortlist.Answer, ...]
    left_out: tuple[shortlist.LeftOutLine, ...]
    hours: tuple[shortlist.HoursRow, ...]
    troubles: tuple[TroubleCard, ...]
    calls: tuple[Call, ...]
    aloud: tuple[Aloud, ...]
    entries: tuple[Entry, ...]
    places: tuple[Place, ...]
    signs: tuple[str, ...]
    identity: Identity | None
    has_letter: bool

    @property
    def is_mine(self) -> bool:
        """Whether this colleague looks after it."""
        return self.request.taken_by_id == account_id()

    @property
    def is_late(self) -> bool:
        """Whether they should have heard from us by now."""
        return self.request.promised_by is not None and self.request.promised_by < now()

    @property
    def may_ask(self) -> bool:
        """Whether volunteers may still be asked."""
        return self.request.state in SEARCHED_HELP_REQUEST

    @property
    def may_approve(self) -> bool:
        """Whether it waits for somebody to agree."""
        return self.may("approve")

    @property
    def may_leave(self) -> bool:
        """Whether the machine could take the asking over."""
        return self.may_ask and (self.request.asking == Asking.BY_HAND or self.may_approve)

    @property
    def may_search_again(self) -> bool:
        """Whether it counts as done, and who asked says that it did not go well: perhaps nobody came."""
        request = self.request
        return self.may("search_again") and request.went_well is False and not request.is_forgotten

    def may(self, name: str) -> bool:
        """Whether a step of the lifecycle leads on from here."""
        return self.request.state in step(Subject.HELP_REQUEST, name).before


def build(db: Session, request: Overview, *, identity: Identity | None = None) -> RequestPage:
    """The page of a request; five queries, whatever its age, and one more where somebody nearly suits."""
    kind = runtime().city.kinds[request.kind]
    suitors = suitors_query.suitors(db, request.id, runtime().city, now())
    troubles = errands.open_troubles(db, request.id)
    name = said_in(kind.name, language())
    return RequestPage(
        request=request,
        title=_("%(kind)s in %(area)s", kind=name, area=request.area) if request.area else name,
        icon=kind.icon,
        state=phrases.state(Subject.HELP_REQUEST, request.state, language()),
        taken=_taken(request),
        facts=_facts(request),
        candidates=shortlist.candidates(suitors),
        answers=shortlist.answers(suitors),
        left_out=_left_out(db, request),
        hours=shortlist.hours_rows(request.hours, suitors),
        troubles=_cards(request, troubles),
        calls=calls(request, suitors, errands.calls(db, request.id, now())),
        aloud=aloud(request, suitors),
        entries=entries(journal.of_help_request(db, request.id)),
        places=query.place_choices(db, request.id) if identity else (),
        signs=tuple(phrases.sign(sign, language()) for sign in hear(request.words, ()).signs),
        identity=identity,
        has_letter=any(row.trouble == Trouble.LETTER for row in troubles),
    )


def _left_out(db: Session, request: Overview) -> tuple[shortlist.LeftOutLine, ...]:
    nearly = {volunteer_id for line in request.why_not for volunteer_id, _km in line.nearest}
    return shortlist.left_out(request.why_not, suitors_query.names(db, nearly))


def entries(lines: list[journal.Entry]) -> tuple[Entry, ...]:
    """The journal, a sentence a line, newest first."""
    return tuple(Entry(line.at, phrases.journal_line(line, runtime().city, language())) for line in lines)


def when(request: Overview) -> str:
    """When help is wanted, with its day or hours."""
    return moments.wanted(request.timing, request.wanted_by, request.hours, now(), language())


def _taken(request: Overview) -> Tag:
    if request.taken_by_id is None:
        return Tag(_("Niemand nam dit op"), "warn")
    if request.taken_by_id == account_id():
        return Tag(_("U nam dit op"), "main")
    return Tag(_("%(name)s nam dit op", name=request.taken_by), "main")


def _facts(request: Overview) -> tuple[tuple[str, str], ...]:
    city = runtime().city
    found = [
        (_("Wanneer"), when(request)),
        (_("Waar"), _where(request)),
        (_("Taal"), in_their_own_words(request.languages, city.languages)),
        (_("Voor wie"), _("voor iemand anders") if request.is_for_another else _("voor zichzelf")),
        (_("Bericht"), _("per e-mail") if request.has_email else _("aan de telefoon: wij bellen zelf")),
        (_("Kwam binnen"), f"{formats.day_hour(request.created_at, now(), language())}, {_intake(request)}"),
    ]
    if wish := phrases.gender_wish(request.gender_wish, language()):
        found.append((_("Wie er helpt"), wish))
    if request.places_needed > 1:
        found.append((_("Buren nodig"), f"{request.places_taken} / {request.places_needed}"))
    if request.places_taken and not request.is_on_hold:
        found.append((_("Codewoord"), request.code_word))
    return (*found, *_ending(request))


def _ending(request: Overview) -> tuple[tuple[str, str], ...]:
    service = runtime().city.services.get(request.referred_to or "")
    went = {None: "", True: _("het ging goed"), False: _("het ging niet goed")}[request.went_well]
    ending = [
        (_("Doorverwezen naar"), said_in(service.name, language()) if service else ""),
        (_("Onze woorden"), request.closing_words),
        (_("Achteraf"), went),
    ]
    return tuple((name, words) for name, words in ending if words)


def _where(request: Overview) -> str:
    place = " ".join(part for part in (request.postcode, request.area) if part)
    if request.place_level is None:
        return str(_("%(place)s, adres nog niet gevonden", place=place))
    how_far_off = formats.off_by(request.place_accuracy_m, request.place_level, language())
    return f"{place} ({how_far_off})" if how_far_off else place


def _intake(request: Overview) -> str:
    return phrases.intake(request.channel, language())


def _cards(request: Overview, troubles: tuple[OpenTrouble, ...]) -> tuple[TroubleCard, ...]:
    """A card for each trouble; a call and a letter have one of their own."""
    of_their_own = {Trouble.CALL, Trouble.LETTER}
    return tuple(_card(request, row) for row in troubles if row.trouble not in of_their_own)


def _card(request: Overview, row: OpenTrouble) -> TroubleCard:
    settle = url_for("desk_act", reference=request.reference, act="handel-af", zaak=row.attention_id)
    is_about_message = row.notification_id is not None and row.note
    return TroubleCard(
        sentence=phrases.trouble(row.trouble, language()),
        detail=phrases.telling(row.note, language()) if is_about_message else "",
        settle=url_for("desk_concern", concern_id=row.concern_id) if row.concern_id else settle,
    )
