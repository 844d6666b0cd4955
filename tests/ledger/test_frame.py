"""A ledger as a frame: its rows, its words, and which articles a question is about."""

from collections.abc import Callable
from datetime import date

import narwhals as nw
import pandas as pd
import pytest

from ledger.by_hand import COUNTY, LIBRARIES, ROSTER, frame_of, ledger_of
from zhashui_stats.errors import PeriodError
from zhashui_stats.ledger import Ledger
from zhashui_stats.ledger.expressions import among, blank, first_unit
from zhashui_stats.model.articles import Attribute, Column, Status
from zhashui_stats.model.periods import Period

TITLES = ["甲", "", "乙", None, "甲"]


def rows_of(ledger: Ledger, where: nw.Expr) -> list[int]:
    return [row for row, _ in ledger.rows("title", where=where)]


@pytest.mark.parametrize("library", LIBRARIES)
def test_tally(library: str) -> None:
    """Groups are counted, nothing and the empty text apart."""
    ledger = ledger_of(frame_of(*({"标题": title} for title in TITLES)), library)

    assert {("甲", 2), ("", 1), ("乙", 1), (None, 1)} == set(ledger.tally("title"))
    assert {("甲", 1)} == set(ledger.tally("title", where=nw.col("row") == 6))
    assert {("", 1), ("甲", 2), ("乙", 1), (None, 1)} == set(ledger.tally(nw.col("title")))


@pytest.mark.parametrize("library", LIBRARIES)
def test_choosing_texts(library: str) -> None:
    """Texts are chosen as they stand, None for nothing; no text chooses no article."""
    ledger = ledger_of(frame_of(*({"标题": title} for title in TITLES)), library)
    cases = {(): [], ("甲",): [2, 6], (None,): [5], ("", None, "乙"): [3, 4, 5]}

    assert cases == {texts: rows_of(ledger, among(Column.TITLE, texts)) for texts in cases}


@pytest.mark.parametrize("library", LIBRARIES)
def test_choosing_blanks(library: str) -> None:
    """All white space is blank; text that sorts near it, or begins with it, is not."""
    titles = ["“甲”", "\u2003", " 甲", "\x7f", "!", "\u200b", "\u3000\u3000", "《", "\x1f"]
    ledger = ledger_of(frame_of(*({"标题": title} for title in titles)), library)

    assert [3, 8, 10] == rows_of(ledger, blank(Column.TITLE))


@pytest.mark.parametrize("library", LIBRARIES)
def test_rows_in_order(library: str) -> None:
    """Rows come by number, in whatever order the library has them."""
    ledger = ledger_of(frame_of({}, {}, {}).iloc[[2, 0, 1]], library)

    assert [2, 3, 4] == rows_of(ledger, ~nw.col("title").is_null())


@pytest.mark.parametrize("rows", [["x", "y"], [2.5, None], [None, None]])
def test_a_column_row_of_something_else(rows: list[object]) -> None:
    """A column that is called row and holds no whole numbers tells no rows."""
    ledger = ledger_of(frame_of({}, {}).assign(row=rows))

    assert [(None, "第2行"), (None, "第3行")] == ledger.rows(
        "title", where=~nw.col("title").is_null()
    )


def test_rows_that_are_known_in_part() -> None:
    """Where some rows are not known, their articles come last."""
    frame = frame_of({}, {}, {}).assign(row=pd.array([None, 9, 2], dtype="Int64"))

    assert [2, 9, None] == rows_of(ledger_of(frame), ~nw.col("title").is_null())


def test_ids_as_headers() -> None:
    """A column of the file that has a column's id as its header is another one."""
    ledger = ledger_of(frame_of({}).assign(title="x", number="y"))

    assert not ledger.has(Column.NUMBER)
    assert ["第2行"] == ledger.texts(Column.TITLE)


