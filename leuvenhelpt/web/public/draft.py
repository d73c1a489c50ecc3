"""An unfinished help request, kept for two hours in the browser it was typed in and nowhere else.

Kept are what is needed and when; never a name, an address or a number to reach somebody. Only we can read the cookie.
"""

import json
import zlib
from base64 import urlsafe_b64encode
from datetime import timedelta
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import request
from werkzeug import Response
from werkzeug.datastructures import MultiDict

from leuvenhelpt.web.current import now, runtime

KEPT = ("words", "kind", "whom", "heard", "timing", "before", "hours")
LASTS = timedelta(hours=2)
LONGEST = 3800  # bytes; browsers refuse cookies above 4096


def exists() -> bool:
    """Whether this browser kept something."""
    return kept() is not None


def kept() -> MultiDict[str, str] | None:
    """What was kept, as the form would send it; None if there is nothing, or it is not ours, or too old."""
    sealed = request.cookies.get(_name(), "")
    try:
        packed = _box().decrypt_at_time(sealed.encode(), int(LASTS.total_seconds()), _seconds())
        return MultiDict(json.loads(zlib.decompress(packed)))
    except (InvalidToken, ValueError, zlib.error):
        return None


def keep(response: Response, typed: MultiDict[str, str]) -> Response:
    """Keep what was typed so far; what is too long for a cookie is not kept."""
    facts = {name: typed.getlist(name) for name in KEPT if name in typed}
    packed = zlib.compress(json.dumps(facts, ensure_ascii=False).encode())
    sealed = _box().encrypt_at_time(packed, _seconds()).decode()
    if len(sealed) > LONGEST:
        return without(response)
    response.set_cookie(_name(), sealed, max_age=LASTS, **_guarded())
    return response


def without(response: Response) -> Response:
    """Have the browser forget it."""
    response.delete_cookie(_name(), **_guarded())
    return response


def _name() -> str:
    return "__Host-draft" if runtime().settings.secure_cookies else "draft"


def _guarded() -> dict[str, Any]:
    return {"secure": runtime().settings.secure_cookies, "httponly": True, "samesite": "Lax", "path": "/"}


def _seconds() -> int:
    return int(now().timestamp())


def _box() -> Fernet:
    derived = HKDF(SHA256(), 32, salt=None, info=b"draft").derive(runtime().settings.secret_key.encode())
    return Fernet(urlsafe_b64encode(derived))
