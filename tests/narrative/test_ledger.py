"""Every sentence that rests on a ledger (台账), over small ledgers made by hand."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from conftest import Builder
from ledgers import PENDING, REJECTED, SOUND, Article, period_of, sent

from zhashui_stats import narrative
from zhashui_stats.model.articles import Column
from zhashui_stats.model.submissions import SourceFile, Submissions

Say = Callable[[Submissions], str]

MONTHS = ("01-05", "02-05", "03-05", "04-05", "05-05", "06-05")
ONE_TOWN = {"镇办": ("甲镇",)}
TOWNS = {"镇办": ("甲镇", "乙镇", "丙镇")}
DEPARTMENTS = {"部门单位": tuple(f"{n}局" for n in range(10, 50))}
HOSTILE = "<script>alert(1)</script> *x*"
UNSIGNED = {**SOUND, "复审": ""}
REVERSED = {**SOUND, "初审日期": "2022-02-28"}
SAME = {**SOUND, "复审": SOUND["初审"]}
BOTH = {**REVERSED, **{"复审": SOUND["初审"]}}
POLICY = {"类别": "政策解读", "关联政策发布日期": "2022-02-28"}
IN_TIME = {**POLICY, "发布日期": "2022-03-03"}
LATE = {**POLICY, "发布日期": "2022-03-04"}
UNDATED = {**POLICY, "关联政策发布日期": ""}
UNKNOWN = {**POLICY, "关联政策发布日期": "1999-12-30"}


def rejected(*reasons: str) -> list[Article]:
    return [{**REJECTED, "退稿原因": reason} for reason in reasons]


def rush(unit: str, *, inside: int, outside: int) -> list[Article]:
    return [*sent(unit, *["06-20"] * inside), *sent(unit, *["03-01"] * outside)]


# --- With a ledger, without one, and with the analyst's word ------------------------------------

SECTIONS: list[tuple[Say, str, str, tuple[Column, ...]]] = [
    (narrative.say_chain, "二（二）", "审核校对", (Column.REVIEW_2,)),
    (narrative.say_regularity, "二（三）", "公开制度执行", (Column.SUBMITTED,)),
    (narrative.say_rejections, "二（五）", "稿件质量", (Column.REASON,)),
]
FULL = [*sent("甲镇", *MONTHS, **SOUND), *rejected("错别字")]


@pytest.mark.parametrize(("say", "section", "topic", "_"), SECTIONS)
def test_no_ledger(
    build: Builder, say: Say, section: str, topic: str, _: tuple[Column, ...]
) -> None:
    """Without a ledger the analyst is quoted, or it is said that there are no data."""
    silent, remarked = (
        build({"镇办": {"甲镇": (1, 0, 0)}}, remarks=remarks)
        for remarks in ({}, {section: "一段。"})
    )

    assert say(silent) == f"本期没有{topic}方面的数据。"
    assert say(remarked) == "> 经办人说明：\n>\n> 一段。"


@pytest.mark.parametrize(("say", "section", "topic", "columns"), SECTIONS)
def test_a_ledger_without_the_column(
    say: Say, section: str, topic: str, columns: tuple[Column, ...]
) -> None:
    """A ledger that lacks what a section needs is as good as none for it."""
    silent, remarked = (
        period_of(FULL, without=columns, remarks=remarks) for remarks in ({}, {section: "一段。"})
    )

    assert say(silent) == f"本期没有{topic}方面的数据。"
    assert say(remarked) == "> 经办人说明：\n>\n> 一段。"


@pytest.mark.parametrize(
    ("say", "section"),
    [
        (narrative.say_quality, "一（二）"),
        (narrative.say_participation, "一（四）"),
        (narrative.say_chain, "二（二）"),
        (narrative.say_regularity, "二（三）"),
        (narrative.say_rejections, "二（五）"),
        (narrative.say_deadlines, "三（三）"),
    ],
)
@pytest.mark.parametrize("articles", [FULL, sent("甲镇", "", **SOUND, 退稿原因=""), []])
def test_a_remark_stands_below_the_evidence(
    say: Say, section: str, articles: list[Article]
) -> None:
    """What the ledger shows comes first, and the analyst's paragraphs after it."""
    now = period_of(articles, days=3)
    remarked = replace(now, remarks={section: "一段。"})
    expected = f"{say(now)}\n\n> 经办人说明：\n>\n> 一段。"
    # A ledger without rows has the required columns alone.
    if not articles and section in ("二（二）", "二（五）"):
        expected = "> 经办人说明：\n>\n> 一段。"

    assert say(remarked) == expected


