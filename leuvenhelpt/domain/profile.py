"""A city read from its profile, checked at start: all that is wrong is told at once."""

from collections.abc import Callable, Mapping
from datetime import time
from typing import Any, TypeVar

from leuvenhelpt.domain.city import Asking, City, KindOfHelp, Part, Rhythm, Service, Text
from leuvenhelpt.domain.errors import ConfigurationError
from leuvenhelpt.domain.signs import HELPLINES, Sign

T = TypeVar("T")
WINDOWS = ("right", "left")


class _Reader:
    """Reads a mapping and remembers every complaint, so that all can be told at once."""

    def __init__(self, facts: Mapping[str, Any]) -> None:
        self.facts = facts
        self.complaints: list[str] = []

    def read(self, key: str, how: Callable[[Any], T], where: Mapping[str, Any] | None = None) -> T:
        facts = self.facts if where is None else where
        try:
            return how(facts[key])
        except KeyError as error:
            self.complaints.append(f"{facts.get('key', 'city')}: {error.args[0]} is missing")
        except (TypeError, ValueError) as error:
            self.complaints.append(f"{facts.get('key', 'city')}: {key}: {error}")
        return None  # type: ignore[return-value]  # never used: city_from raises before

    def rows(self, key: str, how: Callable[[Mapping[str, Any]], T]) -> tuple[T, ...]:
        found = self.facts.get(key, [])
        if not found:
            self.complaints.append(f"city: there is no [[{key}]]")
        return tuple(how(row) for row in found)


def in_language(facts: Mapping[str, Any], language: str, words: Mapping[str, Any]) -> dict[str, Any]:
    """The mapping of a profile with its texts in one language more.

    `words` has the same shape, but for kinds and services, which are tables by key. ConfigurationError names what the
    profile does not have.
    """
    said = dict(facts)
    for rows in ("kinds", "services"):
        told = dict(words.get(rows, {}))
        said[rows] = [_row_in(language, row, told.pop(row.get("key"), {})) for row in facts.get(rows, [])]
        if told:
            raise ConfigurationError(f"{language}: {rows}: the profile has no {', '.join(sorted(told))}")
    return _row_in(language, said, {part: text for part, text in words.items() if isinstance(text, str)})


def _row_in(language: str, row: Mapping[str, Any], told: Mapping[str, str]) -> dict[str, Any]:
    unknown = sorted(told.keys() - row.keys())
    if unknown:
        raise ConfigurationError(f"{language}: {row.get('key')}: the profile has no {', '.join(unknown)}")
    return {**row, **{part: {**_text(row[part]), language: text} for part, text in told.items()}}


def _text(value: Any) -> Text:
    if isinstance(value, str):
        return {"nl": value}
    if not isinstance(value, Mapping) or "nl" not in value:
        raise ValueError("needs at least a Dutch text (nl)")
    return {str(language): str(words) for language, words in value.items()}


def _signs(names: Any) -> frozenset[Sign]:
    return frozenset(Sign(name) for name in names)


def _helplines(numbers: Any) -> Mapping[str, str]:
    missing = sorted(HELPLINES - set(numbers))
    if missing:
        raise ValueError(f"has no number for {', '.join(missing)}")
    return {str(need): str(number) for need, number in numbers.items()}


def _vetting(value: Any) -> int:
    if value not in range(4):
        raise ValueError("is 0, 1, 2 or 3")
    return int(value)


def _window(value: Any) -> str:
    if value not in WINDOWS:
        raise ValueError("is right or left")
    return str(value)


def _bounds(value: Any) -> tuple[float, float, float, float]:
    south, west, north, east = (float(edge) for edge in value)
    if south >= north or west >= east:
        raise ValueError("is south, west, north, east in degrees")
    return south, west, north, east


def _kind(reader: _Reader) -> Callable[[Mapping[str, Any]], KindOfHelp]:
    return lambda row: KindOfHelp(
        key=reader.read("key", str, row),
        icon=reader.read("icon", str, row),
        name=reader.read("name", _text, row),
        deed=reader.read("deed", _text, row),
        hint=_text(row.get("hint", "")),
        asking=reader.read("asking", Asking, row),
        vetting=reader.read("vetting", _vetting, row),
        is_remote=bool(row.get("is_remote", False)),
        allows_gender_wish=bool(row.get("allows_gender_wish", False)),
    )


def _kinds(reader: _Reader) -> Mapping[str, KindOfHelp]:
    rows = reader.rows("kinds", _kind(reader))
    kinds = {kind.key: kind for kind in rows}
    if len(kinds) != len(rows):
        reader.complaints.append("city: two kinds share a key")
    return kinds


def _service(reader: _Reader) -> Callable[[Mapping[str, Any]], Service]:
    return lambda row: Service(
        key=reader.read("key", str, row),
        name=reader.read("name", _text, row),
        does=reader.read("does", _text, row),
        phone=reader.read("phone", str, row),
        signs=_signs(row.get("signs", ())),
    )


def _part(reader: _Reader) -> Callable[[Mapping[str, Any]], Part]:
    return lambda row: Part(
        postcode=reader.read("postcode", str, row),
        name=reader.read("name", str, row),
        lat=reader.read("lat", float, row),
        lon=reader.read("lon", float, row),
    )


def _rhythm(value: Any) -> Rhythm:
    return Rhythm(ask_hours=float(value["ask_hours"]), promise_hours=float(value["promise_hours"]))


def city_from(facts: Mapping[str, Any]) -> City:
    """A city from the mapping of its profile; ConfigurationError names all that is wrong at once."""
    reader = _Reader(facts)
    city = City(
        key=reader.read("key", str),
        name=reader.read("name", str),
        service_name=reader.read("service_name", str),
        country=reader.read("country", str),
        phone=reader.read("phone", str),
        phone_opens=reader.read("phone_opens", time.fromisoformat),
        phone_closes=reader.read("phone_closes", time.fromisoformat),
        mail_from=reader.read("mail_from", str),
        languages=reader.read("languages", dict),
        bounds=reader.read("bounds", _bounds),
        parts=reader.rows("parts", _part(reader)),
        kinds=_kinds(reader),
        services={service.key: service for service in reader.rows("services", _service(reader))},
        helplines=reader.read("helplines", _helplines),
        code_words=tuple(reader.read("code_words", list) or ()),
        soon=reader.read("soon", _rhythm),
        later=reader.read("later", _rhythm),
        notice_version=reader.read("notice_version", str),
        insurer=reader.read("insurer", _text),
        envelope_window=reader.read("envelope_window", _window, {"envelope_window": "right", **facts}),
        we_speak={str(key): str(words) for key, words in facts.get("we_speak", {}).items()},
    )
    if reader.complaints:
        raise ConfigurationError("\n".join(reader.complaints))
    return city
