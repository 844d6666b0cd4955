"""What changed between two releases, and the log of it."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhashui_stats.errors import UnreadableRelease
from zhashui_stats.model.periods import Period
from zhashui_stats.model.revisions import (
    CellChange,
    Revision,
    SentenceChange,
    find_log,
    find_revision,
    parse_revisions,
    read_revisions,
)
from zhashui_stats.narrative import say_revisions

KEY = ("镇办", "营盘镇", "政务动态")
OTHER = ("镇办", "凤凰镇", "政务动态")


def test_changed_figure_and_its_sentence() -> None:
    """A figure that differs is told with the sentence that states it, and nothing else."""
    figures = {KEY: 2, OTHER: 5}, {KEY: 3, OTHER: 5}
    lines = ["标题", "营盘镇2篇。凤凰镇5篇。"], ["标题", "营盘镇3篇。凤凰镇5篇。"]
    revision = find_revision(2, "漏登1篇", figures, lines)

    assert revision == Revision(
        2, "漏登1篇", (CellChange(*KEY, 2, 3),), (SentenceChange("营盘镇2篇。", "营盘镇3篇。"),)
    )


def test_units_that_came_and_went() -> None:
    """A unit that was not there has no old figure, one that is no more no new one."""
    revision = find_revision(3, "", ({KEY: 2}, {OTHER: 0}), ([], []))

    assert revision.cells == (CellChange(*OTHER, None, 0), CellChange(*KEY, 2, None))


def test_sentences_that_came_and_went() -> None:
    """What is only in one of two releases stands against nothing."""
    revision = find_revision(2, "", ({}, {}), (["甲。乙。"], ["甲。乙。丙。"]))

    assert revision.sentences == (SentenceChange("", "丙。"),)


def test_quotes_within_quotes() -> None:
    """Quotation marks of a sentence become single ones where it is quoted."""
    assert str(SentenceChange("落实“三审”。", "")) == "“落实‘三审’。” → （无）"


def test_spaces_around_sentences_are_none_of_theirs() -> None:
    """Sentences are told apart at 。 and ；, and compared without the space around them."""
    revision = find_revision(2, "", ({}, {}), (["甲。 乙；丙", " "], [" 甲。\u3000丁；", "丙 "]))

    assert revision.sentences == (SentenceChange("乙；", "丁；"),)


def test_sentence_that_stands_often_is_no_change() -> None:
    """However often a sentence is repeated, it is paired with itself."""
    revision = find_revision(2, "", ({}, {}), (["甲。"] * 250, ["乙。", *["甲。"] * 250]))

    assert revision.sentences == (SentenceChange("", "乙。"),)


def test_no_change() -> None:
    """Two releases that say the same have no changes."""
    revision = find_revision(2, "", ({KEY: 2}, {KEY: 2}), (["甲。"], ["甲。"]))

    assert (revision.cells, revision.sentences) == ((), ())


TEXTS = st.text(alphabet="甲乙丙。；3", max_size=12)


@given(st.lists(TEXTS, max_size=5), st.lists(TEXTS, max_size=5), st.integers(0, 9))
def test_log_round_trip(before: list[str], now: list[str], count: int) -> None:
    """What a log holds is read as it was written."""
    revision = find_revision(2, "原因", ({KEY: count}, {KEY: count + 1}), (before, now))
    content = json.dumps([revision.as_dict()], ensure_ascii=False).encode()

    assert parse_revisions(content) == (revision,)


def log(folder: Path, content: str) -> Path:
    """Write a log where the period's release stands, and return where releases stand."""
    release = folder / "reports" / "2022H1" / "release"
    release.mkdir(parents=True)
    (release / "revisions.json").write_text(content, encoding="utf-8")
    return folder / "reports"


