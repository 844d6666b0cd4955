"""The pages of all units: made together, each on its own, and only what has changed."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest
from conftest import copy_project
from ecosystem import publish_as_jupyter_does
from running import BIN, wait_until
from small_county import TOWNS, add_cell, copy_notebook, write_county, write_period, write_rows

from making.conftest import Make, Written, stamps, write_data_afresh
from zhashui_stats.cli import main
from zhashui_stats.making.page_names import page_names

COMMAND = [str(BIN / "zhashui-stats"), "briefs", "2022H1"]
FOLDER = Path("reports/2022H1/briefs")
INDEX = FOLDER / "index.html"
HINT = "（要重新生成，请加 --force）"
ALL_MADE = f"已生成3个单位的简报，目录在 {INDEX}\n"
ALL_KEPT = f"已生成0个单位的简报，3个没有变化{HINT}，目录在 {INDEX}\n"

HARMLESS = ("甲镇", "ABC", "abc")
HOSTILE = (
    *HARMLESS, "a<b>", "<img src=x onerror=x>", "%2F", "index", "con", '甲"乙', "甲#乙", "甲?乙",
    "甲&amp;乙", "*甲*", "[甲](乙)",
)  # fmt: skip

Captured = pytest.CaptureFixture[str]
needs_posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows 没有伪终端和这些信号")


class Page(HTMLParser):
    """What a page is made of: its links, its main heading, and which tags have which attributes."""

    def __init__(self, path: Path) -> None:
        """Read a page."""
        super().__init__()
        self.links: dict[str, str] = {}
        self.heading = self.text = ""
        self.tags: set[tuple[str, ...]] = set()
        self._href = ""
        self._open: list[str] = []
        self.feed(path.read_text("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag."""
        self.tags.add((tag, *sorted(name for name, _ in attrs)))
        self._open.append(tag)
        self._href = dict(attrs).get("href") or "" if tag == "a" else ""

    def handle_endtag(self, tag: str) -> None:
        """Forget what is closed."""
        while tag in self._open and self._open.pop() != tag:
            pass
        self._href = ""

    def handle_data(self, data: str) -> None:
        """Note what is linked, and the heading."""
        self.text += data
        if self._href:
            self.links[data] = self._href
        if "h1" in self._open:
            self.heading += data


def linked(folder: Path) -> dict[str, Path]:
    """Return where the index leads: unit -> file."""
    found = Page(folder / "index.html").links.items()
    return {text: folder / unquote(href) for text, href in found if not href.startswith("#")}


# --- As a user runs it --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real county's nine towns, whose pages were made once by the command, in a pipe."""
    folder = copy_project(tmp_path_factory.mktemp("county"))
    keep_towns(folder / "data")
    done = subprocess.run(COMMAND, cwd=folder, capture_output=True, encoding="utf-8", check=False)

    assert (0, "") == (done.returncode, done.stderr)
    assert f"已生成9个单位的简报，目录在 {INDEX}\n" == done.stdout
    return folder


def keep_towns(data: Path) -> None:
    """Take the departments out of roster and tables: each page takes its time."""
    roster = (data / "units.csv").read_text("utf-8").splitlines(keepends=True)
    (data / "units.csv").write_text(
        "".join(line for line in roster if ",departments," not in line), "utf-8"
    )
    header, *_ = (data / "2022H1/departments.csv").read_text("utf-8").splitlines(keepends=True)
    (data / "2022H1/departments.csv").write_text(header, "utf-8")


def test_every_unit_has_a_page(county: Path) -> None:
    """There are nine pages and an index, nothing else; the index leads to each by its unit."""
    pages = linked(county / FOLDER)

    assert 9 == len(pages)
    assert {*pages.values(), county / INDEX} == set((county / FOLDER).iterdir())
    assert [FOLDER.parent] == [path.relative_to(county) for path in county.glob("reports/*")]
    for unit, path in pages.items():
        assert f"{unit}2022年上半年信息采编情况简报" == Page(path).heading


