"""What is handed in to the public functions: the natural forms, and one error for all others."""

import inspect
import pickle
from typing import Any

import pandas as pd
import pytest
from conftest import Builder

import zhashui_stats as zs
from zhashui_stats import asking
from zhashui_stats.comparison import History, compare
from zhashui_stats.errors import WrongArgument

FUNCTIONS = [name for name in zs.__all__ if inspect.isfunction(getattr(zs, name))]


@pytest.fixture
def room(build: Builder) -> dict[str, Any]:
    """The names that an analyst has."""
    now, before = (
        build({"镇办": {"甲": (3, 0, 1), "乙": (1, 0, 0)}, "局": {"丙": (0, 0, 5)}}, period)
        for period in ("2022H1", "2021H2")
    )
    return {"zs": zs, "pd": pd, "now": now, "before": before, "history": History([now, before]),
            "compare": compare}  # fmt: skip


@pytest.mark.parametrize(
    "forms",
    [
        [
            'zs.at_least(now, 3, "政务公开")',
            'zs.at_least(now, "政务公开", 3)',
            'zs.at_least(now, "政务公开", count=3)',
            'zs.at_least(now, category="政务公开", count=3)',
            'zs.at_least(now, pd.Series([3])[0], "政务公开信息")',
        ],
        ["zs.at_least(now, 2)", "zs.at_least(now, None, 2)", 'zs.at_least(now, "合计", 2)'],
        ['zs.below(now, 1, "政务动态")', 'zs.below(now, "政务动态", 1)'],
        ['zs.top_share(now, 1, "政务动态")', 'zs.top_share(now, "政务动态", 1)'],
        ['zs.zero_units(now, "政务动态")', 'zs.zero_units(now, category="政务动态")'],
    ],
)
def test_a_number_and_a_category_in_either_order(forms: list[str], room: dict[str, Any]) -> None:
    """Every natural form gives the same; without a category it is the sum of all."""
    answers = [str(eval(form, room)) for form in forms]

    assert {answers[0]} == set(answers)


@pytest.mark.parametrize(
    ("given", "came", "instead"),
    [
        ('now["镇办"]', "表格（pandas 的 DataFrame）", 'now.of("镇办")'),
        ('now["政务动态"]', "表格（pandas 的 Series）", "now"),
        ("history", "历期数据 history", "history.now"),
        ('"2022上半年"', "文字“2022上半年”", 'zs.load("2022H1")'),
        ('"甲"', "文字“甲”", "now"),
        ('zs.Period.parse("2022")', "期次 2022，还没有读入数据", 'zs.load("2022")'),
        ("compare(now, before)", "两期的比较（Comparison）", "now"),
        ("None", "空值 None", "now"),
        ("5", "数值 5", "now"),
        ("{}", "dict 类型的值", "now"),
    ],
)
def test_what_is_no_period(given: str, came: str, instead: str, room: dict[str, Any]) -> None:
    """The error says what came, what is wanted and how to write it; to Python it's a TypeError."""
    with pytest.raises(TypeError) as caught:
        eval(f"zs.ranking({given})", room)

    assert isinstance(caught.value, zs.ZhashuiError)
    assert str(caught.value) == (
        f"zs.ranking 的参数 now 应为一期的数据 now，给出的是{came}；"
        f'应写成：zs.ranking({instead}, "政务动态")'
    )


RANKING = 'zs.ranking(now, "政务动态")'
AT_LEAST = 'zs.at_least(now, 5, "政务动态")'
TREND = 'zs.trend(zs.history("2022H1"), "财政局")'


@pytest.mark.parametrize(
    ("line", "said", "written"),
    [
        ("zs.ranking()", "缺少参数 now（一期的数据 now）", RANKING),
        ("zs.totals(now, now)", "只有这些参数：now", "zs.totals(now)"),
        ("zs.totals(now, 1, 2)", "只有这些参数：now", "zs.totals(now)"),
        ("zs.ranking(now, kind=1)", "只有这些参数：now、category", RANKING),
        ("zs.ranking(now, 5)", "category 应为一个类别的名称，给出的是数值 5", RANKING),
        ('zs.ranking(now, ["政务动态"])', "一个类别的名称，给出的是list 类型的值", RANKING),
        ('zs.at_least(now, "政务动态")', "缺少参数 count（一个数）", AT_LEAST),
        (
            "zs.top_share(now, 5.5)",
            "first 应为一个整数，给出的是数值 5.5",
            'zs.top_share(now, 5, "政务动态")',
        ),
        ("zs.at_least(now, True)", "count 应为一个数，给出的是数值 True", AT_LEAST),
        ('zs.at_least(now, "政务动态", "甲")', "count 应为一个数，给出的是文字“甲”", AT_LEAST),
        ('zs.rankings(now, "甲")', "first 应为一个整数，给出的是文字“甲”", "zs.rankings(now, 5)"),
        ("zs.trend(now)", "应为历期数据 history，给出的是一期的数据", TREND),
        ("zs.trend('2022H1')", "应为历期数据 history，给出的是文字“2022H1”", TREND),
        ("zs.plot_trend(None)", "给出的是空值 None", 'zs.plot_trend(history, "财政局")'),
        (
            'zs.compare_periods(now, "2021H2")',
            "before 应为较早一期的数据，给出的是文字“2021H2”",
            'zs.compare_periods(now, zs.load("2021H2"), "政务动态")',
        ),
        (
            "zs.compare_periods(now)",
            "缺少参数 before（较早一期的数据）",
            'zs.compare_periods(now, history.before, "政务动态")',
        ),
        ("zs.load(None)", "period 应为期次，给出的是空值 None", 'zs.load("2022H1")'),
        ('zs.load("2022H1", 5)', "应为数据文件夹，给出的是数值 5", 'zs.load("2022H1", "data")'),
    ],
)
def test_what_is_of_another_kind(line: str, said: str, written: str, room: dict[str, Any]) -> None:
    """Of every parameter, and of too many and too few, it is the same error."""
    with pytest.raises(WrongArgument) as caught:
        eval(line, room)

    assert said in str(caught.value)
    assert str(caught.value).endswith(f"；应写成：{written}")


def test_every_function_can_say_how_it_is_written() -> None:
    """What a function needs is among the kinds, so that no error lacks it."""
    needed = {
        parameter.name
        for name in FUNCTIONS
        for parameter in inspect.signature(getattr(zs, name)).parameters.values()
        if parameter.default is parameter.empty
    }

    assert needed <= asking._KINDS.keys()


@pytest.mark.parametrize("name", FUNCTIONS)
def test_help_begins_with_the_chinese_term(name: str) -> None:
    """``zs.ranking?`` shows a line that whoever reads only Chinese finds something in."""
    shown = inspect.getdoc(getattr(zs, name)) or ""

    assert any("\u4e00" <= letter <= "\u9fff" for letter in shown.splitlines()[0])


@pytest.mark.parametrize("name", FUNCTIONS)
def test_functions_are_pickled_by_their_name(name: str) -> None:
    """Whoever hands them to other processes can."""
    function = getattr(zs, name)

    assert function is pickle.loads(pickle.dumps(function))
