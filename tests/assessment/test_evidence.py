"""The evidence of a period: None where its ledger cannot tell, each question asked once."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from conftest import ROOT, Builder, copy_data
from ledgers import PENDING, REJECTED, SOUND, period_of, sent

from zhashui_stats.assessment import Evidence
from zhashui_stats.ledger.frame import Ledger
from zhashui_stats.loading import load
from zhashui_stats.model.articles import Column
from zhashui_stats.synthetic import synthesize, write_ledger

NOTEBOOK = ROOT / "notebooks" / "half_year_report.ipynb"
FULL = [
    {
        **sent("甲镇", "01-05", **SOUND)[0], "退稿原因": "", "关联政策发布日期": "2022-01-04",
        "公开属性": "公开发布", "不公开理由": "", "解读形式": "图表",
    },
    REJECTED,
    PENDING,
]  # fmt: skip
ANSWERS = (
    "adoption", "reasons", "all_reasons", "regularity", "chains", "disclosure", "timeliness",
    "forms",
)  # fmt: skip
OF_SUBMITTED = ("adoption", "reasons", "all_reasons", "regularity", "disclosure")


def untold(evidence: Evidence) -> list[str]:
    """Name the answers that are None."""
    return [name for name in ANSWERS if getattr(evidence, name) is None]


def test_a_full_ledger_answers_everything() -> None:
    """With every column and a time limit nothing is None."""
    assert [] == untold(Evidence(period_of(FULL, days=3).ledger))


def test_no_ledger_no_answers(build: Builder) -> None:
    """Counts alone tell nothing of single articles."""
    assert list(ANSWERS) == untold(Evidence(build({"镇办": {"甲镇": (1, 0, 0)}}).ledger))


@pytest.mark.parametrize(
    ("without", "expected"),
    [
        (Column.SUBMITTED, OF_SUBMITTED),
        (Column.REASON, ("reasons", "all_reasons")),
        (Column.PROOFREAD_3_DATE, ("chains",)),
        (Column.ATTRIBUTE, ("disclosure",)),
        (Column.POLICY, ("timeliness",)),
        (Column.FORM, ("forms",)),
        (Column.GROUNDS, ()),
    ],
)
def test_what_a_missing_column_takes_away(without: Column, expected: tuple[str, ...]) -> None:
    """Each answer is None without its columns, and only then."""
    evidence = Evidence(period_of(FULL, days=3, without=[without]).ledger)

    assert list(expected) == untold(evidence)


def test_no_time_limit_no_timeliness() -> None:
    """Where the county states none, nothing is late."""
    assert ["timeliness"] == untold(Evidence(period_of(FULL, days=None).ledger))


def test_a_group_shares_the_answers_of_its_period() -> None:
    """A scope has the same ledger, so nothing is asked again for it."""
    now = period_of(FULL)

    assert Evidence(now.of("镇办").ledger).chains is Evidence(now.ledger).chains


# --- A whole report -----------------------------------------------------------------------------


@pytest.fixture
def period(tmp_path: Path) -> Path:
    """The data folder with a made-up ledger of 2022H1."""
    data = copy_data(tmp_path)
    write_ledger(synthesize(load("2022H1", data), 0), data / "2022H1" / "ledger.csv")
    return data


@pytest.fixture
def queries(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the engine was asked, in its own language."""
    asked: list[str] = []
    collect: Callable[..., Any] = Ledger._collect

    def listen(ledger: Ledger, frame: Any) -> Any:
        asked.append(frame.to_native().sql_query())
        return collect(ledger, frame)

    monkeypatch.setattr(Ledger, "_collect", listen)
    return asked


@pytest.mark.filterwarnings("default::zhashui_stats.errors.ZhashuiWarning")  # it is made up
def test_a_report_asks_each_question_once(period: Path, tmp_path: Path, queries: list[str]) -> None:
    """From its first sentence to its last table the report puts no query to the engine twice."""
    names: dict[str, Any] = {}
    for cell in nbformat.read(NOTEBOOK, as_version=4).cells:
        if cell.cell_type == "code":
            is_loaded = "now" in names
            exec(cell.source, names)
            if not is_loaded:
                # Loading checks the articles; what it asks for that is not the report's.
                queries.clear()
            if "parameters" in cell.metadata.get("tags", ()):
                names |= {"data_dir": str(period), "out_dir": str(tmp_path / "reports")}
    twice = {query for query in queries if queries.count(query) > 1}

    assert names["now"].ledger
    assert len(queries) > 10
    assert set() == twice
