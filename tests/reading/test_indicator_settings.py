"""Indicators, scopes and the assessment in county.toml: what is read, and what is refused."""

from decimal import Decimal
from fractions import Fraction

import pytest

from zhashui_stats.model.county import Scope, Threshold
from zhashui_stats.model.formulas import Formula
from zhashui_stats.model.grading import Assessment, Grade
from zhashui_stats.model.indicators import Fate, Indicator, LedgerRule, Partition

from .county_file import faults_of, read

PLAIN = """\
name = "某县"
issuer = "某办"
measure = "篇"
[[groups]]
id = "towns"
label = "镇办"
words = ["乡镇"]
[[groups]]
id = "bureaus"
label = "部门"
[[categories]]
id = "news"
label = "动态"
words = ["动态稿件"]
"""
FULL = """\
[[indicators]]
id = "submitted"
label = "报送"
headers = ["报送数"]
words = ["上报"]
unit = "条"
includes = "total"
ledger = "submitted"
[[indicators]]
id = "rate"
label = "采用率"
unit = "%"
decimals = 1
formula = "100 * total / submitted"
[[indicators]]
id = "bonus"
label = "加分"
unit = "分"
negative = true
decimals = 2
groups = ["bureaus"]
[[indicators]]
id = "city"
label = "市级"
partition = "层级"
of = "submitted"
ledger = { "采用级别" = ["市级", "市政府办"] }
[[scopes]]
label = "全部"
groups = ["towns", "bureaus"]
words = ["全县单位"]
[[thresholds]]
scope = "全部"
indicator = "bonus"
at_least = 0.285
[[thresholds]]
group = "towns"
category = "total"
below = 3
[assessment]
by = "rate"
within = "all"
[[assessment.grades]]
label = "优秀"
at_least = 82.5
[[assessment.grades]]
label = "合格"
"""


def faults(path, text):
    return [(fault.column, fault.found) for fault in faults_of(path, text)]


def test_every_setting(path):
    """All that may be set, as it is set; numbers by their digits."""
    county = read(path, PLAIN + FULL)
    city = Indicator(
        "city", "市级", "篇", partition="层级", of="submitted",
        ledger=LedgerRule(Fate.ADOPTED, {"采用级别": ("市级", "市政府办")}),
    )  # fmt: skip

    assert county.indicators == (
        Indicator("submitted", "报送", "条", ("报送数",), ("上报",), includes="total",
                  ledger=LedgerRule(Fate.SUBMITTED, {})),
        Indicator("rate", "采用率", "%", decimals=1,
                  formula=Formula.parse("100 * total / submitted")),
        Indicator("bonus", "加分", "分", negative=True, decimals=2, groups=("bureaus",)),
        city,
    )  # fmt: skip
    assert (Partition("层级", "submitted", (city,)),) == county.partitions
    assert (Scope("全部", ("towns", "bureaus"), ("全县单位",)),) == county.scopes
    assert county.thresholds == (
        Threshold("全部", "bonus", at_least=Fraction("0.285")),
        Threshold("towns", None, below=3),
    )
    grades = (Grade("优秀", Fraction("82.5")), Grade("合格"))
    assert Assessment("rate", within_groups=False, grades=grades) == county.assessment
    assert (("乡镇",), ("动态稿件",)) == (county.groups[0].words, county.categories[0].words)


