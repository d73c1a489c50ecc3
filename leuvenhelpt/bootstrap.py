"""The one place where it is decided which gateways are real: settings in, a runtime out."""

import dataclasses
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from config import Settings
from leuvenhelpt.domain.city import City
from leuvenhelpt.domain.errors import ConfigurationError
from leuvenhelpt.domain.jobs import worth_ringing
from leuvenhelpt.domain.profile import city_from, in_language
from leuvenhelpt.domain.values import Actor
from leuvenhelpt.gateways.area_file import AreasInUse
from leuvenhelpt.gateways.bell import Ringer, RqBell, connect
from leuvenhelpt.gateways.geocoder import CityGeocoder, Geocoder
from leuvenhelpt.gateways.geocoder_memory import DatabaseMemory
from leuvenhelpt.gateways.look_file import Look, read_look
from leuvenhelpt.gateways.mailer import KeptMail, Mailer, SmtpMailer
from leuvenhelpt.gateways.register_file import RegisterInUse, read_remote
from leuvenhelpt.gateways.remote_geocoders import remote_geocoder
from leuvenhelpt.gateways.remote_lookup import RemoteLookup
from leuvenhelpt.gateways.turns import RedisTurns
from leuvenhelpt.rendering.links import Links
from leuvenhelpt.storage.engine import build_engine
from leuvenhelpt.storage.unit_of_work import UnitOfWork

CITIES = Path(__file__).parent / "cities"


@dataclass(frozen=True)
class Runtime:
    """All that an entry point needs. Services get a unit of work from it, queries a reading session."""

    settings: Settings
    city: City
    engine: Engine
    links: Links
    bell: Ringer
    mailer: Mailer
    geocoder: Geocoder
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    look: Look = field(default_factory=Look)

    @contextmanager
    def unit_of_work(self, actor: Actor) -> Iterator[UnitOfWork]:
        """One transaction: commits at the end, then rings; an exception rolls all of it back."""
        with Session(self.engine, expire_on_commit=False) as session:
            uow = UnitOfWork(session, actor, self.clock(), self.city)
            with session.begin():
                yield uow
        for bell in worth_ringing(uow.bells):
            self.bell.ring(bell)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that only reads, and waits for no writer."""
        with Session(self._reading_engine, expire_on_commit=False, autoflush=False) as session:
            yield session

    @cached_property
    def _reading_engine(self) -> Engine:
        return self.engine.execution_options(read_only=True)


def load_city(name_or_path: str) -> City:
    """The profile of a city by its name (a folder in leuvenhelpt/cities) or by the path of its file.

    What lies beside it as `languages/fr.toml` are its texts in French.
    """
    folder = city_folder(name_or_path)
    facts = _read_toml(folder / "profile.toml")
    for path in sorted(folder.glob("languages/*.toml")):
        facts = in_language(facts, path.stem, _read_toml(path))
    return city_from(facts)


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigurationError(f"LEUVENHELPT_CITY: there is no profile at {path}") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"LEUVENHELPT_CITY: {path} is not TOML: {error}") from error


def city_folder(name_or_path: str) -> Path:
    """The folder that holds a city's profile and street list."""
    path = Path(name_or_path)
    return path.parent if path.suffix == ".toml" else CITIES / name_or_path


def build_runtime(settings: Settings) -> Runtime:
    """Everything wired as the settings say; ConfigurationError if it cannot be."""
    city = load_city(settings.city)
    if settings.is_demonstration:
        city = dataclasses.replace(city, has_quiet_hours=False)
    engine = build_engine(settings.database_url)
    return Runtime(
        settings=settings,
        city=city,
        engine=engine,
        links=Links(settings.public_url.rstrip("/"), settings.secret_key),
        bell=RqBell(settings.redis_url),
        mailer=_mailer(settings, city),
        geocoder=_geocoder(settings, city, engine),
        look=read_look(city_folder(settings.city)),
    )


def _geocoder(settings: Settings, city: City, engine: Engine) -> CityGeocoder:
    """The register of the city; one elsewhere beside it only if the city switched it on."""
    folder = city_folder(settings.city)
    register = RegisterInUse(settings.data_dir, folder)
    areas = AreasInUse(settings.data_dir)
    remote = remote_geocoder(read_remote(folder), city.bounds)
    if remote is None:
        return CityGeocoder(register, city, areas)
    turns = RedisTurns(connect(settings.redis_url))
    memory = DatabaseMemory(engine, settings.secret_key, lambda: datetime.now(UTC))
    lookup = RemoteLookup(remote, turns, memory, register, city)
    return CityGeocoder(register, city, areas, lookup)


def _mailer(settings: Settings, city: City) -> Mailer:
    if settings.smtp_url:
        return SmtpMailer(settings.smtp_url, settings.mail_from or city.mail_from)
    return KeptMail(settings.data_dir / "mail")
