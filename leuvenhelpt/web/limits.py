"""How often one visitor may: counted in Valkey, and in memory while Valkey is away."""

from hashlib import sha256
from typing import Any

from flask import Flask, request, session
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

from leuvenhelpt.web.forms.cleaning import clean_email, clean_line
from leuvenhelpt.web.signed_in import visitor

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
FORMS = "300 per hour"
HALFWAY = "halfway"
PATIENCE: dict[str, Any] = {"socket_connect_timeout": 0.5, "socket_timeout": 0.5}


def storage_uri(redis_url: str) -> str:
    """Where to count: a socket path needs the scheme that the limits library knows."""
    if not redis_url:
        return "memory://"
    return f"redis+{redis_url}" if redis_url.startswith("unix://") else redis_url


def whose() -> str:
    """Account before address: a care home shares one address and must not lock itself out."""
    return f"account:{visitor().account_id}" if visitor().is_authenticated else get_remote_address()


def typed_account() -> str:
    """The account whose address was typed, so that nobody tries its password, or fills its mail, from many places."""
    typed = request.form.get("email")
    email = (clean_email(typed) or clean_line(typed)).lower()
    return f"typed:{sha256(email.encode()).hexdigest()}" if email else ""


def halfway_account() -> str:
    """The account whose password was right, and whose code is being tried."""
    account_id = session.get(HALFWAY)
    return f"halfway:{account_id}" if account_id else ""


def install(app: Flask, redis_url: str) -> Limiter:
    """Limit the forms of one visitor; single routes ask for less in the table of routes."""
    uri = storage_uri(redis_url)
    is_remote = uri != "memory://"
    return Limiter(
        whose,
        app=app,
        default_limits=[FORMS],
        default_limits_exempt_when=lambda: request.method in SAFE,
        storage_uri=uri,
        storage_options=PATIENCE if is_remote else {},
        in_memory_fallback_enabled=is_remote,
        key_prefix="lh",
    )
