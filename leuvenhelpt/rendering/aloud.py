"""How a help request stands, to say over the phone in three sentences: how it is, what comes next, what to do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from leuvenhelpt.domain.city import City, said_in
from leuvenhelpt.domain.lifecycle import HelpRequestState as State
from leuvenhelpt.domain.values import spoken_reference
from leuvenhelpt.rendering import formats, moments
from leuvenhelpt.rendering.language import SOURCE, translations


class Request(Protocol):
    """A help request as storage.queries.help_requests reads it."""

    @property
    def reference(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def timing(self) -> str: ...
    @property
    def wanted_by(self) -> datetime: ...
    @property
    def hours(self) -> int: ...
    @property
    def promised_by(self) -> datetime | None: ...
    @property
    def code_word(self) -> str: ...
    @property
    def has_email(self) -> bool: ...
    @property
    def referred_to(self) -> str | None: ...
    @property
    def closing_words(self) -> str: ...
    @property
    def went_well(self) -> bool | None: ...
    @property
    def is_on_hold(self) -> bool: ...


@dataclass(frozen=True)
class _Telling:
    """One request, and all that its sentences are made of."""

    request: Request
    helpers: Sequence[str]
    asked: int
    city: City
    now: datetime
    language: str

    def _(self, words: str) -> str:
        return translations(self.language).gettext(words)

    def ngettext(self, one: str, more: str, number: int) -> str:
        return translations(self.language).ngettext(one, more, number)

    @property
    def who(self) -> str:
        """The names of who comes."""
        return formats.joined(list(self.helpers), self.language)

    @property
    def our_number(self) -> str:
        """Where we can be rung."""
        return formats.phone(self.city.phone, self.city.country, self.language)

    @property
    def is_remote(self) -> bool:
        """Whether the help is given over the phone."""
        return self.city.kinds[self.request.kind].is_remote


def three_sentences(
    request: Request, city: City, now: datetime, language: str = SOURCE, *, helpers: Sequence[str], asked: int
) -> tuple[str, str, str]:
    """What to say to a resident who rings. `helpers`: names of who said yes; `asked`: how many were asked."""
    telling = _Telling(request, helpers, asked, city, now, language)
    if request.is_on_hold:
        return _while_looked_into(telling)
    return _how_it_is(telling), _what_comes(telling), _what_to_do(telling)


def _while_looked_into(t: _Telling) -> tuple[str, str, str]:
    """Somebody said yes, and must not come yet: neither who nor the word is told."""
    kind = said_in(t.city.kinds[t.request.kind].name, t.language)
    first = t._("Een medewerker bekijkt eerst iets over uw vraag ‘%(kind)s’.") % {"kind": kind}
    facts = {"number": t.our_number}
    if t.is_remote:
        last = t._("Belt er toch iemand, leg dan neer en bel ons op %(number)s.")
        return first, t._("Tot dan belt er niemand om te helpen."), last % facts
    last = t._("Staat er toch iemand aan de deur, doe dan niet open en bel ons op %(number)s.")
    return first, t._("Tot dan komt er niemand langs."), last % facts


def _how_it_is(t: _Telling) -> str:
    state, kind = State(t.request.state), said_in(t.city.kinds[t.request.kind].name, t.language)
    if state == State.OPEN:
        return _searching(t, kind)
    if state == State.MATCHED:
        return _coming(t)
    service = t.city.services.get(t.request.referred_to or "")
    number = formats.in_order(spoken_reference(t.request.reference), t.language)
    return {
        State.SUBMITTED: t._("Wij hebben uw vraag ‘%(kind)s’, met nummer %(number)s.")
        % {"kind": kind, "number": number},
        State.IN_REVIEW: t._("Een medewerker leest uw vraag ‘%(kind)s’.") % {"kind": kind},
        State.DONE: t._("De hulp is gegeven."),
        State.REFERRED: t._("Een andere dienst kan u beter helpen: %(service)s.")
        % {"service": said_in(service.name, t.language) if service else ""},
        State.REJECTED: t._("Hier kunnen wij niet bij helpen."),
        State.WITHDRAWN: t._("Uw vraag is ingetrokken: er is geen hulp meer nodig."),
        State.UNRESOLVED: t._("Wij vonden niemand voor uw vraag, en dat spijt ons."),
    }[state]


def _searching(t: _Telling, kind: str) -> str:
    if t.helpers:
        pattern = t.ngettext(
            "%(who)s komt helpen, en wij zoeken nog iemand.",
            "%(who)s komen helpen, en wij zoeken nog iemand.",
            len(t.helpers),
        )
        return pattern % {"who": t.who}
    if not t.asked:
        return t._("Wij zoeken een buur voor uw vraag ‘%(kind)s’.") % {"kind": kind}
    pattern = t.ngettext(
        "Wij zoeken een buur voor uw vraag ‘%(kind)s’, en vroegen het al aan %(num)s buur.",
        "Wij zoeken een buur voor uw vraag ‘%(kind)s’, en vroegen het al aan %(num)s buren.",
        t.asked,
    )
    return pattern % {"kind": kind, "num": t.asked}


def _coming(t: _Telling) -> str:
    request = t.request
    when = moments.wanted(request.timing, request.wanted_by, request.hours, t.now, t.language)
    if not t.helpers:
        return t._("Er komt iemand helpen, %(when)s.") % {"when": when}
    pattern = t.ngettext("%(who)s helpt u, %(when)s.", "%(who)s helpen u, %(when)s.", len(t.helpers))
    return pattern % {"who": t.who, "when": when}


def _what_comes(t: _Telling) -> str:
    state = State(t.request.state)
    if state == State.MATCHED:
        return _word_for_the_door(t)
    if state == State.DONE:
        return {
            None: t._("Laat ons weten of alles goed ging."),
            True: t._("U zei dat alles goed ging, en dat doet ons plezier."),
            False: t._("U zei dat het niet goed ging: een medewerker neemt contact op."),
        }[t.request.went_well]
    if state == State.REFERRED:
        service = t.city.services.get(t.request.referred_to or "")
        number = formats.phone(service.phone, t.city.country, t.language) if service else t.our_number
        return t._("Bel daarvoor naar %(number)s.") % {"number": number}
    if state == State.WITHDRAWN:
        return t._("Buren die wij gevraagd hadden, weten dat.")
    if state in {State.REJECTED, State.UNRESOLVED}:
        return t.request.closing_words or t._("Wij zoeken niet verder.")
    return _promise(t)


def _word_for_the_door(t: _Telling) -> str:
    facts = {"who": t.who or t._("uw buur"), "word": t.request.code_word}
    if t.is_remote:
        return t._("U krijgt telefoon van %(who)s, met dit codewoord: %(word)s.") % facts
    return t._("Aan de deur hoort u van %(who)s dit codewoord: %(word)s.") % facts


def _promise(t: _Telling) -> str:
    if t.request.promised_by is None and t.request.wanted_by <= t.now:
        return t._("Het moment is voorbij: een medewerker bekijkt wat nog kan.")
    if t.request.promised_by is None:
        return t._("U hoort van ons zodra er nieuws is.")
    if t.request.promised_by < t.now:
        return t._("Wij zijn te laat met ons antwoord, en dat spijt ons.")
    when = formats.day_hour(t.request.promised_by, t.now, t.language)
    return t._("U hoort van ons vóór %(when)s, ook als wij dan nog niemand vonden.") % {"when": when}


def _what_to_do(t: _Telling) -> str:
    state = State(t.request.state)
    if state == State.MATCHED:
        return _if_in_doubt(t)
    if state == State.REFERRED:
        return t._("Lukt het daar niet, bel ons dan opnieuw op %(number)s.") % {"number": t.our_number}
    if state in {State.DONE, State.REJECTED, State.WITHDRAWN, State.UNRESOLVED}:
        return t._("Hebt u nog hulp nodig, dan schrijven wij dat nu samen op.")
    if t.request.promised_by is not None and t.request.promised_by < t.now:
        return t._("Ik kijk nu meteen na hoe het staat.")
    if t.request.has_email:
        return t._("Wij sturen u een e-mail zodra er nieuws is.")
    return t._("Wij bellen u zodra er nieuws is.")


def _if_in_doubt(t: _Telling) -> str:
    if t.is_remote:
        return t._("Hoort u een ander woord, leg dan neer en bel ons op %(number)s.") % {
            "number": t.our_number
        }
    return t._("Hoort u een ander woord, doe dan niet open en bel ons op %(number)s.") % {
        "number": t.our_number
    }
