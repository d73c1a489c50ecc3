"""A form for the page that shows every part: one field of each sort."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField

from leuvenhelpt.web.forms.base import Filled, Form
from leuvenhelpt.web.forms.fields import Day, Hours, Lines, Phone


class SampleForm(Form):
    """A field of each sort."""

    words = Lines(_l("In uw eigen woorden"), validators=[Filled(_l("Vertel in één zin wat u nodig hebt."))])
    phone = Phone(_l("Telefoonnummer"))
    day = Day(_l("Welke dag?"))
    hours = Hours(_l("Welke momenten passen?"))
    agreed = BooleanField(_l("Ik ga akkoord."), validators=[Filled(_l("Kruis dit eerst aan."))])
