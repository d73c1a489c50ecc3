"""Charts without a library: where the bars of one stand, for a drawing that its table repeats in words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

ROW, BAR = 30, 20  # units of the drawing: a row, and the bar in it
NAMES, LONGEST, NUMBERS = 180, 300, 60  # the width of the names, of the longest bar and of the numbers
BLOCK = 2 * ROW + BAR + 4  # a name with two bars under it


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


@dataclass(frozen=True)
class Stroke:
    """One bar of a pair, with what stands behind it: its number in words."""

    said: str
    y: int
    middle: int
    width: int


@dataclass(frozen=True)
class Pair:
    """Two bars under a name: as it is, and as it would be."""

    name: str
    at: int
    strokes: tuple[Stroke, Stroke]


@dataclass(frozen=True)
class Pairs:
    """Pairs under one another; names stand above them, so that long ones fit on a phone."""

    pairs: tuple[Pair, ...]
    bar: int
    width: int
    height: int


def pairs_of(rows: Sequence[tuple[str, float, float]], say: Callable[[float], str]) -> Pairs:
    """A chart of names with two numbers each (0 or more); `say` words a number."""
    most = max((number for _name, *both in rows for number in both), default=0) or 1

    def stroke(number: float, y: int) -> Stroke:
        return Stroke(say(number), y, y + BAR // 2, round(LONGEST * number / most))

    pairs = tuple(
        Pair(name, place * BLOCK + ROW // 2, (stroke(before, top + ROW), stroke(after, top + ROW + BAR + 4)))
        for place, (name, before, after) in enumerate(rows)
        for top in (place * BLOCK,)
    )
    return Pairs(pairs, BAR, LONGEST + NUMBERS, len(rows) * BLOCK)
