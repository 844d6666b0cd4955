"""A folder for a new period."""

import shutil
import tomllib

import pytest
from conftest import ROOT

from zhashui_stats.cli import main
from zhashui_stats.commands.new import create_period
from zhashui_stats.errors import FaultyData, MissingPeriod, OutputError, PeriodError
from zhashui_stats.loading import load_period

DATA = ROOT / "data"


@pytest.fixture
def data(tmp_path):
    """The county's settings and roster, without any period."""
    for name in ("county.toml", "units.csv"):
        shutil.copy(DATA / name, tmp_path)
    return tmp_path


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_files_of_a_new_period(data):
    """There is one table a group and a source.toml, and nothing else."""
    folder = create_period("2022H2", data)

    assert folder == data / "2022H2"
    assert names(folder) == ["departments.csv", "source.toml", "towns.csv"]
    assert names(data) == ["2022H2", "county.toml", "units.csv"]


def test_table_is_headed_and_filled_with_the_roster(data):
    """A table opens in Excel (BOM, CRLF) with numbered units, blank counts and a total row."""
    content = (create_period("2022年下半年", data) / "towns.csv").read_bytes()
    lines = content.decode("utf-8-sig").split("\r\n")

    assert content.startswith(b"\xef\xbb\xbf")
    assert lines[:3] == ["序号,投稿单位,政务公开,政策解读,政务动态", "1,营盘镇,,,", "2,乾佑街办,,,"]
    assert lines[-3:] == ["9,曹坪镇,,,", ",合计,,,", ""]


def test_unfilled_period_reads_as_zeros(data):
    """A fresh folder has no fault; its total rows declare nothing."""
    create_period("2022H2", data)
    now = load_period("2022H2", data)

    assert (now.total(), len(now.units)) == (0, 65)
    assert [file.totals for file in now.files] == [0] * 5


@pytest.mark.parametrize("words", [["check"], ["report", "--out", "reports"]])
def test_a_fresh_period_is_told_once(data, tmp_path, monkeypatch, capsys, words):
    """Each file that is not filled in is one line, though the report's notebook is told as well."""
    create_period("2022H2", data)
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "notebooks", "notebooks")

    status = main([*words, "2022H2", "--data-dir", str(data)])

    files = ("towns.csv", "departments.csv", "source.toml")
    told = [line.split()[0] for line in capsys.readouterr().err.splitlines()]
    assert (words == ["check"], [f"注意：2022H2/{name}" for name in files]) == (status == 1, told)


def test_a_sample_of_a_fresh_period_warns_of_nothing(data, tmp_path, capsys):
    """A command does not say what is said at a prompt."""
    create_period("2022H2", data)

    status = main(["sample", "2022H2", "--data-dir", str(data), "--out", str(tmp_path / "a.csv")])

    assert (0, "") == (status, capsys.readouterr().err)


def test_filled_period_reads_back(data):
    """Figures filled in are read, and the total is checked."""
    path = create_period("2022H2", data) / "towns.csv"
    text = path.read_bytes().decode("utf-8-sig")
    path.write_text(
        text.replace("营盘镇,,,", "营盘镇,1,2,3").replace("合计,,,", "合计,1,,3"), "gb18030"
    )

    now = load_period("2022H2", data)

    assert (now.count("营盘镇"), now.files[2].totals) == (6, 2)


def test_source_template(data):
    """Its keys are strings that say what is to be filled in, whatever the county is called."""
    county = data / "county.toml"
    text = county.read_text(encoding="utf-8").replace('"柞水县"', '"某\\"\\\\县"')
    county.write_text(text, encoding="utf-8")
    source = create_period("2022H2", data) / "source.toml"

    assert tomllib.loads(source.read_text(encoding="utf-8")) == {
        "title": '某"\\县2022年下半年信息报送统计表',
        "issuer": "柞水县人民政府办公室",
        "date": "（待填写）",
        "transcribed_from": "（待填写）",
        "transcribed_by": "（待填写）",
        "note": "",
    }