def test_nothing_is_made_a_second_time(county: Path) -> None:
    """An unchanged county: it is said so, and no file is touched."""
    before = state(county)
    done = subprocess.run(COMMAND, cwd=county, capture_output=True, encoding="utf-8", check=False)
    kept = f"已生成0个单位的简报，9个没有变化{HINT}，目录在 {INDEX}\n"

    assert (0, kept, "") == (done.returncode, done.stdout, done.stderr)
    assert before == state(county)


def test_the_ecosystems_own_way_gives_the_same_page(
    county: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Papermill, and then nbconvert's exporter zhashui_html: the same bytes."""
    monkeypatch.chdir(county)
    page = publish_as_jupyter_does(
        Path("notebooks/unit_brief.ipynb"),
        tmp_path / "out.ipynb",
        {"period": "2022H1", "unit": "红岩寺镇"},
    )

    assert page == (county / FOLDER / "红岩寺镇.html").read_bytes()


# --- Only what has changed ----------------------------------------------------------------------


def write_project(folder: Path) -> None:
    """Write the data of a small county and the notebook, in place of what stands there."""
    write_data_afresh(folder)
    copy_notebook(folder, "unit_brief")


@pytest.fixture
def made(project: Path, make: Make) -> Path:
    """The folder at work: the same project for each test, and its pages are up to date."""
    write_project(project)
    for path in (project / FOLDER).glob("*"):
        if path.stem not in (*TOWNS, "index"):
            path.unlink()
    return make("briefs")


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder at work: a project without pages."""
    write_project(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def state(folder: Path) -> dict[str, Written]:
    """Return how each page stands on the disk."""
    return {path.stem: page for path, page in stamps((folder / FOLDER).iterdir()).items()}


def contents(folder: Path) -> dict[str, bytes]:
    """Return what the pages hold."""
    return {name: content for name, (*_, content) in state(folder).items()}


def rewritten(folder: Path, before: dict[str, Written]) -> set[str]:
    """Return the units whose page was written again."""
    return {name for name, page in state(folder).items() if page != before.get(name)} - {"index"}


def test_again_nothing_is_made(made: Path, capsys: Captured) -> None:
    """No file is touched, the index included; it is said so."""
    before = state(made)
    status = main(["briefs", "2022H1"])
    said = capsys.readouterr()

    assert (0, ALL_KEPT, "") == (status, said.out, said.err)
    assert before == state(made)


def test_force_makes_all(made: Path, capsys: Captured) -> None:
    """``--force``: all pages again, to the same bytes."""
    before = state(made)
    status = main(["briefs", "2022H1", "--force"])

    assert (0, ALL_MADE) == (status, capsys.readouterr().out)
    assert set(TOWNS) == rewritten(made, before)
    assert {name: content for name, (*_, content) in before.items()} == contents(made)


@pytest.mark.parametrize("how", ["deleted", "changed", "cut off"])
def test_one_page_is_mended(made: Path, how: str, capsys: Captured) -> None:
    """A page that is gone, or was changed by hand, is made again as it was, and no other."""
    before, page = state(made), made / FOLDER / "乙镇.html"
    if how == "deleted":
        page.unlink()
    elif how == "changed":
        page.write_bytes(page.read_bytes().replace("乙镇".encode(), "丁镇".encode()))
    else:
        os.truncate(page, 100)
    damaged = state(made)
    main(["briefs", "2022H1"])
    said = f"已生成1个单位的简报，2个没有变化{HINT}，目录在 {INDEX}\n"

    assert said == capsys.readouterr().out
    assert {"乙镇"} == rewritten(made, damaged)
    assert {name: content for name, (*_, content) in before.items()} == contents(made)


@pytest.mark.parametrize("how", ["deleted", "changed"])
def test_the_index_is_mended(made: Path, how: str, capsys: Captured) -> None:
    """An index that is gone, or was changed, is written again; no page is."""
    before = state(made)
    if how == "deleted":
        (made / INDEX).unlink()
    else:
        (made / INDEX).write_text("", "utf-8")
    main(["briefs", "2022H1"])

    assert ALL_KEPT == capsys.readouterr().out
    assert set() == rewritten(made, before)
    assert before["index"][2] == (made / INDEX).read_bytes()


@pytest.mark.parametrize("what", ["figure", "earlier period", "notebook"])
def test_what_all_rest_on(made: Path, what: str, capsys: Captured) -> None:
    """One figure, another period or the notebook changed: all pages are made, ranks and all."""
    before = state(made)
    if what == "figure":
        rows = [("投稿单位", "政务公开", "政务动态"), *((town, 1, 1) for town in TOWNS)]
        write_rows(made / "data/2022H1/towns.csv", rows)
    elif what == "earlier period":
        write_period(made / "data", "2021H2")
    else:
        cell = "from IPython.display import Markdown\nMarkdown('另有一格。')"
        add_cell(made / "notebooks/unit_brief.ipynb", cell)
    status = main(["briefs", "2022H1"])

    assert (0, ALL_MADE) == (status, capsys.readouterr().out)
    assert set(TOWNS) == rewritten(made, before)
    assert set(TOWNS) == {
        name for name, content in contents(made).items() if content != before[name][2]
    } - {"index"}


def test_a_touch_changes_nothing(made: Path, capsys: Captured) -> None:
    """The same data written once more are no change."""
    before = state(made)
    write_project(made)
    main(["briefs", "2022H1"])

    assert ALL_KEPT == capsys.readouterr().out
    assert before == state(made)


def test_a_unit_that_is_gone(made: Path, capsys: Captured) -> None:
    """The page of a unit that left the roster stays, and the index does not lead to it."""
    page = (made / FOLDER / "丙镇.html").read_bytes()
    shutil.rmtree(made / "data")
    write_county(made, TOWNS[:2])
    main(["briefs", "2022H1"])

    assert f"已生成2个单位的简报，目录在 {INDEX}\n" == capsys.readouterr().out
    assert page == (made / FOLDER / "丙镇.html").read_bytes()
    assert list(TOWNS[:2]) == list(linked(made / FOLDER))


def test_notices_are_told_each_time(made: Path, capsys: Captured) -> None:
    """What is not filled in yet is told, whether pages are made or kept."""
    write_rows(
        made / "data/2022H1/towns.csv",
        [("投稿单位", "政务公开", "政务动态"), *((town, "", "") for town in TOWNS)],
    )
    said = [(main(["briefs", "2022H1"]), *capsys.readouterr()) for _ in range(2)]
    notice = "注意：2022H1/towns.csv 全部6个数都是空白，一律按0计，像是还没有填写\n"

    assert [(0, ALL_MADE, notice), (0, ALL_KEPT, notice)] == said


def test_data_that_change_meanwhile(work: Path, capsys: Captured) -> None:
    """Pages during which the data changed may differ from each other: all are made once more."""
    notebook = work / "notebooks/unit_brief.ipynb"
    sound = notebook.read_bytes()
    path = work / "data/2022H1/source.toml"
    add_cell(notebook, f"open({str(path)!r}, 'a').write('\\n')")
    main(["briefs", "2022H1"])
    notebook.write_bytes(sound)
    main(["briefs", "2022H1"])
    main(["briefs", "2022H1"])

    assert ALL_MADE * 2 + ALL_KEPT == capsys.readouterr().out


# --- What goes wrong ----------------------------------------------------------------------------


def test_one_unit_fails(work: Path, capsys: Captured) -> None:
    """It is told with its cause and not linked, the others are there; mended, only it is made."""
    cell = (
        "import os\nif brief.name == '乙镇' and not os.path.exists({!r}): raise ValueError('坏了')"
    )
    add_cell(work / "notebooks/unit_brief.ipynb", cell.format(str(work / "mended")))
    status = main(["briefs", "2022H1"])
    first = capsys.readouterr()
    index = Page(work / INDEX)

    assert f"已生成2个单位的简报，目录在 {INDEX}\n" == first.out
    assert 1 == status
    assert "未能生成 乙镇：“与同组单位和以前各期比较”一节出错：ValueError：坏了\n" == first.err
    assert ["甲镇", "丙镇"] == list(linked(work / FOLDER))
    assert "乙镇（未能生成）" in index.text
    assert {"甲镇", "丙镇", "index"} == set(state(work))

    (work / "mended").touch()
    before = state(work)
    status = main(["briefs", "2022H1"])
    second = capsys.readouterr()

    assert f"已生成1个单位的简报，2个没有变化{HINT}，目录在 {INDEX}\n" == second.out
    assert (0, "") == (status, second.err)
    assert {"乙镇"} == rewritten(work, before)
    assert list(TOWNS) == list(linked(work / FOLDER))


def test_all_units_fail(work: Path, capsys: Captured) -> None:
    """All are told in one line, as the cause is one; the next run tries them again."""
    add_cell(work / "notebooks/unit_brief.ipynb", "raise ValueError('坏了')")
    for _ in range(2):
        status = main(["briefs", "2022H1"])
        said = capsys.readouterr()
        failed = [line.partition("：")[0] for line in said.err.splitlines()]

        assert (1, f"已生成0个单位的简报，目录在 {INDEX}\n") == (status, said.out)
        assert [f"未能生成 {'、'.join(TOWNS)}"] == failed
        assert {} == linked(work / FOLDER)
        assert ["index.html"] == [path.name for path in (work / FOLDER).iterdir()]


def test_a_failing_unit_keeps_its_earlier_page(made: Path, capsys: Captured) -> None:
    """Where a page cannot be made again, the earlier one stays, and the index says so."""
    page = contents(made)["乙镇"]
    add_cell(made / "notebooks/unit_brief.ipynb", "assert brief.name != '乙镇'")
    status = main(["briefs", "2022H1"])

    assert 1 == status
    assert "未能生成 乙镇：" in capsys.readouterr().err
    assert page == contents(made)["乙镇"]
    assert ["甲镇", "丙镇"] == list(linked(made / FOLDER))


def test_a_page_that_cannot_be_written(work: Path, capsys: Captured) -> None:
    """Something in one page's way is told; the others are written."""
    (work / FOLDER / "乙镇.html" / "below").mkdir(parents=True)
    status = main(["briefs", "2022H1"])
    said = capsys.readouterr()

    assert (1, f"已生成2个单位的简报，目录在 {INDEX}\n") == (status, said.out)
    assert said.err.startswith(f"未能生成 乙镇：无法写入“{FOLDER / '乙镇.html'}”（")
    assert ["甲镇", "丙镇"] == list(linked(work / FOLDER))


@pytest.mark.parametrize("place", ["reports", "reports/2022H1", "reports/2022H1/briefs"])
def test_a_folder_that_cannot_be_written(work: Path, place: str, capsys: Captured) -> None:
    """Where a file stands in the way, nothing runs: one line, exit 1, and the file stays."""
    (work / place).parent.mkdir(parents=True, exist_ok=True)
    (work / place).write_text("x", "utf-8")
    status = main(["briefs", "2022H1"])
    said = capsys.readouterr()

    assert (1, "") == (status, said.out)
    assert said.err.startswith(f"zhashui-stats：无法写入“{FOLDER}”（")
    assert 1 == said.err.count("\n")
    assert "x" == (work / place).read_text("utf-8")


def test_an_index_that_cannot_be_written(work: Path, capsys: Captured) -> None:
    """The pages are there, one line tells of the index, exit 1."""
    (work / INDEX / "below").mkdir(parents=True)
    status = main(["briefs", "2022H1"])

    assert 1 == status
    assert capsys.readouterr().err.startswith(f"zhashui-stats：无法写入“{INDEX}”（")
    assert {*TOWNS, "index"} == {path.stem for path in (work / FOLDER).iterdir()}


def test_faulty_data(work: Path, capsys: Captured) -> None:
    """Faults are told before anything runs, and nothing is written."""
    write_rows(
        work / "data/2022H1/towns.csv", [("投稿单位", "政务公开", "政务动态"), ("甲镇", "三", 0)]
    )
    status = main(["briefs", "2022H1"])
    said = capsys.readouterr()

    assert (1, "") == (status, said.out)
    assert "数据有 3 处问题" in said.err
    assert not (work / "reports").exists()


def test_a_period_that_is_not_there(work: Path, capsys: Captured) -> None:
    """Without a folder of the period: exit 1, nothing is written."""
    status = main(["briefs", "2023H1"])

    assert 1 == status
    assert "没有文件夹 data/2023H1" in capsys.readouterr().err.replace("\\", "/")
    assert not (work / "reports").exists()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["2022H3"], "看不懂的期次“2022H3”"),
        (["2022H1", "--jobs", "0"], "--jobs 应为正整数，不能是“0”"),
        (["2022H1", "--scheduler", ""], "--scheduler 不能为空，请写明地址"),
        (["2022H1", "--jobs", "-1"], "--jobs 应为 0 或正整数，不能是“-1”"),
        (["2022H1", "--jobs", "x"], "--jobs 应为 0 或正整数，不能是“x”"),
        (["2022H1", "--jobs"], "--jobs 后面要跟一个值"),
    ],
)
def test_wrong_usage(work: Path, options: list[str], said: str, capsys: Captured) -> None:
    """A period or a number that cannot be understood: exit 2, in Chinese, nothing is written."""
    status = main(["briefs", *options])

    assert 2 == status
    assert said in capsys.readouterr().err
    assert not (work / "reports").exists()


