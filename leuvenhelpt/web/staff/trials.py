"""A trial as the desk shows it: what would be otherwise, and how it stands."""

from dataclasses import dataclass

from flask_babel import gettext as _

from leuvenhelpt.domain.what_if import Certainty, Change, Failure, TrialState
from leuvenhelpt.rendering import formats
from leuvenhelpt.storage.queries.what_if import Trial
from leuvenhelpt.web.current import language
from leuvenhelpt.web.forms.what_if import certainty, times


@dataclass(frozen=True)
class Line:
    """A trial as a list shows it: what would be otherwise, and how it stands."""

    trial: Trial
    title: str
    state: str


def changes(change: Change) -> list[tuple[str, str]]:
    """What was to be otherwise, and what stayed."""
    return [
        (_("Buren die helpen"), str(times(change.volunteers))),
        (_("Vragen"), str(times(change.requests))),
        (_("Hoe zeker van een ja"), str(certainty(change.certainty))),
        (_("Nagebootst"), _("%(days)d dagen", days=change.days)),
    ]


def line(trial: Trial) -> Line:
    """A trial with only what was to be otherwise."""
    change = trial.change
    parts = [
        _("buren: %(what)s", what=inside(times(change.volunteers))) if change.volunteers != 1.0 else "",
        _("vragen: %(what)s", what=inside(times(change.requests))) if change.requests != 1.0 else "",
        inside(certainty(change.certainty)) if change.certainty != Certainty.AS_NOW else "",
    ]
    title = formats.opening("; ".join(part for part in parts if part), language())
    return Line(trial, title, state(trial.state))


def inside(words: object) -> str:
    """Words as they stand inside a sentence."""
    return str(words)[:1].lower() + str(words)[1:]


def state(name: TrialState) -> str:
    """How a trial stands, in a word or two."""
    words: dict[str, str] = {
        TrialState.WAITING: _("Wacht op zijn beurt"),
        TrialState.RUNNING: _("Bezig"),
        TrialState.DONE: _("Klaar"),
        TrialState.FAILED: _("Niet gelukt"),
    }
    return words[name]


def failure(trial: Trial) -> str:
    """Why it came to nothing, and what may help; nothing as long as it did not."""
    words: dict[str, str] = {
        Failure.BROKE: _(
            "Er ging iets mis bij ons. Probeer het opnieuw. Lukt het weer niet? Zeg het aan wie het systeem beheert."
        ),
        Failure.TOO_LONG: _("Het duurde te lang. Probeer het op een rustig moment, of kies minder dagen."),
        Failure.INTERRUPTED: _("Het systeem werd drie keer onderbroken. Probeer het opnieuw."),
    }
    return words.get(trial.failure, "")