def test_roster_is_that_of_the_period(data):
    """Units that are not there in the period have no row; a group without units has no table."""
    (data / "units.csv").write_text(
        "name,group,since,until\n甲镇,towns,,\n乙镇,towns,,2022H1\n丙局,departments,2023H1,\n",
        encoding="utf-8",
    )
    folder = create_period("2022H2", data)

    assert names(folder) == ["source.toml", "towns.csv"]
    assert [unit.name for unit in load_period("2022H2", data).units] == ["甲镇"]


def test_period_that_is_there_is_left_alone(data):
    """Nothing is harmed, and the message says what to do."""
    (data / "2022H2").mkdir()
    (data / "2022H2" / "towns.csv").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match="已经存在，没有改动"):
        create_period("2022H2", data)

    assert names(data / "2022H2") == ["towns.csv"]
    assert (data / "2022H2" / "towns.csv").read_text(encoding="utf-8") == "mine"


def test_link_to_nowhere_is_left_alone(data):
    """Whatever has the name of the period, it is not replaced."""
    (data / "2022H2").symlink_to(data / "gone")
    with pytest.raises(OutputError):
        create_period("2022H2", data)

    assert (data / "2022H2").is_symlink()


def test_failed_write_leaves_nothing_behind(data):
    """A folder is there whole or not at all; here a group's id is too long for a file name."""
    county = data / "county.toml"
    text = county.read_text(encoding="utf-8").replace('"departments"', f'"{"d" * 300}"')
    county.write_text(text, encoding="utf-8")
    units = (data / "units.csv").read_text(encoding="utf-8").replace("departments", "d" * 300)
    (data / "units.csv").write_text(units, encoding="utf-8")
    with pytest.raises(OutputError, match="无法新建"):
        create_period("2022H2", data)

    assert names(data) == ["county.toml", "units.csv"]


def test_a_span_is_made_in_a_folder_of_its_id(data):
    """Its folder goes by its id; a quarter that is written as a span is made as the quarter."""
    folders = [create_period(period, data).name for period in ("2022年1—4月", "2022-01..03")]

    assert folders == ["2022-01..04", "2022Q1"]


def test_year_of_two_halves_needs_no_folder(data):
    """A year whose halves are both there is their sum; with one half it is made."""
    create_period("2022H1", data)
    create_period("2022H2", data)
    with pytest.raises(OutputError, match="2022年的数由上、下半年自动相加，无须新建"):
        create_period("2022", data)

    shutil.rmtree(data / "2022H2")

    assert create_period("2022", data) == data / "2022"


def test_period_without_units(data):
    """Where the roster has nobody in the period, there is nothing to fill in: nothing is made."""
    (data / "units.csv").write_text("name,group,since\n甲镇,towns,2023H1\n", encoding="utf-8")
    with pytest.raises(OutputError, match=r"名册 units\.csv 中没有2022年下半年在册的单位"):
        create_period("2022H2", data)

    assert names(data) == ["county.toml", "units.csv"]


def test_missing_data_folder(data):
    """The folder is named, with what to do; nothing is made."""
    with pytest.raises(MissingPeriod) as caught:
        create_period("2022H2", data / "gone")

    assert str(caught.value) == (
        f"没有数据文件夹 {data / 'gone'}；"
        "请在项目文件夹中运行，或指明它在哪里（Python 中用 data_dir=，命令用 --data-dir）"
    )
    assert not (data / "gone").exists()


def test_faulty_settings_and_periods(data):
    """Nothing is made for a bad period or from a faulty roster."""
    with pytest.raises(PeriodError):
        create_period("2022H3", data)
    (data / "units.csv").write_text("name,group\n甲镇,nowhere\n", encoding="utf-8")
    with pytest.raises(FaultyData):
        create_period("2022H2", data)

    assert names(data) == ["county.toml", "units.csv"]
