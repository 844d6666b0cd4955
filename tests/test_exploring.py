"""What a person asks at a prompt: one line each, as in explore.ipynb, and names as they come."""

import ast
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from types import CodeType
from typing import Any

import nbformat
import pandas as pd
import pytest
from conftest import Builder, copy_data
from matplotlib import pyplot as plt
from matplotlib.axes import Axes

import zhashui_stats as zs
from zhashui_stats.comparison import History
from zhashui_stats.errors import UnknownLabel
from zhashui_stats.model.submissions import Submissions

CHART = "a chart"
SHOWN: dict[str, object] = {
    "zs.periods()": (1, 4),
    "now": "<柞水县2022年上半年：65个单位 × 3个类别，合计329篇>",
    "zs.totals(now)": (3, 4),
    "zs.composition(now)": (3, 3),
    'now["财政局"]': {"政务公开": 18, "政策解读": 1, "政务动态": 3, "合计": 22},
    'now["政务公开信息"].sort_values(ascending=False).head(10)': (10,),
    'now["镇办"]': (9, 4),
    "zs.ranking(now).head(10)": (10, 3),
    'zs.ranking(now.of("部门单位"), "政务动态").head(5)': (5, 3),
    "zs.rankings(now, 3)": (14, 3),
    'zs.at_least(now, 5, "政务公开")': ["财政局", "发改局", "经办中心"],
    'zs.below(now.of("镇办"), 3, "政务动态")': [
        "小岭镇", "瓦房口镇", "营盘镇", "乾佑街办", "凤凰镇", "杏坪镇",
    ],
    "zs.zero_units(now)": (14, 5),
    "zs.threshold_lists(now)": (4, 5),
    "zs.participation(now)": (3, 7),
    "zs.top_share(now, 5)": "40.1%",
    "zs.concentration(now)": (3, 7),
    "zs.compare_periods(now, history.before).head(10)": (0, 7),
    'zs.trend(history, "财政局")': (1, 4),
    'zs.plot_ranking(now.of("镇办"))': CHART,
    'zs.plot_ranking(now, "政务动态")': CHART,
    "zs.plot_composition(now)": CHART,
    'zs.plot_trend(history, "财政局")': CHART,
    'now.frame.query("政务公开 > 政务动态")': (22, 4),
    'now.frame.groupby("组别", sort=False).mean().round(1)': (2, 4),
    'now.frame.loc["镇办"].plot.barh()': CHART,
}  # fmt: skip
"""Question -> what it shows: text, a row, the units that a table lists, or its shape."""

NOTED = {"zs.compare_periods(now, history.before).head(10)": "没有可比的上一期数据，比较的表是空的"}
"""Question -> what is to be noted beside what it shows."""


# --- The notebook -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def cells() -> list[Any]:
    """The cells of explore.ipynb."""
    path = Path(__file__).parent.parent / "notebooks/explore.ipynb"
    return list(nbformat.read(path, as_version=4).cells)


