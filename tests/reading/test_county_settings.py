"""county.toml to the letter: every setting that is read, and every word of what is refused."""

import pytest

from zhashui_stats.errors import FaultKind, FaultyData
from zhashui_stats.loading import load
from zhashui_stats.model.articles import Attribute, Column, Form, Status
from zhashui_stats.model.county import (
    Category,
    CircularSettings,
    County,
    Group,
    LedgerSettings,
    Requirements,
    Threshold,
)
from zhashui_stats.model.grading import Assessment
from zhashui_stats.model.periods import PeriodKind

from .county_file import faults_of, read

PLAIN = """\
name = " 某县 "
issuer = "某县人民政府办公室"
measure = "篇"
[[groups]]
id = "towns"
label = "镇办"
[[groups]]
id = "部门"
label = "部门"
[[categories]]
id = "news"
label = "政务动态"
headers = ["动态信息", "政务动态"]
[[categories]]
id = "公开"
label = "公开"
"""
GROUPS = Group("towns", "镇办"), Group("部门", "部门")
CATEGORIES = Category("news", "政务动态", ("动态信息", "政务动态")), Category("公开", "公开")
FULL = """\
[[thresholds]]
group = "towns"
category = "news"
at_least = 1
period = "quarter"
[[thresholds]]
group = "部门"
category = "公开"
below = 7
period = "month"
[requirements]
interpretation_days = 0
assessment_share = 4
source = "某文"
[circular]
subject = "信息报送情况"
addressees = "各镇办"
attribute = "此件公开发布"
[ledger]
interpretation = "news"
rush_days = 1
rush_least = 2
[ledger.headers]
"标题" = ["稿件名称", "题目"]
"投稿单位" = []
[ledger.values]
"采用" = ["已发"]
"不予公开" = ["不公开"]
"音视频" = ["视频"]
[assessment]
"""
TEXT = "一段不为空的文字"
TEXTS = '一组文字，如 ["甲", "乙"]'
SAFE = "不含斜杠和控制字符、不以 = + - @ 开头的名称"
FIXED = "不与表中的固定用语相同（共计、单位、单位名称、合计、小计、序号、总计、投稿单位、报送单位）"
DISTINCT = "互不相同的 id 和 label"
ONE_BOUND = "at_least（以上）与 below（以下）二者取一"
LABELS = (
    "编号、标题、投稿单位、类别、投稿日期、发布日期、状态、退稿原因、公开属性、不公开理由、解读形式、"
    "关联政策发布日期、初审、初审日期、复审、复审日期、终审、终审日期、一校、一校日期、二校、二校日期、"
    "三校、三校日期、数据性质"
)
VALUES = "采用、退稿、待审、公开发布、依申请公开、不予公开、图表、音视频、幻灯片、文字"
ONE_MEANING = "每种写法只有一个意思"


def faults(path, text):
    found = faults_of(path, text)
    assert {(None, FaultKind.BAD_SETTING)} == {(fault.row, fault.kind) for fault in found}
    return [(fault.column, fault.found, fault.expected) for fault in found]


def test_every_setting(path):
    """All that may be set, as it is set; white space around a text is dropped."""
    expected = County(
        "某县", "某县人民政府办公室", "篇", GROUPS, CATEGORIES,
        (
            Threshold("towns", "news", at_least=1, kind=PeriodKind.QUARTER),
            Threshold("部门", "公开", below=7, kind=PeriodKind.MONTH),
        ),
        Requirements(0, 4, "某文"),
        LedgerSettings(
            {Column.TITLE: ("稿件名称", "题目"), Column.UNIT: ()},
            {Status.ADOPTED: ("已发",), Attribute.WITHHELD: ("不公开",), Form.MEDIA: ("视频",)},
            "news", 1, 2,
        ),
        CircularSettings("信息报送情况", "各镇办", "此件公开发布"),
        assessment=Assessment(),
    )  # fmt: skip

    assert expected == read(path, PLAIN + FULL)


def test_what_holds_where_nothing_is_set(path):
    """A rush is of 14 days and of 10 articles; nothing is required, no word stands for another."""
    county = read(path, f"thresholds = []\n{PLAIN}[requirements]\n[ledger]\n[circular]\n")

    assert (Requirements(None, None, ""), ()) == (county.requirements, county.thresholds)
    assert LedgerSettings({}, {}, None, 14, 10) == county.ledger
    assert CircularSettings("政务公开信息报送采编情况", "", "") == county.circular


