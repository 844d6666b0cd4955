"""A county with indicators: a second count, a rate, points, a breakdown; three groups, a scope."""

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType

from zhashui_stats.model.county import Category, County, Group, Scope, Threshold
from zhashui_stats.model.formulas import Formula
from zhashui_stats.model.grading import Assessment, Grade
from zhashui_stats.model.indicators import Indicator
from zhashui_stats.model.periods import Period
from zhashui_stats.model.submissions import Submissions
from zhashui_stats.model.units import Unit

__all__ = [
    "BONUS", "COUNTY", "OWN", "POINTS", "RATE", "ROWS", "SENT", "SUBMITTED", "Rows",
    "points_period",
]  # fmt: skip

SUBMITTED = Indicator("submitted", "报送", "条", includes="total")
RATE = Indicator("rate", "采用率", "%", decimals=1, formula=Formula.parse("100*total/submitted"))
BASE = Indicator(
    "base", "基本分", "分", decimals=1, formula=Formula.parse("min(2 * open + 0.5 * news, 30)")
)
BONUS = Indicator("bonus", "加分", "分", decimals=1)
DEDUCTION = Indicator("deduction", "扣分", "分", decimals=1, groups=("first", "second"))
POINTS = Indicator(
    "points", "得分", "分", decimals=1, negative=True,
    formula=Formula.parse("base + bonus - deduction"),
)  # fmt: skip
OWN = Indicator("own", "自采", "篇", partition="来源")
SENT = Indicator("sent", "约稿", "篇", partition="来源")

COUNTY = County(
    "某县", "某县人民政府办公室", "篇",
    (Group("towns", "镇办"), Group("first", "一类部门"), Group("second", "二类部门")),
    (Category("open", "政务公开"), Category("news", "政务动态")),
    (Threshold("towns", "rate", at_least=50), Threshold("县直单位", "submitted", below=6)),
    indicators=(SUBMITTED, RATE, BASE, BONUS, DEDUCTION, POINTS, OWN, SENT),
    scopes=(Scope("县直单位", ("first", "second")),),
    assessment=Assessment("points", grades=(Grade("优秀", 20), Grade("合格", 2), Grade("不合格"))),
)  # fmt: skip

Row = tuple[int, int, int, Fraction | int, Fraction | int]
Rows = dict[str, dict[str, Row]]

ROWS: Rows = {
    "towns": {"甲镇": (2, 7, 12, 2, 0), "乙镇": (2, 0, 8, 0, 0), "丙镇": (0, 0, 0, 0, 0)},
    "first": {"财政局": (18, 3, 25, 1, 0), "发改局": (3, 4, 7, 0, Fraction(1, 2))},
    "second": {"税务局": (1, 2, 6, 0, 3), "烟草局": (0, 0, 4, 0, Fraction(1, 2))},
}
"""Group -> unit -> 政务公开, 政务动态, 报送, 加分, 扣分."""


def points_period(
    rows: Rows = ROWS,
    period: str = "2022H1",
    county: County = COUNTY,
    more: Mapping[str, int] = MappingProxyType({}),
) -> Submissions:
    """Build a period of the county; what was adopted was 自采 but for one article of each unit.

    Args:
        rows: The units.
        period: Its id.
        county: With its indicators.
        more: What every unit has of further ones.
    """
    units = tuple(Unit(name, group) for group, named in rows.items() for name in named)
    given = {name: row for named in rows.values() for name, row in named.items()}
    counts = {name: {"open": row[0], "news": row[1]} for name, row in given.items()}
    figures = {
        name: {
            "submitted": row[2], "bonus": row[3], "deduction": row[4],
            "own": max(row[0] + row[1] - 1, 0), "sent": min(row[0] + row[1], 1),
            **more,
        }
        for name, row in given.items()
    }  # fmt: skip
    return Submissions(county, Period.parse(period), units, counts, figures=figures)