INDICATOR = '[[indicators]]\nid = "{}"\nlabel = "{}"\n'
POINTS = INDICATOR.format("points", "得分")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (INDICATOR.format("total", "总分"), ("indicators[1].id", "'total'")),
        (INDICATOR.format("min", "总分"), ("indicators[1].id", "'min'")),
        (INDICATOR.format("news", "总分"), ("indicators", "news")),
        (INDICATOR.format("x", "动态"), ("indicators", "动态")),
        (INDICATOR.format("x", "合计"), ("indicators[1].label", "合计")),
        (f'{POINTS}headers = ["动 态"]\n', ("indicators[1].headers", "“动 态”也是“动态”的表头")),
        (f'{POINTS}words = ["动态稿件"]\n', ("indicators[1].words", "“动态稿件”也指“动态”")),
        (f"{POINTS}decimals = 9\n", ("indicators[1].decimals", "9")),
        (f"{POINTS}negative = 1\n", ("indicators[1].negative", "1")),
        (f'{POINTS}groups = ["town"]\n', ("indicators[1].groups", "'town'")),
        (f'{POINTS}includes = "points"\n', ("indicators[1].includes", "'points'")),
        (f'{POINTS}of = "total"\n', ("indicators[1].of", "没有填写 partition")),
        (f'{POINTS}partition = "类型"\nof = "y"\n', ("indicators[1].of", "'y'")),
        (f'{POINTS}ledger = "all"\n', ("indicators[1].ledger", "'all'")),
        (f"{POINTS}ledger = {{}}\n", ("indicators[1].ledger", "没有列")),
        (f'{POINTS}ledger = {{ "级别" = [] }}\n', ("indicators[1].ledger.级别", "[]")),
        (f'{POINTS}formula = "2 *"\n', ("indicators[1].formula", "不合公式的写法：2 *")),
        (f'{POINTS}formula = "news / 0"\n', ("indicators[1].formula", "除数恒为 0：news / 0")),
        (f'{POINTS}formula = "new"\n', ("indicators[1].formula", "公式中有不认识的名称“new”")),
        (f'{POINTS}formula = "{"(" * 10_000}news{")" * 10_000}"\n',
         ("indicators[1].formula", "公式过长（20004个字符）")),
        (f'{POINTS}formula = "points + 1"\n',
         ("indicators[1].formula", "公式互相引用：points → points")),
        (f'{POINTS}formula = "x"\n{INDICATOR.format("x", "甲")}formula = "y + 1"\n'
         f'{INDICATOR.format("y", "乙")}formula = "points"\n',
         ("indicators[1].formula", "公式互相引用：points → x → y → points")),
        (f'{POINTS}formula = "news"\nledger = "submitted"\n',
         ("indicators[1].ledger", "与 formula 同时填写")),
        ('[[scopes]]\nlabel = "全部"\ngroups = ["towns", "x"]\n', ("scopes[1].groups", "'x'")),
        ('[[scopes]]\nlabel = "全部"\n', ("scopes[1].groups", "没有组别")),
        ('[[scopes]]\nlabel = "镇办"\ngroups = ["towns"]\n', ("scopes", "镇办")),
        ('[[scopes]]\nlabel = "全部"\ngroups = ["towns"]\nwords = ["乡镇"]\n',
         ("scopes[1].words", "“乡镇”也指“镇办”")),
        ('[assessment]\nby = "points"\n', ("assessment.by", "'points'")),
        ('[assessment]\nwithin = "county"\n', ("assessment.within", "'county'")),
        ('[[assessment.grades]]\nlabel = "良"\n[[assessment.grades]]\nlabel = "优"\nat_least = 3\n',
         ("assessment.grades[2]", "排在没有下限的“良”之后")),
        ('[[assessment.grades]]\nlabel = "良"\nat_least = 3\n'
         '[[assessment.grades]]\nlabel = "优"\nat_least = 3\n',
         ("assessment.grades[2].at_least", "3")),
        ('[[assessment.grades]]\nlabel = "良"\nat_least = "3"\n',
         ("assessment.grades[1].at_least", "'3'")),
        (f'{POINTS}[[thresholds]]\ngroup = "towns"\nindicator = "points"\nat_least = nan\n',
         ("thresholds[1].at_least", "NaN")),
        *(
            (f'{POINTS}[[thresholds]]\ngroup = "towns"\nindicator = "points"\nat_least = {huge}\n',
             ("thresholds[1].at_least", str(Decimal(huge))))
            for huge in ("1e5000", "1e99999999", "1e-5000", "1000000000")
        ),
        ('[[thresholds]]\ngroup = "towns"\nscope = "镇办"\ncategory = "news"\nbelow = 1\n',
         ("thresholds[1].scope", "'镇办'")),
    ],
)  # fmt: skip
def test_what_is_wrong_is_one_clear_fault(path, text, fault):
    """The first fault names the place and what stands there."""
    assert fault == faults(path, PLAIN + text)[0]


def test_parts_of_one_partition_are_parts_of_one_figure(path):
    """Else nobody knows what they add up to; and no figure is a part of itself."""
    text = (
        f'{INDICATOR.format("a", "甲")}partition = "类型"\n'
        f'{INDICATOR.format("b", "乙")}partition = "类型"\nof = "news"\n'
        f'{INDICATOR.format("c", "丙")}partition = "级别"\nof = "d"\n'
        f'{INDICATOR.format("d", "丁")}partition = "级别"\nof = "d"\n'
    )

    assert [
        ("indicators[4].of", "'d'"),
        ("indicators[2].of", "“类型”的另一部分属于 total"),
        ("indicators[4].partition", "'级别'"),
    ] == faults(path, PLAIN + text)
