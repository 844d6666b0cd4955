"""county.toml: what is counted, for whom, with which thresholds."""

from dataclasses import replace

import pytest
from conftest import ROOT

from zhashui_stats.errors import Fault, FaultKind, FaultyData, UnknownLabel
from zhashui_stats.model.county import Category, Group, Threshold
from zhashui_stats.model.names import is_safe_name
from zhashui_stats.model.periods import Period, PeriodKind
from zhashui_stats.reading.county import read_county

from .county_file import faults_of, read

PLAIN = """\
name = "某县"
issuer = "某县人民政府办公室"
measure = "篇"
[[groups]]
id = "towns"
label = "镇办"
[[categories]]
id = "news"
label = "政务动态"
headers = ["政务动态信息"]
"""
THRESHOLD = '[[thresholds]]\ngroup = "towns"\ncategory = "news"\n'


def faults(path, text=None):
    return [(fault.column, fault.kind, fault.found) for fault in faults_of(path, text)]


def test_plain_settings(path):
    """Groups and categories come in their order, with what heads them."""
    county = read(path, PLAIN)

    assert (county.name, county.level, county.issuer) == ("某县", "县", "某县人民政府办公室")
    assert county.groups == (Group("towns", "镇办"),)
    assert county.categories == (Category("news", "政务动态", ("政务动态信息",)),)
    assert county.thresholds == ()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_every_encoding_of_an_editor(path, encoding):
    """The settings take the encodings that the tables and source.toml take."""
    path.write_text(PLAIN, encoding=encoding)

    assert read_county(path).name == "某县"


def test_thresholds(path):
    """A threshold is at least or below a count, perhaps for one kind of period only."""
    county = read(path, f'{PLAIN}{THRESHOLD}at_least = 20\n{THRESHOLD}below = 3\nperiod = "year"\n')

    assert county.thresholds == (
        Threshold("towns", "news", at_least=20),
        Threshold("towns", "news", below=3, kind=PeriodKind.YEAR),
    )


def test_thresholds_by_period(path):
    """One without kind applies to folders; one with a kind to that kind, sums included."""
    county = read(path, f'{PLAIN}{THRESHOLD}at_least = 20\n{THRESHOLD}below = 3\nperiod = "year"\n')
    plain, yearly = county.thresholds

    assert county.thresholds_for(Period.parse("2022H1"), summed=False) == (plain,)
    assert county.thresholds_for(Period.parse("2022"), summed=False) == (plain, yearly)
    assert county.thresholds_for(Period.parse("2022"), summed=True) == (yearly,)


def test_thresholds_of_a_span():
    """Spans have thresholds of their own, added up or not; the quarter of three months has none."""
    plain = Threshold("towns", "news", at_least=1)
    of_spans = Threshold("towns", "news", at_least=3, kind=PeriodKind.SPAN)
    county = replace(read_county(ROOT / "data" / "county.toml"), thresholds=(plain, of_spans))

    assert county.thresholds_for(Period.parse("2022-01..04"), summed=False) == (plain, of_spans)
    assert county.thresholds_for(Period.parse("2022-01..04"), summed=True) == (of_spans,)
    assert county.thresholds_for(Period.parse("2022-01..03"), summed=False) == (plain,)


def test_lookup_by_id_and_label(path):
    """Groups and categories are found by either name, and never guessed."""
    county = read(path, PLAIN)

    assert county.group("towns") is county.group("镇办")
    assert county.category("news") is county.category("政务动态")
    with pytest.raises(
        UnknownLabel, match="没有名为“动态”的类别，最接近的是：政务动态；可用的有：政务动态"
    ):
        county.category("动态")


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('name = "某县"', "", ("name", "没有填写")),
        ('measure = "篇"', 'measure = " "', ("measure", "' '")),
        ('id = "towns"', 'id = "a/b"', ("groups[1].id", "'a/b'")),
        ('id = "news"', "id = 3", ("categories[1].id", "3")),
        ('headers = ["政务动态信息"]', "headers = [1]", ("categories[1].headers", "[1]")),
        ("[[groups]]", "[groups]", ("groups", "{'id': 'towns', 'label': '镇办'}")),
    ],
)
def test_faulty_setting(path, old, new, fault):
    """A wrong setting is told by its key and with what stands there."""
    column, found = fault

    assert faults(path, PLAIN.replace(old, new)) == [(column, FaultKind.BAD_SETTING, found)]


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("", ["thresholds[1]"]),
        ("at_least = 1\nbelow = 2\n", ["thresholds[1]"]),
        ("at_least = -1\n", ["thresholds[1].at_least"]),
        ("at_least = 0\n", ["thresholds[1].at_least"]),
        ("below = 0\n", ["thresholds[1].below"]),
        ("at_least = true\n", ["thresholds[1].at_least"]),
        ('at_least = 1\nperiod = "week"\n', ["thresholds[1].period"]),
        ("at_least = 1\nat_most = 3\n", ["thresholds[1].at_most"]),
        (f"at_least = 1\nperiod = 0x{'f' * 5000}\n", ["thresholds[1].period"]),
    ],
)
def test_faulty_threshold(path, text, columns):
    """A threshold has one bound, a whole number from 1, and no unknown key."""
    assert [column for column, _, _ in faults(path, PLAIN + THRESHOLD + text)] == columns


