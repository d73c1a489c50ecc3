"""Runtimes for tests: real services and a real database, with the fakes at every gateway."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from config import Settings
from leuvenhelpt.bootstrap import Runtime, load_city
from leuvenhelpt.gateways.bell import RememberedBell
from leuvenhelpt.gateways.clock import real_clock
from leuvenhelpt.gateways.geocoder import KnownAddresses
from leuvenhelpt.gateways.mailer import RememberedMail
from leuvenhelpt.rendering.links import Links
from leuvenhelpt.storage.engine import build_engine

KEY = "a key that only the tests know, long enough"


def settings_for(folder: Path, database_url: str, **facts: object) -> Settings:
    """Settings as a demonstration has them, unless told otherwise."""
    known: dict[str, object] = {
        "data_dir": folder,
        "database_url": database_url,
        "redis_url": "",
        "smtp_url": None,
        "mail_from": "hallo@stad.example",
        "public_url": "http://localhost",
        "secret_key": KEY,
        "is_demonstration": True,
        "city": "leuven",
        "refreshes_addresses": False,
        "host": "127.0.0.1",
        "port": 8000,
        "proxy_hops": 0,
        "secure_cookies": False,
        "log_level": "INFO",
    }
    return Settings(**(known | facts))  # type: ignore[arg-type]


def runtime_for(settings: Settings, clock: Callable[[], datetime] = real_clock) -> Runtime:
    """A runtime whose bell and mail only remember."""
    return Runtime(
        settings=settings,
        city=load_city(settings.city),
        engine=build_engine(settings.database_url),
        links=Links(settings.public_url, settings.secret_key),
        bell=RememberedBell(),
        mailer=RememberedMail(),
        geocoder=KnownAddresses(),
        clock=clock,
    )
