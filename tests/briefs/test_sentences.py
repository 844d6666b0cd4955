"""The sentences of a brief's own figures: title, rank and median, changes."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from conftest import Builder

from briefs.subject import brief_of
from zhashui_stats.briefs import sentences
from zhashui_stats.briefs.sentences import say_own_changes, say_standing
from zhashui_stats.model.periods import Period
from zhashui_stats.model.submissions import SourceFile, Submissions

HOSTILE = "<b>*甲*镇"

Span = tuple[str, str]


def spanned(now: Submissions, spans: Mapping[str, Span]) -> Submissions:
    """Give units their first and last periods; an empty one: always, or still there."""
    units = []
    for unit in now.units:
        since, until = (
            Period.parse(bound) if bound else None for bound in spans.get(unit.name, ("", ""))
        )
        units.append(replace(unit, since=since, until=until))
    return replace(now, units=tuple(units))


# --- Title --------------------------------------------------------------------------------------


def test_title(build: Builder) -> None:
    """The unit's name is literal, and the period stands behind it."""
    now = build({"镇办": {HOSTILE: (1, 0, 0)}})

    expected = r"# \<b\>\*甲\*镇2022年上半年信息采编情况简报"
    assert expected == sentences.say_own_title(brief_of("", now))


def test_title_of_made_up_data(build: Builder) -> None:
    """Where any file is made up, it is said right below the title."""
    now = replace(
        build({"镇办": {"甲镇": (1, 0, 0)}}), files=(SourceFile("x", "", is_synthetic=True),)
    )

    assert sentences.say_own_title(brief_of("", now)) == (
        "# 甲镇2022年上半年信息采编情况简报\n\n> **本页由合成数据生成，仅供试用，不是真实情况。**"
    )


# --- Counts, rank, median -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        (
            "营盘镇",
            "2022年上半年，县政府网站共采用营盘镇稿件2篇，其中政务公开2篇、政策解读0篇、政务动态0篇。"
            "采用总量在9个镇办中与其他3个单位并列第6名，比中位数（4篇）少2篇。"
            "分类看，政务公开信息各单位均为2篇；政策解读信息各单位均为0篇；"
            "没有政务动态信息被采用（中位数为2篇）。"
            "\n\n没有2021年上半年、2021年下半年的数据，本期不作同比、环比比较。",
        ),
        (
            "财政局",
            "2022年上半年，县政府网站共采用财政局稿件22篇，其中政务公开18篇、政策解读1篇、政务动态3篇。"
            "采用总量在56个部门单位中与另1个单位并列第2名，比中位数（3篇）多19篇。"
            "分类看，政务公开信息列第1名，比中位数（2篇）多16篇；"
            "政策解读信息与另1个单位并列第1名，比中位数（0篇）多1篇；"
            "政务动态信息与其他3个单位并列第15名，比中位数（1篇）多2篇。"
            "\n\n没有2021年上半年、2021年下半年的数据，本期不作同比、环比比较。",
        ),
        (
            "盐务局",
            "2022年上半年，盐务局没有稿件被县政府网站采用。"
            "56个部门单位中，42个有稿件被采用，采用总量的中位数为3篇。"
            "\n\n没有2021年上半年、2021年下半年的数据，本期不作同比、环比比较。",
        ),
    ],
)
def test_real_figures(h1: Submissions, unit: str, expected: str) -> None:
    """Three units of 2022H1, counted by hand."""
    assert expected == sentences.say_own_figures(brief_of(unit, h1))


def test_a_rank_alone_at_the_median(build: Builder) -> None:
    """A rank without ties, equal to the median; one category is not told twice."""
    grid = {"镇办": {"甲镇": (3,), "乙镇": (2,), "丙镇": (1,)}}
    now = build(grid, categories=("政务公开",))

    expected = "采用总量在3个镇办中列第2名，等于中位数（2篇）。"
    assert expected == say_standing(brief_of("乙镇", now))