@pytest.mark.parametrize(
    ("old", "new", "column", "expected"),
    [
        ("issuer = ", 'isuer = "x"\nissuer = ', "isuer",
         "其中之一：name、issuer、measure、groups、categories、indicators、scopes、thresholds、requirements、ledger、"
         "circular、assessment，最接近的是：issuer"),
        ('id = "towns"', 'id = "towns"\nname = "x"', "groups[1].name",
         "其中之一：id、label、words"),
        ("headers = [", "header = []\nheaders = [", "categories[1].header",
         "其中之一：id、label、headers、words，最接近的是：headers"),
        ("[[groups]]", '[requirements]\nsource = "x"\ndays = 3\n[[groups]]', "requirements.days",
         "其中之一：interpretation_days、assessment_share、source"),
    ],
)  # fmt: skip
def test_unknown_key(path, old, new, column, expected):
    """A key that nobody reads is most likely misspelt: the nearest known one is named."""
    path.write_text(PLAIN.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(FaultyData) as caught:
        read_county(path)

    kind = FaultKind.BAD_SETTING
    assert caught.value.faults == (
        Fault("county.toml", None, column, kind, "不认识的键", expected),
    )


def test_keys_of_later_commands_are_no_fault(path):
    """The settings of the ledger and of the assessment stand in the same file."""
    assert read(path, PLAIN + "[ledger.headers]\n[assessment]\n").name == "某县"


@pytest.mark.parametrize("header", ["政务动态信息", "政务 动态信息（条）", "政务动态"])
def test_one_header_for_two_categories(path, header):
    """A header, folded as in a table, belongs to one category: nothing is counted twice."""
    other = f'[[categories]]\nid = "open"\nlabel = "公开"\nheaders = ["{header}"]\n'

    assert faults(path, PLAIN + other) == [
        ("categories[2].headers", FaultKind.BAD_SETTING, f"“{header}”也是“政务动态”的表头"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        ('"镇办"', '"合计"', "groups[1].label"),
        ('"政务动态"', '"小 计"', "categories[1].label"),
        ('["政务动态信息"]', '["序号"]', "categories[1].headers"),
        ('["政务动态信息"]', '["投稿单位（全称）"]', "categories[1].headers"),
    ],
)
def test_fixed_words_name_nothing_else(path, old, new, column):
    """What means a total, a serial number or the units' column is no label."""
    assert [name for name, _, _ in faults(path, PLAIN.replace(old, new))] == [column]


def test_all_faults_come_together(path):
    """Every wrong setting is told in one run."""
    columns = [column for column, _, _ in faults(path, "[requirements]\nassessment_share = 'x'\n")]

    assert columns == [
        "groups", "categories", "name", "issuer", "measure", "requirements.assessment_share",
        "requirements.source",
    ]  # fmt: skip


def test_ids_and_labels_differ(path):
    """Two groups never share a name."""
    double = PLAIN + '[[groups]]\nid = "x"\nlabel = "towns"\n'

    assert faults(path, double) == [("groups", FaultKind.BAD_SETTING, "towns")]


@pytest.mark.parametrize(
    ("content", "row", "found"),
    [
        (b"n = 1\nname =", 2, "不合 TOML 语法：name ="),
        (b"a = 1\n\nb = 1 2\n", 3, "不合 TOML 语法：b = 1 2"),
        (f"n = {'9' * 5000}".encode(), None, "不合 TOML 语法"),
        (b"n = " + b"[" * 5000, None, "不合 TOML 语法"),
        (b"PK\x03\x04", None, "不是文本，像是工作簿"),
    ],
)
def test_unreadable_file(path, content, row, found):
    """What is no TOML is one fault, in Chinese, with the row where it is known."""
    path.write_bytes(content)
    with pytest.raises(FaultyData) as caught:
        read_county(path)

    assert [(fault.kind, fault.row, fault.found) for fault in caught.value.faults] == [
        (FaultKind.UNREADABLE_FILE, row, found),
    ]


def test_missing_file_and_directory(path):
    """A missing file says what it is for; a folder in its place cannot be read."""
    with pytest.raises(FaultyData) as caught:
        read_county(path)

    assert caught.value.faults == (
        Fault("county.toml", None, None, FaultKind.MISSING_FILE, "", "数据文件夹中的县级设置文件"),
    )
    path.mkdir()

    assert faults(path) == [(None, FaultKind.UNREADABLE_FILE, "是文件夹")]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("应急局", True), ("农 行", True), ("a-b", True), ("", False), (" ", False), ("..", False),
        ("a/b", False), ("a\\b", False), ("a／b", False), ("=1", False), ("＋1", False),
        ("-1", False), ("@a", False), ("a\nb", False), ("a\x00b", False), ("a\u200bb", False),
        ("a\u202eb", False),
    ],
)  # fmt: skip
def test_safe_names(name, expected):
    """A name can stand in a file name and in a spreadsheet cell."""
    assert is_safe_name(name) is expected
