"""What a city adds to the register: other names for itself, for its parts and for its streets."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class KnownNames:
    """`names`: of the city, the first to be shown; `code`: its NIS code; `parts`: postcode -> name;
    `part_names`: other name of a part -> postcode; `aliases`: other name -> official name of a street."""

    names: tuple[str, ...]
    code: str = ""
    parts: Mapping[str, str] = field(default_factory=dict)
    part_names: Mapping[str, str] = field(default_factory=dict)
    aliases: Mapping[str, str] = field(default_factory=dict)


def known_names_from(facts: Mapping[str, Any]) -> KnownNames:
    """From the mapping of a city's `addresses.toml`; KeyError or TypeError if it lacks the city's names."""
    return KnownNames(
        names=tuple(str(name) for name in facts["names"]),
        code=str(facts.get("code", "")),
        parts=dict(facts.get("parts", {})),
        part_names=dict(facts.get("part_names", {})),
        aliases=dict(facts.get("aliases", {})),
    )
