"""The example counties: their figures by hand, and the whole way from their folders to pages."""

import json
import shutil
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

import pytest
from conftest import ROOT

from zhashui_stats.cli import main
from zhashui_stats.comparison import compare
from zhashui_stats.loading import load_period
from zhashui_stats.model.amounts import show_amount
from zhashui_stats.model.submissions import Submissions
from zhashui_stats.rating import grade_units, rate_units

POINTS, ADOPTION = ROOT / "examples" / "points", ROOT / "examples" / "adoption"


def points_of(now: Submissions) -> Mapping[str, object]:
    return {unit: now.amount(unit, "得分") for unit in now}


def test_points_of_the_first_half() -> None:
    """Local 1, city 5, province 10, an instruction 5, a late commission −2, at most 30.

    东河镇 6 + 5 = 11; 西岭镇 4 − 2 = 2; 南坪镇 0; 北山乡 3 + 5 = 8. 发改局 5 + 10 + 10 + 5 = 30;
    财政局 8 + 5 − 2 = 11; 教育局 4 + 5 + 10 = 19; 卫健局 2 − 4 = −2; 农业农村局 7 + 10 + 10 + 5 is
    32, so 30. 图书馆 3; 融媒体中心 9 + 5 = 14; 供电公司 0. Towns 21, bureaus 88, institutions 17.
    """
    now = load_period("2023H1", POINTS)

    assert points_of(now) == {
        "东河镇": 11, "西岭镇": 2, "南坪镇": 0, "北山乡": 8,
        "发改局": 30, "财政局": 11, "教育局": 19, "卫健局": -2, "农业农村局": 30,
        "图书馆": 3, "融媒体中心": 14, "供电公司": 0,
    }  # fmt: skip
    assert [21, 88, 17, 126] == [
        *(now.of(group.id).total_amount("points") for group in now.groups),
        now.total_amount("points"),
    ]
    assert 105 == now.of("县直单位").total_amount("points")
    assert 105 == now["县直单位"]["得分"].sum()


def test_ranks_and_grades_of_the_second_half() -> None:
    """东河镇 7 + 10 = 17; 西岭镇 5 + 5 = 10; 南坪镇 2 − 2 = 0; 北山乡 3.

    发改局 6 + 15 + 10 + 10 = 41, so 30; 财政局 6 − 4 = 2; 教育局 5 + 5 + 5 = 15;
    卫健局 4 + 5 − 2 = 7; 农业农村局 6 + 5 + 10 = 21.
    图书馆 4 + 5 = 9; 融媒体中心 7 + 5 + 10 = 22; 供电公司 1.
    """
    now = load_period("2023H2", POINTS)
    ratings = rate_units(now)

    assert [17, 10, 0, 3, 30, 2, 15, 7, 21, 9, 22, 1] == list(points_of(now).values())
    assert [("东河镇", 1), ("西岭镇", 2), ("北山乡", 3), ("南坪镇", 4)] == [
        (name, rating.rank) for name, rating in ratings.items()
    ][:4]
    assert [
        ("优秀", {"发改局", "农业农村局", "融媒体中心"}),
        ("良好", {"东河镇", "西岭镇", "教育局"}),
    ] == [(grade.label, set(names)) for grade, names in grade_units(now).items() if grade][:2]
    gained = compare(now, load_period("2023H1", POINTS)).changes_by_unit("points")
    assert [6, 8, 0, -5] == [gained[name].difference for name in now.of("towns")]


def test_adoption_rates_of_both_spans() -> None:
    """The rate of the totals: streets 14 of 27, then 18 of 28; departments 47 of 59, then 56 of 68.

    The district 61 of 86 is 70.93 %, 74 of 96 is 77.08 %: up 6.15 points. 信访局 had nothing to
    adopt in 2023: no rate, and no rank.
    """
    before, now = (load_period(f"{year}-01..04", ADOPTION) for year in (2023, 2024))

    assert [Fraction(1400, 27), Fraction(4700, 59), Fraction(6100, 86)] == [
        scope.total_amount("采用率") for scope in (before.of("街道"), before.of("区直部门"), before)
    ]
    assert ["64.3", "82.4", "77.1"] == [
        show_amount(scope.total_amount("采用率"), 1)
        for scope in (now.of("街道"), now.of("区直部门"), now)
    ]
    assert "6.2" == show_amount(compare(now, before).change("采用率").difference, 1)
    assert before.amount("信访局", "采用率") is None
    assert (58, 16) == (now.total("原创"), now.total("转载"))


@pytest.mark.parametrize(
    ("data", "period", "said"),
    [
        (POINTS, "2023H2", ["得分137分", "第1名发改局30分", "优秀（20分以上）的有3个", "县直单位"]),
        (ADOPTION, "2024-01..04", ["报送96条，采用率77.1%", "提高6.2个百分点", "从稿件来源看"]),
    ],
)
def test_the_whole_way(
    data: Path, period: str, said: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Check, report and release: what a newcomer tries first comes out, marked as made up."""
    shutil.copytree(data, tmp_path / "data")
    common = ["--data-dir", str(tmp_path / "data")]
    assert 0 == main(["check", period, *common, "--format", "json"])
    checked = json.loads(capsys.readouterr().out)
    assert 0 == main(["report", period, *common, "--out", str(tmp_path)])
    assert 0 == main(["release", period, *common, "--out", str(tmp_path)])
    page = (tmp_path / period / "report.html").read_text(encoding="utf-8")

    assert [] == checked["faults"]
    assert {figure["indicator"] for figure in checked["figures"]} >= {"points"} or checked[
        "figures"
    ]
    assert [text for text in said[1:] if text not in page] == []
    assert "合成数据" in page
    assert (tmp_path / period / "release" / "annexes.xlsx").is_file()
