"""Every library that holds a ledger gives the same evidence."""

import random
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from assessment.conftest import LIBRARIES, Maker, by_month
from zhashui_stats.assessment import (
    adoption,
    disclosure,
    forms,
    idle_months,
    regular_units,
    rejection_reasons,
    review_chain,
    rush,
    timeliness,
)
from zhashui_stats.ledger.frame import Ledger
from zhashui_stats.model.articles import CHAIN, DATES

BLANKS = [None, "", "　"]
UNITS = ["应急局", "县应急局、气象局", "气 象 局", "小岭镇", "乾佑街道办事处"]
REASONS = ["内容重复", "内容 重复", "信息过时"]
FORMS = ["文字", "图表、文字", "音视频"]
PEOPLE = ["张三", "张 三", "李四", "王五", "赵六", "钱七", "孙八"]
DAYS = [str(day.date()) for day in pd.date_range("2021-12-20", "2022-07-10")]


Told = dict[str, Any]


def mixed(number: int = 300) -> pd.DataFrame:
    """A ledger of all columns, with blanks of every kind, the same each time."""
    draw = random.Random(20220630)
    columns: dict[str, list[Any]] = {
        "标题": [f"第{n}篇" for n in range(number)],
        "投稿单位": draw.choices(UNITS, k=number),
        "类别": draw.choices(["政务公开", "政策解读", "政策解读信息", "政务动态"], k=number),
        "状态": draw.choices(["采用", "采 用", "退稿", "待审"], [6, 1, 2, 1], k=number),
        "退稿原因": draw.choices([*REASONS, *BLANKS], k=number),
        "公开属性": draw.choices(["公开发布", "依申请公开", "不予公开", *BLANKS], k=number),
        "不公开理由": draw.choices(["涉密", *BLANKS], k=number),
        "解读形式": draw.choices([*FORMS, *BLANKS], k=number),
    }
    for who, when in CHAIN:
        columns[who.label] = draw.choices([*PEOPLE * 4, *BLANKS], k=number)
        columns[when.label] = sorted(draw.choices(DAYS, k=number))
        columns[when.label][::37] = [BLANKS[n % 3] for n in range(len(range(0, number, 37)))]
    for label in ("投稿日期", "发布日期"):
        columns[label] = draw.choices([*DAYS * 2, *DAYS[-30:] * 9, *BLANKS], k=number)
    policies = ["1999-09-09", "2022年4月29日", *BLANKS, *DAYS[::9]]
    columns["关联政策发布日期"] = draw.choices(policies, k=number)
    return pd.DataFrame(columns)


def typed(frame: pd.DataFrame) -> pd.DataFrame:
    """The same ledger with dates as times of day, where blanks are missing times."""
    made = frame.copy()
    for column in DATES:
        plain = made[column.label].str.replace("2022年4月29日", "2022-04-29").str.strip()
        made[column.label] = pd.to_datetime(plain.replace("", None)) + pd.Timedelta(hours=8)
    return made


def evidence(ledger: Ledger) -> Told:
    """All that is told of a ledger."""
    timely, rushed = timeliness(ledger, 3), rush(ledger)
    return {
        "adoption": dict(adoption(ledger)),
        "reasons": list(rejection_reasons(ledger).items()),
        "chain": dict(review_chain(ledger)),
        "disclosure": dict(disclosure(ledger)),
        "timeliness": (dict(timely), timely.unknown_years),
        "forms": forms(ledger),
        "months": by_month(ledger),
        "idle": idle_months(ledger),
        "active": regular_units(ledger),
        "rush": (dict(rushed.judged), rushed.named),
    }


@pytest.fixture(scope="module")
def expected(make: Maker) -> Told:
    """What pandas tells of the dates as text."""
    return evidence(make(mixed(), interpretation="interpretation"))


@pytest.mark.parametrize("form", [pd.DataFrame, typed], ids=["text", "typed"])
@pytest.mark.parametrize("library", LIBRARIES)
def test_all_libraries_agree(
    make: Maker, library: str, form: Callable[[pd.DataFrame], pd.DataFrame], expected: Told
) -> None:
    """300 articles with blanks of every kind: all evidence is the same, whoever counts.

    Dates as text in the offices' forms, or as times, are the same days.
    """
    given = form(mixed())

    assert expected == evidence(make(given, engine=library, interpretation="interpretation"))


def test_the_ledger_is_not_trivial(make: Maker) -> None:
    """All that is compared between libraries does occur in the ledger."""
    ledger = make(mixed(), interpretation="interpretation")
    timely = timeliness(ledger, 3)

    assert (1999,) == timely.unknown_years
    assert all(
        count > 0
        for result in (adoption(ledger), disclosure(ledger), timely)
        for count in result.total.row
    )
    assert review_chain(ledger).total.sound > 0
    assert {"应急局", "气象局", "小岭镇", "乾佑街办"} >= set(rush(ledger).named) > set()
    assert None in rejection_reasons(ledger)
    assert forms(ledger).unmarked > 0


@pytest.mark.parametrize("seed", [1, 2])
def test_the_order_of_rows_is_nothing(make: Maker, seed: int, expected: Told) -> None:
    """Shuffled, the ledger tells the same."""
    shuffled = mixed().sample(frac=1, random_state=seed)

    assert expected == evidence(make(shuffled, interpretation="interpretation"))
