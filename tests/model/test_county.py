"""What people write for a group, a category, or the sum of all categories."""

import pytest

from zhashui_stats.errors import UnknownLabel
from zhashui_stats.model.county import Category, County, Group

COUNTY = County(
    "某县", "某县人民政府办公室", "篇",
    (Group("towns", "镇办"), Group("bureaus", "部门单位")),
    (Category("open", "政务公开", ("公开类信息（篇）",)), Category("news", "动态信息")),
)  # fmt: skip


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (None, None),
        ("合计", None),
        ("总 计", None),
        ("采用总量", None),
        ("open", "open"),
        ("政务公开", "open"),
        (" 政务公开（篇）", "open"),
        ("公开类信息", "open"),
        ("政务公开信息", "open"),
        ("动态信息", "news"),
    ],
)
def test_a_column_by_any_of_its_names(name: str | None, expected: str | None) -> None:
    """Id, label, header or the report's own wording; white space and brackets never matter."""
    assert expected == COUNTY.column(name)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (
            "政务公告",
            "没有名为“政务公告”的类别，最接近的是：政务公开；可用的有：政务公开、动态信息、合计",
        ),
        ("小计", "没有名为“小计”的类别，可用的有：政务公开、动态信息、合计"),
        ("", "没有名为“”的类别，可用的有：政务公开、动态信息、合计"),
    ],
)
def test_an_unknown_column_says_what_there_is(name: str, said: str) -> None:
    """The nearest ones, and all of them."""
    with pytest.raises(UnknownLabel) as caught:
        COUNTY.column(name)

    assert said == str(caught.value)


def test_the_sum_is_no_category() -> None:
    """Where a category is wanted, 合计 is none."""
    with pytest.raises(UnknownLabel, match="没有名为“合计”的类别"):
        COUNTY.category("合计")


def test_a_group_by_its_names() -> None:
    """Id or label, white space aside."""
    assert COUNTY.groups[0] is COUNTY.group("towns") is COUNTY.group("镇 办")
    with pytest.raises(UnknownLabel, match="没有名为“部门”的组别，最接近的是：部门单位；可用的有"):
        COUNTY.group("部门")


def test_exact_names_go_first() -> None:
    """What is one category's own label is never taken for another's wording."""
    county = County("某县", "", "篇", (), (Category("a", "公开"), Category("b", "公开信息")))

    assert ("a", "b") == (county.column("公开"), county.column("公开信息"))
