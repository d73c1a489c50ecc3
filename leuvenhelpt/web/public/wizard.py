"""Asking in steps without keeping anything: what was typed travels along in hidden fields."""

import hmac
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import cast

from werkzeug.datastructures import MultiDict

from leuvenhelpt.domain.availability import ALWAYS, end_of_day, in_brussels, stretches
from leuvenhelpt.domain.kinds import Timing
from leuvenhelpt.domain.signs import READ_FIRST
from leuvenhelpt.services.help_requests import AskFacts
from leuvenhelpt.triage.hearing import Hearing, hear
from leuvenhelpt.web.forms.ask import LONGEST, OTHER, SELF, WhatForm, WhenForm, WhoForm
from leuvenhelpt.web.forms.base import Form
from leuvenhelpt.web.forms.cleaning import clean_text
from leuvenhelpt.web.forms.setting import Setting
from leuvenhelpt.web.language import CHOICE

STEPS: tuple[type[Form], ...] = (WhatForm, WhenForm, WhoForm)
CHECK = len(STEPS) + 1
HEARD = "heard"  # the hidden field that says to which signs we answered
SOON_MEANS = timedelta(hours=48)
MOMENTS_WITHIN = timedelta(days=7)


class Wizard:
    """The steps of one help request over what was typed so far; steps count from 1, the last is CHECK."""

    def __init__(self, typed: MultiDict[str, str], setting: Setting) -> None:
        self.typed = typed
        self.go = typed.get("go", "next")
        if self.go in {SELF, OTHER}:
            typed.setlist("whom", [self.go])
        elif typed.get("whom", SELF) not in {SELF, OTHER}:  # a button sends it, so nobody typed it wrong
            typed.setlist("whom", [SELF])
        is_for_other, kind = typed.get("whom") == OTHER, typed.get("kind", "")
        self.setting = replace(setting, is_for_other=is_for_other, kind=kind)

    @cached_property
    def forms(self) -> tuple[WhatForm, WhenForm, WhoForm]:
        """The forms of all steps; one that was not shown yet stands at its defaults."""
        made = tuple(form(self.typed if form.was_seen(self.typed) else None) for form in STEPS)
        for form in made:
            form.fit(self.setting)
        what, when, who = cast(tuple[WhatForm, WhenForm, WhoForm], made)
        if not who.was_seen(self.typed):
            who.speak(self.hearing.language or self.setting.language)
        return what, when, who

    @cached_property
    def hearing(self) -> Hearing:
        """What triage hears in the words, as far as we take them: to hear a whole book takes seconds."""
        return hear(clean_text(self.typed.get("words"))[:LONGEST], self.setting.city.kinds)

    @property
    def is_fresh(self) -> bool:
        """Whether the words were not sent yet: then the first page asks for them and nothing else."""
        return HEARD not in self.typed and ("at" not in self.typed or self._only_the_page_changes)

    @property
    def _only_the_page_changes(self) -> bool:
        return CHOICE in self.typed or self.go in {SELF, OTHER}

    @property
    def comes_back(self) -> bool:
        """Whether somebody came to the page to change what they told, and not on the way forward."""
        return self.go in {"1", "back", SELF, OTHER}

    @property
    def is_sent(self) -> bool:
        """Whether the last button was pressed, and not one that only shows the page in another language."""
        return self.go == "send" and not self._only_the_page_changes

    @property
    def has_to_answer(self) -> bool:
        """Whether there is something to say about the words before going on."""
        if HEARD not in self.typed and not self.typed.get("kind"):
            return True
        return not set(self.hearing.signs) <= set(self.typed.get(HEARD, "").split())

    @property
    def at(self) -> int:
        """The step that was just filled in."""
        number = self.typed.get("at", "1")
        return int(number) if number in {str(n) for n in range(1, CHECK + 1)} else 1

    def unfinished(self, start: int = 1) -> int:
        """The first step from `start` on that is not right yet; CHECK if all are."""
        return next((n for n in range(start, CHECK) if not self.forms[n - 1].is_right()), CHECK)

    def next_step(self) -> tuple[int, bool]:
        """Which step to show, and whether to say what is wrong with it."""
        wanted = self._wanted_step()
        if wanted is not None:
            return wanted, False
        if self.at == 1 and self.has_to_answer:
            return 1, False
        if self.at < CHECK and not self.forms[self.at - 1].validate():
            return self.at, True
        unfinished = self.unfinished()
        return unfinished, self.at == CHECK or self.go == "send"

    def _wanted_step(self) -> int | None:
        if self._only_the_page_changes:
            return self.at if self.at < CHECK else self.unfinished()  # that page needs all answers
        if self.go == "back":
            return max(self.at - 1, 1)
        return int(self.go) if self.go in {"1", "2", "3"} else None

    def carried(self, step: int) -> list[tuple[str, str]]:
        """What the other steps hold, to travel along in hidden fields."""
        others = [form for n, form in enumerate(self.forms, 1) if n != step and form.was_seen(self.typed)]
        kept = [pair for form in others for pair in form.kept()]
        return kept if step == 1 and self.is_fresh else [*kept, (HEARD, " ".join(self.hearing.signs))]

    def own_key(self, secret: str) -> str:
        """The key of this request: who goes back after sending and fills in another person asks for that one too."""
        return self.key_of_person(secret) if self.setting.is_for_other else secret

    def key_of_person(self, secret: str) -> str:
        """The key of a request where another name is another person, as at the telephone.

        It outlives the name: the secret is not kept with it, so whoever tries all names finds none in it.
        """
        name = self.forms[2].person_name.data.casefold()
        return hmac.new(secret.encode(), name.encode(), "sha256").hexdigest()

    def facts(self, idempotency_key: str) -> AskFacts:
        """What was told, for the service. All steps must be right."""
        what, when, who = self.forms
        timing = Timing(when.timing.data)
        return AskFacts(
            idempotency_key=idempotency_key,
            kind=what.kind.data,
            words=what.words.data,
            person_name=who.person_name.data,
            asker_name=who.asker_name.data if self.setting.is_for_other else "",
            phone=who.phone.e164,
            email=who.email.data,
            languages=tuple(who.languages.data),
            timing=timing,
            wanted_by=wanted_by(timing, when.before.data, when.hours.data, self.setting.now),
            hours=when.hours.data if timing is Timing.MOMENTS else ALWAYS,
            address=when.address.data,
            postcode=when.postcode.data,
            meant=when.meant_label,
            reader_language=self.setting.language,
            gender_wish=who.wish,
            is_pressing=not READ_FIRST.isdisjoint(self.hearing.signs),
        )


def wanted_by(timing: Timing, before: date | None, hours: int, now: datetime) -> datetime:
    """The moment by which help should have come: at certain moments means at one of them, within the week."""
    if timing is Timing.SOON:
        return now + SOON_MEANS
    if timing is Timing.BEFORE and before is not None:
        return end_of_day(before)
    within = end_of_day(in_brussels(now + MOMENTS_WITHIN).date())
    return max((closes for _, closes in stretches(hours, now, within)), default=within)