def test_statuses() -> None:
    """Each text that stands there is given its meaning, or none."""
    texts = ["采用", "录 用", "退回", "待审", "已用", None]
    ledger = ledger_of(frame_of(*({"状态": text} for text in texts)))
    meanings = [Status.ADOPTED, Status.ADOPTED, Status.REJECTED, Status.PENDING, None, None]

    assert dict(zip(texts, meanings, strict=True)) == ledger.statuses
    assert [2, 3] == rows_of(ledger, ledger.with_status(Status.ADOPTED))


def test_words() -> None:
    """Labels and the county's variants are words; attributes have no variants here."""
    ledger = ledger_of(frame_of({}))

    assert {attribute.label: attribute for attribute in Attribute} == ledger.attributes
    assert ("文字", "文稿") == tuple(text for text, form in ledger.forms.items() if form == "text")
    assert {"政务公开": "disclosure", "政务公开信息": "disclosure"}.items() <= (
        ledger.categories.items()
    )


SHIFTS: dict[str, Callable[[pd.Series], pd.Series]] = {
    "text": lambda days: days,
    "times": lambda days: pd.to_datetime(days) + pd.Timedelta(hours=23),
}


@pytest.mark.parametrize("kind", SHIFTS)
@pytest.mark.parametrize("library", LIBRARIES)
def test_days(library: str, kind: str) -> None:
    """A day compares the same as text and as a time; the period has both its ends."""
    days = ["2021-12-31", "2022-01-01", "2022-06-30", "2022-07-01", None]
    frame = frame_of(*({"发布日期": day} for day in days))
    ledger = ledger_of(frame.assign(发布日期=SHIFTS[kind](frame["发布日期"])), library)

    assert [3, 4] == rows_of(ledger, ledger.within(Column.PUBLISHED))
    assert [4] == rows_of(ledger, ledger.within(Column.PUBLISHED, date(2022, 1, 2)))
    assert [6] == rows_of(ledger, ledger.undated(Column.PUBLISHED))
    assert {(day or "", 1) for day in days} == set(ledger.tally(ledger.day(Column.PUBLISHED)))


def test_articles_of_the_period() -> None:
    """Adopted ones by 发布日期; the others by 投稿日期, and always where it is blank."""
    other = {"状态": "退稿", "发布日期": None}
    ledger = ledger_of(
        frame_of(
            {"投稿日期": "2021-01-01"},
            {"发布日期": "2022-07-01", "投稿日期": "2022-06-30"},
            {**other, "投稿日期": "2022-06-30"},
            {**other, "投稿日期": "2022-07-01"},
            {**other, "投稿日期": "　"},
        )
    )

    assert [2] == rows_of(ledger, ledger.adopted)
    assert [4, 6] == rows_of(ledger, ledger.not_adopted)


@pytest.mark.parametrize(("natures", "expected"), [
    (["合成"], True), (["", "合成数据"], True), (["实际", None], False), (None, False),
])  # fmt: skip
def test_synthetic(natures: list[str | None] | None, expected: bool) -> None:
    """One row that says 合成 is enough."""
    cells = [{"数据性质": nature} for nature in natures] if natures else [{}]

    assert expected is ledger_of(frame_of(*cells)).is_synthetic


def test_a_period_as_text() -> None:
    """The period may be text; one that cannot be read is told."""
    assert (
        Period.parse("2022Q1") == Ledger.of(frame_of({}), COUNTY, ROSTER, "2022年第一季度").period
    )
    with pytest.raises(PeriodError):
        Ledger.of(frame_of({}), COUNTY, ROSTER, "夏天")


@pytest.mark.parametrize(
    ("text", "expected"),
    [(None, ""), ("", ""), (" 甲 、乙", "甲"), ("、乙", ""), ("甲,乙", "甲,乙"), ("　甲", "甲")],
)
def test_first_unit(text: str | None, expected: str) -> None:
    """The first of several names, without white space around it."""
    assert expected == first_unit(text)