@pytest.mark.parametrize("setting", ["rush_days", "rush_least"])
def test_one_setting_of_the_rush(path, setting):
    """The other keeps what holds where nothing is set."""
    ledger = read(path, f"{PLAIN}[ledger]\n{setting} = 3\n").ledger
    expected = {"rush_days": 14, "rush_least": 10, setting: 3}

    assert expected == {"rush_days": ledger.rush_days, "rush_least": ledger.rush_least}


@pytest.mark.parametrize(("word", "kind"), [(kind.value, kind) for kind in PeriodKind])
def test_kinds_of_period(path, word, kind):
    """A threshold may be for any kind of period."""
    text = f'[[thresholds]]\ngroup = "towns"\ncategory = "news"\nbelow = 1\nperiod = "{word}"\n'

    assert (Threshold("towns", "news", below=1, kind=kind),) == read(path, PLAIN + text).thresholds


def test_all_faults_of_a_file(path):
    """Every setting that is wrong, in one run, in all its words."""
    text = """\
name = "某\\n县"
issuer = ""
measure = 3
names = "某县"
[[groups]]
id = "=towns"
label = "合 计"
title = "x"
[[groups]]
id = "towns"
label = ""
[[groups]]
label = "towns"
[[categories]]
id = "news"
label = "动态"
headers = "动态信息"
[[categories]]
id = "open"
label = "单位"
headers = ["动 态（篇）", "小计", "公开"]
[[categories]]
id = "公开"
label = "动态"
headers = ["甲", 1]
"""
    keys = (
        "name、issuer、measure、groups、categories、indicators、scopes、thresholds、requirements、"
        "ledger、"
    )

    assert [
        ("names", "不认识的键", f"其中之一：{keys}circular、assessment，最接近的是：name"),
        ("groups[1].title", "不认识的键", "其中之一：id、label、words"),
        ("groups[1].id", "'=towns'", SAFE),
        ("groups[1].label", "合 计", FIXED),
        ("groups[2].label", "''", TEXT),
        ("groups[3].id", "没有填写", TEXT),
        ("categories[1].headers", "'动态信息'", TEXTS),
        ("categories[2].label", "单位", FIXED),
        ("categories[2].headers", "小计", FIXED),
        ("categories[3].headers", "['甲', 1]", TEXTS),
        ("groups", "towns", DISTINCT),
        ("categories", "动态", DISTINCT),
        ("categories[2].headers", "“动 态（篇）”也是“动态”的表头", "每种表头只归一个类别"),
        ("categories[3].headers", "“动态”也是“动态”的表头", "每种表头只归一个类别"),
        ("name", "'某\\n县'", TEXT),
        ("issuer", "''", TEXT),
        ("measure", "3", TEXT),
    ] == faults(path, text)


def test_all_faults_of_the_further_sections(path):
    """Thresholds, requirements, ledger and circular, in the order in which they are read."""
    text = """\
[[thresholds]]
group = "镇办"
category = 3
below = true
period = "halves"
least = 1
[[thresholds]]
group = "部门"
category = "公开"
at_least = 0
below = 2
[requirements]
interpretation_days = -1
assessment_share = 4.5
sauce = "x"
[ledger]
interpretation = "政务动态"
rush_days = 0
rush_least = -2
rush = 3
[ledger.headers]
"题目" = ["标题"]
[ledger.values]
"不公开" = ["采用"]
[circular]
subject = 3
attributes = "x"
"""
    kinds = "其中之一：year、half、quarter、month、span"

    assert [
        ("thresholds[1].group", "'镇办'", "其中之一：towns、部门"),
        ("thresholds[1].category", "3", "其中之一：news、公开、total"),
        ("thresholds[1].below", "True", "正整数"),
        ("thresholds[1].period", "'halves'", kinds),
        ("thresholds[1].least", "不认识的键",
         "其中之一：group、scope、category、indicator、at_least、below、period，最接近的是：at_least"),
        ("thresholds[2].at_least", "0", "正整数"),
        ("thresholds[2]", "", ONE_BOUND),
        ("requirements.sauce", "不认识的键",
         "其中之一：interpretation_days、assessment_share、source，最接近的是：source"),
        ("requirements.interpretation_days", "-1", "0 或正整数"),
        ("requirements.assessment_share", "4.5", "0 或正整数"),
        ("requirements.source", "没有填写", TEXT),
        ("ledger.rush", "不认识的键",
         "其中之一：headers、values、interpretation、rush_days、rush_least，最接近的是：rush_days"),
        ("ledger.interpretation", "'政务动态'", "其中之一：news、公开"),
        ("ledger.rush_days", "0", "正整数"),
        ("ledger.rush_least", "-2", "正整数"),
        ("ledger.headers.题目", "不认识的键", f"其中之一：{LABELS}"),
        ("ledger.values.不公开", "不认识的键", f"其中之一：{VALUES}，最接近的是：不予公开"),
        ("circular.attributes", "不认识的键",
         "其中之一：subject、addressees、attribute，最接近的是：attribute"),
        ("circular.subject", "3", TEXT),
    ] == faults(path, PLAIN + text)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("ledger = 3\n", ("ledger", "3", "[ledger] 开头的一节")),
        ("ledger.headers = 3\n", ("ledger.headers", "3", "[ledger.headers] 开头的一节")),
        ("ledger.values = []\n", ("ledger.values", "[]", "[ledger.values] 开头的一节")),
        ("requirements = true\n", ("requirements", "True", "[requirements] 开头的一节")),
        ('circular = "x"\n', ("circular", "'x'", "[circular] 开头的一节")),
        ("thresholds = 3\n", ("thresholds", "3", "至少一节 [[thresholds]]")),
        ("thresholds = [{}, 1]\n", ("thresholds", "[{}, 1]", "至少一节 [[thresholds]]")),
    ],
)
def test_what_is_no_section(path, text, fault):
    """A value where a section should stand is told, and nothing else of that section."""
    assert [fault] == faults(path, text + PLAIN)