# --- Title, opening, and what the five points rest on -------------------------------------------


def test_a_real_period_says_nothing_of_being_made_up() -> None:
    """The title stands alone."""
    assert narrative.say_title(period_of(FULL)) == "# 某县2022年上半年政务公开信息采编情况报告"


def test_the_title_of_a_made_up_period() -> None:
    """Whatever file is made up, the page says so under its title."""
    files = (SourceFile("units.csv", ""), SourceFile("2022H1/ledger.csv", "", is_synthetic=True))
    said = narrative.say_title(replace(period_of(FULL), files=files))

    assert said == (
        "# 某县2022年上半年政务公开信息采编情况报告\n\n"
        "> **本页由合成数据生成，仅供试用，不是真实情况。**"
    )


def test_the_basis_is_the_ledger() -> None:
    """A period with a ledger is counted from it."""
    assert narrative.say_basis(period_of(FULL)) == (
        "本报告依据本期投稿台账编写，统计范围为镇办3个、部门单位2个，共5个投稿单位。"
        "文中数字均由台账逐篇算出。"
        "台账没有登记的情况引用经办人说明，没有说明的注明本期没有数据。"
    )


def test_the_basis_of_one_unit() -> None:
    """A single unit is named."""
    said = narrative.say_basis(period_of(FULL, ONE_TOWN))

    assert said.startswith("本报告依据本期投稿台账编写，统计范围为甲镇。文中")


@pytest.mark.parametrize(
    ("without", "remarks", "expected"),
    [
        ((), (), "（二）、（三）、（四）、（五）由台账得出；（一）本期没有数据。"),
        (
            (), ("二（一）",),
            "（二）、（三）、（四）、（五）由台账得出；（一）引用经办人说明。",
        ),
        (
            (), ("二（二）", "二（四）"),
            "（二）、（三）、（四）、（五）由台账得出，其中（二）、（四）附经办人说明；"
            "（一）本期没有数据。",
        ),
        (
            (), ("二（三）", "二（四）", "二（五）"),
            "（二）、（三）、（四）、（五）由台账得出，其中（三）、（四）、（五）附经办人说明；"
            "（一）本期没有数据。",
        ),
        (
            (), ("二（二）", "二（三）", "二（四）", "二（五）"),
            "（二）、（三）、（四）、（五）由台账得出，并附经办人说明；（一）本期没有数据。",
        ),
        (
            (Column.SUBMITTED, Column.REASON), ("二（三）",),
            "（二）、（四）由台账得出；（三）引用经办人说明；（一）、（五）本期没有数据。",
        ),
        (
            (Column.SUBMITTED, Column.REASON, Column.REVIEW_1), (),
            "（四）由台账得出；（一）、（二）、（三）、（五）本期没有数据。",
        ),
    ],
)  # fmt: skip
def test_what_the_five_points_rest_on(
    without: tuple[Column, ...], remarks: tuple[str, ...], expected: str
) -> None:
    """Each point is told once: from the ledger, from the analyst, or without data."""
    now = period_of(FULL, without=without, remarks=dict.fromkeys(remarks, "一段。"))

    assert narrative.say_problems(now) == f"以下五个方面中，{expected}"


# --- 一（二）: adoption and sound chains ---------------------------------------------------------


@pytest.mark.parametrize(
    ("articles", "expected"),
    [
        ([], "台账中没有本期的稿件。"),
        (sent("甲镇", "03-01"), "台账中本期稿件1篇，被采用。"),
        (sent("甲镇", "03-01", "03-02"), "台账中本期稿件2篇，均被采用。"),
        ([REJECTED, REJECTED], "台账中本期稿件2篇，均被退稿。"),
        ([PENDING], "台账中本期稿件1篇，待审核。"),
        ([PENDING, PENDING, REJECTED], "台账中本期稿件3篇：1篇被退稿，2篇待审核。"),
        ([*sent("甲镇", "03-01"), PENDING], "台账中本期稿件2篇：1篇被采用，1篇待审核。"),
        (
            [*sent("甲镇", "03-01", "03-02"), REJECTED],
            "台账中本期稿件3篇：2篇被采用，1篇被退稿。"
            "采用率为66.7%，其中镇办为66.7%，部门单位没有审结的稿件。",
        ),
        (
            [*sent("甲镇", "03-01"), *sent("A局", "03-01"), REJECTED, PENDING],
            "台账中本期稿件4篇：2篇被采用，1篇被退稿，1篇待审核。"
            "采用率（不计待审核的）为66.7%，其中镇办为50.0%，部门单位为100.0%。",
        ),
    ],
)
def test_adoption(articles: list[Article], expected: str) -> None:
    """What became of the articles adds up; a rate is told where some were and some were not."""
    assert narrative.say_quality(period_of(articles)) == expected


