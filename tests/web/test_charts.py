"""Where the bars of a chart stand."""

from __future__ import annotations

from leuvenhelpt.web.charts import LONGEST, chart_of, pairs_of


def test_bars_are_as_long_as_their_numbers() -> None:
    chart = chart_of([("Boodschappen", 40), ("Klusje", 10), ("Vervoer", 0)])
    assert [bar.width for bar in chart.bars] == [LONGEST, LONGEST // 4, 0]
    assert [bar.y for bar in chart.bars] == [5, 35, 65]
    assert chart.height == 90


def test_nothing_to_show_is_no_fault() -> None:
    assert chart_of([]).height == 0
    assert [bar.width for bar in chart_of([("Klusje", 0)]).bars] == [0]


def test_pairs_stand_under_their_names() -> None:
    chart = pairs_of([("Heverlee", 90, 45), ("Wilsele", 0, 30)], str)
    assert [[one.width for one in pair.strokes] for pair in chart.pairs] == [
        [LONGEST, LONGEST // 2],
        [0, 100],
    ]
    assert [[one.said for one in pair.strokes] for pair in chart.pairs] == [["90", "45"], ["0", "30"]]
    tops = [place for pair in chart.pairs for place in (pair.at, *(one.y for one in pair.strokes))]
    assert (tops == sorted(tops), tops[-1] + chart.bar <= chart.height) == (True, True)
    assert pairs_of([], str).height == 0