def test_a_median_between_two_counts(build: Builder) -> None:
    """The mean of the two in the middle has one decimal, and so has the distance."""
    now = build({"镇办": {"甲镇": (4,), "乙镇": (1,)}}, categories=("政务公开",))

    expected = "采用总量在2个镇办中列第2名，比中位数（2.5篇）少1.5篇。"
    assert expected == say_standing(brief_of("乙镇", now))


def test_all_equal(build: Builder) -> None:
    """Where all have the same, nobody has a rank; a category in which they differ has ranks."""
    now = build({"镇办": {"甲镇": (2, 0, 1), "乙镇": (1, 0, 2)}})

    assert say_standing(brief_of("甲镇", now)) == (
        "2个镇办的采用总量均为3篇，不排名次。"
        "分类看，政务公开信息列第1名，比中位数（1.5篇）多0.5篇；政策解读信息各单位均为0篇；"
        "政务动态信息列第2名，比中位数（1.5篇）少0.5篇。"
    )


def test_a_group_with_nothing(build: Builder) -> None:
    """Where nothing was adopted of the whole group, there is no ranking."""
    now = build({"镇办": {"甲镇": (0, 0, 0), "乙镇": (0, 0, 0)}})

    assert "2个镇办均没有稿件被采用，不排名次。" == say_standing(brief_of("甲镇", now))


@pytest.mark.parametrize("count", [0, 3])
def test_a_group_of_one(build: Builder, count: int) -> None:
    """One alone has neither rank nor median."""
    now = build({"镇办": {"甲镇": (count, 0, 0)}, "部门": {"乙局": (1, 0, 0)}})

    assert "镇办只有一个单位，没有名次和中位数可比。" == say_standing(brief_of("甲镇", now))


# --- Against earlier periods --------------------------------------------------------------------


def test_changes_against_both_periods(build: Builder) -> None:
    """The half before and the same half of last year, by category; from zero no per cent."""
    now, before, year = (
        build({"镇办": {"甲镇": row, "乙镇": (1, 1, 1)}}, period)
        for row, period in (((3, 0, 1), "2022H1"), ((2, 0, 0), "2021H2"), ((3, 0, 1), "2021H1"))
    )

    assert say_own_changes(brief_of("甲镇", now, before, year)) == (
        "与上个半年（2021年下半年，2篇）相比，采用总量增加2篇，环比增长100.0%。"
        "其中，政务公开由2篇增至3篇，增长50.0%；政策解读均为0篇；"
        "政务动态由0篇增至1篇（基数为0，不计增幅）。"
        "与上年同期（2021年上半年，4篇）相比，采用总量持平，各类信息数量均无变化。"
    )


def test_changes_against_one_period(build: Builder) -> None:
    """What is not at hand is said in one sentence, as in the report."""
    now, before = (
        build({"镇办": {"甲镇": (n,), "乙镇": (1,)}}, period, categories=("政务公开",))
        for n, period in ((0, "2022H1"), (4, "2021H2"))
    )

    assert say_own_changes(brief_of("甲镇", now, before)) == (
        "与上个半年（2021年下半年，4篇）相比，采用总量减少4篇，环比下降100.0%。"
        "没有2021年上半年的数据，本期不作同比比较。"
    )


def test_changes_of_a_new_unit(build: Builder) -> None:
    """A unit that was not there has nothing to be compared with."""
    before = build({"镇办": {"乙镇": (1, 0, 0)}}, "2021H2")
    now = build({"镇办": {"甲镇": (1, 0, 0), "乙镇": (1, 0, 0)}})

    assert say_own_changes(brief_of("甲镇", now, before)) == (
        "2021年下半年的名册中没有甲镇，不作环比比较。没有2021年上半年的数据，本期不作同比比较。"
    )


def test_changes_after_a_merger(build: Builder) -> None:
    """What a merged unit had before is the successor's, and the page says how much it was."""
    grid = {"镇办": {"甲镇": (4,), "乙镇": (6,), "丙镇": (10,)}}
    before = build(grid, "2021H2", categories=("政务公开",))
    after = {"镇办": {"甲镇": (12,), "丙镇": (9,)}}
    now = build(after, categories=("政务公开",), aliases={"甲镇": ("乙镇",)})

    assert say_own_changes(brief_of("甲镇", now, before)) == (
        "与上个半年（2021年下半年，10篇）相比，采用总量增加2篇，环比增长20.0%。"
        "乙镇已并入本单位，2021年下半年的6篇一并计入。"
        "没有2021年上半年的数据，本期不作同比比较。"
    )