def test_adoption_of_one_group() -> None:
    """A single group has no rate beside that of all."""
    said = narrative.say_quality(period_of([*sent("甲镇", "03-01"), REJECTED], TOWNS))

    assert said == "台账中本期稿件2篇：1篇被采用，1篇被退稿。采用率为50.0%。"


def test_articles_of_another_period_are_not_told() -> None:
    """Adopted articles belong to the period by 发布日期, the others by 投稿日期."""
    later = [{"发布日期": "2022-07-01"}, {**REJECTED, "投稿日期": "2022-07-01"}]

    assert narrative.say_quality(period_of(later)) == "台账中没有本期的稿件。"


@pytest.mark.parametrize(
    ("chains", "expected"),
    [
        ([SOUND], "被采用的1篇“三审三校”签署齐全、次序正确、分人负责。"),
        ([SOUND, SOUND], "被采用的2篇“三审三校”均签署齐全、次序正确、分人负责。"),
        (
            [SOUND, SOUND, SAME],
            "被采用的3篇中，“三审三校”签署齐全、次序正确、分人负责的有2篇，占66.7%。",
        ),
        (
            [SAME, UNSIGNED],
            "被采用的2篇中，没有“三审三校”签署齐全、次序正确、分人负责的。",
        ),
    ],
)
def test_sound_chains(chains: list[Article], expected: str) -> None:
    """How many of the adopted articles went through the whole chain."""
    said = narrative.say_quality(period_of([{**chain} for chain in chains]))

    assert said.partition("。")[2] == expected


def test_without_a_ledger_quality_is_the_analysts(build: Builder) -> None:
    """Adoption cannot be told from counts."""
    said = narrative.say_quality(build({"镇办": {"甲镇": (1, 0, 0)}}))

    assert said == "本期没有信息质量方面的数据。"


# --- 一（四）: regular contributors -------------------------------------------------------------


def regulars(now: Submissions) -> str:
    """Return what follows the heading and the adopted units."""
    return "\n\n".join(narrative.say_participation(now).split("\n\n")[2:])


@pytest.mark.parametrize(
    ("articles", "expected"),
    [
        (sent("甲镇", *MONTHS[:2]), "本期6个月中，没有单位在一半以上的月份有投稿。"),
        (
            sent("甲镇", *MONTHS[:3]),
            "本期6个月中，在一半以上的月份有投稿的单位有1个：甲镇。",
        ),
        (
            [*sent("A局", *MONTHS), *sent("甲镇", *MONTHS[3:]), *sent("乙镇", "01-01")],
            "本期6个月中，在一半以上的月份有投稿的单位有2个：甲镇、A局。",
        ),
        (
            [
                article
                for name in ("甲镇", "乙镇", "丙镇", "A局", "B局")
                for article in sent(name, *MONTHS)
            ],
            "本期6个月中，各单位均在一半以上的月份有投稿。",
        ),
        (sent("甲镇", ""), ""),
        ([], ""),
    ],
)
def test_regular_contributors(articles: list[Article], expected: str) -> None:
    """They are named; where no article has its date of submission, nobody is judged."""
    assert regulars(period_of(articles)) == expected


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (MONTHS, "本期6个月中，甲镇在一半以上的月份有投稿。"),
        (MONTHS[:1], "本期6个月中，没有单位在一半以上的月份有投稿。"),
    ],
)
def test_one_regular_contributor(days: tuple[str, ...], expected: str) -> None:
    """A single unit is named rather than counted."""
    assert regulars(period_of(sent("甲镇", *days), ONE_TOWN)) == expected


def test_many_regular_contributors_stand_in_the_table() -> None:
    """A sentence has room for thirty names."""
    names = DEPARTMENTS["部门单位"][:31]
    now = period_of([article for name in names for article in sent(name, *MONTHS)], DEPARTMENTS)

    assert regulars(now) == ("本期6个月中，在一半以上的月份有投稿的单位有31个。")


