"""Pages for machines that watch this one."""

from datetime import datetime, timedelta

from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from leuvenhelpt.domain.jobs import Bell
from leuvenhelpt.storage.queries.waiting import Pulse, pulse
from leuvenhelpt.web.current import now, runtime

EXPECTED = (*(bell.value for bell in Bell), "scheduler")
HEARD_WITHIN = timedelta(seconds=30)
WAITS_AT_MOST = timedelta(seconds=60)


def alive() -> ResponseReturnValue:
    """That this process answers, and no more: it asks nothing of the database."""
    return {"alive": True}


def ready() -> ResponseReturnValue:
    """Whether database, Valkey and every worker are there and no row waits long; 503 if not, saying which."""
    try:
        with runtime().reading() as db:
            found = pulse(db, now())
    except SQLAlchemyError:
        return {"ready": False, "database": False}, 503
    checks = _checks(found, now())
    is_ready = all(checks.values())
    waited = (now() - found.oldest_waiting).total_seconds() if found.oldest_waiting else 0.0
    facts = {"ready": is_ready, "oldest_waiting_s": round(waited, 1), "undeliverable": found.undeliverable}
    return facts | checks, 200 if is_ready else 503


def _checks(found: Pulse, moment: datetime) -> dict[str, bool]:
    heard = {
        name: found.heartbeats.get(name, datetime.min.replace(tzinfo=moment.tzinfo)) for name in EXPECTED
    }
    return {
        "database": True,
        "valkey": runtime().bell.is_reachable(),
        "nothing_waits": found.oldest_waiting is None or moment - found.oldest_waiting < WAITS_AT_MOST,
        **{name: moment - at < HEARD_WITHIN for name, at in heard.items()},
    }
