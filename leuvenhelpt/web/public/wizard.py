"""Asking in steps without keeping anything: what was typed travels along in hidden fields."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import cast

from werkzeug.datastructures import MultiDict

from leuvenhelpt.domain.availability import ALWAYS, end_of_day, in_brussels
from leuvenhelpt.domain.kinds import Timing
from leuvenhelpt.services.help_requests import AskFacts
from leuvenhelpt.web.forms.ask import OTHER, WhatForm, WhenForm, WhoForm
from leuvenhelpt.web.forms.base import Form
from leuvenhelpt.web.forms.setting import Setting
from leuvenhelpt.web.language import CHOICE

STEPS: tuple[type[Form], ...] = (WhatForm, WhenForm, WhoForm)
CHECK = len(STEPS) + 1
SOON_MEANS = timedelta(hours=48)
MOMENTS_WITHIN = timedelta(days=7)


class Wizard:
    """The steps of one help request over what was typed so far; steps count from 1, the last is CHECK."""

    def __init__(self, typed: MultiDict[str, str], setting: Setting) -> None:
        self.typed = typed
        self.setting = replace(setting, is_for_other=typed.get("whom") == OTHER)

    @cached_property
    def forms(self) -> tuple[WhatForm, WhenForm, WhoForm]:
        """The forms of all steps; one that was not shown yet stands at its defaults."""
        made = tuple(form(self.typed if form.was_seen(self.typed) else None) for form in STEPS)
        for form in made:
            form.fit(self.setting)
        return cast(tuple[WhatForm, WhenForm, WhoForm], made)

    @property
    def at(self) -> int:
        """The step that was just filled in."""
        number = self.typed.get("at", "1")
        return int(number) if number in {str(n) for n in range(1, CHECK + 1)} else 1

    def unfinished(self, start: int = 1) -> int:
        """The first step from `start` on that is not right yet; CHECK if all are."""
        return next((n for n in range(start, CHECK) if not self.forms[n - 1].validate()), CHECK)

    def next_step(self) -> tuple[int, bool]:
        """Which step to show, and whether to say what is wrong with it."""
        if CHOICE in self.typed:
            return self.at, False
        go = self.typed.get("go", "next")
        if go == "back":
            return max(self.at - 1, 1), False
        if go in {"1", "2", "3"}:
            return int(go), False
        if self.at < CHECK and not self.forms[self.at - 1].validate():
            return self.at, True
        unfinished = self.unfinished()
        return unfinished, self.at == CHECK or go == "send"

    def carried(self, step: int) -> list[tuple[str, str]]:
        """What the other steps hold, to travel along in hidden fields."""
        others = [form for n, form in enumerate(self.forms, 1) if n != step and form.was_seen(self.typed)]
        return [pair for form in others for pair in form.kept()]

    def facts(self, idempotency_key: str) -> AskFacts:
        """What was told, for the service. All steps must be right."""
        what, when, who = self.forms
        return AskFacts(
            idempotency_key=idempotency_key,
            kind=what.kind.data,
            words=what.words.data,
            person_name=who.person_name.data,
            asker_name=who.asker_name.data if self.setting.is_for_other else "",
            phone=who.phone.e164,
            email=who.email.data,
            languages=tuple(who.languages.data),
            timing=Timing(when.timing.data),
            wanted_by=wanted_by(Timing(when.timing.data), when.before.data, self.setting.now),
            hours=when.hours.data if when.timing.data == Timing.MOMENTS else ALWAYS,
            address=when.address.data,
            postcode=when.postcode.data,
            meant=when.meant_label,
            reader_language=self.setting.language,
        )


def wanted_by(timing: Timing, before: date | None, now: datetime) -> datetime:
    """The moment by which help should have come: at certain moments means once, within the week."""
    if timing is Timing.SOON:
        return now + SOON_MEANS
    if timing is Timing.BEFORE and before is not None:
        return end_of_day(before)
    return end_of_day(in_brussels(now + MOMENTS_WITHIN).date())