def test_a_county_counts_something(path):
    """Without a group or a category there is nothing to count; an empty list is none."""
    names = 'name = "某县"\nissuer = "某办"\nmeasure = "篇"\n'

    assert [
        ("groups", "", "至少一节 [[groups]]"),
        ("categories", "", "至少一节 [[categories]]"),
    ] == faults(path, f"{names}groups = []\n")


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("1_000_000_000_000_000_000", "1000000000000000000"),
        ("1_000_000_000_000_000_001", "过大的整数"),
        ("-1_000_000_000_000_000_001", "过大的整数"),
        (f"0x{'f' * 5000}", "过大的整数"),
    ],
)
def test_a_number_without_end(path, number, shown):
    """A number that is too long to be shown is called so."""
    text = PLAIN.replace('measure = "篇"', f"measure = {number}")

    assert [("measure", shown, TEXT)] == faults(path, text)


# --- How a ledger is written ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('[ledger.headers]\n"标题" = ["题目", "类 别（类型）"]\n',
         ("ledger.headers.标题", "“类 别（类型）”也指“类别”", ONE_MEANING)),
        ('[ledger.values]\n"采用" = ["已发", "退 稿"]\n',
         ("ledger.values.采用", "“退 稿”也指“退稿”", ONE_MEANING)),
        ('[ledger.headers]\n"类别" = ["类型"]\n"标题" = ["类 型"]\n',
         ("ledger.headers.标题", "“类 型”也指“类别”", ONE_MEANING)),
    ],
)  # fmt: skip
def test_a_word_means_one_thing(path, text, fault):
    """No variant stands for two columns or values; the one that comes later in the file is told."""
    assert [fault] == faults(path, PLAIN + text)


def test_a_variant_may_be_given_twice(path):
    """A label among its own variants, or a variant in two forms, says nothing wrong."""
    text = '[ledger.headers]\n"标题" = ["标题", "题目", "题 目"]\n'

    assert {Column.TITLE: ("标题", "题目", "题 目")} == read(path, PLAIN + text).ledger.headers


def test_a_ledger_in_the_countys_own_words(tmp_path, path):
    """Headers and values that the settings declare are read as those that they stand for."""
    path.write_text(
        f'{PLAIN}[ledger.headers]\n"标题" = ["题目"]\n"投稿单位" = ["来稿单位"]\n'
        '[ledger.values]\n"采用" = ["已发"]\n"退稿" = ["不用"]\n',
        encoding="utf-8",
    )
    (tmp_path / "units.csv").write_text("name,group\n甲镇,towns\n乙局,部门\n", encoding="utf-8")
    (tmp_path / "2022H1").mkdir()
    (tmp_path / "2022H1" / "ledger.csv").write_text(
        "题 目,来稿单位（全称）,类别,发布日期,状态\n"
        "一,甲镇,政务动态,2022-03-01,已 发\n二,甲镇,公开,2022-03-01,采用\n三,乙局,公开,,不用\n",
        encoding="utf-8",
    )
    counts = load("2022H1", tmp_path).counts

    assert {"甲镇": [1, 1], "乙局": [0, 0]} == {
        name: list(row.values()) for name, row in counts.items()
    }


def test_what_is_no_list_of_variants_is_told_once(path):
    """One text in place of several is one fault."""
    with pytest.raises(FaultyData) as caught:
        read(path, PLAIN + '[ledger.headers]\n"标题" = "题目"\n')

    assert ["ledger.headers.标题"] == [fault.column for fault in caught.value.faults]
