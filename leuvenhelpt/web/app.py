"""The web application, put together from its parts."""

from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from config import Settings
from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.triage import hearing
from leuvenhelpt.web import access, assets, context, csrf, errors, headers, language, limits, signed_in
from leuvenhelpt.web.routes import TABLE

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
LOOPBACK = ["localhost", "127.0.0.1"]


def configure(app: Flask, settings: Settings) -> None:
    """What Flask itself wants to know."""
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_NAME="__Host-lh" if settings.secure_cookies else "lh",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
        MAX_CONTENT_LENGTH=256 * 1024,
    )
    if not settings.is_demonstration:
        app.config["TRUSTED_HOSTS"] = [urlsplit(settings.public_url).netloc, *LOOPBACK]
    if hops := settings.proxy_hops:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops)  # type: ignore[method-assign]


def create_app(runtime: Runtime) -> Flask:
    """The application over a runtime. Order matters: strangers are refused before anybody is looked up."""
    app = Flask("leuvenhelpt.web", template_folder=str(TEMPLATES), static_folder=str(assets.STATIC))
    app.extensions["runtime"] = runtime
    configure(app, runtime.settings)
    language.install(app)
    context.install(app, runtime.city, runtime.settings)
    tokens = csrf.install(app)
    signed_in.install(app)
    limiter = limits.install(app, runtime.settings.redis_url)
    access.install(app, limiter, tokens, TABLE)
    headers.install(app)
    errors.install(app)
    assets.install(app, runtime.look)
    hearing.ready()  # now, so that nobody who asks waits for it
    return app
