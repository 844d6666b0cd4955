"""Where a unit stands in its group: ranks, ties, medians."""

import pytest
from conftest import Builder

from zhashui_stats.briefs.standing import Standing, standing
from zhashui_stats.model.submissions import Submissions


@pytest.mark.parametrize(
    ("unit", "category", "expected"),
    [
        ("营盘镇", None, Standing(2, 6, 3, 9, 4.0, 52)),
        ("营盘镇", "政务公开", Standing(2, 1, 8, 9, 2.0, 2)),
        ("红岩寺镇", "政务动态", Standing(50, 1, 0, 9, 2.0, 50)),
        ("财政局", None, Standing(22, 2, 1, 56, 3.0, 23)),
        ("财政局", "政策解读", Standing(1, 1, 1, 56, 0.0, 1)),
        ("盐务局", None, Standing(0, 43, 13, 56, 3.0, 23)),
    ],
)
def test_real_standings(
    h1: Submissions, unit: str, category: str | None, expected: Standing
) -> None:
    """Rank, ties, size, median and most, counted by hand in the annexes of 2022H1."""
    scope = h1.of("镇办" if unit.endswith("镇") else "部门单位")

    assert expected == standing(scope, unit, category)


def test_ranks_skip_after_ties(build: Builder) -> None:
    """The competition rule: 1, 2, 2, 4."""
    counts = {"甲镇": 9, "乙镇": 5, "丙镇": 5, "丁镇": 1}
    now = build({"镇办": {name: (count, 0, 0) for name, count in counts.items()}})

    assert [1, 2, 2, 4] == [standing(now, name).rank for name in counts]
    assert [4.0, 0.0, 0.0, -4.0] == [standing(now, name).distance for name in counts]


def test_what_has_no_rank(build: Builder) -> None:
    """Nothing, equals and one alone have none."""
    now = build({"镇办": {"甲镇": (3, 2, 0), "乙镇": (0, 2, 0)}, "部门": {"丙局": (1, 1, 1)}})
    towns = now.of("镇办")

    assert standing(towns, "甲镇").has_rank
    assert not standing(towns, "乙镇", "政务公开").has_rank
    assert not standing(towns, "甲镇", "政策解读").has_rank
    assert not standing(now.of("部门"), "丙局").has_rank
    assert standing(now.of("部门"), "丙局").is_alone