@pytest.mark.parametrize(
    ("period", "before", "span", "expected"),
    [
        ("2022", "2021", ("2021H2", ""), "甲镇2021年下半年起纳入统计，不作同比比较。"),
        ("2022", "2021", ("", "2022-03"), "甲镇只统计到2022年3月，不作同比比较。"),
        (
            "2022",
            "2021",
            ("2021H2", "2022H1"),
            "甲镇2021年下半年起纳入统计，不作同比比较。",
        ),
        (
            "2022H1",
            "2021H2",
            ("2021Q4", ""),
            "甲镇2021年第四季度起纳入统计，不作环比比较。没有2021年上半年的数据，本期不作同比比较。",
        ),
    ],
)
def test_part_of_a_period_is_not_compared(
    build: Builder, period: str, before: str, span: Span, expected: str
) -> None:
    """Where since or until cuts either period, the page says which and makes no comparison."""
    series = (
        spanned(
            build({"镇办": {"甲镇": (count,), "乙镇": (1,)}}, then, categories=("公开",)), spans
        )
        for then, count in ((before, 4), (period, 8))
        for spans in ({"甲镇": span},)
    )

    assert expected == say_own_changes(brief_of("甲镇", *series))


def test_two_comparisons_that_are_not_made_are_told_in_one(build: Builder) -> None:
    """A unit that ended within the period is told once, for both earlier periods."""
    grid = {"镇办": {"甲镇": (4,), "乙镇": (1,)}}
    series = [
        spanned(build(grid, then, categories=("公开",)), {"甲镇": ("", "2022-03")})
        for then in ("2021H1", "2021H2", "2022H1")
    ]

    expected = "甲镇只统计到2022年3月，不作环比、同比比较。"
    assert expected == say_own_changes(brief_of("甲镇", *series))


def test_periods_that_are_whole_are_compared(build: Builder) -> None:
    """A unit that came with the earlier period's first day was there throughout it."""
    series = [
        spanned(
            build({"镇办": {"甲镇": (count,), "乙镇": (1,)}}, then, categories=("公开",)),
            {"甲镇": ("2021-01", "2022Q4")},
        )
        for then, count in (("2021", 4), ("2022", 8))
    ]

    expected = "与上年（2021年，4篇）相比，采用总量增加4篇，同比增长100.0%。"
    assert expected == say_own_changes(brief_of("甲镇", *series))


def test_a_successor_goes_on_where_another_ended(build: Builder) -> None:
    """One unit after the other fills the year before; a year that neither fills is told."""
    before = build({"镇办": {"旧局": (3,), "新局": (2,)}}, "2021", categories=("公开",))
    now = build({"镇办": {"新局": (6,)}}, "2022", categories=("公开",), aliases={"新局": ("旧局",)})
    spans = {"旧局": ("", "2021H1"), "新局": ("2021H2", "")}
    late = {**spans, "旧局": ("2021-02", "2021H1")}

    assert say_own_changes(brief_of("新局", spanned(before, spans), spanned(now, spans))) == (
        "与上年（2021年，5篇）相比，采用总量增加1篇，同比增长20.0%。"
        "旧局已并入本单位，2021年的3篇一并计入。"
    )
    assert say_own_changes(brief_of("新局", spanned(before, late), spanned(now, late))) == (
        "旧局2021年2月起纳入统计，不作同比比较。"
    )


def test_changes_against_made_up_figures(build: Builder) -> None:
    """A comparison with made-up data is told as such."""
    now, before = (build({"镇办": {"甲镇": (1, 1, 1)}}, period) for period in ("2022H1", "2021H2"))
    before = replace(before, files=(SourceFile("x", "", is_synthetic=True),))

    expected = "2021年下半年的数据是合成数据，与它的比较仅供试用，不是真实情况。"
    assert say_own_changes(brief_of("甲镇", now, before)).endswith(expected)
