"""Charts without a library: where the bars of one stand, for a drawing that its table repeats in words."""

from collections.abc import Sequence
from dataclasses import dataclass

ROW, BAR = 30, 20  # units of the drawing: a row, and the bar in it
NAMES, LONGEST, NUMBERS = 180, 300, 60  # the width of the names, of the longest bar and of the numbers


@dataclass(frozen=True)
class Bar:
    """One bar: its name ends at `x`, its number begins after `width`; `middle` is where both stand."""

    name: str
    number: int
    y: int
    middle: int
    width: int


@dataclass(frozen=True)
class Chart:
    """Bars under one another. `x`: where they begin."""

    bars: tuple[Bar, ...]
    x: int
    bar: int
    width: int
    height: int


def chart_of(rows: Sequence[tuple[str, int]]) -> Chart:
    """A chart of names with their numbers (0 or more), in the order given."""
    most = max((number for _name, number in rows), default=0) or 1
    bars = tuple(
        Bar(
            name=name,
            number=number,
            y=place * ROW + (ROW - BAR) // 2,
            middle=place * ROW + ROW // 2,
            width=round(LONGEST * number / most),
        )
        for place, (name, number) in enumerate(rows)
    )
    return Chart(bars, NAMES, BAR, NAMES + LONGEST + NUMBERS, len(rows) * ROW)
