"""Fields that know what people type: phones in any notation, addresses of e-mail, the hours of a week."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

import phonenumbers
from flask_babel import lazy_gettext as _l
from wtforms import (
    DateField,
    Field,
    RadioField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields import SelectChoice
from wtforms.widgets import TextInput

from leuvenhelpt.domain.availability import DAYS, DayPart, bit, cells_of, hours_from, in_brussels
from leuvenhelpt.web.current import now
from leuvenhelpt.web.forms.base import Words
from leuvenhelpt.web.forms.cleaning import clean_email, clean_line, clean_text, plain_digits

SHORTEST = 8  # digits of a number without its prefix


def choices(pairs: Iterable[tuple[str, Words]]) -> list[SelectChoice]:
    """Choices of a field from values and their labels."""
    return [SelectChoice(str(value), label) for value, label in pairs]


class Line(StringField):
    """A line of text, cleaned."""

    data: str

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = clean_line(valuelist[0]) if valuelist else ""


class Numbered(Line):
    """A line with a number that others must read: an address, the number of a request."""

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata(valuelist)
        self.data = plain_digits(self.data)


class Lines(TextAreaField):
    """A few lines of text, cleaned; in whatever language they are written."""

    data: str

    def __call__(self, **attributes: Any) -> Any:
        """The field, which does not say that what is typed in it is in the language of the page."""
        return super().__call__(**{"lang": "", "dir": "auto"} | attributes)

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = clean_text(valuelist[0]) if valuelist else ""


class Phone(Line):
    """A phone number in any notation; `region` is the country of numbers without a prefix."""

    region = "BE"
    e164 = ""

    def pre_validate(self, _form: Any) -> None:
        if not self.data:
            return
        try:
            parsed = phonenumbers.parse(self.data, self.region)
        except phonenumbers.NumberParseException as error:
            raise ValidationError(str(_l("Schrijf uw nummer met cijfers, zoals 0470 12 34 56."))) from error
        if not phonenumbers.is_valid_number(parsed):
            is_short = len(str(parsed.national_number)) < SHORTEST
            short, wrong = (
                _l("Dit nummer is te kort. Kijk het even na."),
                _l("Dit nummer klopt niet. Kijk het na."),
            )
            raise ValidationError(str(short if is_short else wrong))
        self.e164 = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


class MailAddress(Line):
    """An address of e-mail; kept as its domain writes it."""

    def pre_validate(self, _form: Any) -> None:
        if not self.data:
            return
        kept = clean_email(self.data)
        if kept is None:
            raise ValidationError(str(_l("Kijk uw e-mailadres na. Schrijf het zoals naam@voorbeeld.be.")))
        self.data = kept


class Day(DateField):
    """A day, as browsers send it or as people type it."""

    def __init__(self, label: Words, **facts: Any) -> None:
        notations = ["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"]
        super().__init__(label, format=notations, **facts)

    @property
    def example(self) -> str:
        """A day that can be chosen, as people write it: a week from today."""
        return f"{in_brussels(now()) + timedelta(days=DAYS):%d/%m/%Y}"

    def within(self, first: date, last: date) -> None:
        """What a calendar offers; it also keeps a keyboard from typing a year of six digits."""
        self.render_kw = {"min": first.isoformat(), "max": last.isoformat()}

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = clean_line(valuelist[0]) if valuelist else ""
        self.raw_data = [typed]
        if not typed:
            self.data = None
            return
        try:
            super().process_formdata([typed])
        except ValueError as error:
            words = _l("Schrijf de dag als dag/maand/jaar, zoals %(day)s.", day=self.example)
            raise ValueError(str(words)) from error

    def _value(self) -> str:
        return self.data.isoformat() if self.data else ""  # a field for a day shows nothing else


class OneOf(RadioField):
    """One choice, told by Offered when it is none of them."""

    def __init__(self, label: Words, **facts: Any) -> None:
        super().__init__(label, validate_choice=False, **facts)


class SeveralOf(SelectMultipleField):
    """Any number of choices."""

    def __init__(self, label: Words, **facts: Any) -> None:
        super().__init__(label, validate_choice=False, **facts)


class Hours(Field):
    """The hours of a week on a grid; `data` are bits of domain.availability."""

    widget = TextInput()

    def process_formdata(self, valuelist: list[str]) -> None:
        known = {self.value(day, part): (day, part) for day in range(DAYS) for part in DayPart}
        self.data = hours_from(known[value] for value in valuelist if value in known)

    def sent(self) -> Iterable[str]:
        """What the boxes that are ticked send."""
        return [self.value(day, part) for day, part in cells_of(self.data or 0)]

    def cells(self) -> Iterator[tuple[int, list[tuple[DayPart, str, bool]]]]:
        """A row a day: its parts, what their boxes send, and which are ticked."""
        for day in range(DAYS):
            ticked = self.data or 0
            yield day, [(part, self.value(day, part), bool(ticked & bit(day, part))) for part in DayPart]

    @staticmethod
    def value(day: int, part: DayPart) -> str:
        """What the box of a part of a day sends."""
        return f"{day}-{part.value}"
