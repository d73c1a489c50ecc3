"""A form for the page that shows every part: one field of each sort."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField

from leuvenhelpt.domain.city import said_in
from leuvenhelpt.web.forms.address import AddressForm, address_line, meant_place, part_of_city
from leuvenhelpt.web.forms.base import Filled, Form, Offered
from leuvenhelpt.web.forms.fields import Day, Hours, Lines, OneOf, Phone, SeveralOf, choices
from leuvenhelpt.web.forms.setting import Setting


class SampleForm(Form):
    """A field of each sort."""

    words = Lines(_l("In uw eigen woorden"), validators=[Filled(_l("Vertel in één zin wat u nodig hebt."))])
    phone = Phone(_l("Telefoonnummer"))
    day = Day(_l("Welke dag?"))
    hours = Hours(_l("Welke momenten passen?"))
    kind = OneOf(
        _l("Welke hulp past het best?"),
        validators=[Offered(_l("Kies één soort hulp. Twijfelt u? Kies ‘Iets anders’."))],
    )
    languages = SeveralOf(
        _l("Welke talen spreekt u?"), validators=[Offered(_l("Kruis minstens één taal aan."))]
    )
    agreed = BooleanField(_l("Ik ga akkoord."), validators=[Filled(_l("Kruis dit eerst aan."))])

    def fit(self, setting: Setting) -> None:
        """Offer some kinds of help, and the languages of the city."""
        kinds = list(setting.city.kinds.values())[:3]
        self.kind.choices = choices((kind.key, said_in(kind.name, setting.language)) for kind in kinds)
        self.languages.choices = choices(setting.city.languages.items())


class SampleAddressForm(AddressForm):
    """Where somebody is."""

    address = address_line()
    postcode = part_of_city()
    meant = meant_place()
