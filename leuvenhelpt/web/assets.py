"""Style sheets and pictograms: served with a version in their address, kept by browsers for a year."""

import hashlib
from pathlib import Path
from typing import Any

from flask import Flask
from whitenoise import WhiteNoise

from leuvenhelpt.web.headers import ALWAYS

STATIC = Path(__file__).parent / "static"
YEAR = 365 * 24 * 3600


def versions() -> dict[str, str]:
    """The version of each file, from what is in it."""
    files = (path for path in STATIC.rglob("*") if path.is_file())
    return {str(f.relative_to(STATIC)): hashlib.sha256(f.read_bytes()).hexdigest()[:12] for f in files}


def _headers(headers: Any, _path: str, _url: str) -> None:
    for name, value in ALWAYS.items():
        headers[name] = value


def install(app: Flask) -> None:
    """Serve the static files ahead of the application; `url_for("static", …)` adds the version."""
    known = versions()

    @app.url_defaults
    def add_version(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static":
            values.setdefault("v", known[values["filename"]])

    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app,
        root=str(STATIC),
        prefix="static/",
        max_age=YEAR,
        allow_all_origins=False,
        add_headers_function=_headers,
    )
