"""A small county with counts that can be checked by eye: zeros, ties, and two earlier periods."""

from zhashui_stats.audit.check import audit_circular
from zhashui_stats.audit.document import Document
from zhashui_stats.audit.encoding import Encoded, encode
from zhashui_stats.audit.findings import Audit
from zhashui_stats.audit.folding import Sentence, fold
from zhashui_stats.audit.lexicon import Lexicon, build_lexicon
from zhashui_stats.model.county import Category, County, Group, Threshold
from zhashui_stats.model.periods import Period
from zhashui_stats.model.submissions import Submissions
from zhashui_stats.model.units import Roster, Unit

__all__ = [
    "BEFORE",
    "COUNTY",
    "LAST_YEAR",
    "LEXICON",
    "NOW",
    "PERIOD",
    "ROSTER",
    "audit_text",
    "encode_text",
]

_LABELS = ("政务公开", "政策解读", "政务动态")

# 政务公开, 政策解读, 政务动态: this half-year, the same one last year, and the one between.
_TOWNS = {
    "甲镇": ((12, 1, 50), (10, 0, 40), (15, 1, 30)),
    "乙镇": ((5, 0, 21), (5, 0, 20), (10, 0, 20)),
    "丙镇": ((5, 0, 8), (3, 0, 10), (5, 0, 5)),
    "丁镇": ((3, 0, 8), (2, 0, 5), (0, 0, 5)),
    "戊镇": ((0, 0, 0), (0, 0, 0), (0, 0, 0)),
}  # fmt: skip
#  合计:   25  1  87     20  0  75     30  1  60
_OFFICES = {
    "己局": ((20, 3, 30), (15, 2, 20), (30, 2, 40)),
    "庚局": ((11, 1, 21), (10, 0, 15), (10, 1, 20)),
    "辛局": ((11, 0, 11), (10, 0, 10), (10, 0, 20)),
    "壬局": ((6, 0, 9), (5, 0, 9), (10, 0, 10)),
    "癸局": ((4, 0, 5), (0, 0, 5), (5, 0, 10)),
    "子局": ((1, 2, 2), (0, 0, 0), (5, 0, 0)),
    "丑局": ((0, 0, 2), (0, 0, 0), (0, 0, 0)),
    "寅中心": ((0, 0, 0), (0, 1, 1), (0, 0, 0)),
}
#  合计:   53  6  80     40  3  60     70  3  100
#  全县:   78  7 167     60  3 135    100  4  160

COUNTY = County(
    name="某县",
    issuer="某县人民政府办公室",
    measure="篇",
    groups=(Group("towns", "镇办"), Group("offices", "部门单位")),
    categories=tuple(Category(label, label, (f"{label}信息",)) for label in _LABELS),
    thresholds=(Threshold("offices", "政务动态", at_least=10),),
)
ROSTER = Roster(
    (
        *(Unit(name, "towns") for name in _TOWNS),
        *(Unit(name, "offices") for name in _OFFICES),
    )
)


def _period(name: str, place: int) -> Submissions:
    rows = {**_TOWNS, **_OFFICES}
    counts = {unit: dict(zip(_LABELS, row[place], strict=True)) for unit, row in rows.items()}
    return Submissions(COUNTY, Period.parse(name), ROSTER.units, counts)


NOW = _period("2022H1", 0)
LAST_YEAR = _period("2021H1", 1)
BEFORE = _period("2021H2", 2)
PERIOD = NOW.period
LEXICON: Lexicon = build_lexicon(COUNTY, ROSTER, PERIOD)


def audit_text(
    text: str,
    now: Submissions | None = NOW,
    earlier: tuple[Submissions, ...] = (LAST_YEAR, BEFORE),
) -> Audit:
    """Audit a text on the first half of 2022 against the small county's tables."""
    document = Document("circular.txt", text)
    return audit_circular(
        document, now, county=COUNTY, roster=ROSTER, period=PERIOD, earlier=earlier
    )


def encode_text(text: str) -> Encoded:
    """Encode one sentence with the small county's words."""
    return encode(Sentence(fold(text, (0, len(text))), "", 0, 0), LEXICON)
