"""All that triage learns from, as people can read and better it: texts by language, texts by situation, meanings."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from leuvenhelpt.triage.phrases import as_words

CALM = "calm"
TEXTS = files("leuvenhelpt.triage").joinpath("texts")
SITUATIONS = TEXTS.joinpath("situations")
CONCEPTS = files("leuvenhelpt.triage").joinpath("concepts.toml")
MEANT = files("leuvenhelpt.triage").joinpath("meant.toml")


@dataclass(frozen=True)
class Lesson:
    """A text and the sign it is of, or calm. `family`: it and its translations; `situation`: all that tell the same."""

    text: str
    label: str
    language: str
    family: str
    situation: str


def texts() -> dict[str, dict[str, Any]]:
    """By language: what people write for each kind of help, phrases for each sign, and what takes them back."""
    return {file.name.removesuffix(".toml"): _parsed(file) for file in _tomls(TEXTS)}


def concepts() -> dict[str, dict[str, str]]:
    """By concept, the word forms of each language."""
    return _parsed(CONCEPTS)


def meant() -> dict[str, list[str]]:
    """By sign, the concepts that together mean it."""
    return _parsed(MEANT)


def lessons() -> list[Lesson]:
    """Every text from which signs are learned."""
    return [*_by_situation(), *_by_language()]


def digest() -> str:
    """A name for all of it, which changes with every letter."""
    every = [*_tomls(TEXTS), *_tomls(SITUATIONS), CONCEPTS, MEANT]
    return sha256(b"".join(file.read_bytes() for file in every)).hexdigest()


def _by_situation() -> Iterator[Lesson]:
    for file in _tomls(SITUATIONS):
        label = file.name.removesuffix(".toml")
        for name, languages in _parsed(file).items():
            situation = f"{label} {name}"
            for language, many in languages.items():
                for n, text in enumerate(many):
                    yield Lesson(text, label, language, f"{situation} {n}", situation)


def _by_language() -> Iterator[Lesson]:
    for language, facts in texts().items():
        heaps = [(CALM, f"kind {kind}", many) for kind, many in facts["kinds"].items()]
        heaps += [(sign, f"said {sign}", many) for sign, many in facts["said"].items()]
        heaps += [(sign, f"phrases {sign}", map(as_words, many)) for sign, many in facts["signs"].items()]
        heaps += [(CALM, CALM, facts[CALM]["texts"])]
        for label, name, many in heaps:
            for n, text in enumerate(many):
                yield Lesson(text, label, language, f"{name} {n}", f"{name} {n}")


def _tomls(folder: Traversable) -> list[Traversable]:
    return sorted(
        (file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda file: file.name
    )


def _parsed(file: Traversable) -> dict[str, Any]:
    return tomllib.loads(file.read_text(encoding="utf-8"))