@pytest.mark.parametrize(
    ("articles", "expected"),
    [
        ([*sent("甲镇", "04-01"), *sent("A局", "04-30")], "本月有投稿的单位有2个：甲镇、A局。"),
        ([{**REJECTED, "投稿日期": "2022-04-01"}], "本月有投稿的单位有1个：甲镇。"),
    ],
)
def test_contributors_of_a_month(articles: list[Article], expected: str) -> None:
    """In a single month whoever sent in anything did so regularly, by the date of sending."""
    assert regulars(period_of(articles, period="2022-04")) == f"从投稿日期看，{expected}"


# --- 二（二）: the review chain -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("chains", "expected"),
    [
        ([], "本期没有被采用的稿件，无从核对“三审三校”。"),
        ([SOUND], "从台账登记看，被采用的1篇“三审三校”没有发现问题。"),
        ([SOUND, SOUND], "从台账登记看，被采用的2篇“三审三校”没有发现问题。"),
        (
            [SOUND, UNSIGNED],
            "从台账登记看，被采用的2篇中，有1篇“三审三校”不合要求：签署或日期不全的1篇。涉及甲镇。",
        ),
        (
            [SAME],
            "从台账登记看，被采用的1篇“三审三校”不合要求：同一人重复签署的1篇。涉及甲镇。",
        ),
        (
            [UNSIGNED, REVERSED, SAME],
            "从台账登记看，被采用的3篇“三审三校”均不合要求："
            "签署或日期不全的1篇、签署日期先后颠倒的1篇、同一人重复签署的1篇。涉及甲镇。",
        ),
        (
            [SOUND, BOTH, BOTH, REVERSED],
            "从台账登记看，被采用的4篇中，有3篇“三审三校”不合要求："
            "签署日期先后颠倒的3篇、同一人重复签署的2篇（其中2篇既颠倒又重复）。涉及甲镇。",
        ),
    ],
)
def test_flawed_chains(chains: list[Article], expected: str) -> None:
    """The flaws add up to the flawed articles; what is counted twice is told."""
    # A rejected article gives the ledger its columns and is not judged.
    now = period_of([*chains, {**REJECTED, **UNSIGNED}])

    assert narrative.say_chain(now) == expected


def flawed(**articles: int) -> str:
    """Say whom unsigned chains concern."""
    rows = [
        article
        for name, n in articles.items()
        for article in sent(name, *["03-01"] * n, **UNSIGNED)
    ]
    return narrative.say_chain(period_of(rows, DEPARTMENTS)).split("。")[1]


@pytest.mark.parametrize(
    ("articles", "expected"),
    [
        ({"10局": 3}, "涉及10局"),
        ({"10局": 1, "11局": 3}, "涉及2个单位：11局3篇，10局1篇"),
        ({"10局": 1, "11局": 1}, "涉及2个单位：10局、11局各1篇"),
        (
            {**dict.fromkeys(("10局", "11局", "12局", "13局", "14局", "15局", "16局"), 1)},
            "涉及7个单位：10局、11局、12局、13局、14局、15局、16局各1篇",
        ),
        (dict.fromkeys(DEPARTMENTS["部门单位"][:8], 2), "涉及8个单位，各2篇"),
        (
            {**dict.fromkeys(DEPARTMENTS["部门单位"][:8], 2), "30局": 1},
            "涉及9个单位，其中8个最多，各2篇",
        ),
        (
            {**dict.fromkeys(DEPARTMENTS["部门单位"][:8], 1), "30局": 2},
            "涉及9个单位，最多的是30局2篇",
        ),
        (
            {**dict.fromkeys(DEPARTMENTS["部门单位"][:8], 1), "30局": 2, "31局": 3},
            "涉及10个单位，较多的是31局3篇，30局2篇",
        ),
    ],
)
def test_whom_flaws_concern(articles: dict[str, int], expected: str) -> None:
    """One unit is named, a few are with their counts, of many the first; ties are never cut."""
    assert flawed(**articles) == expected


# --- 二（三）: idle months and the rush ----------------------------------------------------------


def idle(now: Submissions) -> str:
    return narrative.say_regularity(now).split("\n\n")[0]


