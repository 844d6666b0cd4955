"""Characters that the font lacks, in the reasons of a ledger: found before a report is made."""

from dataclasses import replace
from pathlib import Path

import pytest
from ledgers import REJECTED, UNITS, Article, period_of

from zhashui_stats.making.glyphs import find_missing_glyphs
from zhashui_stats.model.submissions import Submissions


def rejected(*reasons: str) -> list[Article]:
    return [{**REJECTED, "退稿原因": reason} for reason in reasons]


@pytest.mark.parametrize(
    ("file", "row"), [("2022H1/ledger.csv", 2), ("2022H1/ledger.parquet", None)]
)
def test_a_reason_without_a_glyph(h1: Submissions, tmp_path: Path, file: str, row: int) -> None:
    """What a report would fail on is told with the ledger's path, and its row where there is one.

    Beyond the reasons nothing that only the ledger holds is shown, and so may be told.
    """
    (tmp_path / "2022H1").mkdir()
    (tmp_path / file).write_text(
        "标题,投稿单位,类别,发布日期,状态,退稿原因\n一,甲镇,政务动态,,退稿,错\U0001f600\n", "utf-8"
    )
    articles = [{**REJECTED, "退稿原因": "错\U0001f600", "标题": "\U0001f601"}]
    now = replace(h1, ledger=period_of(articles, UNITS, file=file).ledger)
    faults = [
        (fault.file, fault.row, fault.found) for fault in find_missing_glyphs([now], tmp_path)
    ]

    assert faults == [(file, row, "“\U0001f600”U+1F600")]


def test_a_reason_that_is_not_listed_needs_no_glyph(h1: Submissions, tmp_path: Path) -> None:
    """A reason behind the twentieth is on no page."""
    reasons = [f"原因{n}" for n in range(21)] * 2
    now = replace(h1, ledger=period_of(rejected(*reasons, "错\U0001f600")).ledger)

    assert find_missing_glyphs([now], tmp_path) == ()


def test_an_earlier_ledgers_reasons_do_not_matter(h1: Submissions, tmp_path: Path) -> None:
    """A report shows the reasons of its own period only."""
    before = replace(h1, ledger=period_of(rejected("错\U0001f600")).ledger)

    assert find_missing_glyphs([before, h1], tmp_path) == ()