@pytest.fixture
def room(cells: list[Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The names that the notebook's first cells give, where the data are."""
    copy_data(tmp_path)
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    for cell in [cell for cell in cells if cell.cell_type == "code"][:2]:
        exec(cell.source, names)
    yield names
    plt.close("all")


def answer(line: str, names: dict[str, Any]) -> Any:
    """Ask one line and return what it shows in the way that it is held against."""
    found = eval(line, names)
    expected = SHOWN[line]
    if expected is CHART:
        return CHART if isinstance(found, Axes) else found
    if isinstance(expected, str):
        return repr(found)
    if isinstance(expected, dict):
        return found.to_dict()
    return list(found.index) if isinstance(expected, list) else found.shape


def test_the_notebook_asks_these_questions(cells: list[Any]) -> None:
    """Twenty and more, each one expression under a question, and no others."""
    asked = [cell.source for cell in cells if cell.cell_type == "code"][2:]
    questions = [
        before.source.splitlines()[-1] for before, cell in pairwise(cells) if cell.source in asked
    ]

    assert list(SHOWN) == asked
    assert len(asked) >= 20
    assert [] == [line for line in asked if not isinstance(compiled(line), CodeType)]
    assert [] == [question for question in questions if "？" not in question]


def compiled(line: str) -> CodeType:
    """Compile what is to be a single expression."""
    return compile(ast.parse(line, mode="eval"), "explore", "eval")


@pytest.mark.parametrize("line", SHOWN)
def test_a_question_is_answered(line: str, room: dict[str, Any]) -> None:
    """Each line shows what it promises, and notes what there is to note."""
    if line in NOTED:
        with pytest.warns(zs.ZhashuiWarning, match=NOTED[line]):
            assert SHOWN[line] == answer(line, room)
    else:
        assert SHOWN[line] == answer(line, room)


def test_a_table_goes_into_a_workbook(room: dict[str, Any], tmp_path: Path) -> None:
    """The notebook's word on Excel holds: pandas' own method writes and is read back."""
    eval('zs.ranking(now).to_excel("排名.xlsx")', room)
    read = pd.read_excel(tmp_path / "排名.xlsx", index_col=0, engine="openpyxl")

    assert zs.ranking(room["now"]).equals(read)


# --- Names as people write them -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('now["县财政局"].name', "财政局"),
        ('now["乾佑街道办事处"].name', "乾佑街办"),
        ('now.of("财政局")["政务公开信息"].sum()', 18),
        ('now["towns"].shape', (9, 4)),
        ('now["总计"].sum()', 329),
        ('now.count("财政局", "采用总量")', 22),
        ('now.total("政务动态信息（篇）")', 203),
        ('zs.ranking(now, "合计")["数量"].iloc[0]', 52),
        ('now["柞水县财政局"].name', "财政局"),
        ('now["政务动态"]["财政局"], now["财政局"]["政务动态"]', (3, 3)),
        ('zs.load("2022上半年") == now', True),
        ("len(now)", 65),
        ('zs.ranking(now, "政务公开 类信息").index[0]', "财政局"),
        ('"财政局" in now, "财政厅" in now, "镇办" in now, 3 in now', (True, False, True, False)),
        ("len(list(now)), list(now)[0]", (65, "营盘镇")),
        ('history["2022年上半年"] is now', True),
        ('"2022H1" in history, "2021H2" in history, "去年" in history', (True, False, False)),
        ("list(history), repr(history)", (["2022H1"], "<柞水县历期数据：2022H1>")),
    ],
)
def test_a_name_as_people_write_it(line: str, expected: object, room: dict[str, Any]) -> None:
    """Full names, aliases, labels, headers and the report's own wording are all understood."""
    assert expected == eval(line, room)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            'now["财政厅"]',
            "没有名为“财政厅”的单位、组别或类别，最接近的是：财政局；"
            "可用的有：镇办、部门单位、政务公开、政策解读、政务动态、合计、65个单位的名称",
        ),
        (
            'now.of("乡镇")',
            "没有名为“乡镇”的单位或组别，最接近的是：营盘镇、杏坪镇、曹坪镇、镇办；"
            "可用的有：镇办、部门单位、65个单位的名称",
        ),
        ("now[0]", "没有名为“0”的单位、组别或类别"),
        ('now.of("镇办")["财政局"]', "没有名为“财政局”的单位、组别或类别"),
        (
            'zs.ranking(now, "政务公告")',
            "没有名为“政务公告”的类别，最接近的是：政务公开、政务动态；"
            "可用的有：政务公开、政策解读、政务动态、合计",
        ),
        (
            'zs.ranking(now, "镇办")',
            '没有名为“镇办”的类别；“镇办”是组别，请先选组，如 now.of("镇办")；可用的有：政务公开、',
        ),
        (
            'zs.trend(history, "政务公告")',
            "没有名为“政务公告”的单位、组别或类别，最接近的是：政务公开",
        ),
        ('history.of("财政厅")', "没有名为“财政厅”的单位或组别，最接近的是：财政局"),
        ('history["2021H2"]', "没有名为“2021H2”的期次，可用的有：2022H1"),
        ('history["上半年"]', "看不懂的期次“上半年”"),
        ("zs.load(2022)", "没有文件夹 data/2022；已有的期次：2022H1"),
        ("zs.load(20221)", "看不懂的期次“20221”"),
        ('zs.load("2022上")', "看不懂的期次“2022上”"),
    ],
)
def test_a_wrong_name_says_what_there_is(line: str, expected: str, room: dict[str, Any]) -> None:
    """Whatever is wrong with a name, an error of the tree says in Chinese what could be meant."""
    with pytest.raises(zs.ZhashuiError) as caught:
        eval(line, room)

    assert str(caught.value).startswith(expected)


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("rank", "ranking、rankings"),
        ("compare", "compare_periods"),
        ("total", "totals"),
        ("zeros", "zero_units"),
        ("top", "top_share"),
        ("plot", "plot_trend"),
        ("Periods", "periods"),
        ("read_excel", "read_ledger"),
    ],
)
def test_a_wrong_function_says_which_there_are(name: str, near: str) -> None:
    """A name that the package does not have brings the nearest and all there are."""
    with pytest.raises(AttributeError) as caught:
        getattr(zs, name)

    said = str(caught.value)
    assert said.startswith(f"zhashui_stats 没有“{name}”，最接近的是：")
    assert near in said.split("；", maxsplit=1)[0]
    assert said.endswith(f"；可用的有：{'、'.join(zs.__all__)}")


@pytest.mark.parametrize(
    ("name", "first"), [("zero", "zero_units"), ("rank", "ranking"), ("plot_r", "plot_ranking")]
)
def test_what_begins_as_it_was_written_is_told_first(name: str, first: str) -> None:
    """The beginning of a name is what people remember of it."""
    with pytest.raises(AttributeError, match=f"最接近的是：{first}"):
        getattr(zs, name)


def test_completion_lists_what_can_be_asked(h1: Submissions) -> None:
    """Within the brackets JupyterLab offers units, groups, categories and the sum; or periods."""
    offered = h1._ipython_key_completions_()

    assert [*h1, "镇办", "部门单位", "政务公开", "政策解读", "政务动态", "合计"] == offered
    assert [] == [name for name in offered if name not in h1]
    assert ["2022H1"] == History([h1])._ipython_key_completions_()


def test_a_name_of_several_units_is_not_guessed(build: Builder) -> None:
    """A name that two units go by brings both, and neither of their rows."""
    now = build(
        {"镇": {"甲": (1,), "乙": (2,)}}, categories=("动",), aliases={"甲": ("丙",), "乙": ("丙",)}
    )

    with pytest.raises(UnknownLabel, match="没有名为“丙”的单位、组别或类别，最接近的是：甲、乙；"):
        now["丙"]
