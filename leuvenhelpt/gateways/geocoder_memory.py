"""What geocoders elsewhere said, kept in the database for a month, and with it what was sent where and when."""

import hmac
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import Engine, delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from leuvenhelpt.gateways.remote_geocoders import RemoteAddress
from leuvenhelpt.storage.models import GeocoderAnswer

KEPT_FOR = timedelta(days=30)


class DatabaseMemory:
    """Answers in the database. Questions are kept as keyed digests, so that no address stands there twice."""

    def __init__(self, engine: Engine, secret_key: str, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._key = secret_key.encode()
        self._clock = clock

    def recall(self, host: str, sent: str) -> tuple[RemoteAddress, ...] | None:
        """What this host said within the last month; None if it was not asked."""
        fresh = GeocoderAnswer.asked_at > self._clock() - KEPT_FOR
        query = select(GeocoderAnswer.found).where(
            GeocoderAnswer.host == host, GeocoderAnswer.sent == self._digest(sent), fresh
        )
        with Session(self._engine.execution_options(read_only=True)) as session:
            found = session.scalar(query)
        return None if found is None else tuple(RemoteAddress(**facts) for facts in found)

    def keep(self, host: str, sent: str, found: Sequence[RemoteAddress]) -> None:
        """Keeps an answer, and forgets those older than a month. Another process may have been first."""
        now = self._clock()
        row = GeocoderAnswer(
            host=host, sent=self._digest(sent), asked_at=now, found=[asdict(one) for one in found]
        )
        try:
            with Session(self._engine) as session, session.begin():
                session.execute(delete(GeocoderAnswer).where(GeocoderAnswer.asked_at <= now - KEPT_FOR))
                session.add(row)
        except IntegrityError:
            return

    def _digest(self, sent: str) -> str:
        return hmac.new(self._key, sent.encode(), sha256).hexdigest()


class KeptAnswers:
    """The fake: remembers in memory."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], tuple[RemoteAddress, ...]] = {}

    def recall(self, host: str, sent: str) -> tuple[RemoteAddress, ...] | None:
        return self.kept.get((host, sent))

    def keep(self, host: str, sent: str, found: Sequence[RemoteAddress]) -> None:
        self.kept[host, sent] = tuple(found)