def test_one_at_a_time(made: Path, tmp_path: Path, capsys: Captured) -> None:
    """``--jobs 1`` gives the same pages."""
    status = main(["briefs", "2022H1", "--jobs", "1", "--out", str(tmp_path)])
    pages = tmp_path / "2022H1" / "briefs"

    assert 0 == status
    assert capsys.readouterr().err == ""
    assert contents(made) == {path.stem: path.read_bytes() for path in pages.iterdir()}


# --- A terminal, interruptions ------------------------------------------------------------------


@needs_posix
def test_a_terminal_shows_a_bar(work: Path) -> None:
    """On a terminal a Chinese bar runs up to the number of units."""
    import pty  # noqa: PLC0415 -- Windows has none
    import termios  # noqa: PLC0415

    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, 80))
    process = subprocess.Popen(COMMAND, cwd=work, stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    said = b""
    try:
        while part := os.read(ours, 1 << 12):
            said += part
    except OSError:  # Linux says so that nobody holds the other end any more
        pass
    os.close(ours)
    shown = said.decode()

    assert 0 == process.wait()
    assert "正在生成" in shown
    assert "3/3" in shown
    assert shown.endswith(ALL_MADE.replace("\n", "\r\n"))


@pytest.fixture
def blocked(work: Path) -> Iterator[subprocess.Popen[str]]:
    """A run, one page at a time, of which 甲镇's is made and 乙镇's waits for a file."""
    cell = (
        "import os, time\nwhile brief.name == '乙镇' and not os.path.exists({!r}): time.sleep(0.05)"
    )
    add_cell(work / "notebooks/unit_brief.ipynb", cell.format(str(work / "go")))
    place = tempfile.mkdtemp(prefix="t-")
    with subprocess.Popen(
        [*COMMAND, "--jobs", "1"],
        cwd=work, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8",
        env={**os.environ, "TMPDIR": place},
    ) as process:  # fmt: skip
        is_made = (work / FOLDER / "甲镇.html").exists
        try:
            assert wait_until(lambda: is_made() or process.poll() is not None)
            yield process
        finally:
            process.kill()
    shutil.rmtree(place, ignore_errors=True)


INTERRUPTED = (130, "zhashui-stats：已中断；原有的报告保持完整\n")
ENDINGS = {"SIGINT": INTERRUPTED, "SIGTERM": INTERRUPTED, "SIGKILL": (-9, "")}


@needs_posix
@pytest.mark.parametrize("kind", ENDINGS)
def test_a_run_that_ends_early(
    made: Path, work: Path, blocked: subprocess.Popen[str], kind: str, capsys: Captured
) -> None:
    """The pages made so far are whole; the next run makes the others, after a kill all."""
    blocked.send_signal(signal.Signals[kind])
    said, _ = blocked.communicate()
    before = state(work)

    assert ENDINGS[kind] == (blocked.returncode, said)
    assert {"甲镇": contents(made)["甲镇"]} == contents(work)

    (work / "go").touch()

    assert (0, "") == (main(["briefs", "2022H1"]), capsys.readouterr().err)
    kept = set() if kind == "SIGKILL" else {"甲镇"}

    assert {"甲镇", "乙镇", "丙镇"} - kept == rewritten(work, before)
    assert contents(made) == contents(work)


def test_two_runs_at_once(made: Path, work: Path) -> None:
    """Two runs on one period do not disturb each other."""
    runs = [subprocess.Popen(COMMAND, cwd=work, stdout=subprocess.DEVNULL) for _ in range(2)]

    assert [0, 0] == [process.wait() for process in runs]
    assert contents(made) == contents(work)


# --- Names --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of a county whose units' names mean something to HTML, links or file systems."""
    folder = tmp_path_factory.mktemp("hostile")
    data = write_county(folder, HOSTILE)
    assert (
        main(["briefs", "2022H1", "--data-dir", str(data), "--out", str(folder / "reports")]) == 0
    )
    return folder / FOLDER


def test_hostile_names_are_linked(hostile: Path) -> None:
    """Each link of the index leads to the page of the unit that it names."""
    pages = linked(hostile)

    assert list(HOSTILE) == list(pages)
    assert {*pages.values(), hostile / "index.html"} == set(hostile.iterdir())
    for unit, page in pages.items():
        assert f"{unit}2022年上半年信息采编情况简报" == Page(page).heading


def test_hostile_names_stay_text(hostile: Path) -> None:
    """No name makes a tag or an attribute: their pages are built as those of other units."""
    made_of = {unit: Page(page).tags for unit, page in linked(hostile).items()}
    expected = set().union(*(made_of[unit] for unit in HARMLESS))

    assert {unit: set() for unit in HOSTILE} == {
        unit: tags - expected for unit, tags in made_of.items()
    }
    assert {"img", "b"}.isdisjoint(tag for tag, *_ in Page(hostile / "index.html").tags)


def test_every_system_takes_the_names(hostile: Path) -> None:
    """No name holds what Windows refuses, is a device to it, or differs by case only."""
    names = [path.name for path in hostile.iterdir()]

    assert [] == [name for name in names if set(name) & set('<>:"/\\|?*')]
    assert "con.html" not in names
    assert len(names) == len({name.casefold() for name in names})


@pytest.mark.parametrize(
    ("units", "expected"),
    [
        (["甲镇", "乙镇"], ["甲镇", "乙镇"]),
        (["abc", "ABC", "aBc"], ["abc", "ABC%", "aBc%%"]),
        (["con", "CON", "con%"], ["con%", "CON%%", "con%25"]),
        (["Index", "index.old", "甲."], ["Index%", "index.old%", "甲.%"]),
        (["nul.a", "COM1", "com10", "甲:乙"], ["nul.a%", "COM1%", "com10", "甲%3A乙"]),
    ],
)
def test_page_names(units: list[str], expected: list[str]) -> None:
    """A page is called as its unit, but where a system would take that for something else."""
    assert expected == list(page_names(units).values())
