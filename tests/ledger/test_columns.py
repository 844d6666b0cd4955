"""Headers: which column is which, what is missing, what stands twice."""

import pandas as pd
import pyarrow as pa
import pytest

from ledger.by_hand import COUNTY, ENGINES, LIBRARIES, ROSTER, frame_of, ledger_of
from zhashui_stats.errors import Fault, FaultKind, FaultyData
from zhashui_stats.ledger import Ledger
from zhashui_stats.ledger.columns import Headers
from zhashui_stats.model.articles import REQUIRED, Column

HEADERS = Headers(COUNTY)
ROW = ["标题", "投稿单位", "类别", "发布日期", "状态"]
LABELS = "标题、投稿单位、类别、发布日期、状态"


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("标题", Column.TITLE),
        (" 标　题\n（全称）", Column.TITLE),
        ("稿件名称", Column.TITLE),
        ("单位", Column.UNIT),
        ("报送单位", Column.UNIT),
        ("栏目", Column.CATEGORY),
        ("初审日期", Column.REVIEW_1_DATE),
        ("备注", None),
        ("title", None),
        ("", None),
        ("　", None),
    ],
)
def test_a_header_heads_a_column(header: str, expected: Column | None) -> None:
    """White space and brackets never matter; variants count; ids and other headers do not."""
    assert expected == HEADERS.column(header)


@pytest.mark.parametrize("column", list(Column))
def test_every_label_heads_its_column(column: Column) -> None:
    """A column is found by its label."""
    assert column == HEADERS.column(column.label)


def test_places_and_others() -> None:
    """Columns stand where they stand; what is nothing of ours is named, blanks are not."""
    placed = HEADERS.place(["备注", *ROW, "", "领导"], "甲.csv", 3)

    assert dict(zip(REQUIRED, range(1, 6), strict=True)) == placed.columns
    assert dict(zip(REQUIRED, ROW, strict=True)) == placed.headers
    assert ("备注", "领导") == placed.others
    assert () == placed.faults


@pytest.mark.parametrize("column", REQUIRED)
def test_a_missing_column(column: Column) -> None:
    """A required column that is missing is told with what stands there instead."""
    rest = [header for header in ROW if header != column.label]
    expected = f"一列“{column.label}”；别的写法可在 county.toml 的 [ledger.headers] 中声明"
    fault = Fault("甲.csv", 3, column.label, FaultKind.MISSING_COLUMN, "、".join(rest), expected)

    assert (fault,) == HEADERS.place(rest, "甲.csv", 3).faults


def test_all_missing_columns_at_once() -> None:
    """A table of something else lacks all five."""
    faults = HEADERS.place(["姓名"], "甲.csv", 1).faults

    assert LABELS == "、".join(fault.column or "" for fault in faults)


def test_a_column_that_stands_twice() -> None:
    """Two headers for one column are told at the later one."""
    fault = Fault(
        "甲.csv",
        1,
        "稿件名称",
        FaultKind.DUPLICATE_COLUMN,
        "“标题”和“稿件名称”指同一列",
        "只留一列",
    )

    assert (fault,) == HEADERS.place([*ROW, "稿件名称"], "甲.csv", 1).faults


@pytest.mark.parametrize("engine", LIBRARIES)
def test_a_frame_without_a_column(engine: str) -> None:
    """A frame of any library that lacks a required column is no ledger."""
    with pytest.raises(FaultyData) as caught:
        Ledger.of(ENGINES[engine](frame_of({}).drop(columns="状态")), COUNTY, ROSTER, "2022H1")
    (fault,) = caught.value.faults

    assert (None, "状态", FaultKind.MISSING_COLUMN) == (fault.row, fault.column, fault.kind)
    assert "row、标题、投稿单位、类别、发布日期" == fault.found


def test_a_frame_with_equal_headers() -> None:
    """Two columns of one name, which some libraries allow, are a fault and no crash."""
    twice = pd.concat([frame_of({}), frame_of({})[["标题"]]], axis="columns")
    for frame in (twice, pa.table([["a"], ["b"]], names=["标题", "标题"])):
        with pytest.raises(FaultyData) as caught:
            Ledger.of(frame, COUNTY, ROSTER, "2022H1", file="甲")

        assert "甲：列重复；应为：互不相同的表头" == str(caught.value.faults[0])


def test_headers_that_are_no_text() -> None:
    """Pandas allows numbers as headers: they are other columns."""
    frame = frame_of({}).assign(甲=1).rename(columns={"甲": 0})

    assert ["第2行"] == ledger_of(frame).texts(Column.TITLE)
