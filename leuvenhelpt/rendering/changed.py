"""What changed in a help request since somebody was asked for it the first time, in plain words."""

from datetime import datetime
from typing import Protocol

from leuvenhelpt.domain.asking_again import Aspect, Change, Version
from leuvenhelpt.domain.city import City, said_in
from leuvenhelpt.rendering import moments
from leuvenhelpt.rendering.formats import lasting_day
from leuvenhelpt.rendering.language import SOURCE, translations


class Renewed(Protocol):
    """A request as its volunteer may read it, and what it was when they were asked before, if they were."""

    @property
    def kind(self) -> str: ...
    @property
    def timing(self) -> str: ...
    @property
    def wanted_by(self) -> datetime: ...
    @property
    def hours(self) -> int: ...
    @property
    def area(self) -> str: ...
    @property
    def change(self) -> Change | None: ...


def what_changed(task: Renewed, city: City, now: datetime, language: str = SOURCE) -> list[str]:
    """A sentence for each thing that is different; empty for who is asked for the first time."""
    if task.change is None:
        return []
    before, aspects = task.change.before, task.change.aspects
    told = {
        Aspect.KIND: _kind(before, task, city, language),
        Aspect.WHEN: _when(before, task, now, language),
        Aspect.WHERE: _where(before, task, language),
    }
    return [sentence for aspect, sentence in told.items() if aspect in aspects]


def _kind(before: Version, task: Renewed, city: City, language: str) -> str:
    was, is_now = (_name(kind, city, language) for kind in (before.kind, task.kind))
    words = translations(language).gettext("Eerder ging het om ‘%(was)s’, nu om ‘%(now)s’.")
    return words % {"was": was, "now": is_now}


def _name(kind: str, city: City, language: str) -> str:
    known = city.kinds.get(kind)
    return said_in(known.name, language) if known else kind


def _when(before: Version, task: Renewed, now: datetime, language: str) -> str:
    was, is_now = (
        moments.wanted(one.timing, one.wanted_by, one.hours, now, language, say=lasting_day)
        for one in (before, task)
    )
    words = translations(language).gettext("Eerder vroegen wij u dit voor: %(was)s. Nu is het: %(now)s.")
    return words % {"was": was, "now": is_now}


def _where(before: Version, task: Renewed, language: str) -> str:
    _ = translations(language).gettext
    if not before.area or not task.area or before.area == task.area:
        return _("Het is nu op een andere plaats.")
    return _("Eerder was het in %(was)s, nu in %(now)s.") % {"was": before.area, "now": task.area}
