"""Where somebody is, as typed: understood at once, asked about when it may mean several places, never a hurdle."""

import re
from functools import cached_property
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, ValidationError

from leuvenhelpt.domain.city import City
from leuvenhelpt.domain.errors import TemporaryFailure
from leuvenhelpt.domain.values import Located, Place, PlaceLevel
from leuvenhelpt.rendering import formats
from leuvenhelpt.web.forms.base import AtMost, Filled, Form, Offered
from leuvenhelpt.web.forms.fields import Numbered, OneOf, choices
from leuvenhelpt.web.forms.setting import Setting

ELSEWHERE = "elsewhere"
LONGEST = 200
AS_TYPED = "as typed: "  # before the typed address, so that another address is asked about anew
NAMED_POSTCODE = re.compile(r"\b([1-9]\d{3})\s+[^\W\d]")


def address_line() -> Numbered:
    """The field for street and number."""
    missing = _l("Vul uw straat en huisnummer in.")
    return Numbered(_l("Straat en huisnummer"), validators=[Filled(missing), AtMost(LONGEST)])


def part_of_city() -> SelectField:
    """The field for the postcode."""
    label, missing = _l("Postcode en deel van de stad"), _l("Kies uw postcode.")
    return SelectField(label, validate_choice=False, validators=[Offered(missing)])


def meant_place() -> OneOf:
    """The field that asks which of several places is meant; it has no choices when there is nothing to ask."""
    return OneOf(_l("Bedoelt u een van deze adressen?"))


class AddressForm(Form):
    """A form with `address`, `postcode` and `meant`, made by the functions above."""

    address: Any
    postcode: Any
    meant: Any
    city: City
    _is_answered = True

    def fit_address(self, setting: Setting) -> None:
        """Offer the parts of the city, and ask which place is meant if that is not clear."""
        self.city, self._geocoder, self._settled = setting.city, setting.geocoder, setting.settled
        parts = [(part.postcode, f"{part.postcode} {part.name}") for part in self.city.parts]
        choose, elsewhere = _l("Kies uit de lijst"), _l("Mijn gemeente staat er niet bij")
        self.postcode.choices = choices([("", choose), *parts, (ELSEWHERE, elsewhere)])
        if not self.postcode.data:
            self.postcode.data = self.place.postcode if self.place else self._typed_postcode
        town = self.place.label.removeprefix(self.place.line) if self.place else ""
        if town:  # a suggestion, with or without a box typed into it: the town has a line of its own
            self.address.data = (self.address.data or "").removesuffix(town)
        none_of_these = (AS_TYPED + (self.address.data or ""), _l("Geen van deze: ik typte het juist"))
        offered = [(place.label, _with_accuracy(place, setting.language)) for place in self._candidates]
        self.meant.choices = choices([*offered, none_of_these] if offered else [])

    @property
    def meant_label(self) -> str:
        """The label of the place that was chosen when we asked; empty if we did not ask, or it is none of them."""
        return next((one.label for one in self._candidates if one.label == self.meant.data), "")

    @property
    def place(self) -> Place | None:
        """Where this is, as far as it is certain: accepted at once, or chosen."""
        located = self._located.choosing(self.meant.data or "") if self._located else None
        return located.place if located and located.is_accepted else None

    @property
    def is_unknown(self) -> bool:
        """Whether the register was asked and cannot say where this is, so that a coordinator has yet to look."""
        is_asked = self._is_asked and self._is_answered and not self._is_settled
        return is_asked and self.place is None

    @property
    def _candidates(self) -> tuple[Place, ...]:
        located = self._located
        if located is None or located.is_accepted or self._is_elsewhere or self._is_settled:
            return ()
        return tuple({one.label: one for one in located.candidates}.values())

    @property
    def _typed_postcode(self) -> str:
        """A postcode of ours among what was typed as the address."""
        typed = re.findall(r"\d+", self.address.data or "")
        return next((number for number in typed if number in self.city.postcodes), "")

    @property
    def _is_asked(self) -> bool:
        typed = self.address.data or ""
        return 0 < len(typed) <= LONGEST and self.postcode.data != ELSEWHERE

    @property
    def _is_settled(self) -> bool:
        return (self.address.data, self.postcode.data) == self._settled

    @cached_property
    def _located(self) -> Located | None:
        """What the geocoder makes of it; one that is out of reach keeps nobody from going on."""
        self._is_answered = True
        try:
            return self._geocoder.locate(self.address.data, self.postcode.data) if self._is_asked else None
        except TemporaryFailure:
            self._is_answered = False
            return None

    @cached_property
    def _is_elsewhere(self) -> bool:
        typed = self.address.data or ""
        named = NAMED_POSTCODE.search(typed)
        if named and named[1] not in self.city.postcodes:
            return True
        return self._is_asked and self._geocoder.is_elsewhere(typed)

    @property
    def _is_only_area(self) -> bool:
        """Whether a part of the city was typed, or just a number: one that stands there already is left alone."""
        place = self._located.place if self._located else None
        return place is not None and place.level == PlaceLevel.POSTCODE and not self._is_settled

    def validate_postcode(self, field: Any) -> None:
        will_be_known = bool(self._candidates) and not self.meant.data  # by choosing the place that is meant
        if not field.data and not will_be_known:
            raise ValidationError(str(_l("Kies uw postcode.")))
        if field.data == ELSEWHERE:
            raise ValidationError(self.not_served())

    def validate_address(self, _field: Any) -> None:
        if self._is_elsewhere:
            raise ValidationError(self.not_served())
        if self._is_only_area:
            raise ValidationError(str(_l("Hierin vinden wij geen straat. Schrijf uw straat en huisnummer.")))

    def validate_meant(self, field: Any) -> None:
        offered = [choice.value for choice in field.iter_choices()]
        if offered and field.data not in offered:
            raise ValidationError(str(_l("Kies welk adres u bedoelt.")))

    def not_served(self) -> str:
        """What somebody who lives elsewhere reads."""
        words = str(_l("Wij helpen alleen in %(city)s. Woont u elders? Bel %(phone)s, dan zoeken wij mee."))
        return words % {"city": self.city.name, "phone": self.city.phone}


def _with_accuracy(place: Place, language: str) -> str:
    """A place to choose, with how far off it may be."""
    off_by = formats.off_by(place.accuracy_m, place.level, language)
    return f"{place.label} ({off_by})" if off_by else place.label
