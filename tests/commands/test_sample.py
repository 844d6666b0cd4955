"""`sample`: a made-up ledger that counts up to the tables."""

import shutil
from pathlib import Path

import pytest

from zhashui_stats.loading import load_period

from .steps import Capture, count, sample


@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".parquet", ".CSV"])
def test_a_sample_counts_up_to_its_tables(
    data: Path, tmp_path: Path, capsys: Capture, ending: str
) -> None:
    """In every format the tables that are counted from it are those that it was made from."""
    path = tmp_path / f"合成{ending}"
    status = sample(data, path)

    assert status == 0
    assert capsys.readouterr().out == (
        f"合成台账已写入 {path}，共426行，仅供试用，不是真实情况；"
        "其中采用稿件与2022年上半年的统计表逐格相符\n"
    )
    assert count(path, data, "--out", str(tmp_path / "out")) == 0
    for name in ("county.toml", "units.csv"):
        shutil.copy(data / name, tmp_path / "out")
    assert load_period("2022H1", tmp_path / "out").counts == load_period("2022H1", data).counts


def test_seeds(data: Path, tmp_path: Path) -> None:
    """One seed gives one ledger, byte for byte; 0 is the seed unless another is given."""
    made = []
    for options in ([], ["--seed", "0"], ["--seed", "1"]):
        assert sample(data, tmp_path / "a.csv", "--force", *options) == 0
        made.append((tmp_path / "a.csv").read_bytes())

    assert made[0] == made[1] != made[2]


def test_a_sample_replaces_nothing_unasked(data: Path, tmp_path: Path, capsys: Capture) -> None:
    """A file of that name stays, exit 1; with --force it is replaced."""
    path = tmp_path / "a.csv"
    path.write_text("x", "utf-8")
    status = sample(data, path)

    assert status == 1
    assert capsys.readouterr().err == (
        f"zhashui-stats：{path} 已经存在，没有改动；要覆盖，请加 --force\n"
    )
    assert path.read_text("utf-8") == "x"
    assert sample(data, path, "--force") == 0
    assert path.read_text("utf-8-sig").startswith("编号,标题,")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("a.txt", "“a.txt”的扩展名不是台账的格式；应为：.csv、.xlsx、.parquet，请改名后重试"),
        ("gone/a.csv", "（没有这个文件或文件夹）；请检查文件夹、磁盘空间和权限"),
        ("dir.csv", "（是文件夹）；请检查文件夹、磁盘空间和权限"),
    ],
)
def test_places_for_no_sample(
    data: Path, tmp_path: Path, capsys: Capture, name: str, said: str
) -> None:
    """The reason is told, exit 1, and nothing is left there."""
    (tmp_path / "dir.csv").mkdir()
    before = sorted(tmp_path.rglob("*"))
    status = sample(data, tmp_path / name, "--force")

    assert status == 1
    assert capsys.readouterr().err.endswith(f"{said}\n")
    assert sorted(tmp_path.rglob("*")) == before


def test_a_sample_of_a_missing_period(data: Path, tmp_path: Path, capsys: Capture) -> None:
    """It needs the period's tables, exit 1."""
    status = sample(data, tmp_path / "a.csv", period="2023H1")

    assert status == 1
    assert "已有的期次：2022H1" in capsys.readouterr().err
    assert not (tmp_path / "a.csv").exists()
