"""What every form here has in common, and the checks that explain themselves."""

from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from werkzeug.datastructures import MultiDict
from wtforms import Form as WTForm
from wtforms import ValidationError
from wtforms.validators import StopValidation

from leuvenhelpt.web.forms.cleaning import clean_text
from leuvenhelpt.web.language import CHOICE

Words: TypeAlias = "str | LazyString"


class Form(WTForm):
    """A form over what was typed. The token against forgery is asked of every POST, before any form."""

    @classmethod
    def was_seen(cls, typed: MultiDict[str, str]) -> bool:
        """Whether a browser has shown this form: only then does an empty place mean something."""
        return any(name in typed for name in cls.names())

    def process(self, formdata: Any = None, *args: Any, **kwargs: Any) -> None:
        """Take over what was typed, and whether it was sent only to read the page in another language."""
        self.changes_language = formdata is not None and CHOICE in formdata
        super().process(formdata, *args, **kwargs)

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether all is right. Who asks for another language is not told of what is not typed yet."""
        return not self.changes_language and self.is_right(extra_validators)

    def is_right(self, extra_validators: Any = None) -> bool:
        """Whether all is right, whatever it was sent for."""
        return bool(super().validate(extra_validators))

    @property
    def status(self) -> int:
        """The HTTP status of a page that shows this form again."""
        return 200 if self.changes_language else 422

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """The names of the fields."""
        return tuple(field.name for field in cls())

    def kept(self) -> list[tuple[str, str]]:
        """Names and values to carry along in hidden fields."""
        return [(field.name, clean_text(value)) for field in self for value in values_of(field)]


def values_of(field: Any) -> Iterable[str]:
    """What a browser would send for a field as it stands."""
    if field.data is None or field.data is False:
        return []
    if hasattr(field, "sent"):
        return list(field.sent())
    if isinstance(field.data, list | tuple):
        return [str(value) for value in field.data]
    return [field._value() if hasattr(field, "_value") else str(field.data)]


class Filled:
    """Something must have been typed or ticked."""

    def __init__(self, message: Words) -> None:
        self.message = message
        self.field_flags = {"required": True}

    def __call__(self, _form: Form, field: Any) -> None:
        if not field.data:
            raise StopValidation(str(self.message))


class AtMost:
    """No more than so many characters, and how many there are now."""

    def __init__(self, most: int) -> None:
        self.most = most

    def __call__(self, _form: Form, field: Any) -> None:
        typed = len(field.data or "")
        if typed > self.most:
            words = str(_l("Maak dit korter: hoogstens %(most)s tekens. Nu zijn het er %(typed)s."))
            raise ValidationError(words % {"most": self.most, "typed": typed})


class Offered:
    """One of the choices, or several, but none that was not offered."""

    def __init__(self, message: Words) -> None:
        self.message = message

    def __call__(self, _form: Form, field: Any) -> None:
        chosen: Sequence[str] = field.data if isinstance(field.data, list) else [field.data]
        offered = {choice.value for choice in field.iter_choices()}
        if not chosen or not set(chosen) <= offered:
            raise StopValidation(str(self.message))
