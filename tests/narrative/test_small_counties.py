"""Sentences at their edges: one category, one leader, just half, just two, just five."""

from dataclasses import replace

import pytest
from conftest import Builder
from ledgers import SOUND, Article, period_of

from zhashui_stats import narrative
from zhashui_stats.comparison import History
from zhashui_stats.model.submissions import SourceFile, Submissions
from zhashui_stats.narrative.changes import say_doubts

UNSIGNED = {**SOUND, "复审": ""}


def of_towns(build: Builder, *counts: int, period: str = "2022H1") -> Submissions:
    """Build a period of one group and one category."""
    rows = {f"{number}号镇": (count,) for number, count in enumerate(counts, 1)}
    return build({"镇": rows}, period, categories=("动态",))


def named(first: int, last: int) -> str:
    return "、".join(f"{number}号镇" for number in range(first, last + 1))


def test_totals_of_one_category_by_group(build: Builder) -> None:
    """What there is one of is not broken down, neither in all nor by group."""
    now = build({"镇": {"甲镇": (3,)}, "部门": {"A局": (1,), "B局": (0,)}}, categories=("动态",))

    expected = "2022年上半年，县政府网站共采用各单位稿件4篇。镇共3篇；部门共1篇。"

    assert expected == narrative.say_totals(now)


def test_balance_of_one_category(build: Builder) -> None:
    """It is compared with nothing: who leads follows the heading at once."""
    expected = "### （一）动态信息采用情况\n\n有动态信息被采用的单位有2个：1号镇3篇，2号镇1篇。"

    assert expected == narrative.say_balance(of_towns(build, 3, 1, 0))


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((0, 0), "### （四）本期没有稿件被采用\n\n2个镇的动态信息均为0。"),
        ((3, 3), "### （四）各单位信息数量相同\n\n2个镇的动态信息均不为0。"),
        ((3, 1), "### （四）信息数量不均衡\n\n2个镇的动态信息均不为0。"),
        ((3, 0), "### （四）信息数量不均衡\n\n2个镇中，动态信息为0的有1个：2号镇。"),
    ],
)
def test_imbalance_of_one_category(build: Builder, counts: tuple[int, ...], expected: str) -> None:
    """The category is named, as there are no several."""
    assert expected == narrative.say_imbalance(of_towns(build, *counts))


def test_imbalance_of_one_unit_with_nothing_of_several(build: Builder) -> None:
    """Several categories share what is said of a single unit."""
    now = build({"镇": {"甲镇": (0, 0)}, "部门": {"A局": (1, 2)}}, categories=("一", "二"))
    expected = "### （四）信息数量不均衡\n\n甲镇的各类信息均为0。\n\nA局的各类信息均不为0。"

    assert expected == narrative.say_imbalance(now)


@pytest.mark.parametrize(
    ("zeros", "others", "expected"),
    [
        (6, 6, f"动态信息为0的有6个：{named(7, 12)}"),
        (7, 6, f"动态信息为0的有7个，超过半数：{named(7, 13)}"),
        (5, 5, f"动态信息为0的有5个：{named(6, 10)}"),
        (6, 5, f"动态信息为0的有6个，超过半数，只有{named(1, 5)}不为0"),
        (30, 6, f"动态信息为0的有30个，超过半数：{named(7, 36)}"),
        (31, 6, "动态信息为0的有31个，超过半数，见附件1"),
        (31, 31, "动态信息为0的有31个，见附件1"),
    ],
)
def test_more_than_half_have_nothing(
    build: Builder, zeros: int, others: int, expected: str
) -> None:
    """Half is not more than half; of the others five are named, of these thirty."""
    said = narrative.say_imbalance(of_towns(build, *[1] * others, *[0] * zeros))

    assert f"{zeros + others}个镇中，{expected}。" == said.split("\n\n")[1]


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((3, 0, 0), "### （四）1个单位有稿件被采用\n\n3个镇中，1个有稿件被采用，占33.3%。"),
        ((3, 1, 0), "### （四）2个单位有稿件被采用\n\n3个镇中，2个有稿件被采用，占66.7%。"),
    ],
)
def test_participation_of_one_group(build: Builder, counts: tuple[int, ...], expected: str) -> None:
    """One group is not added up."""
    assert expected == narrative.say_participation(of_towns(build, *counts))


