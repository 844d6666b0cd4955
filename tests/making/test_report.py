"""A report is made once: again only where something that it rests on has changed."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from small_county import add_cell, write_notebook, write_period

from making.conftest import Make, Written, stamps, write_data_afresh
from zhashui_stats.cli import main
from zhashui_stats.reading.source import TO_FILL

PAGE, EXECUTED = "reports/2022H1/report.html", "reports/2022H1/report.ipynb"
NOTEBOOK = "notebooks/half_year_report.ipynb"
MADE = f"报告已写入 {Path(PAGE)}\n"
KEPT = f"没有变化，报告仍是原来的 {Path(PAGE)}（要重新生成，请加 --force）\n"

PARAMETERS = 'period: str = "2022H1"\ndata_dir: str = "data"\n'
SHOWS_ALL = """
from pathlib import Path
from IPython.display import Markdown
files = sorted(path for path in Path(data_dir).rglob("*") if path.is_file())
Markdown("\\n\\n".join(path.read_text("utf-8") for path in files))
"""
HEAVY = ("duckdb", "matplotlib", "nbconvert", "nbformat", "pandas", "papermill", "zmq")
WITNESS = f"""
import json, sys
from zhashui_stats.cli import main
from zhashui_stats.reading.source import TO_FILL
status = main(["report", "2022H1"])
print(json.dumps([status, sorted(set({HEAVY}) & set(sys.modules))]))
"""

Change = Callable[[Path], object]
Captured = pytest.CaptureFixture[str]


def write_project(folder: Path) -> None:
    """Write data and a notebook that shows all of them, in place of what stands there."""
    write_data_afresh(folder)
    write_notebook(folder, "half_year_report", PARAMETERS, SHOWS_ALL)


@pytest.fixture
def made(project: Path, make: Make) -> Path:
    """The folder at work: the same project for each test, and its report is up to date."""
    write_project(project)
    return make("report")


def state(folder: Path) -> dict[str, Written]:
    """Return how the files of a report stand on the disk."""
    there = (folder / name for name in (PAGE, EXECUTED) if (folder / name).exists())
    return {path.relative_to(folder).as_posix(): file for path, file in stamps(there).items()}


def edit(file: str, old: str, new: str) -> Change:
    """Return what puts a text in place of another in a file."""

    def change(folder: Path) -> None:
        content = (folder / file).read_bytes()
        assert old.encode() in content
        (folder / file).write_bytes(content.replace(old.encode(), new.encode()))

    return change


def write(file: str, text: str) -> Change:
    """Return what writes a file."""
    return lambda folder: (folder / file).write_text(text, "utf-8")


def test_an_unchanged_report_is_not_made_again(made: Path, capsys: Captured) -> None:
    """It is said so, the exit status is 0, and the files are not touched."""
    before = state(made)
    status = main(["report", "2022H1"])
    said = capsys.readouterr()

    assert (0, KEPT, "") == (status, said.out, said.err)
    assert before == state(made)


def test_nothing_heavy_is_imported_for_an_unchanged_report(made: Path) -> None:
    """Neither pandas nor matplotlib nor what runs notebooks is imported to say so."""
    done = subprocess.run(
        [sys.executable, "-c", WITNESS],
        cwd=made, capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    said, found = done.stdout.splitlines(keepends=True)

    assert KEPT == said
    assert [0, []] == json.loads(found)


def test_force_makes_it_in_any_case(made: Path, capsys: Captured) -> None:
    """``--force``: made again, to the same bytes; without it the next run makes nothing."""
    before = state(made)
    status = main(["report", "2022H1", "--force"])
    after = state(made)

    assert (0, MADE) == (status, capsys.readouterr().out)
    for name, (*written, content) in before.items():
        assert written != list(after[name][:2])
        assert content == after[name][2]

    main(["report", "2022H1"])

    assert KEPT == capsys.readouterr().out


def add_unit(folder: Path) -> None:
    """Found a town."""
    edit("data/units.csv", "丙镇,towns", "丙镇,towns\r\n丁镇,towns")(folder)
    edit("data/2022H1/towns.csv", "丙镇", "丁镇,0,0\r\n丙镇")(folder)


CHANGES: dict[str, Change] = {
    "a count": edit("data/2022H1/towns.csv", "丙镇,3", "丙镇,5"),
    "the source": edit("data/2022H1/source.toml", "某县通报", "某县的通报"),
    "the settings": edit("data/county.toml", "某县人民政府办公室", "某县政府办"),
    "a new unit": add_unit,
    "remarks": write("data/2022H1/remarks.md", "## 一（二）\n\n另有一段。\n"),
    "a circular": write("data/2022H1/circular.txt", "2022年上半年，甲镇1篇。\n"),
    "an earlier period": lambda folder: write_period(folder / "data", "2021H2"),
    "the notebook": lambda folder: add_cell(folder / NOTEBOOK, "period"),
    "the page edited": edit(PAGE, "甲镇", "乙镇"),
    "the page deleted": lambda folder: (folder / PAGE).unlink(),
    "the page cut off": lambda folder: os.truncate(folder / PAGE, 100),
    "its notebook edited": edit(EXECUTED, "甲镇", "乙镇"),
    "its notebook deleted": lambda folder: (folder / EXECUTED).unlink(),
    "its folder deleted": lambda folder: shutil.rmtree(folder / "reports"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_makes_it_again(made: Path, change: Change, capsys: Captured) -> None:
    """Whatever the report rests on, and itself: changed, it is made again, and then kept."""
    change(made)
    before = state(made)
    status = main(["report", "2022H1"])
    after = state(made)

    assert (0, MADE) == (status, capsys.readouterr().out)
    assert {PAGE, EXECUTED} == set(after)
    for name, (*written, _) in before.items():
        assert written != list(after[name][:2])

    main(["report", "2022H1"])

    assert KEPT == capsys.readouterr().out
    assert after == state(made)


def test_a_change_is_in_the_report(made: Path) -> None:
    """What was made again shows the change; undone, it is made again and as it was."""
    before = state(made)[PAGE][2]
    CHANGES["a count"](made)
    main(["report", "2022H1"])
    changed = state(made)[PAGE][2]
    write_project(made)
    main(["report", "2022H1"])

    assert "丙镇,5,4" in changed.decode()
    assert before == state(made)[PAGE][2]


def test_a_touch_changes_nothing(made: Path, capsys: Captured) -> None:
    """Neither a time stamp nor the same content written once more is a change."""
    before = state(made)
    write_project(made)
    for path in made.rglob("data/**/*"):
        os.utime(path, (0, 0))
    (made / "data/2022H1/~$towns.xlsx").write_text("a lock of Office", "utf-8")
    (made / "data/2022H2").mkdir()
    main(["report", "2022H1"])

    assert KEPT == capsys.readouterr().out
    assert before == state(made)


def test_another_data_folder_is_a_change(made: Path, capsys: Captured) -> None:
    """The same figures from a folder of another name: the page states it, so it is made again."""
    shutil.copytree(made / "data", made / "other", dirs_exist_ok=True)
    command = ["report", "2022H1", "--data-dir", "other"]
    first = main(command), capsys.readouterr().out
    second = main(command), capsys.readouterr().out

    assert (0, MADE) == first
    assert (0, KEPT) == second


def test_reports_in_two_places_know_nothing_of_each_other(
    made: Path, tmp_path: Path, capsys: Captured
) -> None:
    """A report elsewhere is made though this one is there, and both are kept afterwards."""
    command = ["report", "2022H1", "--out", str(tmp_path)]
    main(command)
    first = capsys.readouterr().out
    main(command)
    main(["report", "2022H1"])
    page = tmp_path / "2022H1" / "report.html"

    assert f"报告已写入 {page}\n" == first
    assert KEPT.replace(str(Path(PAGE)), str(page)) + KEPT == capsys.readouterr().out
    assert (made / PAGE).read_bytes() == page.read_bytes()


def test_notices_are_told_again(made: Path, capsys: Captured) -> None:
    """What is not filled in is told each time, whether the report is made or kept."""
    edit("data/2022H1/source.toml", "2022-07-08", TO_FILL)(made)
    said = [(main(["report", "2022H1"]), *capsys.readouterr()) for _ in range(2)]
    notice = "注意：2022H1/source.toml 还没有填写：date\n"

    assert [(0, MADE, notice), (0, KEPT, notice)] == said


def test_faulty_data_after_a_good_report(made: Path, capsys: Captured) -> None:
    """Exit 1 each time, the earlier report stays; mended as it was, it is good again."""
    before = state(made)
    edit("data/2022H1/towns.csv", "丙镇,3", "丙镇,三")(made)
    said = [(main(["report", "2022H1"]), *capsys.readouterr()) for _ in range(2)]
    edit("data/2022H1/towns.csv", "丙镇,三", "丙镇,3")(made)
    mended = main(["report", "2022H1"]), capsys.readouterr().out

    assert [(1, ""), (1, "")] == [(status, out) for status, out, _ in said]
    assert all("2022H1/towns.csv 第4行“政务公开”列" in err for *_, err in said)
    assert (0, KEPT) == mended
    assert before == state(made)


def test_a_failed_run_keeps_no_receipt(made: Path, capsys: Captured) -> None:
    """A notebook that fails does so each time; the earlier report stays."""
    before = state(made)
    add_cell(made / NOTEBOOK, "raise ValueError('坏了')")
    said = [(main(["report", "2022H1"]), capsys.readouterr().err) for _ in range(2)]

    assert [1, 1] == [status for status, _ in said]
    assert all(
        err.startswith("zhashui-stats：“标题”一节出错：ValueError：坏了\n") for _, err in said
    )
    assert before == state(made)


@pytest.mark.parametrize(
    "comes_in_between",
    [
        "path = Path(data_dir, '2022H1/towns.csv')\n"
        "path.write_text(path.read_text('utf-8') + '\\n', 'utf-8')",
        "Path(data_dir, '2022H1/remarks.md').write_text('## 一（二）\\n\\n一段。\\n', 'utf-8')",
        "Path(data_dir, '2021H2').mkdir(exist_ok=True)\n"
        "for path in Path(data_dir, '2022H1').glob('*.*'):\n"
        "    Path(data_dir, '2021H2', path.name).write_bytes(path.read_bytes())",
    ],
    ids=["changed", "new file", "new folder"],
)
def test_data_that_change_meanwhile(made: Path, comes_in_between: str, capsys: Captured) -> None:
    """A report during which the data changed may hold the old ones: it is made once more."""
    notebook = made / NOTEBOOK
    sound = notebook.read_bytes()
    add_cell(notebook, comes_in_between)
    main(["report", "2022H1"])
    main(["report", "2022H1"])

    assert MADE * 2 == capsys.readouterr().out

    notebook.write_bytes(sound)
    main(["report", "2022H1"])
    main(["report", "2022H1"])

    assert MADE + KEPT == capsys.readouterr().out


@pytest.mark.parametrize("place", ["file", "file/below"])
def test_without_a_cache_folder(
    made: Path, place: str, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    """Where no receipt can be kept, the report is made each time, and nothing is said of it."""
    (made / "file").write_text("", "utf-8")
    monkeypatch.setenv("LOCALAPPDATA", str(made / place))
    monkeypatch.setenv("XDG_CACHE_HOME", str(made / place))
    said = [(main(["report", "2022H1"]), *capsys.readouterr()) for _ in range(2)]

    assert [(0, MADE, "")] * 2 == said
