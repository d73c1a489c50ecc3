"""A word of thanks, which its reader sees as it was written."""

from typing import Any

import phonenumbers
from flask_babel import lazy_gettext as _l
from wtforms import ValidationError

from leuvenhelpt.web.forms.base import AtMost, Filled, Form
from leuvenhelpt.web.forms.fields import Lines
from leuvenhelpt.web.forms.setting import Setting

LONGEST = 500


class ThanksForm(Form):
    """The words; nothing in them by which to reach anybody, since they stay longer than an address may."""

    words = Lines(_l("Uw bedankje"), validators=[Filled(_l("Schrijf een woordje.")), AtMost(LONGEST)])

    def fit(self, setting: Setting) -> None:
        """Know how numbers are written here."""
        self.country = setting.city.country

    def validate_words(self, field: Any) -> None:
        if "@" in field.data or phonenumbers.PhoneNumberMatcher(field.data, self.country).has_next():
            raise ValidationError(
                str(_l("Laat nummers en e-mailadressen weg: een bedankje blijft lang staan."))
            )
