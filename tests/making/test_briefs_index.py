"""The index of the briefs, and what a page calls its data folder."""

from pathlib import Path

import pytest
from small_county import TOWNS, write_county

from zhashui_stats.cli import main
from zhashui_stats.files import folder_name
from zhashui_stats.loading import load
from zhashui_stats.narrative import say_briefs
from zhashui_stats.publish.many.batch import Parcel

HOSTILE = "某*县*[甲](http://example.org)"


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of an analyst with a small county."""
    write_county(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path


def test_the_opening(work: Path) -> None:
    """Title, how many pages, and how to open one."""
    expected = (
        "# 某县2022年上半年各单位信息采编情况简报\n\n"
        "共3个单位，每个单位一页；点单位名称打开它的简报。"
    )

    assert say_briefs(load("2022H1", work / "data")) == expected


def test_the_opening_of_a_hostile_county(work: Path) -> None:
    """What looks like Markdown in the county's name is text."""
    county = work / "data" / "county.toml"
    county.write_text(county.read_text("utf-8").replace('"某县"', f'"{HOSTILE}"'), "utf-8")
    assert main(["briefs", "2022H1"]) == 0
    page = (work / "reports" / "2022H1" / "briefs" / "index.html").read_text("utf-8")

    assert f'<h1 id="title">{HOSTILE}2022' in page.replace("<wbr>", "").replace("&quot;", '"')
    assert '<a href="http' not in page


def test_made_up_figures_say_so(work: Path) -> None:
    """The index of made-up figures has the notice that its pages have."""
    assert main(["sample", "2022H1", "--out", "data/2022H1/ledger.csv"]) == 0
    assert main(["briefs", "2022H1"]) == 0
    folder = work / "reports" / "2022H1" / "briefs"

    for name in ("index", *TOWNS):
        assert "本页由合成数据生成" in (folder / f"{name}.html").read_text("utf-8")


def test_the_data_folder_by_another_name(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A page names the folder as it was given, so another name makes another page."""
    (work / "data").rename(work / "真")
    for name in ("data", "别名"):
        (work / name).symlink_to("真")
    said = []
    for name in ("data", "别名"):
        assert main(["briefs", "2022H1", "--data-dir", name]) == 0
        said.append(capsys.readouterr().out)
    page = (work / "reports" / "2022H1" / "briefs" / "甲镇.html").read_text("utf-8")

    assert ["没有变化" in line for line in said] == [False, False]
    assert "data_dir = 别名" in page
    assert Parcel.pack(Path("别名"), {}).name == "别名"


@pytest.mark.parametrize(
    ("path", "expected"),
    [("data", "data"), ("/甲/乙/", "乙"), ("甲/../乙", "乙"), ("/", "data")],
)
def test_folder_names(path: str, expected: str) -> None:
    """The last part of a path, whatever leads there."""
    assert folder_name(path) == expected


def test_the_folder_at_work(work: Path) -> None:
    """The folder at work is called by its name."""
    assert folder_name(".") == work.name