@pytest.mark.parametrize(
    ("articles", "expected"),
    [
        ([], "从本期6个月的投稿日期看，各单位均没有投稿。"),
        (
            [
                article
                for name in ("甲镇", "乙镇", "丙镇", "A局", "B局")
                for article in sent(name, *MONTHS)
            ],
            "从本期6个月的投稿日期看，各单位均月月有投稿。",
        ),
        (
            [
                article
                for name in ("甲镇", "乙镇", "丙镇", "A局", "B局")
                for article in sent(name, "01-05")
            ],
            "从本期6个月的投稿日期看，各单位均有部分月份没有投稿。",
        ),
        (
            [*sent("甲镇", *MONTHS), *sent("乙镇", "01-05"), *sent("丙镇", "01-05")],
            "从本期6个月的投稿日期看，5个单位中，月月有投稿的有1个，有部分月份没有投稿的有2个，"
            "整期没有投稿的有2个：A局、B局。",
        ),
        (
            sent("甲镇", *MONTHS),
            "从本期6个月的投稿日期看，5个单位中，月月有投稿的有1个，"
            "整期没有投稿的有4个：乙镇、丙镇、A局、B局。",
        ),
    ],
)
def test_idle_months(articles: list[Article], expected: str) -> None:
    """The units are divided into those always, sometimes and never active; none is told as 0."""
    assert idle(period_of(articles)) == expected


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (MONTHS, "从本期6个月的投稿日期看，甲镇月月有投稿。"),
        (MONTHS[:3], "从本期6个月的投稿日期看，甲镇有部分月份没有投稿。"),
        ((), "从本期6个月的投稿日期看，甲镇没有投稿。"),
    ],
)
def test_idle_months_of_one_unit(days: tuple[str, ...], expected: str) -> None:
    """A single unit is named rather than counted."""
    assert idle(period_of(sent("甲镇", *days), ONE_TOWN)) == expected


def test_many_idle_units_are_counted() -> None:
    """A sentence has room for thirty names."""
    said = idle(period_of(sent("10局", *MONTHS), DEPARTMENTS))

    assert said == (
        "从本期6个月的投稿日期看，40个单位中，月月有投稿的有1个，整期没有投稿的有39个。"
    )


def test_a_unit_that_came_late_is_idle_all_its_time() -> None:
    """Nothing in the months in which a unit was there is nothing in all of the period."""
    now = period_of(sent("甲镇", *MONTHS), {"镇办": ("甲镇", "乙镇")}, since={"乙镇": "2022-05"})

    assert idle(now) == (
        "从本期6个月的投稿日期看，2个单位中，月月有投稿的有1个，整期没有投稿的有1个：乙镇。"
    )


def test_a_unit_that_came_late_may_be_active_all_its_time() -> None:
    """Months before a unit was there are no idle ones."""
    articles = [*sent("甲镇", *MONTHS), *sent("乙镇", "05-05", "06-05")]
    now = period_of(articles, {"镇办": ("甲镇", "乙镇")}, since={"乙镇": "2022-05"})

    assert idle(now) == "从本期6个月的投稿日期看，各单位均月月有投稿。"


def test_articles_without_a_date_are_told() -> None:
    """What is not known of some articles is said beside what the others show."""
    said = idle(period_of([*sent("甲镇", *MONTHS), *sent("乙镇", "", "")], TOWNS))

    assert said == (
        "从本期6个月的投稿日期看，3个单位中，月月有投稿的有1个，"
        "投稿日期不详或不在本期的有1个，整期没有投稿的有1个：丙镇。另有2篇没有登记投稿日期，未计入。"
    )


def test_rates_need_the_dates_of_sending_in() -> None:
    """Without them rejected articles may be of any period: no rate, no reasons, no attributes."""
    now = period_of(FULL, ONE_TOWN, without=[Column.SUBMITTED])

    assert narrative.say_quality(now).startswith(
        "台账没有登记投稿日期，退稿和待审无从归入本期，不计算采用率。被采用的6篇"
    )
    assert narrative.say_rejections(now) == "本期没有稿件质量方面的数据。"
    assert "公开属性" not in narrative.say_deadlines(now)


def test_nobody_is_idle_where_no_article_has_a_date() -> None:
    """A column that nobody filled in is no ground to say that nobody sent in anything."""
    said = narrative.say_regularity(period_of(sent("甲镇", "", "")))

    assert said == "台账中本期稿件2篇没有登记投稿日期，无从统计各月投稿。"


