"""What a simulated city is like: how many help, how many ask, how willing they are."""

import tomllib
from dataclasses import dataclass, fields
from importlib.resources import files
from pathlib import Path
from typing import Any

from leuvenhelpt.domain.errors import ConfigurationError

NAMES = ("leuven-2020", "normal-year", "calling-round")


@dataclass(frozen=True)
class Burst:
    """So many requests more, spread over some days."""

    day: int
    days: int
    requests: int


@dataclass(frozen=True)
class Scenario:
    """Figures of a city. `willingness`: the mean chance of a yes to a near, well-timed ask.

    `spread`: how much people differ in it (the sum of the two parameters of a beta distribution).
    `tiring`: what each ask of the last week leaves of the willingness. `answer_hours`: the median delay.
    `week`: how busy each weekday is, from Monday on; 1 is an average day.
    """

    name: str
    volunteers: int
    joining_a_day: float
    requests_a_day: float
    soon_share: float
    willingness: float
    spread: float = 4.0
    tiring: float = 0.8
    answer_hours: float = 1.2
    burst: Burst | None = None
    week: tuple[float, ...] = (1.0,) * 7


def _made(name: str, facts: dict[str, Any]) -> Scenario:
    unknown = facts.keys() - {one.name for one in fields(Scenario)}
    if unknown:
        raise ConfigurationError(f"scenario {name}: not known: {', '.join(sorted(unknown))}")
    burst = Burst(**facts.pop("burst")) if "burst" in facts else None
    return Scenario(**{"name": name, "burst": burst} | facts)


def scenario(name: str) -> Scenario:
    """A scenario by its name or by the path of its TOML; ConfigurationError says what is wrong with it."""
    own = files("leuvenhelpt.simulation.scenarios") / f"{name}.toml"
    try:
        text = own.read_text("utf-8") if name in NAMES else Path(name).read_text("utf-8")
        return _made(Path(name).stem if name.endswith(".toml") else name, tomllib.loads(text))
    except (OSError, tomllib.TOMLDecodeError, TypeError) as error:
        raise ConfigurationError(f"scenario {name}: {error}") from error
