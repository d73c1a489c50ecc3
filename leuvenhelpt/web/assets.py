"""Style sheets, drawings and scripts: served with a version in their address, kept by browsers for a year."""

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from mimetypes import guess_type
from pathlib import Path
from typing import Any, cast

from flask import Flask, Response, abort, current_app, request
from flask.typing import ResponseReturnValue
from whitenoise import WhiteNoise

from leuvenhelpt.domain.colours import Palette, palettes
from leuvenhelpt.gateways.look_file import ICONS, LOGO, OUR_TOKENS, Look
from leuvenhelpt.web.headers import ALWAYS

STATIC = Path(__file__).parent / "static"
YEAR = 365 * 24 * 3600
EVERYWHERE = ("base", "components", "figures")
# One sheet a page, and no more: each is its parts in this order, after the tokens of the house and of the city.
SHEETS: Mapping[str, tuple[str, ...]] = {
    "site.css": (*EVERYWHERE, "modes"),
    "desk.css": (*EVERYWHERE, "desk", "modes"),
    "paper.css": ("base", "components", "modes", "paper"),
    "style-guide.css": (*EVERYWHERE, "styleguide", "modes"),
}
LOGO_HEIGHT = 36  # CSS pixels, as components.css shows it


@dataclass(frozen=True)
class Assets:
    """What a city looks like, put together at start from our files and the city's own."""

    look: Look

    @cached_property
    def tokens(self) -> str:
        """Our tokens, and over them the city's."""
        return OUR_TOKENS.read_text(encoding="utf-8") + self.look.tokens

    @cached_property
    def palettes(self) -> tuple[Palette, Palette]:
        """The colours by light and in the dark."""
        return palettes(self.tokens)

    @cached_property
    def files(self) -> Mapping[str, bytes]:
        """All that is served under the look of the city, by name."""
        ours = {name: (STATIC / name).read_bytes() for name in ICONS if (STATIC / name).is_file()}
        return {**{name: self._sheet(name) for name in SHEETS}, **ours, **self.look.files}

    @cached_property
    def packed(self) -> Mapping[str, bytes]:
        """What gets smaller by it, as gzip. Pages stay as they are: they hold secrets beside what others typed."""
        texts = {name: body for name, body in self.files.items() if name.endswith((".css", ".svg"))}
        return {name: gzip.compress(body, mtime=0) for name, body in texts.items()}

    @cached_property
    def versions(self) -> Mapping[str, str]:
        """The version of each file, from what is in it."""
        return {name: version_of(body) for name, body in self.files.items()}

    @property
    def logo_width(self) -> int | None:
        """How wide the city's logo is shown, in CSS pixels; None if it has none and the door stands for it."""
        ratio = self.look.logo_ratio if LOGO in self.files else None
        return None if ratio is None else round(LOGO_HEIGHT * ratio)

    def _sheet(self, name: str) -> bytes:
        parts = [(STATIC / f"{part}.css").read_text(encoding="utf-8") for part in SHEETS[name]]
        return "\n".join([self.tokens, *parts]).encode()


def version_of(body: bytes) -> str:
    """A version that changes with what is in a file."""
    return hashlib.sha256(body).hexdigest()[:12]


def assets() -> Assets:
    """The assets of this application."""
    return cast(Assets, current_app.extensions["assets"])


def serve(name: str) -> ResponseReturnValue:
    """A file of the look of the city."""
    body = assets().files.get(name)
    if body is None:
        return abort(404)
    answer = Response(body, mimetype=guess_type(name)[0])
    if name in assets().packed:
        answer.vary.add("Accept-Encoding")
        if request.accept_encodings["gzip"]:
            answer.set_data(assets().packed[name])
            answer.content_encoding = "gzip"
    answer.cache_control.public, answer.cache_control.max_age = True, YEAR
    return answer


def _headers(headers: Any, _path: str, _url: str) -> None:
    for name, value in ALWAYS.items():
        headers[name] = value


def install(app: Flask, look: Look) -> None:
    """Serve static files ahead of the application; `url_for` adds the version to theirs and to the look's."""
    files = (path for path in STATIC.rglob("*") if path.is_file())
    known = {str(f.relative_to(STATIC)): version_of(f.read_bytes()) for f in files}
    app.extensions["assets"] = dressed = Assets(look)

    @app.url_defaults
    def add_version(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static":
            values.setdefault("v", known[values["filename"]])
        if endpoint == "look":
            values.setdefault("v", dressed.versions[values["name"]])

    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app,
        root=str(STATIC),
        prefix="static/",
        max_age=YEAR,
        allow_all_origins=False,
        add_headers_function=_headers,
    )