@pytest.mark.parametrize(
    ("articles", "expected"),
    [
        (
            sent("甲镇", "04-01"),
            "从本月的投稿日期看，3个单位中，有投稿的有1个，没有投稿的有2个：乙镇、丙镇。",
        ),
        (
            [article for name in ("甲镇", "乙镇", "丙镇") for article in sent(name, "04-01")],
            "从本月的投稿日期看，各单位均有投稿。",
        ),
        ([], "从本月的投稿日期看，各单位均没有投稿。"),
    ],
)
def test_a_single_month(articles: list[Article], expected: str) -> None:
    """A month is active or idle, and has no rush at its end."""
    now = period_of(articles, TOWNS, "2022-04")

    assert narrative.say_regularity(now) == expected


def rushed(now: Submissions) -> list[str]:
    """Return the paragraphs after that on idle months."""
    return narrative.say_regularity(now).split("\n\n")[1:]


WINDOW = "期末14天（6月17日至6月30日）占全期天数的7.7%。"
FEW = "投稿不足10篇或期中增减的单位不作判断"


@pytest.mark.parametrize(
    ("articles", "expected"),
    [
        (
            sent("甲镇", *["06-20"] * 9),
            [f"期末集中投稿情况：{FEW}，本期没有可判断的单位。"],
        ),
        (
            rush("甲镇", inside=1, outside=9),
            [f"{WINDOW}可判断的1个单位中，没有期末集中投稿明显偏多的（{FEW}）。"],
        ),
        (
            [*rush("乙镇", inside=9, outside=3), *rush("甲镇", inside=0, outside=10)],
            [
                f"{WINDOW}可判断的2个单位中，期末集中投稿明显偏多的有1个："
                f"乙镇（投稿12篇中9篇，占75.0%）（{FEW}）。"
            ],
        ),
        (
            [*rush("A局", inside=10, outside=0), *rush("甲镇", inside=9, outside=3)],
            [
                f"{WINDOW}可判断的2个单位中，期末集中投稿明显偏多的有2个："
                f"甲镇（投稿12篇中9篇，占75.0%）、A局（投稿10篇中10篇，占100.0%）（{FEW}）。"
            ],
        ),
        ([], []),
    ],
)
def test_a_rush(articles: list[Article], expected: list[str]) -> None:
    """Who is named, of how many, on what ground, and who is not judged."""
    assert rushed(period_of(articles)) == expected


def test_a_window_as_long_as_the_period_is_no_end_of_it() -> None:
    """Where all of the period is the window, there is no rush to tell."""
    assert rushed(period_of(rush("甲镇", inside=9, outside=3), rush_days=400)) == []


# --- 二（五）: rejections -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reasons", "expected"),
    [
        (["错别字"], "本期退稿1篇，原因是“错别字”。"),
        (["错别字", "错 别字"], "本期退稿2篇，原因均为“错别字”。"),
        ([""], "本期退稿1篇，没有写明原因。"),
        (["", ""], "本期退稿2篇，均没有写明原因。"),
        (["", "错别字"], "本期退稿2篇，其中1篇没有写明原因；写明的1篇，原因是“错别字”。"),
        (
            ["错别字", "重复", "重复"],
            "本期退稿3篇，原因有2种：“重复”2篇，“错别字”1篇。",
        ),
        (
            ["", "错别字", "重复", "重复"],
            "本期退稿4篇，其中1篇没有写明原因；写明的3篇，原因有2种：“重复”2篇，“错别字”1篇。",
        ),
        (list("甲乙丙丁戊己庚辛"), "本期退稿8篇，原因有8种，见下表。"),
        (
            [*"甲乙丙丁戊己庚辛", "壬", "壬"],
            "本期退稿10篇，原因有9种，最多的是“壬”2篇。",
        ),
        (
            [*"甲乙丙丁戊己庚辛", *"壬壬癸癸"],
            "本期退稿12篇，原因有10种，较多的是“壬”2篇，“癸”2篇。",
        ),
        ([HOSTILE], "本期退稿1篇，原因是“\\<script\\>alert(1)\\</scrip…”。"),
        (["*x*"], "本期退稿1篇，原因是“\\*x\\*”。"),
        (["长" * 25], f"本期退稿1篇，原因是“{'长' * 23}…”。"),
        (["长" * 24], f"本期退稿1篇，原因是“{'长' * 24}”。"),
    ],
)
def test_rejection_reasons(reasons: list[str], expected: str) -> None:
    """All of few reasons, the first of many with their ties; text from data stays text."""
    assert narrative.say_rejections(period_of(rejected(*reasons))) == expected


