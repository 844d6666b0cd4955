"""Adoption: who is counted, the rate, and why articles were rejected."""

import pytest

from assessment.conftest import Maker
from zhashui_stats.assessment import Adoption, adoption, rejection_reasons
from zhashui_stats.errors import UnknownLabel
from zhashui_stats.model.units import Roster, Unit


def test_pending_is_told_apart(make: Maker) -> None:
    """Three adopted, one rejected, two pending: 3 of 4 decided ones are 75 %."""
    statuses = ["采用", "采 用", "采用", "退稿", "待审", "待审"]
    result = adoption(make([{"状态": status} for status in statuses]))["应急局"]

    assert Adoption(adopted=3, rejected=1, pending=2) == result
    assert 75.0 == result.rate


def test_nothing_decided_has_no_rate(make: Maker) -> None:
    """Pending articles alone, or none at all, give no rate."""
    rates = adoption(make([{"状态": "待审"}]))

    assert Adoption(0, 0, 1) == rates["应急局"]
    assert rates["应急局"].rate is None
    assert rates["气象局"].rate is None


def test_which_articles_are_the_periods(make: Maker, engine: str, names: list[str]) -> None:
    """Adopted by 发布日期, the others by 投稿日期 where it is given, ends included."""
    cases = [
        ("采用", "2022-01-01", None, Adoption(1, 0, 0)),
        ("采用", "2022-06-30", None, Adoption(1, 0, 0)),
        ("采用", "2021-12-31", None, Adoption(0, 0, 0)),
        ("采用", "2022-07-01", "2022-06-30", Adoption(0, 0, 0)),
        ("退稿", None, "2022-06-30", Adoption(0, 1, 0)),
        ("退稿", None, "2022-07-01", Adoption(0, 0, 0)),
        ("退稿", None, None, Adoption(0, 1, 0)),
        ("待审", None, "　", Adoption(0, 0, 1)),
    ]
    articles = [
        {"投稿单位": name, "状态": status, "发布日期": published, "投稿日期": submitted}
        for name, (status, published, submitted, _) in zip(names, cases, strict=False)
    ]
    counts = adoption(make(articles, engine=engine))

    assert [expected for *_, expected in cases] == [counts[name] for name in names[: len(cases)]]


def test_without_the_days_of_sending_in(make: Maker, engine: str) -> None:
    """A ledger of adopted and rejected articles alone, no 投稿日期: all rejected ones count."""
    counts = adoption(make([{}, {"状态": "退稿", "发布日期": None}], engine=engine))

    assert Adoption(1, 1, 0) == counts["应急局"]


def test_every_unit_is_there(make: Maker) -> None:
    """All 65 units in the order of the annexes; the first name of several counts."""
    ledger = make([{"投稿单位": "县应急局、气象局"}])
    counts = adoption(ledger)

    assert [unit.name for unit in ledger.here.units] == list(counts)
    assert 65 == len(counts)
    assert {"应急局": Adoption(1, 0, 0)} == {
        name: result for name, result in counts.items() if result != Adoption(0, 0, 0)
    }


def test_groups_come_in_the_order_of_the_annexes(make: Maker) -> None:
    """A roster that mixes its groups is told group by group, each in the roster's order."""
    names = {"丙局": "departments", "乙镇": "towns", "甲局": "departments", "甲镇": "towns"}
    roster = Roster(tuple(Unit(name, group) for name, group in names.items()))

    assert ["乙镇", "甲镇", "丙局", "甲局"] == list(adoption(make([], roster=roster)))


def test_a_group_and_its_total(make: Maker) -> None:
    """Towns 1 of 2 adopted, departments 1 of 1, the county 2 of 3."""
    articles = [{"投稿单位": "小岭镇"}, {"投稿单位": "凤凰镇", "状态": "退稿"}, {}]
    counts = adoption(make(articles))

    assert 9 == len(counts.of("镇办"))
    assert Adoption(1, 1, 0) == counts.of("towns").total
    assert Adoption(1, 0, 0) == counts.of("部门单位").total
    assert Adoption(2, 1, 0) == counts.total
    with pytest.raises(UnknownLabel, match="没有名为“乡村”的组别"):
        counts.of("乡村")


def test_the_table_is_for_analysis(make: Maker) -> None:
    """Chinese labels, a row for every unit, a rate that is missing where there is none."""
    table = adoption(make([{}, {"状态": "退稿"}])).table

    assert ["组别", "投稿单位"] == table.index.names
    assert ["采用", "退稿", "待审", "采用率%"] == list(table)
    assert [1, 1, 0, 50.0] == table.loc[("部门单位", "应急局")].tolist()
    assert 64 == table["采用率%"].isna().sum()


def test_a_notebook_shows_the_table(make: Maker) -> None:
    """A result says in one line what it is, and shows its table in JupyterLab."""
    counts = adoption(make([]))

    assert "<ByUnit Adoption: 65 units>" == repr(counts)
    assert "采用率%" in counts._repr_html_()


def test_reasons_come_most_first(make: Maker, engine: str) -> None:
    """内容重复 twice, however spaced; then the single ones by text, and what says none.

    Adopted and pending articles with a reason, and one rejected in another period, count nowhere.
    """
    reasons = ["内容重复", "内容　 重复", "要素不全", "信息过时", None, " "]
    articles = [
        {"状态": "退稿", "投稿日期": "2022-05-05", "退稿原因": reason} for reason in reasons
    ]
    for status in ("采用", "待审"):
        articles.append({"状态": status, "投稿日期": "2022-05-05", "退稿原因": "要素不全"})
    articles.append({"状态": "退稿", "投稿日期": "2022-08-05", "退稿原因": "要素不全"})
    expected = {"内容重复": 2, None: 2, "信息过时": 1, "要素不全": 1}

    found = rejection_reasons(make(articles, engine=engine))

    assert list(expected.items()) == list(found.items())
