"""What we say back to free words: whom to ring first, which service may know better, which kinds of help we suggest."""

from dataclasses import dataclass

from leuvenhelpt.domain.city import City, Service
from leuvenhelpt.domain.signs import TO_RING, Sign
from leuvenhelpt.triage.hearing import Hearing
from leuvenhelpt.web.forms.ask import UNSURE, WhatForm


@dataclass(frozen=True)
class Answer:
    """`language`: the one that was written, empty when in doubt.

    `is_poison`: something dangerous may have been swallowed.
    """

    to_ring: tuple[Sign, ...]
    services: tuple[Service, ...]
    language: str
    is_poison: bool


def answer(what: WhatForm, hearing: Hearing, city: City) -> Answer:
    """The answer, with our suggestions put first in the form. Nothing is decided: every kind can be chosen."""
    services = city.services_for(hearing.signs)
    to_ring = tuple(sign for sign in hearing.signs if sign in TO_RING)
    kinds = _fitting(hearing, bool(services), bool(to_ring))
    what.suggest(kinds, is_sure=not hearing.signs and any(one.is_sure for one in hearing.suggestions))
    return Answer(to_ring, services, hearing.language, hearing.is_poison)


def _fitting(hearing: Hearing, has_services: bool, has_to_ring: bool) -> list[str]:
    """The kinds to put first. Beside words in need, a guess at a chore would be out of place."""
    if has_services:
        return [UNSURE]
    return [] if has_to_ring else [one.kind for one in hearing.suggestions]
