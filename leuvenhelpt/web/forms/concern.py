"""Reporting a concern: only what happened must be told."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField
from wtforms.validators import Optional

from leuvenhelpt.web.forms.base import AtMost, Filled, Form
from leuvenhelpt.web.forms.fields import Line, Lines, MailAddress, Numbered, Phone
from leuvenhelpt.web.forms.setting import Setting


class ConcernForm(Form):
    """What is the matter; who tells us and how to reach them, if they want."""

    key = HiddenField()
    words = Lines(_l("Wat is er gebeurd?"), validators=[Filled(_l("Schrijf wat er is.")), AtMost(2000)])
    reference = Numbered(_l("Nummer van de hulpvraag"), validators=[Optional(), AtMost(20)])
    name = Line(_l("Uw naam"), validators=[Optional(), AtMost(120)])
    phone = Phone(_l("Uw telefoonnummer"), validators=[Optional(), AtMost(40)])
    email = MailAddress(_l("Uw e-mailadres"), validators=[Optional(), AtMost(254)])

    def fit(self, setting: Setting) -> None:
        """Know of which country numbers without a prefix are."""
        self.phone.region = setting.city.country
