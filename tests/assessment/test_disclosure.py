"""The disclosure attribute, and the grounds for withholding."""

from assessment.conftest import Maker
from zhashui_stats.assessment import Disclosure, disclosure
from zhashui_stats.model.articles import Attribute


def test_adopted_or_not(make: Maker, engine: str) -> None:
    """Seven articles of the period: 2 public, 1 on request, 3 withheld, 1 unmarked.

    Of the three withheld one gives grounds (a space is none); grounds of a public one are
    nobody's. The adopted article of July is not of the period.
    """
    rows = [
        ("公开发布", None, "采用"), ("公开 发布", "涉密", "退稿"), ("依申请公开", None, "待审"),
        ("不予公开", "涉及个人隐私", "退稿"), ("不予公开", "　", "采用"),
        ("不予公开", None, "退稿"), (None, None, "采用"),
    ]  # fmt: skip
    articles = [
        {"公开属性": attribute, "不公开理由": why, "状态": status}
        for attribute, why, status in rows
    ]
    articles.append({"公开属性": "公开发布", "发布日期": "2022-07-01"})
    counts = disclosure(make(articles, engine=engine))

    assert Disclosure(7, 2, 1, 3, 1, grounded=1) == counts["应急局"]
    assert Disclosure(0, 0, 0, 0, 0, grounded=0) == counts["气象局"]


def test_without_a_column_for_grounds(make: Maker, engine: str) -> None:
    """Then nothing can be said of them, for a unit as for all; the table leaves them missing."""
    counts = disclosure(make([{"公开属性": "不予公开"}], engine=engine))

    assert Disclosure(1, 0, 0, 1, 0, grounded=None) == counts["应急局"] == counts.total
    assert counts.table["不公开理由"].isna().all()


def test_the_countys_own_words(make: Maker) -> None:
    """What county.toml declares for an attribute means that attribute."""
    values = {Attribute.PUBLIC: ("主动公开",)}
    counts = disclosure(make([{"公开属性": "主动公开"}], values=values))

    assert 1 == counts["应急局"].public