def test_no_rejection() -> None:
    """A ledger in which nothing was rejected says so."""
    now = period_of(sent("甲镇", "03-01", 退稿原因=""))

    assert narrative.say_rejections(now) == "台账中本期没有退稿。"


# --- 三（三）: time limits, forms, attributes ---------------------------------------------------

LIMIT = "政策解读应在政策公布后3个工作日内发布（见某文）。"


def deadlines(articles: list[Article]) -> str:
    """Return what follows the limit."""
    said = narrative.say_deadlines(period_of(articles, days=3))
    assert said.startswith(LIMIT)
    return said.removeprefix(LIMIT)


@pytest.mark.parametrize(
    ("articles", "expected"),
    [
        ([{"关联政策发布日期": "2022-02-28"}], "本期没有发布政策解读。"),
        ([IN_TIME], "本期发布政策解读1篇，按时发布。"),
        ([IN_TIME, IN_TIME], "本期发布政策解读2篇，均按时发布。"),
        ([LATE, LATE], "本期发布政策解读2篇，均超期（涉及甲镇）。"),
        ([UNDATED], "本期发布政策解读1篇，没有登记政策发布日期、无法判断。"),
        (
            [UNKNOWN, UNKNOWN],
            "本期发布政策解读2篇，均涉及1999年、工作日历没有收录、无法判断。",
        ),
        (
            [UNKNOWN, {**UNKNOWN, "关联政策发布日期": "1998-01-04"}, IN_TIME],
            "本期发布政策解读3篇：1篇按时发布，2篇涉及1998年、1999年、工作日历没有收录、无法判断。",
        ),
        (
            [
                IN_TIME, LATE, {**LATE, "投稿单位": "乙镇"}, {**LATE, "投稿单位": "乙镇"},
                UNDATED, UNKNOWN,
            ],
            "本期发布政策解读6篇：1篇按时发布，3篇超期（涉及2个单位：乙镇2篇，甲镇1篇），"
            "1篇没有登记政策发布日期、无法判断，1篇涉及1999年、工作日历没有收录、无法判断。",
        ),
    ],
)  # fmt: skip
def test_timeliness(articles: list[Article], expected: str) -> None:
    """The third working day is in time; every interpretation is told once."""
    assert deadlines(articles) == expected


def test_a_ledger_without_policy_dates() -> None:
    """Without the column nothing can be told of time."""
    assert deadlines(sent("甲镇", "03-01")) == (
        "台账没有登记政策发布日期，本期没有是否按时公开的数据。"
    )


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        ("2022-02-28", "本期登记了政策发布日期的稿件1篇，按时发布。"),
        ("", "台账没有登记政策发布日期，本期没有是否按时公开的数据。"),
    ],
)
def test_a_county_that_names_no_category(policy: str, expected: str) -> None:
    """Then nothing is known of interpretations without a policy's date."""
    articles = [{"关联政策发布日期": policy}]
    said = narrative.say_deadlines(period_of(articles, days=3, interpretation=None))

    assert said == f"{LIMIT}{expected}"


@pytest.mark.parametrize(
    ("forms", "expected"),
    [
        (["图表"], "解读形式：图表1篇。"),
        (["文字", "图表", "文字"], "解读形式：图表1篇、文字2篇。"),
        (["", "图表"], "解读形式：图表1篇，没有登记的1篇。"),
        (["", ""], "解读形式均没有登记。"),
        ([""], "解读形式没有登记。"),
        (["图表、文字", "图表"], "解读形式：图表2篇、文字1篇（一篇可有几种形式）。"),
    ],
)
def test_forms(forms: list[str], expected: str) -> None:
    """An article in several forms is told, as the numbers add up to more then."""
    said = deadlines([{**IN_TIME, "解读形式": form} for form in forms])

    assert said.split("。", 1)[1] == expected


