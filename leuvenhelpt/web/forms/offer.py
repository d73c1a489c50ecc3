"""What a volunteer offers: one caring neighbour, one page."""

from datetime import datetime, time, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, PasswordField, SelectField, ValidationError

from leuvenhelpt.domain.availability import at_brussels, in_brussels
from leuvenhelpt.domain.city import said_in
from leuvenhelpt.domain.values import Gender
from leuvenhelpt.services.volunteers import OfferFacts
from leuvenhelpt.web.forms.address import AddressForm, address_line, meant_place, part_of_city
from leuvenhelpt.web.forms.base import AtMost, Filled, Form, Offered
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

REACHES_KM = (1, 2, 3, 4, 5, 6, 8, 10, 15, 25, 50)
FARTHEST = timedelta(days=366)
ASKS_A_WEEK = (1, 2, 3, 5, 7)
SHORTEST_PASSWORD, LONGEST_PASSWORD = 12, 128


class OfferForm(AddressForm):
    """What can be changed later too. In the order of the page, which is that of the list of errors."""

    kinds = SeveralOf(
        _l("Waarmee wilt u helpen?"), validators=[Offered(_l("Kruis minstens één soort hulp aan."))]
    )
    will_not = Lines(_l("Wat doet u liever niet?"), validators=[AtMost(500)])
    words = Lines(_l("Wilt u er iets over vertellen?"), validators=[AtMost(1000)])
    hours = Hours(
        _l("Wanneer kunt u meestal?"), validators=[Filled(_l("Kruis minstens één moment in de week aan."))]
    )
    max_asks_a_week = SelectField(
        _l("Hoe vaak mogen wij u iets vragen?"),
        validate_choice=False,
        default="1",
        validators=[Offered(_l("Kies hoe vaak."))],
    )
    address = address_line()
    postcode = part_of_city()
    meant = meant_place()
    reach_km = SelectField(
        _l("Hoe ver wilt u gaan?"),
        validate_choice=False,
        default="3",
        validators=[Offered(_l("Kies hoe ver."))],
    )
    means = OneOf(
        _l("Hoe verplaatst u zich?"),
        choices=choices([("foot", _l("Te voet")), ("bike", _l("Met de fiets")), ("car", _l("Met de auto"))]),
        default="bike",
        validators=[Offered(_l("Kies hoe u zich verplaatst."))],
    )
    languages = SeveralOf(
        _l("Welke talen spreekt u?"),
        default=["nl"],
        validators=[Offered(_l("Kruis minstens één taal aan."))],
    )
    gender = OneOf(
        _l("Wilt u ons zeggen of u een man of een vrouw bent?"),
        choices=choices(
            [
                ("", _l("Dat zeg ik liever niet")),
                (Gender.WOMAN, _l("Vrouw")),
                (Gender.MAN, _l("Man")),
                (Gender.OTHER, _l("Anders")),
            ]
        ),
        default="",
        validators=[Offered(_l("Kies een van de vier."))],
    )
    name = Line(_l("Uw naam"), validators=[Filled(_l("Vul uw naam in.")), AtMost(100)])
    phone = Phone(
        _l("Uw telefoonnummer"),
        validators=[Filled(_l("Vul uw telefoonnummer in. Alleen wie u helpt en wij zien het.")), AtMost(40)],
    )

    def fit(self, setting: Setting) -> None:
        """Offer what the city has."""
        city = setting.city
        self.fit_address(setting)
        kinds = city.kinds.values()
        self.kinds.choices = choices([(kind.key, said_in(kind.name, setting.language)) for kind in kinds])
        self.icons = {kind.key: kind.icon for kind in kinds}
        self.hints = {kind.key: said_in(kind.hint, setting.language) for kind in kinds}
        self.languages.choices = choices(city.languages.items())
        self.reach_km.choices = choices([(f"{km}", f"{km} km") for km in REACHES_KM])
        labels = (
            _l("Hoogstens 1 keer per week"),
            _l("Hoogstens 2 keer per week"),
            _l("Hoogstens 3 keer per week"),
            _l("Hoogstens 5 keer per week"),
            _l("Zo vaak als nodig"),
        )
        self.max_asks_a_week.choices = choices(
            [(str(most), label) for most, label in zip(ASKS_A_WEEK, labels, strict=True)]
        )
        self.phone.region = city.country

    def not_served(self) -> str:
        """What somebody who lives elsewhere reads."""
        words = str(_l("Wij zoeken buren in %(city)s. Woont u elders? Bel %(phone)s, dan zoeken wij mee."))
        return words % {"city": self.city.name, "phone": self.city.phone}

    def facts(self) -> OfferFacts:
        """What was filled in, for the services. Only after it validated."""
        return OfferFacts(
            name=self.name.data or "",
            phone=self.phone.e164,
            address=self.address.data or "",
            postcode=self.postcode.data,
            meant=self.meant_label,
            kinds=tuple(self.kinds.data),
            words=self.words.data or "",
            will_not=self.will_not.data or "",
            languages=tuple(self.languages.data),
            means=self.means.data,
            reach_km=float(self.reach_km.data),
            hours=self.hours.data or 0,
            max_asks_a_week=int(self.max_asks_a_week.data),
            gender=self.gender.data,
        )


class NewOfferForm(OfferForm):
    """The first time: the address of e-mail, the age and the volunteers' notice besides."""

    email = MailAddress(_l("Uw e-mailadres"), validators=[Filled(_l("Vul uw e-mailadres in.")), AtMost(254)])
    is_old_enough = BooleanField(
        _l("Ik ben 16 jaar of ouder."),
        validators=[Filled(_l("Helpen kan vanaf 16 jaar. Kruis aan dat u dat bent."))],
    )
    has_read = BooleanField(
        _l("Ik las de informatienota hierboven en ga akkoord."),
        validators=[Filled(_l("Lees de informatienota en kruis dit aan."))],
    )


class MyPauseForm(Form):
    """Until when nothing is asked; without a day, until the volunteer comes back."""

    until = Day(_l("Tot welke dag?"))

    def fit(self, setting: Setting) -> None:
        """Remember what today is."""
        self.today = in_brussels(setting.now).date()

    def validate_until(self, field: Any) -> None:
        if field.data is None:
            return
        if field.data <= self.today:
            raise ValidationError(str(_l("Kies een dag na vandaag.")))
        if field.data > self.today + FARTHEST:
            raise ValidationError(str(_l("Kies een dag binnen het jaar, of laat leeg.")))

    def moment(self) -> datetime | None:
        """When the day begins, UTC; only after it validated."""
        return at_brussels(self.until.data, time.min) if self.until.data else None


class PasswordForm(Form):
    """A password, for who likes that better than a link by mail."""

    password = PasswordField(_l("Nieuw wachtwoord"), validators=[Filled(_l("Vul een wachtwoord in."))])

    def validate_password(self, field: Any) -> None:
        if len(field.data) < SHORTEST_PASSWORD:
            raise ValidationError(
                str(_l("Kies er een van minstens 12 tekens. Enkele woorden na elkaar is goed."))
            )
        if len(field.data) > LONGEST_PASSWORD:
            raise ValidationError(str(_l("Kies er een van hoogstens 128 tekens.")))
