"""What a brief is about: which unit, and its own earlier periods."""

import pytest
from conftest import Builder

from briefs.subject import brief_of
from zhashui_stats.errors import UnknownUnit
from zhashui_stats.model.submissions import Submissions


@pytest.mark.parametrize(
    ("name", "expected"),
    [("", "营盘镇"), (" ", "营盘镇"), ("乾佑街道办事处", "乾佑街办"), ("农 行", "农行")],
)
def test_a_unit_goes_by_any_of_its_names(h1: Submissions, name: str, expected: str) -> None:
    """A full name or a spaced name is found; a blank is the first of the roster."""
    assert expected == brief_of(name, h1).name


def test_an_unknown_unit_names_candidates(h1: Submissions) -> None:
    """A misspelt name is refused with the nearest ones, never guessed."""
    with pytest.raises(UnknownUnit, match="名册中没有“营盆镇”，最接近的是：营盘镇"):
        brief_of("营盆镇", h1)


def test_the_unit_alone_in_each_period(build: Builder) -> None:
    """Earlier periods hold what was merged into the unit, and nothing where it is new."""
    before = build({"镇办": {"甲镇": (1, 0, 0), "乙镇": (5, 0, 0), "丙镇": (9, 0, 0)}}, "2021H2")
    now = build({"镇办": {"甲镇": (7, 0, 0), "丁镇": (3, 0, 0)}}, aliases={"甲镇": ("乙镇",)})

    assert [6, 7] == [then.total() for then in brief_of("甲镇", before, now).series]
    assert [0, 3] == [then.total() for then in brief_of("丁镇", before, now).series]
    assert [False, True] == [
        brief_of(name, before, now).changes[0].is_new for name in ("甲镇", "丁镇")
    ]
