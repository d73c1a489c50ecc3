"""The key of a form: made once when it is first shown, so that sent twice is taken once."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from itsdangerous import BadData, URLSafeSerializer


@dataclass(frozen=True)
class FormKey:
    """`secret` is random; `shown_at` when the form was first shown, UTC."""

    secret: str
    shown_at: datetime

    def is_hasty(self, now: datetime, least: timedelta) -> bool:
        """Whether it came back faster than anybody can type."""
        return now - self.shown_at < least


class FormKeys:
    """Makes and reads keys, signed so that nobody chooses their own."""

    def __init__(self, secret_key: str) -> None:
        self.serializer = URLSafeSerializer(secret_key, salt="form")

    def new(self, now: datetime) -> str:
        """A key for a form that is shown for the first time."""
        return str(self.serializer.dumps([secrets.token_urlsafe(16), int(now.timestamp())]))

    def read(self, key: str) -> FormKey | None:
        """The key in what a form sent back; None if we did not make it."""
        try:
            secret, shown_at = self.serializer.loads(key)
        except BadData:
            return None
        return FormKey(str(secret), datetime.fromtimestamp(shown_at, UTC))
