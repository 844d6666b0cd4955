"""A period of a county that counts more than the parts of one total, for tests of releases."""

from fractions import Fraction

from zhashui_stats.model.county import Category, County, Group
from zhashui_stats.model.formulas import Formula
from zhashui_stats.model.grading import Assessment, Grade
from zhashui_stats.model.indicators import Fate, Indicator, LedgerRule
from zhashui_stats.model.periods import Period
from zhashui_stats.model.submissions import Submissions
from zhashui_stats.model.units import Unit

INDICATORS = (
    Indicator("submitted", "报送", "条", includes="total"),
    Indicator("rate", "采用率", "%", decimals=1, formula=Formula.parse("100*total/submitted")),
    Indicator("points", "得分", "分", decimals=2, formula=Formula.parse(
        "min(0.15 * open + 1.5 * news, 20) - (submitted - total) / 8 + capped + bonus")),
    Indicator("bonus", "加分", "分", decimals=1, negative=True, groups=("bureaus",)),
    Indicator(
        "capped", "采用率计分", "分", decimals=1, formula=Formula.parse("min(rate, 50) / 10")),
    Indicator("city", "市级采用", "篇", ledger=LedgerRule(Fate.ADOPTED, {"级别": ("市", "省")})),
    Indicator("share", "市级采用占比", "%", decimals=2, formula=Formula.parse("100*city/total")),
    Indicator("plain", "基础得分", "分", decimals=1, formula=Formula.parse("2 * open + news / 4")),
    Indicator("floor", "保底得分", "分", decimals=1, formula=Formula.parse("max(points, 0)")),
)  # fmt: skip
COUNTY = County(
    "某县", "某县人民政府办公室", "篇", (Group("towns", "镇办"), Group("bureaus", "部门单位")),
    (Category("open", "政务公开"), Category("news", "政务动态")),
    indicators=INDICATORS,
    assessment=Assessment("points", grades=(Grade("优秀", 12), Grade("良好", 5))),
)  # fmt: skip

Row = tuple[int, ...]


def indicated(
    towns: dict[str, Row], bureaus: dict[str, Row], county: County = COUNTY
) -> Submissions:
    """Make a period from unit -> 公开, 动态, 报送, 市级采用; a bureau's fifth is 加分 in tenths."""
    rows = {**towns, **bureaus}
    figures = {
        name: {"submitted": row[2], "city": row[3], "bonus": Fraction(row[-1], 10)}
        for name, row in rows.items()
    }
    return Submissions(
        county,
        Period.parse("2022H1"),
        tuple(Unit(name, "towns" if name in towns else "bureaus") for name in rows),
        {name: {"open": row[0], "news": row[1]} for name, row in rows.items()},
        {"title": "某通报", "date": "2022年7月8日"},
        figures=figures,
    )


SMALL = indicated(
    {"甲镇": (1, 2, 8, 1), "乙镇": (0, 0, 0, 0), "丙镇": (7, 20, 27, 5)},
    {"丁局": (5, 4, 9, 2, -5), "戊局": (0, 1, 1, 0, 15), "己局": (2, 2, 4, 0, 0)},
)
"""Towns without 加分, of which one has nothing, and bureaus that have it, below 0 too."""
