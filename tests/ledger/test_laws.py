"""What holds for every ledger: a plain count agrees, and no wrong cell passes unseen."""

from collections import Counter
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.by_hand import COUNTY, ROSTER, frame_of, ledger_of, told
from zhashui_stats.ledger import count_articles
from zhashui_stats.model.periods import Period

HERE = ROSTER.valid_in(Period.parse("2022H1"))
NAMES = {
    "甲镇": ["甲镇", " 甲　镇", "县甲镇", "甲乡、乙镇", "甲镇人民政府"],
    "乙镇": ["乙镇", "乙镇、甲镇、无此站"],
    "甲局": ["甲局", "县 甲局"],
    "新局": ["新局", "并局"],
}
CATEGORIES = {
    "disclosure": ["政务公开", "政务公开信息"],
    "interpretation": ["政策解读", "政策 解读"],
    "news": ["政务动态", "政务动态　"],
}
STATUSES = {"adopted": ["采用", "录用", "采 用"], "rejected": ["退稿", "退回"], "pending": ["待审"]}
FORMS = ["%Y-%m-%d", "%Y/%m/%d", "%Y年%m月%d日", "%Y.%m.%d 08:30", "%Y%m%d"]
EDGES = [date(2021, 12, 31), date(2022, 1, 1), date(2022, 6, 30), date(2022, 7, 1)]


def written(words: dict[str, list[str]]) -> st.SearchStrategy[tuple[str, str]]:
    """Draw what is meant, and one of the ways to write it."""
    return st.sampled_from([(meant, text) for meant, texts in words.items() for text in texts])


days = st.one_of(st.sampled_from(EDGES), st.dates(date(2021, 10, 1), date(2022, 9, 30)))
articles = st.lists(
    st.tuples(written(NAMES), written(CATEGORIES), written(STATUSES), days, st.sampled_from(FORMS)),
    max_size=25,
)
Drawn = tuple[tuple[str, str], tuple[str, str], tuple[str, str], date, str]


def cells(drawn: Drawn) -> dict[str, Any]:
    """Write a drawn article as a ledger has it."""
    (_, unit), (_, category), (_, status), day, form = drawn
    return {"投稿单位": unit, "类别": category, "状态": status, "发布日期": day.strftime(form)}


@pytest.mark.parametrize("engine", ["pandas", "polars", "duckdb"])
@settings(max_examples=20)
@given(drawn=articles)
def test_a_plain_count_agrees(engine: str, drawn: list[Drawn]) -> None:
    """Adopted, and published from 1 January to 30 June 2022: one for its first unit's category."""
    counted = count_articles(ledger_of(frame_of(*map(cells, drawn)), engine))
    plain: Counter[tuple[str, str]] = Counter()
    fates: Counter[str] = Counter()
    for (unit, _), (category, _), (status, _), day, _ in drawn:
        counts = date(2022, 1, 1) <= day <= date(2022, 6, 30)
        fates[status if status != "adopted" or counts else "elsewhen"] += 1
        plain[unit, category] += status == "adopted" and counts

    assert {
        unit.name: {declared.id: plain[unit.name, declared.id] for declared in COUNTY.categories}
        for unit in HERE.units
    } == dict(counted.counts)
    assert [fates[fate] for fate in ("adopted", "elsewhen", "rejected", "pending")] == [
        counted.adopted, counted.elsewhen, counted.rejected, counted.pending,
    ]  # fmt: skip


blanks = st.text(st.sampled_from(" \t\n\r\u3000\u00a0\u2003\u2028\x0b\x0c\x1f\x85"), max_size=4)
junk = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1).map(
    "×{}".format  # nothing that is known begins so
)
WRONG = {
    "标题": blanks,
    "投稿单位": blanks | junk,
    "类别": blanks | junk,
    "状态": blanks | junk,
    "发布日期": blanks | junk,
    "投稿日期": junk,
    "终审日期": junk,
    "公开属性": junk,
    "解读形式": junk | junk.map("图表、{}".format),
}
wrong_cells = st.one_of([st.tuples(st.just(column), cell) for column, cell in WRONG.items()])
SOUND = {"投稿日期": "2022-02-28", "终审日期": "", "公开属性": "公开发布", "解读形式": "图表、文字"}


@pytest.mark.parametrize("engine", ["pandas", "polars", "duckdb"])
@settings(max_examples=30)
@given(wrong=st.lists(wrong_cells | st.none(), min_size=5, max_size=5))
def test_no_wrong_cell_passes_unseen(engine: str, wrong: list[tuple[str, str] | None]) -> None:
    """Each wrong cell of a sound ledger is one fault, at its row and column."""
    ledger = [{**SOUND, **dict([cell] if cell else [])} for cell in wrong]

    assert [(row, cell[0]) for row, cell in enumerate(wrong, 2) if cell] == [
        fault[:2] for fault in told(*ledger, engine=engine)
    ]


def test_the_sound_ledger_is_sound() -> None:
    """What the wrong cells are put into has no fault of its own."""
    assert [] == told(*[dict(SOUND) for _ in range(5)])


@settings(max_examples=40)
@given(
    first=st.integers(0, 4),
    second=st.integers(0, 4),
    column=st.sampled_from(["编号", "标题"]),
    pads=st.tuples(*[st.sampled_from(["", " ", "　", "\t", "\u00a0"])] * 2),
)
def test_no_double_passes_unseen(
    first: int, second: int, column: str, pads: tuple[str, str]
) -> None:
    """A number or title that is put into another row, padded or not, is told at the later one."""
    ledger = [{"编号": f"00{n}", "标题": f"第{n}篇"} for n in range(5)]
    ledger[second][column] = ledger[first][column].join(pads)
    expected = [(max(first, second) + 2, column)] * (first != second)

    assert expected == [fault[:2] for fault in told(*ledger)]
