"""What a resident tells, in three steps: what, when and where, who."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, ValidationError

from leuvenhelpt.domain.availability import end_of_day, in_brussels
from leuvenhelpt.domain.city import said_in
from leuvenhelpt.domain.kinds import Timing
from leuvenhelpt.domain.values import Gender
from leuvenhelpt.web.forms.address import AddressForm, address_line, meant_place, part_of_city
from leuvenhelpt.web.forms.base import AtMost, Form, Offered
from leuvenhelpt.web.forms.fields import (
    Day,
    Hours,
    Line,
    Lines,
    MailAddress,
    OneOf,
    Phone,
    SeveralOf,
    choices,
)
from leuvenhelpt.web.forms.setting import Setting

UNSURE = "other"
SELF, OTHER = "self", "other"
FARTHEST = timedelta(days=366)
LONGEST = 2000  # characters of one's own words


class WhatForm(Form):
    """The words and the kind of help, and for whom."""

    words = Lines(_l("Vertel in uw eigen woorden"), validators=[AtMost(LONGEST)])
    kind = OneOf(
        _l("Welke hulp past het best?"),
        validators=[Offered(_l("Kies één soort hulp. Twijfelt u? Kies ‘Iets anders’."))],
    )
    whom = OneOf(
        _l("Voor wie is de hulp?"),
        choices=choices([(SELF, _l("Voor mezelf")), (OTHER, _l("Voor iemand anders"))]),
        default=SELF,
        validators=[Offered(_l("Kies voor wie de hulp is."))],
    )

    def fit(self, setting: Setting) -> None:
        """Offer the kinds of help that the city has."""
        kinds = setting.city.kinds.values()
        self.kind.choices = choices([(kind.key, said_in(kind.name, setting.language)) for kind in kinds])
        self.icons = {kind.key: kind.icon for kind in kinds}
        self.hints = {kind.key: said_in(kind.hint, setting.language) for kind in kinds}
        self.suggested: list[str] = []

    def suggest(self, kinds: Sequence[str], *, is_sure: bool) -> None:
        """Put these kinds first and say that we suggest them; the first stands chosen if we are sure."""
        first = {kind: choice for choice in self.kind.choices if (kind := choice.value) in kinds}
        others = [choice for choice in self.kind.choices if choice.value not in kinds]
        self.suggested = [kind for kind in kinds if kind in first]
        self.kind.choices = [*(first[kind] for kind in self.suggested), *others]
        self.hints |= {kind: str(_l("Ons voorstel")) for kind in self.suggested}
        if is_sure and self.suggested and not self.kind.data:
            self.kind.data = self.suggested[0]

    @property
    def is_elsewhere(self) -> bool:
        """Whether a kind was chosen that we did not suggest."""
        return bool(self.kind.data) and self.kind.data not in self.suggested

    def validate_words(self, field: Any) -> None:
        if self.kind.data == UNSURE and len(field.data) < 10:
            raise ValidationError(str(_l("Vertel iets meer. Bijvoorbeeld: wat, en hoe vaak?")))


class WhenForm(AddressForm):
    """When it is wanted, and where."""

    timing = OneOf(
        _l("Wanneer hebt u hulp nodig?"),
        choices=choices(
            [
                (Timing.SOON, _l("Zo snel het kan")),
                (Timing.BEFORE, _l("Ten laatste op een dag")),
                (Timing.MOMENTS, _l("Op bepaalde momenten")),
            ]
        ),
        validators=[Offered(_l("Kies wanneer u hulp nodig hebt."))],
    )
    before = Day(_l("Ten laatste op welke dag?"))
    hours = Hours(_l("Welke momenten passen u?"))
    address = address_line()
    postcode = part_of_city()
    meant = meant_place()

    def fit(self, setting: Setting) -> None:
        """Offer the parts of the city, and remember what today is."""
        self.fit_address(setting)
        self.today = in_brussels(setting.now).date()
        self.is_today_over = end_of_day(self.today) <= setting.now
        self.before.within(self.today + timedelta(days=self.is_today_over), self.today + FARTHEST)

    @property
    def place_name(self) -> str:
        """The part of the city that was chosen."""
        return str(self.city.place(self.postcode.data))

    def is_right(self, extra_validators: Any = None) -> bool:
        """A day that is not asked for cannot be wrong."""
        if self.timing.data != Timing.BEFORE:
            self.before.process_errors = ()
        return super().is_right(extra_validators)

    def validate_postcode(self, field: Any) -> None:
        """Without an address it says nothing; with one, it mostly follows from it."""
        if self.address.data:
            super().validate_postcode(field)

    def validate_before(self, field: Any) -> None:
        if self.timing.data != Timing.BEFORE:
            return
        if field.data is None:
            raise ValidationError(str(_l("Vul de dag in.")))
        if field.data < self.today:
            raise ValidationError(str(_l("Deze dag is al voorbij. Kies vandaag of een dag later.")))
        if field.data == self.today and self.is_today_over:
            raise ValidationError(str(_l("Vandaag lukt niet meer. Kies een dag later, of bel ons.")))
        if field.data > self.today + FARTHEST:
            raise ValidationError(str(_l("Deze dag is nog ver weg. Kies een dag binnen het jaar.")))

    def validate_hours(self, field: Any) -> None:
        if self.timing.data == Timing.MOMENTS and not field.data:
            raise ValidationError(str(_l("Kruis minstens één moment aan.")))


class WhoForm(Form):
    """Who it is for, who asks, and how to reach them."""

    is_for_other = asks_who_comes = False

    asker_name = Line(_l("Uw eigen naam"), validators=[AtMost(100)])
    person_name = Line(_l("Uw naam"), validators=[AtMost(100)])
    agreed = BooleanField(_l("De persoon voor wie ik hulp vraag, gaat akkoord."))
    phone = Phone(_l("Uw telefoonnummer"), validators=[AtMost(40)])
    email = MailAddress(_l("Uw e-mailadres"), validators=[AtMost(254)])
    languages = SeveralOf(
        _l("Welke talen spreekt u?"),
        default=["nl"],
        validators=[Offered(_l("Kruis minstens één taal aan."))],
    )
    gender_wish = OneOf(
        _l("Maakt het voor u uit wie u helpt?"),
        choices=choices(
            [
                ("", _l("Geen voorkeur")),
                (Gender.WOMAN, _l("Liever een vrouw")),
                (Gender.MAN, _l("Liever een man")),
            ]
        ),
        default="",
        validators=[Offered(_l("Kies een van de drie."))],
    )

    def fit(self, setting: Setting) -> None:
        """Speak of the person when somebody else asks; ask who should come where the kind of help lets one choose."""
        self.asks_who_comes = setting.kind in {kind.key for kind in setting.city.with_gender_wish}
        self.languages.choices = choices(setting.city.languages.items())
        self.phone.region = setting.city.country
        self.is_for_other = setting.is_for_other
        if self.is_for_other:
            self.person_name.label.text = _l("Naam van wie hulp nodig heeft")
            self.languages.label.text = _l("Welke talen spreekt die persoon?")
            self.gender_wish.label.text = _l("Maakt het voor die persoon uit wie helpt?")

    def speak(self, language: str) -> None:
        """Suppose that who asks for themselves speaks this language; the page shows it, to be changed."""
        if not self.is_for_other and language in {choice.value for choice in self.languages.choices}:
            self.languages.data = [language]

    @property
    def wish(self) -> str:
        """Who should rather come; nothing where the kind of help does not let one choose."""
        return self.gender_wish.data if self.asks_who_comes else ""

    def validate_person_name(self, field: Any) -> None:
        if not field.data:
            other, oneself = _l("Vul de naam in van wie hulp nodig heeft."), _l("Vul uw naam in.")
            raise ValidationError(str(other if self.is_for_other else oneself))

    def validate_asker_name(self, field: Any) -> None:
        if self.is_for_other and not field.data:
            raise ValidationError(str(_l("Vul ook uw eigen naam in.")))

    def validate_phone(self, field: Any) -> None:
        if not field.data and not self.email.data:
            raise ValidationError(str(_l("Vul een telefoonnummer of een e-mailadres in. Eén is genoeg.")))

    def validate_agreed(self, field: Any) -> None:
        if self.is_for_other and not field.data:
            raise ValidationError(str(_l("Vraag eerst of de persoon akkoord gaat, en kruis dit aan.")))
