"""`check`: what it prints of sound and of faulty data, as text and as JSON."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from zhashui_stats.cli import main


def test_check_of_sound_data(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Sound data: a line with the totals, exit 0."""
    status = main(["check", "2022H1", "--data-dir", str(data)])

    assert status == 0
    assert capsys.readouterr().out == "2022年上半年：65个单位，合计329篇。\n数据没有问题。\n"


def test_check_tells_every_fault(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Faults of several files come together, each with its place, exit 1."""
    towns, departments = data / "2022H1/towns.csv", data / "2022H1/departments.csv"
    towns.write_text(towns.read_text("utf-8").replace("下梁镇,2,0,7", "下粱镇,2,0,七"), "utf-8")
    departments.write_text(departments.read_text("utf-8").replace("139", "138"), "utf-8")
    status = main(["check", "2022H1", "--data-dir", str(data)])
    said = capsys.readouterr().err

    assert status == 1
    assert "数据有 3 处问题" in said
    assert "2022H1/towns.csv 第4行“投稿单位”列" in said
    assert "下梁镇" in said
    assert "2022H1/towns.csv 第4行“政务动态信息（篇）”列" in said
    assert "2022H1/departments.csv 第30行“政务动态信息”列" in said


def test_check_as_json(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Sound data as JSON: no fault, and every unit × category."""
    main(["check", "2022H1", "--data-dir", str(data), "--format", "json"])
    said = json.loads(capsys.readouterr().out)

    assert said["faults"] == []
    assert len(said["counts"]) == 195
    assert {"group": "towns", "unit": "红岩寺镇", "category": "news", "count": 50} in said["counts"]


INDICATORS = """
[[indicators]]
id = "sent"
label = "报送"
unit = "条"
groups = ["towns"]
[[indicators]]
id = "rate"
label = "采用率"
unit = "%"
decimals = 1
formula = "100 * news / sent"
"""


@pytest.fixture
def indicated(data: Path) -> Path:
    """A copy of the data folder in which towns have an indicator more; the first one sent 80."""
    settings, towns = data / "county.toml", data / "2022H1/towns.csv"
    text = settings.read_text("utf-8")
    settings.write_text(text.replace("[[thresholds]]", f"{INDICATORS}[[thresholds]]", 1), "utf-8")
    first, *rows = towns.read_text("utf-8").splitlines()
    lines = [f"{first},报送", *(f"{row},{80 * row.startswith('1,')}" for row in rows[:-1])]
    towns.write_text("\n".join(lines), "utf-8")
    return data


def test_check_of_indicators(indicated: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Totals of indicators stand below those of counts; a rate is of the groups that have it."""
    status = main(["check", "2022H1", "--data-dir", str(indicated)])

    assert status == 0
    assert capsys.readouterr().out == (
        "2022年上半年：65个单位，合计329篇。\n  报送80条，采用率80.0%。\n数据没有问题。\n"
    )


def test_indicators_as_json(indicated: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each indicator of each unit that has it: exact decimals, null where it is undefined."""
    main(["check", "2022H1", "--data-dir", str(indicated), "--format", "json"])
    said = json.loads(capsys.readouterr().out)
    figures = [tuple(figure.values()) for figure in said["figures"]]

    assert list(said["figures"][0]) == ["group", "unit", "indicator", "value"]
    assert figures[:4] == [
        ("towns", "营盘镇", "sent", "80"), ("towns", "营盘镇", "rate", "0.0"),
        ("towns", "乾佑街办", "sent", "0"), ("towns", "乾佑街办", "rate", None),
    ]  # fmt: skip
    assert len(figures) == 9 * 2 + 56


def test_faults_as_json(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A fault as JSON carries its place and kind."""
    towns = data / "2022H1/towns.csv"
    towns.write_text(
        towns.read_text("utf-8").replace("红岩寺镇,2,0,50", "红岩寺镇,2,0,-50"), "utf-8"
    )
    status = main(["check", "2022H1", "--data-dir", str(data), "--format", "json"])
    said = json.loads(capsys.readouterr().out)

    assert status == 1
    assert [(fault["file"], fault["row"], fault["kind"]) for fault in said["faults"]] == [
        ("2022H1/towns.csv", 8, "negative"),
    ]
    assert said["counts"] == []


def test_missing_period(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A period without a folder: which there are, and how to make one, exit 1."""
    status = main(["report", "2023H1", "--data-dir", str(data)])
    said = capsys.readouterr().err

    assert status == 1
    assert "已有的期次：2022H1" in said
    assert "zhashui-stats new 2023H1" in said


@pytest.mark.parametrize(
    "command", [["check", "2022H1"], ["audit", "CIRCULAR", "--period", "2022H1"]]
)
def test_checking_is_light(command: list[str], circular: Path, root: Path) -> None:
    """A check or an audit imports neither pandas nor matplotlib nor papermill."""
    arguments = [str(circular) if word == "CIRCULAR" else word for word in command]
    program = (
        f"import sys; from zhashui_stats.cli import main; main({arguments!r}); "
        "print(sorted({'pandas', 'matplotlib', 'papermill', 'openpyxl'} & set(sys.modules)))"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=root, capture_output=True, encoding="utf-8", check=True
    )

    assert run.stdout.splitlines()[-1] == "[]"


def test_missing_period_as_json(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A program gets an object also where there is nothing to check, exit 1."""
    status = main(["check", "2023H1", "--data-dir", str(data), "--format", "json"])

    assert status == 1
    assert json.loads(capsys.readouterr().out) == {
        "faults": [
            {
                "file": "2023H1",
                "row": None,
                "column": None,
                "kind": "missing_period",
                "found": f"没有文件夹 {data / '2023H1'}",
                "expected": "已有的期次：2022H1。可用 zhashui-stats new 2023H1 新建",
            }
        ],
        "counts": [],
    }


def test_check_tells_what_a_report_would_refuse(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A report looks back: faults of an earlier period are told by their path."""
    main(["new", "2022H2", "--data-dir", str(data)])
    (data / "2022H1" / "towns.csv").write_bytes(b"")
    status = main(["check", "2022H2", "--data-dir", str(data)])

    assert status == 1
    assert "1. 2022H1/towns.csv：文件是空的" in capsys.readouterr().err


def test_check_warns_of_what_is_not_filled_in(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A fresh period reads as zeros; that it was not filled in stands on stderr."""
    main(["new", "2022H2", "--data-dir", str(data)])
    capsys.readouterr()
    status = main(["check", "2022H2", "--data-dir", str(data)])
    said = capsys.readouterr()

    assert status == 1
    assert said.out == (
        "2022年下半年：65个单位，合计0篇。\n"
        "统计表还没有填写：2022H2/towns.csv、2022H2/departments.csv；没有投稿的单位请填 0。\n"
    )
    assert said.err == (
        "注意：2022H2/towns.csv 全部27个数都是空白，一律按0计，像是还没有填写\n"
        "注意：2022H2/departments.csv 全部168个数都是空白，一律按0计，像是还没有填写\n"
        "注意：2022H2/source.toml 还没有填写：date、transcribed_from、transcribed_by\n"
    )


def test_check_finds_characters_without_a_glyph(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What the font cannot show is a fault with its file and row, before any report runs."""
    for path in (data / "units.csv", data / "2022H1" / "towns.csv"):
        path.write_text(path.read_text("utf-8").replace("小岭镇", "小岭\U0001f600镇"), "utf-8")
    (data / "2022H1" / "remarks.md").write_text("## 一（二）\n\n好\U0001f600。\n", "utf-8")
    status = main(["check", "2022H1", "--data-dir", str(data)])
    found = "字体中没有的字符（“\U0001f600”U+1F600）"

    assert status == 1
    assert [line.split("；")[0] for line in capsys.readouterr().err.splitlines()[1:]] == [
        f"  1. 2022H1/remarks.md 第3行：{found}",
        f"  2. units.csv 第5行：{found}",
    ]


def test_an_earlier_periods_remarks_do_not_matter(data: Path) -> None:
    """A report shows its own remarks only: what stands in older ones is no fault of this period."""
    shutil.copytree(data / "2022H1", data / "2022H2")
    (data / "2022H1" / "remarks.md").write_text("## 一（二）\n\n好\U0001f600。\n", "utf-8")

    assert main(["check", "2022H2", "--data-dir", str(data)]) == 0
    assert main(["check", "2022H1", "--data-dir", str(data)]) == 1
