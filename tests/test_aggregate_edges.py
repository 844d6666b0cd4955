"""Figures at their edges, as whole tables: one article, nothing, from zero; and equality."""

from dataclasses import replace

import pandas as pd
from conftest import Builder
from ledgers import period_of, sent

from zhashui_stats import tabulation


def test_shares_of_one_article(build: Builder) -> None:
    """A group of which one article was adopted has shares; one of which none was has none."""
    now = build(
        {"甲组": {"甲": (1, 0)}, "乙组": {"乙": (0, 0)}, "丙组": {"丙": (1, 3)}},
        categories=("一", "二"),
    )
    rows = {"甲组": (100.0, 0.0), "乙组": (None, None), "丙组": (25.0, 75.0), "合计": (40.0, 60.0)}
    expected = pd.DataFrame.from_dict(rows, "index", "float64", ["一", "二"]).rename_axis("组别")

    pd.testing.assert_frame_equal(expected, tabulation.composition(now))


def test_totals_as_a_table(build: Builder) -> None:
    """The groups in their order, whatever their names, and the sum of all."""
    now = build(
        {"乙组": {"乙": (1, 2)}, "甲组": {"甲": (0, 5), "丙": (3, 0)}}, categories=("一", "二")
    )
    rows = {"乙组": (1, 2, 3), "甲组": (3, 5, 8), "合计": (4, 7, 11)}
    expected = pd.DataFrame.from_dict(rows, "index", "int64", ["一", "二", "合计"])

    pd.testing.assert_frame_equal(expected.rename_axis("组别"), tabulation.totals(now))


def test_ranking_as_a_table(build: Builder) -> None:
    """Indexed by the units, ties in the roster's order."""
    now = build({"组": {"甲": (0,), "乙": (2,), "丙": (5,), "丁": (2,)}}, categories=("一",))
    rows = {"丙": (1, 5), "乙": (2, 2), "丁": (2, 2), "甲": (4, 0)}
    expected = pd.DataFrame.from_dict(rows, "index", "int64", ["名次", "数量"])

    pd.testing.assert_frame_equal(expected.rename_axis("投稿单位"), tabulation.ranking(now))


def test_changes_as_a_table(build: Builder) -> None:
    """Per cent of what was before, with one decimal; from zero there is none."""
    now = build({"组": {"甲": (3,), "乙": (2,), "丙": (1,), "丁": (0,)}}, categories=("一",))
    before = build(
        {"组": {"甲": (1,), "乙": (0,), "丙": (3,), "戊": (4,)}}, "2021H2", categories=("一",)
    )
    columns = ["组别", "2022年上半年", "2021年下半年", "增减", "增减%"]
    ranks = ["2022年上半年名次", "2021年下半年名次"]
    rows = {
        "甲": ("组", 3, 1, 2, 200.0, 1, 3), "乙": ("组", 2, 0, 2, None, 2, 4),
        "丙": ("组", 1, 3, -2, -66.7, 3, 2), "丁": ("组", 0, None, None, None, 4, None),
        "戊": ("组", None, 4, None, None, None, 1),
    }  # fmt: skip
    table = tabulation.compare_periods(now, before)

    assert ("投稿单位", [*columns, *ranks]) == (table.index.name, list(table.columns))
    assert list(rows.items()) == [
        (name, tuple(None if pd.isna(cell) else cell for cell in row))
        for name, *row in table.itertuples()
    ]
    assert ["Int64"] * 3 == [str(dtype) for dtype in table.dtypes[1:4]]


def test_equal_counts_are_equal_whatever_they_were_counted_from() -> None:
    """The ledger behind the counts is no part of what two periods are compared by."""
    now = period_of(sent("甲镇", "03-01"))

    assert now == replace(now, ledger=None)
    assert now != replace(now, ledger=None, summed=True)
    assert now != period_of([])