def test_no_forms_of_nothing() -> None:
    """Where nothing was interpreted, no form is told."""
    assert deadlines([{"解读形式": "", "关联政策发布日期": ""}]) == "本期没有发布政策解读。"


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ([("公开发布", "")], "1篇，标为公开发布。"),
        ([("公开发布", "")] * 2, "2篇，均标为公开发布。"),
        ([("", "")] * 2, "2篇，均没有标注。"),
        (
            [("公开发布", ""), ("依申请公开", ""), ("", "")],
            "3篇：1篇标为公开发布，1篇标为依申请公开，1篇没有标注。",
        ),
        (
            [("公开发布", ""), ("不予公开", "涉密")],
            "2篇：1篇标为公开发布，1篇标为不予公开（写明理由）。",
        ),
        ([("不予公开", "")], "1篇，标为不予公开（没有写明理由）。"),
        ([("不予公开", "涉密")] * 2, "2篇，均标为不予公开（均写明理由）。"),
        ([("不予公开", "")] * 2, "2篇，均标为不予公开（均没有写明理由）。"),
        (
            [("不予公开", ""), *[("不予公开", "涉密")] * 2, ("公开发布", "")],
            "4篇：1篇标为公开发布，3篇标为不予公开（其中1篇没有写明理由）。",
        ),
    ],
)
def test_attributes(marks: list[tuple[str, str]], expected: str) -> None:
    """The attributes add up to the articles; grounds are told of what is withheld."""
    articles = [{"公开属性": mark, "不公开理由": grounds} for mark, grounds in marks]
    said = narrative.say_deadlines(period_of(articles))

    assert said == f"公开属性：台账中本期稿件{expected}"


def test_attributes_without_grounds() -> None:
    """A ledger without the column says nothing of grounds."""
    said = narrative.say_deadlines(period_of([{"公开属性": "不予公开"}]))

    assert said == "公开属性：台账中本期稿件1篇，标为不予公开。"


def test_attributes_of_nothing() -> None:
    """A column without an article of the period has nothing to count."""
    now = period_of([{"公开属性": "", "发布日期": "2022-07-01"}])

    assert narrative.say_deadlines(now) == "台账中没有本期的稿件，无从统计公开属性。"


def test_limit_forms_and_attributes_together() -> None:
    """The attributes of all articles are a paragraph of their own."""
    now = period_of([{**IN_TIME, "解读形式": "图表", "公开属性": "公开发布"}], days=3)

    assert narrative.say_deadlines(now) == (
        f"{LIMIT}本期发布政策解读1篇，按时发布。解读形式：图表1篇。\n\n"
        "公开属性：台账中本期稿件1篇，标为公开发布。"
    )


# --- Text from data -----------------------------------------------------------------------------


def test_a_measure_word_is_escaped_once() -> None:
    """A measure word that is markup stays text in every sentence, also among ties."""
    chain = {**UNSIGNED, "投稿单位": "乙镇"}
    now = period_of(
        [
            *rush("甲镇", inside=9, outside=3), chain, {**LATE, **SOUND, "公开属性": "不予公开"},
            {**LATE, "投稿单位": "乙镇", "解读形式": "图表"}, *rejected("重复", "错别字"), PENDING,
            *sent("甲镇", ""),
        ],
        measure="*", days=3,
    )  # fmt: skip
    said = [
        say(now)
        for say in (
            narrative.say_quality, narrative.say_chain, narrative.say_regularity,
            narrative.say_rejections, narrative.say_deadlines,
        )
    ]  # fmt: skip

    assert all(r"\*" in sentence for sentence in said)
    assert all(r"\\" not in sentence for sentence in said)
    assert all("*" not in sentence.replace(r"\*", "") for sentence in said)


def test_a_units_name_is_escaped() -> None:
    """Markup in a unit's name stays text wherever a ledger has it named."""
    articles = [{**article, **UNSIGNED} for article in rush("*甲*", inside=9, outside=3)]
    now = period_of([*articles, {**LATE, "投稿单位": "*甲*"}], {"镇办": ("*甲*", "<乙>")}, days=3)

    assert "涉及\\*甲\\*" in narrative.say_chain(now)
    assert "有1个：\\<乙\\>。" in narrative.say_regularity(now)
    assert "有1个：\\*甲\\*（" in narrative.say_regularity(now)
    assert "（涉及\\*甲\\*）" in narrative.say_deadlines(now)


@pytest.mark.parametrize(
    ("without", "remarks", "expected"),
    [
        ((), {}, "审核校对的情况见二（二）。"),
        ((Column.REVIEW_2,), {}, "本期没有审核校对方面的数据。"),
        ((), {"三（二）": "一段。"}, "> 经办人说明：\n>\n> 一段。"),
    ],
)
def test_mechanism_points_to_its_evidence(
    without: tuple[Column, ...], remarks: dict[str, str], expected: str
) -> None:
    """三（二）: where 二（二） has the evidence, it is not said that there is none."""
    now = period_of(FULL, ONE_TOWN, without=without, remarks=remarks)

    assert narrative.say_mechanism(now) == expected
