"""What staff type: signing in, words with a decision, a place, a pause, a level of trust."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, PasswordField, SelectField, ValidationError

from leuvenhelpt.domain.availability import in_brussels
from leuvenhelpt.domain.city import City, Service, said_in
from leuvenhelpt.domain.values import Place, PlaceLevel
from leuvenhelpt.rendering.phrases import vetting
from leuvenhelpt.services.erasure import AT_DESK, BY_PHONE, IN_WRITING
from leuvenhelpt.web.forms.base import AtMost, Filled, Form, Offered
from leuvenhelpt.web.forms.fields import Day, Line, Lines, OneOf, choices
from leuvenhelpt.web.forms.setting import Setting

LONGEST = 2000
POINTED_AT_M = 100  # how well one points at a map
AreaAt = Callable[[float, float], str | None]  # the neighbourhood of a point; None outside the served area


class SignInForm(Form):
    """The first of two steps."""

    email = Line(_l("E-mailadres"), validators=[Filled(_l("Vul uw e-mailadres in.")), AtMost(254)])
    password = PasswordField(_l("Wachtwoord"), validators=[Filled(_l("Vul uw wachtwoord in.")), AtMost(128)])


class CodeForm(Form):
    """The second: six digits from an app."""

    code = Line(_l("Code van zes cijfers"), validators=[Filled(_l("Vul de zes cijfers in.")), AtMost(20)])

    @property
    def digits(self) -> str:
        """The digits, however they were grouped."""
        return re.sub(r"[^0-9]", "", self.code.data or "")


class StreetForm(Form):
    """A street of the city."""

    street = Line(_l("Straat"), validators=[Filled(_l("Vul de naam van de straat in.")), AtMost(100)])
    postcode = SelectField(
        _l("Postcode en deel van de stad"),
        validate_choice=False,
        validators=[Offered(_l("Kies de postcode."))],
    )

    def fit(self, city: City) -> None:
        """Offer the parts of the city."""
        self.postcode.choices = choices(
            (part.postcode, f"{part.postcode} {part.name}") for part in city.parts
        )


class PlainForm(Form):
    """A button, and nothing to fill in."""

    def fit(self, setting: Setting) -> None:
        """There is nothing to fit."""


class WordsForm(PlainForm):
    """Words that go with a decision."""

    words = Lines(_l("Uw woorden"), validators=[Filled(_l("Schrijf eerst enkele woorden.")), AtMost(LONGEST)])


class NoteForm(WordsForm):
    """A note for colleagues."""

    words = Lines(_l("Nieuwe nota"), validators=[Filled(_l("Schrijf eerst een nota.")), AtMost(LONGEST)])


class SettleForm(WordsForm):
    """That something was seen to, and how."""

    matter = HiddenField()
    words = Lines(
        _l("Hoe loste u dit op?"), validators=[Filled(_l("Schrijf hoe u dit oploste.")), AtMost(LONGEST)]
    )

    @property
    def attention_id(self) -> int:
        """Which matter; 0 if it was tampered with."""
        typed = self.matter.data or ""
        return int(typed) if typed.isdecimal() and len(typed) < 10 else 0


class ForgetForm(PlainForm):
    """How somebody asked to be forgotten; no free words, since they would outlive it."""

    how = OneOf(
        _l("Hoe werd dit gevraagd?"),
        choices=choices(
            [
                (BY_PHONE, _l("aan de telefoon")),
                (IN_WRITING, _l("per mail of brief")),
                (AT_DESK, _l("aan de balie")),
            ]
        ),
        validators=[Offered(_l("Kies hoe het gevraagd werd."))],
    )


class ConcernOutcomeForm(WordsForm):
    """What was done about a concern, and, where volunteers wait for it, what becomes of them."""

    BLOCK = "block"
    decision = OneOf(
        _l("Mag de vrijwilliger verder?"), validators=[Offered(_l("Kies of de vrijwilliger verder mag."))]
    )

    def offer(self, *, has_waiting: bool) -> None:
        """Ask for a decision only if somebody waits for it."""
        if not has_waiting:
            del self.decision
            return
        self.decision.choices = [
            ("go_on", _l("Ja, zoals voorheen")),
            (self.BLOCK, _l("Nee, laat niet meer toe")),
        ]

    @property
    def blocks(self) -> bool:
        """Whether who waits is not let in any more."""
        return bool(self.decision and self.decision.data == self.BLOCK)

    words = Lines(_l("Wat deed u?"), validators=[Filled(_l("Schrijf wat u deed.")), AtMost(LONGEST)])


class ReferForm(WordsForm):
    """To which service, and with what words."""

    service = OneOf(_l("Naar welke dienst?"), validators=[Offered(_l("Kies een dienst."))])
    words = Lines(_l("Uw woorden"), validators=[Filled(_l("Schrijf eerst enkele woorden.")), AtMost(LONGEST)])

    def fit(self, setting: Setting) -> None:
        """Offer the services of the city."""
        services = setting.city.services.values()
        self.service.choices = [(row.key, said_in(row.name, setting.language)) for row in services]

    def suggest(self, services: Sequence[Service]) -> None:
        """Choose the first of what was heard in the words already, for the coordinator to agree with or change."""
        self.service.data = services[0].key if services else None


class PlaceForm(Form):
    """Where it is: one of the places found, one that was searched, or a point that was typed or pointed at."""

    choice = HiddenField()
    found = HiddenField()
    search = Line(_l("Zoek een straat of adres"), validators=[AtMost(200)])
    x, y = HiddenField(name="map.x"), HiddenField(name="map.y")
    middle_lat, middle_lon, zoom = HiddenField(), HiddenField(), HiddenField()
    go = HiddenField()
    label = Line(_l("Adres of plaats in woorden"), validators=[AtMost(200)])
    lat = Line(_l("Breedtegraad"), validators=[AtMost(20)])
    lon = Line(_l("Lengtegraad"), validators=[AtMost(20)])

    @property
    def is_looking(self) -> bool:
        """Whether the map is looked at or the register searched, and nothing is decided yet."""
        return self.go.data in {"search", "whole"} or bool(self.x.data)

    @property
    def pixel(self) -> tuple[int, int] | None:
        """Where the map was pointed at. A key pressed on it points nowhere: browsers then send its corner."""
        x, y = whole_number(self.x.data), whole_number(self.y.data)
        return (x, y) if x or y else None

    @property
    def middle(self) -> tuple[float, float] | None:
        """The middle of the map that was shown."""
        lat, lon = degrees(self.middle_lat.data), degrees(self.middle_lon.data)
        return None if lat is None or lon is None or self.go.data == "whole" else (lat, lon)

    @property
    def closeness(self) -> int:
        """How close the map that was shown was."""
        return whole_number(self.zoom.data)

    def point(self, city: City, choices: Sequence[Place], area_at: AreaAt) -> Place | None:
        """The place; None if it is no point within the city, and `lat` says so."""
        if (self.choice.data or "").isdecimal() and int(self.choice.data[:4]) < len(choices):
            return choices[int(self.choice.data[:4])]
        lat, lon = degrees(self.lat.data), degrees(self.lon.data)
        area = None if lat is None or lon is None else area_at(lat, lon)
        if lat is None or lon is None or area is None:
            words = _l("Dit punt ligt niet in het gebied. Schrijf bijvoorbeeld %(lat)s en %(lon)s.")
            self.lat.errors = [str(words) % {"lat": city.parts[0].lat, "lon": city.parts[0].lon}]
            return None
        label = self.label.data or f"{lat:.5f}, {lon:.5f}"
        return Place(lat, lon, PlaceLevel.BY_HAND, POINTED_AT_M, label, "", area)


def whole_number(typed: str | None) -> int:
    """A small number that a browser sends, 0 if it is none."""
    return int(typed) if typed and re.fullmatch(r"[0-9]{1,4}", typed) else 0


def degrees(typed: str | None) -> float | None:
    """Degrees as people type them, with a comma or a point."""
    plain = (typed or "").replace(",", ".")
    return float(plain) if re.fullmatch(r"-?\d{1,3}(\.\d{1,12})?", plain) else None


class PauseForm(PlainForm):
    """Until when nothing is asked."""

    until = Day(_l("Tot en met welke dag? Leeg: tot iemand de pauze stopt."))
    words = Lines(_l("Waarom?"), validators=[AtMost(LONGEST)])

    def fit(self, setting: Setting) -> None:
        """Remember what today is."""
        self.today = in_brussels(setting.now).date()

    def validate_until(self, field: Any) -> None:
        if field.data is not None and field.data < self.today:
            raise ValidationError(str(_l("Deze dag is al voorbij. Kies vandaag of een dag later.")))


class VettingForm(WordsForm):
    """How far somebody is trusted after a meeting."""

    level = OneOf(_l("Waarvoor vertrouwen wij deze persoon?"), validators=[Offered(_l("Kies een niveau."))])
    words = Lines(
        _l("Waarop steunt dat?"),
        validators=[Filled(_l("Schrijf waarop dat steunt, zoals een gesprek.")), AtMost(LONGEST)],
    )

    def fit(self, setting: Setting) -> None:
        """Offer the levels, from the door to keys and children."""
        self.level.choices = [(str(level), vetting(level, setting.language)) for level in range(4)]
