"""What a coordinator would like to see otherwise."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField

from leuvenhelpt.domain.what_if import DAYS, TIMES, Certainty, Change
from leuvenhelpt.web.forms.base import Form, Offered, Words
from leuvenhelpt.web.forms.fields import choices

MISSING = _l("Kies een van de antwoorden in de lijst.")


def times(number: float) -> Words:
    """So many times as now."""
    return {
        0.5: _l("Half zoveel als nu"),
        1.0: _l("Zoveel als nu"),
        1.5: _l("Anderhalve keer zoveel"),
        2.0: _l("Dubbel zoveel"),
    }[number]


def certainty(kind: str) -> Words:
    """How sure to be of a yes in time, and what that asks of neighbours."""
    return {
        Certainty.LESS: _l("Minder zeker: wij vragen minder buren"),
        Certainty.AS_NOW: _l("Zoals nu"),
        Certainty.MORE: _l("Zekerder: wij vragen meer buren"),
    }[Certainty(kind)]


def _one_of(label: Words, default: object) -> SelectField:
    return SelectField(label, default=str(default), validate_choice=False, validators=[Offered(MISSING)])


class WhatIfForm(Form):
    """The changes, and for how long. Nothing is changed until something is chosen."""

    volunteers = _one_of(_l("Hoeveel buren helpen er?"), 1.0)
    requests = _one_of(_l("Hoeveel vragen komen er?"), 1.0)
    certainty = _one_of(_l("Hoe zeker willen wij zijn van een ja op tijd?"), Certainty.AS_NOW.value)
    days = _one_of(_l("Hoe lang bootsen wij na?"), DAYS[0])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in (self.volunteers, self.requests):
            field.choices = choices((str(number), times(number)) for number in TIMES)
        self.certainty.choices = choices((one.value, certainty(one)) for one in Certainty)
        self.days.choices = choices((str(number), _("%(days)d dagen", days=number)) for number in DAYS)

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether all is chosen, and something of it is otherwise."""
        if not super().validate(extra_validators):
            return False
        if self.change.changes_nothing:
            self.volunteers.errors = [
                _("Kies minstens één ding dat anders is dan nu: buren, vragen of zekerheid.")
            ]
        return not self.volunteers.errors

    @property
    def change(self) -> Change:
        """What was chosen, once it is valid."""
        return Change(
            volunteers=float(self.volunteers.data),
            requests=float(self.requests.data),
            certainty=Certainty(self.certainty.data),
            days=int(self.days.data),
        )