def test_log_is_found_from_a_folder_below(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A notebook in its own folder finds the releases beside it."""
    log(tmp_path, json.dumps([Revision(2, "漏登").as_dict()]))
    (tmp_path / "notebooks").mkdir()
    monkeypatch.chdir(tmp_path / "notebooks")

    assert read_revisions("2022H1", "reports") == (Revision(2, "漏登"),)
    assert read_revisions("2022H2", "reports") == ()


def test_log_stands_below_reports_by_default(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Releases are looked for where the command writes them: the nearest one counts."""
    outer = log(tmp_path, json.dumps([Revision(2, "外").as_dict()]))
    inner = log(tmp_path / "a", json.dumps([Revision(2, "内").as_dict()]))
    monkeypatch.chdir(tmp_path / "a")

    assert find_log("2022H1") == inner / "2022H1" / "release" / "revisions.json"
    assert read_revisions("2022H1") == (Revision(2, "内"),)
    assert read_revisions(Period.parse("2022H1"), outer) == (Revision(2, "外"),)
    assert find_log("2022H2") == Path("reports/2022H2/release/revisions.json")


def test_log_of_a_file_in_the_way(tmp_path: Path) -> None:
    """Where a file stands in place of the folder there is no log."""
    (tmp_path / "reports").write_text("a file")

    assert read_revisions("2022H1", tmp_path / "reports") == ()


def test_log_that_cannot_be_read(tmp_path: Path) -> None:
    """A folder in place of the log is told as the system has it."""
    path = tmp_path / "reports" / "2022H1" / "release" / "revisions.json"
    path.mkdir(parents=True)
    with pytest.raises(UnreadableRelease) as caught:
        read_revisions("2022H1", tmp_path / "reports")

    assert re.fullmatch(f"无法读取 {path}（.+）；请从备份恢复", str(caught.value))
    assert "内容已损坏" not in str(caught.value)


@pytest.mark.parametrize("content", ["", "{", "{}1", '[{"release": 2}]', "[3]", "null"])
def test_damaged_log(tmp_path: Path, content: str) -> None:
    """A log that cannot be read is told, with what to do."""
    with pytest.raises(UnreadableRelease, match=r"revisions\.json（内容已损坏）；请从备份恢复"):
        read_revisions("2022H1", log(tmp_path, content))


def test_report_of_no_revision() -> None:
    """Without a revision the report has no such section."""
    assert say_revisions(()) == ""


def test_report_of_revisions() -> None:
    """The report lists each release after the first one, why it was made and what it changed."""
    revisions = (
        Revision(
            2, "漏登*1*篇", (CellChange(*KEY, 2, 3),), (SentenceChange("共2篇。", "共3篇。"),)
        ),
        Revision(3, ""),
    )

    assert say_revisions(revisions) == (
        "## 修订记录\n\n首次发布以来修订2次。\n\n"
        "第2次发布：改动1个数、1处文字。原因：漏登\\*1\\*篇。\n\n"
        "- 镇办 营盘镇 政务动态：2 → 3\n- “共2篇。” → “共3篇。”\n\n"
        "第3次发布：数字和文字没有改动。"
    )


@pytest.mark.parametrize("reason", ["漏登。", "漏登；", "漏登。；", "漏登"])
def test_reason_ends_as_a_sentence(reason: str) -> None:
    """What the analyst closed the reason with is not doubled."""
    assert say_revisions((Revision(2, reason),)) == (
        "## 修订记录\n\n首次发布以来修订1次。\n\n第2次发布：数字和文字没有改动。原因：漏登。"
    )


@pytest.mark.parametrize(
    ("cells", "sentences", "what"), [(2, 0, "2个数"), (0, 3, "3处文字"), (20, 0, "20个数")]
)
def test_report_of_one_kind_of_changes(cells: int, sentences: int, what: str) -> None:
    """Only what changed is counted; up to twenty changes are listed in full."""
    revision = Revision(
        2,
        "",
        (CellChange(*KEY, None, 3),) * cells,
        (SentenceChange("甲*。", ""),) * sentences,
    )
    lines = ["- 镇办 营盘镇 政务动态：（无） → 3"] * cells
    lines += ["- “甲\\*。” → （无）"] * sentences

    assert say_revisions((revision,)) == (
        f"## 修订记录\n\n首次发布以来修订1次。\n\n第2次发布：改动{what}。\n\n" + "\n".join(lines)
    )


def test_report_of_many_changes() -> None:
    """Of many changes the report lists twenty and says how many more there are."""
    cells = tuple(CellChange("镇办", f"甲{n}镇", "政务动态", n, n + 1) for n in range(25))
    said = say_revisions((Revision(2, "重新统计", cells),))

    assert said.count("\n- 镇办") == 20
    assert said.endswith("- ……其余5处见发布文件夹中的修订记录")
