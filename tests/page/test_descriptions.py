"""The text alternatives of the report's charts: what is told."""

from typing import Any

from ledgers import period_of, sent

from page.shown import Builder, every_text
from zhashui_stats.comparison import History
from zhashui_stats.page import charts, descriptions


def test_the_ranking_is_told_with_its_numbers(build: Builder, small: Any) -> None:
    """Who leads, how many took part, how many sent nothing."""
    assert descriptions.describe_ranking(small) == (
        "横向条形图，每条按类别分段。2022年上半年3个单位中有2个有稿件被采用，共20篇，"
        "由多到少：甲镇10篇、丙局10篇；另有1个单位没有稿件被采用，未画出。"
    )
    everyone = build({"镇办": {f"{n}镇": (n, 0, 0) for n in range(1, 13)}})
    assert descriptions.describe_ranking(everyone).endswith("3镇3篇；其余2个单位各1至2篇。")
    assert "12个单位均有稿件被采用" in descriptions.describe_ranking(everyone)


def test_nothing_at_all_is_told_as_such(build: Builder) -> None:
    """No chart of zeros pretends to show something."""
    nothing = build({"镇办": {"甲": (0, 0, 0), "乙": (0, 0, 0)}})

    assert every_text(nothing) == [
        "横向条形图。2022年上半年2个单位均没有稿件被采用。",
        "按类别划分的构成条形图。镇办没有稿件被采用。",
        "洛伦兹曲线图，曲线离对角线越远，越集中在少数单位"
        "（基尼系数0为各单位一样多，接近1为集中于一个单位）。镇办没有稿件被采用，不画曲线。",
        "条形图，2022年上半年各类别篇数：政务公开0篇、政策解读0篇、政务动态0篇，"
        "合计0篇；没有可比的期次。",
        "按时间先后排列的条形图，每条按类别分段。"
        "2022年上半年政务公开0篇、政策解读0篇、政务动态0篇，合计0篇。",
    ]


def test_one_unit_is_named(build: Builder) -> None:
    """A single unit is not all units, and it is neither even nor uneven."""
    nothing, some = build({"镇": {"甲": (0, 0, 0)}}), build({"镇": {"甲": (1, 0, 2)}})

    assert descriptions.describe_ranking(nothing) == "横向条形图。2022年上半年甲没有稿件被采用。"
    assert descriptions.describe_ranking(some) == (
        "横向条形图，每条按类别分段。2022年上半年甲有稿件被采用，共3篇，由多到少：甲3篇。"
    )
    assert descriptions.describe_concentration(some) == "洛伦兹曲线图。每组只有一个单位，不画曲线。"
    assert len(charts.plot_concentration(some).lines) == 1


def test_equals_are_told_as_such(build: Builder) -> None:
    """Where all have the same, nobody is named as having most."""
    now = build({"镇": {"甲": (1, 0, 2), "乙": (3, 0, 0)}})

    assert descriptions.describe_concentration(now).endswith("）。镇基尼系数0.00，各单位一样多。")


def test_names_are_kept_apart_from_counts(build: Builder) -> None:
    """A name that ends in a digit or a Latin letter has its count in brackets."""
    now = build({"镇": {"专班2": (5, 1), "甲": (1, 0)}}, categories=("类1", "类b"))

    assert descriptions.describe_ranking(now).endswith("由多到少：专班2（6篇）、甲1篇。")
    assert descriptions.describe_composition(now).endswith(
        "镇共7篇，其中类1（6篇）占85.7%、类b（1篇）占14.3%。"
    )
    assert descriptions.describe_history(History([now])).endswith(
        "类1（6篇）、类b（1篇），合计7篇。"
    )


def test_the_composition_and_the_concentration_are_told(small: Any) -> None:
    """Counts with shares, and the coefficient with what makes it."""
    assert descriptions.describe_composition(small) == (
        "按类别划分的构成条形图。"
        "镇办共10篇，其中政务公开1篇占10.0%、政策解读0篇占0.0%、政务动态9篇占90.0%；"
        "部门共10篇，其中政务公开3篇占30.0%、政策解读1篇占10.0%、政务动态6篇占60.0%；"
        "合计共20篇，其中政务公开4篇占20.0%、政策解读1篇占5.0%、政务动态15篇占75.0%。"
    )
    assert descriptions.describe_concentration(small).partition("）。")[2] == (
        "镇办基尼系数0.50，最多的甲镇占100.0%，50.0%的单位没有稿件被采用。"
    )


def test_changes_are_told_against_each_earlier_period(build: Builder) -> None:
    """From zero there is no percentage, and what stayed is said to have stayed."""
    now, before = (build({"镇办": {"甲": n}}, p) for n, p in
                   (((3, 1, 2), "2022H1"), ((2, 0, 2), "2021H2")))  # fmt: skip

    assert descriptions.describe_changes(History([now, before])) == (
        "分组条形图，各类别本期与可比期次的篇数。环比（与2021年下半年相比）"
        "政务公开由2篇变为3篇，增加1篇，增长50.0%，"
        "政策解读由0篇变为1篇，增加1篇（基数为0，不计增幅），"
        "政务动态由2篇变为2篇，持平，合计由4篇变为6篇，增加2篇，增长50.0%。"
    )


def test_the_months_are_told_by_group() -> None:
    """Each month's sum with the groups that sent in anything; an idle month in words."""
    now = period_of([*sent("甲镇", "01-01", "01-02", "03-01"), *sent("A局", "01-03")])

    assert descriptions.describe_months(now) == (
        "逐月投稿数量的条形图，每条按镇办、部门单位分段。1月3篇（镇办2篇、部门单位1篇）；"
        "2月没有投稿；3月1篇（镇办1篇）；4月没有投稿；5月没有投稿；6月没有投稿。"
    )


def test_the_months_of_one_group_are_told_as_such() -> None:
    """Where nothing is stacked, nothing is said of it."""
    now = period_of(sent("甲镇", "07-01", "09-01", "09-02"), {"镇办": ("甲镇",)}, "2022Q3")

    assert descriptions.describe_months(now) == (
        "逐月投稿数量的条形图。7月1篇；8月没有投稿；9月2篇。"
    )


def test_years_are_told_year_on_year(build: Builder) -> None:
    """Between years there is no 环比."""
    series = [build({"镇": {"甲": (n,)}}, p, categories=("类",)) for n, p in
              ((1, "2021"), (2, "2022"))]  # fmt: skip

    assert descriptions.describe_changes(History(series)) == (
        "分组条形图，各类别本期与可比期次的篇数。同比（与2021年相比）"
        "类由1篇变为2篇，增加1篇，增长100.0%，合计由1篇变为2篇，增加1篇，增长100.0%。"
    )
