"""Links in messages: signed capabilities, each good for one purpose and one row."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from itsdangerous import BadData, URLSafeSerializer

from leuvenhelpt.domain.errors import NotFound


class Purpose(StrEnum):
    """What a link lets its holder do, and the path it leads to."""

    STATUS = "vraag"
    ASK = "uitnodiging"
    TASK = "taak"
    SIGN_IN = "aanmelden/link"
    CONFIRM = "helpen/bevestigen"
    CALENDAR = "agenda"
    UNSUBSCRIBE = "vraag-mij-niets"
    STAY = "blijven"


@dataclass(frozen=True)
class Links:
    """Makes and reads links. `public_url` is where the site is reached, never what a browser claims."""

    public_url: str
    secret_key: str

    def token(self, purpose: Purpose, public_id: str) -> str:
        """The signed part of a link to the row with this public id."""
        return str(_serializer(self.secret_key, purpose).dumps(public_id))

    def read(self, purpose: Purpose, token: str) -> str:
        """The public id in a token; NotFound if it was not made by us for this purpose."""
        try:
            public_id = _serializer(self.secret_key, purpose).loads(token)
        except BadData as error:
            raise NotFound("link") from error
        return str(public_id)

    def url(self, purpose: Purpose, public_id: str) -> str:
        """The whole link."""
        return f"{self.public_url}/{purpose.value}/{self.token(purpose, public_id)}"

    def page(self, path: str) -> str:
        """A link to an ordinary page."""
        return f"{self.public_url}{path}"


@cache
def _serializer(secret_key: str, purpose: Purpose) -> URLSafeSerializer:
    return URLSafeSerializer(secret_key, salt=f"link:{purpose.value}")
