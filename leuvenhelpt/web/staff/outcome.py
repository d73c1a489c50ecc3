"""What came of a trial, in words: a table of now against the change, and charts that each say one thing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import ceil
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from leuvenhelpt.domain.what_if import Base, TrialState
from leuvenhelpt.rendering import formats
from leuvenhelpt.storage.queries.what_if import Trial
from leuvenhelpt.web.charts import Pairs, pairs_of
from leuvenhelpt.web.current import language

Figures = Mapping[str, Any]
FELT = 3  # of a hundred requests: less is luck
SHARED = (0.25, 0.45, 0.65)  # up to which Gini asks are shared fairly, rather fairly, unequally


@dataclass(frozen=True)
class Row:
    """One figure, as it is and as it would be."""

    name: str
    today: str
    changed: str


@dataclass(frozen=True)
class Plot:
    """A chart with the one sentence that it says."""

    title: str
    sentence: str
    pairs: Pairs


@dataclass(frozen=True)
class Told:
    """All that a page says of a trial that is done."""

    began_with: str
    rows: tuple[Row, ...]
    plots: tuple[Plot, ...]


def told(trial: Trial) -> Told | None:
    """What came of it; None until it is done."""
    if trial.state != TrialState.DONE:
        return None
    today, changed = trial.result["today"], trial.result["changed"]
    rows = tuple(Row(name, say(today), say(changed)) for name, say in _sayings().items())
    plots = (
        _outcomes(today, changed),
        _waiting(today, changed),
        _asked(today, changed),
        _areas(today, changed),
    )
    return Told(_began_with(trial.result), rows, tuple(plot for plot in plots if plot.pairs.pairs))


def _began_with(result: Figures) -> str:
    if result["base"] == Base.INVENTED:
        return str(_("Er zijn nog te weinig eigen cijfers. Wij begonnen met een verzonnen gewoon jaar."))
    if result["knows_answers"]:
        return str(_("Wij begonnen met uw eigen cijfers van de laatste twaalf maanden."))
    words: str = _(
        "Wij begonnen met uw eigen cijfers van de laatste twaalf maanden. Alleen hoe vaak buren ja zeggen, is "
        "verzonnen: daarvoor zijn er nog te weinig antwoorden."
    )
    return words


def _sayings() -> dict[str, Callable[[Figures], str]]:
    """The lines of the table: their names, and how each says its figure."""
    return {
        _("Vragen"): lambda one: str(one["requests"]),
        _("Buren die helpen"): lambda one: str(one["volunteers"]),
        _("Er kwam iemand"): lambda one: _of_all(one, "solved"),
        _("Op tijd: vóór het uur van onze belofte"): lambda one: _of_all(one, "solved_by_promise"),
        _("Ging naar een bemiddelaar"): lambda one: _of_all(one, "handed_to_person"),
        _("De helft kreeg een ja binnen"): lambda one: _hours(one["first_yes_median_h"]),
        _("Buren gevraagd per vraag die lukte"): lambda one: _decimal(one["asks_per_solved"]),
        _("Buren gevraagd in de laatste 30 dagen"): lambda one: _share(one["volunteers_asked_share"]),
        _("Hoe eerlijk verdeeld"): lambda one: _fairness(one["asks_gini"]),
        _("De helft van de nieuwe buren werd gevraagd binnen"): _newcomers,
        _("Gemiddelde afstand"): lambda one: _distance(one["km_mean"]),
    }


def _of_all(one: Figures, name: str) -> str:
    facts = {"count": one[name], "total": one["requests"], "share": _hundredths(one, name)}
    return _unbroken(_("%(count)d van %(total)d (%(share)d %%)", **facts))


def _unbroken(words: str) -> str:
    """A share with its sign on the same line, also in a narrow column."""
    return words.replace(" %", "\N{NO-BREAK SPACE}%")


def _hundredths(one: Figures, name: str) -> int:
    share: int = round(100 * one[name] / max(one["requests"], 1))
    return share


def _unknown() -> str:
    return str(_("niet te zeggen"))


def _hours(hours: float | None) -> str:
    return _unknown() if hours is None else _("%(hours)s uur", hours=formats.decimal(hours, language()))


def _decimal(number: float | None) -> str:
    return _unknown() if number is None else formats.decimal(number, language())


def _share(share: float | None) -> str:
    return _unknown() if share is None else _unbroken(_("%(share)d %%", share=round(100 * share)))


def _distance(kilometres: float | None) -> str:
    return _unknown() if kilometres is None else formats.distance(kilometres, language())


def _newcomers(one: Figures) -> str:
    days = one["newcomer_first_ask_median_days"]
    if days is None:
        return _unknown()
    said = formats.decimal(days, language())
    return str(ngettext("%(days)s dag", "%(days)s dagen", ceil(days), days=said))


def _fairness(gini: float | None) -> str:
    if gini is None:
        return _unknown()
    words: tuple[str, ...] = (
        _("eerlijk"),
        _("vrij eerlijk"),
        _("ongelijk"),
        _("heel ongelijk: enkelen kregen bijna alle vragen"),
    )
    return words[sum(gini > limit for limit in SHARED)]


def _outcomes(today: Figures, changed: Figures) -> Plot:
    names = {
        "solved": _("Er kwam iemand"),
        "solved_by_promise": _("Op tijd"),
        "handed_to_person": _("Ging naar een bemiddelaar"),
    }
    rows = [(said, _hundredths(today, name), _hundredths(changed, name)) for name, said in names.items()]
    sentence = _(
        "Van de 100 vragen komt er bij %(changed)d iemand helpen. Zonder verandering bij %(today)d.",
        changed=_hundredths(changed, "solved"),
        today=_hundredths(today, "solved"),
    )
    return Plot(_("Wat er van 100 vragen komt"), sentence, pairs_of(rows, _decimal))


def _waiting(today: Figures, changed: Figures) -> Plot:
    names = {"first_yes_median_h": _("De helft binnen"), "first_yes_p95_h": _("19 van de 20 binnen")}
    sentence = _(
        "De helft van wie iets vraagt, krijgt een ja binnen %(changed)s. Zonder verandering binnen %(today)s.",
        changed=_hours(changed["first_yes_median_h"]),
        today=_hours(today["first_yes_median_h"]),
    )
    return Plot(_("Hoe lang wachten op een ja"), sentence, pairs_of(_known(names, today, changed), _hours))


def _asked(today: Figures, changed: Figures) -> Plot:
    names = {"asks_per_solved": _("Buren gevraagd per vraag die lukte")}
    sentence = _(
        "Voor elke vraag die lukt, vragen wij gemiddeld %(changed)s buren. Zonder verandering %(today)s.",
        changed=_decimal(changed["asks_per_solved"]),
        today=_decimal(today["asks_per_solved"]),
    )
    return Plot(_("Wat wij van buren vragen"), sentence, pairs_of(_known(names, today, changed), _decimal))


def _known(names: Mapping[str, str], today: Figures, changed: Figures) -> list[tuple[str, float, float]]:
    """The rows of which both figures are known."""
    both = {name: (today[name], changed[name]) for name in names}
    return [(names[name], *pair) for name, pair in both.items() if None not in pair]


def _areas(today: Figures, changed: Figures) -> Plot:
    before, after = today["solved_by_area"], changed["solved_by_area"]
    rows = [
        (area, round(100 * before[area]), round(100 * after[area])) for area in sorted(before.keys() & after)
    ]
    most = max(rows, key=lambda row: abs(row[1] - row[2]), default=("", 0, 0))
    sentence = _("In elk deel van de stad blijft het ongeveer gelijk.")
    if abs(most[1] - most[2]) >= FELT:
        facts = {"area": most[0], "today": most[1], "changed": most[2]}
        sentence = _(
            "Het grootste verschil is in %(area)s: van %(today)d naar %(changed)d op de 100.", **facts
        )
    return Plot(
        _("Bij hoeveel van 100 vragen iemand kwam, per deel van de stad"), sentence, pairs_of(rows, _decimal)
    )
