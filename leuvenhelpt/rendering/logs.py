"""Logs: one JSON object a line, with ids and states, never a name, an address or free text."""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

# What may be logged; any other key is dropped, and its name kept so that it is missed.
ALLOWED_KEYS = frozenset(
    {
        "event", "level", "timestamp", "exception", "logger", "id", "wait", "table", "name", "chore",
        "error", "method", "route", "status", "ms", "request_id", "bell", "moved", "code", "port", "pid",
        "ids", "message_id", "volunteers", "kept_at", "number", "trained_on", "refused", "answers", "loss", "old_loss",
        "used",
    }
)  # fmt: skip
UNMASKED = "message_id"  # a digest and our own host: it looks like an address of e-mail and tells nothing
TOKEN_IN_PATH = re.compile(r"[\w-]{16,}\.[\w-]{16,}|[^@\s]+@[^@\s]+")


def only_allowed(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Drop every key that is not on the list; mask tokens and addresses of e-mail in what remains."""
    kept = {
        key: value if key == UNMASKED else _masked(value)
        for key, value in event.items()
        if key in ALLOWED_KEYS
    }
    dropped = sorted(event.keys() - ALLOWED_KEYS)
    return kept | {"dropped": dropped} if dropped else kept


def _masked(value: Any) -> Any:
    return TOKEN_IN_PATH.sub("***", value) if isinstance(value, str) else value


def without_values(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Keep of an exception only where it happened: its message may hold what somebody typed."""
    info = event.pop("exc_info", None)
    error = info[1] if isinstance(info, tuple) else info if isinstance(info, BaseException) else None
    if error is None:
        return event
    frames = []
    trace = error.__traceback__
    while trace is not None:
        frames.append(f"{trace.tb_frame.f_code.co_qualname}:{trace.tb_lineno}")
        trace = trace.tb_next
    event["exception"] = f"{type(error).__name__} at {' > '.join(frames[-6:])}"
    return event


def exc_info_of(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Turn `exc_info=True` into the exception itself."""
    if event.get("exc_info") is True:
        event["exc_info"] = sys.exc_info()
    return event


def set_up_logs(level: str = "INFO") -> None:
    """Send all logs of this process, our own and those of libraries, through the filter to standard error."""
    shared: list[Any] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        exc_info_of,
        without_values,
        only_allowed,
    ]
    structlog.configure(
        processors=[*shared, structlog.processors.JSONRenderer()],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
    )
    handler = logging.StreamHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                *shared,
                structlog.processors.JSONRenderer(),
            ],
            foreign_pre_chain=[structlog.stdlib.add_log_level],
        )
    )
    logging.basicConfig(level=max(logging.WARNING, logging.getLevelNamesMapping()[level]), handlers=[handler])
