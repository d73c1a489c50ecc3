"""How a volunteer signs in: by a link in a mail, or with a password."""

from flask_babel import lazy_gettext as _l
from wtforms import PasswordField

from leuvenhelpt.web.forms.base import AtMost, Filled, Form
from leuvenhelpt.web.forms.fields import MailAddress


class MySignInForm(Form):
    """Without a password, a link is mailed."""

    email = MailAddress(_l("Uw e-mailadres"), validators=[Filled(_l("Vul uw e-mailadres in.")), AtMost(254)])
    password = PasswordField(_l("Wachtwoord"), validators=[AtMost(128)])
