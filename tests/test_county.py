"""county.toml: what is counted, for whom, with which thresholds."""

import pytest

from zhashui_stats.county import Category, Group, Threshold, is_safe_name, read_county
from zhashui_stats.errors import Fault, FaultKind, FaultyData, UnknownLabel
from zhashui_stats.periods import Period, PeriodKind

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


@pytest.fixture
def path(tmp_path):
    """Where county.toml stands."""
    return tmp_path / "county.toml"


def read(path, text):
    path.write_text(text, encoding="utf-8")
    return read_county(path)


def faults(path, text=None):
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(FaultyData) as caught:
        read_county(path)
    assert {one.file for one in caught.value.faults} == {"county.toml"}
    return [(one.column, one.kind, one.found) for one in caught.value.faults]


def test_plain_settings(path):
    """Groups and categories come in their order, with what heads them."""
    county = read(path, PLAIN)

    assert (county.name, county.level, county.issuer) == ("某县", "县", "某县人民政府办公室")
    assert county.groups == (Group("towns", "镇办"),)
    assert county.categories == (Category("news", "政务动态", ("政务动态信息",)),)
    assert county.thresholds == ()


def test_bom_is_no_fault(path):
    """Notepad writes a BOM."""
    path.write_text(PLAIN, encoding="utf-8-sig")

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


def test_lookup_by_id_and_label(path):
    """Groups and categories are found by either name, and never guessed."""
    county = read(path, PLAIN)

    assert county.group("towns") is county.group("镇办")
    assert county.category("news") is county.category("政务动态")
    with pytest.raises(UnknownLabel, match="没有名为“动态”的类别，可用的有：政务动态"):
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
        ("at_least = true\n", ["thresholds[1].at_least"]),
        ('at_least = 1\nperiod = "week"\n', ["thresholds[1].period"]),
        ("at_least = 1\nat_most = 3\n", ["thresholds[1].at_most"]),
        (f"at_least = 1\nperiod = 0x{'f' * 5000}\n", ["thresholds[1].period"]),
    ],
)
def test_faulty_threshold(path, text, columns):
    """A threshold has one bound, a whole number from 0, and no unknown key."""
    assert [column for column, _, _ in faults(path, PLAIN + THRESHOLD + text)] == columns


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
    ("content", "kind"),
    [
        (b"name =", FaultKind.UNREADABLE_FILE),
        (f"n = {'9' * 5000}".encode(), FaultKind.UNREADABLE_FILE),
        (b"n = " + b"[" * 5000, FaultKind.UNREADABLE_FILE),
        (PLAIN.encode("gb18030"), FaultKind.WRONG_ENCODING),
    ],
)
def test_unreadable_file(path, content, kind):
    """What is no TOML in UTF-8 is one fault of the whole file."""
    path.write_bytes(content)

    assert [(column, one) for column, one, _ in faults(path)] == [(None, kind)]


def test_missing_file_and_directory(path):
    """A missing file says what it is for; a folder in its place cannot be read."""
    with pytest.raises(FaultyData) as caught:
        read_county(path)

    assert caught.value.faults == (
        Fault("county.toml", None, None, FaultKind.MISSING_FILE, "", "数据文件夹中的县级设置文件"),
    )
    path.mkdir()

    assert faults(path)[0][1] is FaultKind.UNREADABLE_FILE


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