def test_participation_of_one_unit_of_several_groups(build: Builder) -> None:
    """One that took part is enough for a share of all."""
    now = build({"镇": {"甲镇": (0,), "乙镇": (1,)}, "部门": {"A局": (0,)}}, categories=("动态",))

    assert (
        "### （四）1个单位有稿件被采用\n\n2个镇中，1个有稿件被采用，占50.0%；A局没有稿件被采用。"
        "合计3个单位中，1个有稿件被采用，占33.3%。"
    ) == narrative.say_participation(now)


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((9, 2, 2, 2, 2, 2), "按本期采用总量排名，镇最多的是1号镇9篇，可供考核参考。"),
        ((9, 8, 2, 2, 2, 2), "按本期采用总量排名，镇居前的是1号镇9篇，2号镇8篇，可供考核参考。"),
        ((2, 2, 2, 2, 2, 2, 1), "按本期采用总量排名，镇有6个单位并列第一，各2篇，可供考核参考。"),
    ],
)
def test_who_leads_the_assessment(build: Builder, counts: tuple[int, ...], expected: str) -> None:
    """A single leader has most; two stand at the head."""
    assert expected == narrative.say_assessment(of_towns(build, *counts))


def made_up(now: Submissions) -> Submissions:
    return replace(now, files=(SourceFile("2021H2/ledger.csv", "", is_synthetic=True),))


@pytest.mark.parametrize(
    ("synthetic", "expected"),
    [
        ((), []),
        (("2022H1",), []),
        (("2021H1",), ["2021年上半年的数据是合成数据，与它的比较仅供试用，不是真实情况。"]),
        (("2021H2",), ["2021年下半年的数据是合成数据，与它的比较仅供试用，不是真实情况。"]),
        (("2021H1", "2021H2", "2022H1"),
         ["2021年上半年、2021年下半年的数据是合成数据，与它的比较仅供试用，不是真实情况。"]),
    ],
)  # fmt: skip
def test_made_up_forerunners(
    build: Builder, synthetic: tuple[str, ...], expected: list[str]
) -> None:
    """Any earlier period that is made up is told; the report's own says so elsewhere."""
    periods = [of_towns(build, 1, 2, period=period) for period in ("2021H1", "2021H2", "2022H1")]
    history = History(made_up(now) if str(now.period) in synthetic else now for now in periods)

    assert expected == say_doubts(history)


@pytest.mark.parametrize(
    ("tied", "expected"),
    [
        (1, "增加最多的是1号镇，增加2篇。"),
        (5, f"增加最多的是{named(1, 5)}，各增加2篇。"),
        (6, "6个单位增加最多，各增加2篇。"),
    ],
)
def test_who_moved_most(build: Builder, tied: int, expected: str) -> None:
    """Five that tie are named, six are counted."""
    before = of_towns(build, *[1] * 7, period="2021H2")
    now = of_towns(build, *[3] * tied, *[1] * (7 - tied))

    said = narrative.say_movers(History([before, now]))

    assert expected == said[said.index("个。") + 2 :]


@pytest.mark.parametrize(
    ("chains", "expected"),
    [
        ([UNSIGNED],
         "从台账登记看，被采用的1篇“三审三校”不合要求：签署或日期不全的1篇。涉及甲镇。"),
        ([UNSIGNED, UNSIGNED],
         "从台账登记看，被采用的2篇“三审三校”均不合要求：签署或日期不全的2篇。涉及甲镇。"),
        ([SOUND, UNSIGNED, UNSIGNED],
         "从台账登记看，被采用的3篇中，有2篇“三审三校”不合要求：签署或日期不全的2篇。涉及甲镇。"),
    ],
)  # fmt: skip
def test_two_flawed_articles(chains: list[Article], expected: str) -> None:
    """Two are all of two, and not all of three."""
    assert expected == narrative.say_chain(period_of([{**chain} for chain in chains]))
