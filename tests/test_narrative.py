"""Every sentence of the report, over the real period and over constructed ones."""

from collections.abc import Callable

import pytest
from conftest import Builder

from zhashui_stats import narrative
from zhashui_stats.compare import History
from zhashui_stats.county import Requirements, Threshold
from zhashui_stats.submissions import Submissions

MIXED = {
    "镇办": {"甲镇": (1, 0, 2), "乙镇": (0, 0, 0), "丙镇": (1, 1, 2)},
    "部门单位": {"A局": (3, 0, 0), "B局": (1, 0, 0)},
}
NOTHING = {"镇办": {"甲镇": (0, 0, 0), "乙镇": (0, 0, 0)}, "部门单位": {"A局": (0, 0, 0)}}
TIED = {"镇办": {f"{name}镇": (2, 0, 2) for name in "甲乙丙丁戊己庚辛壬"}}
ALONE = {"镇办": {"甲镇": (3,)}}


class TestRealPeriod:
    """The sentences of 2022H1, held against the circular's annexes by hand."""

    @pytest.mark.parametrize(
        ("say", "expected"),
        [
            (narrative.say_title, "# 柞水县2022年上半年政务公开信息采编情况报告"),
            (
                narrative.say_basis,
                "本报告依据本期统计表编写，统计范围为镇办9个、部门单位56个，共65个投稿单位。"
                "文中数字均由统计表逐项算出；统计表反映不了的情况，只引用经办人说明，"
                "没有说明的照实注明。",
            ),
            (
                narrative.say_totals,
                "2022年上半年，县政府网站共采用各单位稿件329篇，"
                "其中政务公开124篇、政策解读2篇、政务动态203篇。"
                "镇办82篇（政务公开18篇、政策解读0篇、政务动态64篇）；"
                "部门单位247篇（政务公开106篇、政策解读2篇、政务动态139篇）。",
            ),
            (
                narrative.say_balance,
                "### （一）政务动态信息多于政务公开信息\n\n"
                "政务动态信息203篇，政务公开信息124篇，前者多79篇。\n\n"
                "政务动态信息居前的是红岩寺镇50篇，应急局21篇，司法局、资源局、税务局各11篇。"
                "政策解读信息来自财政局、经办中心各1篇。"
                "政务公开信息居前的是财政局18篇，发改局15篇，经办中心5篇，人社局4篇，"
                "住建局、林业局、统计局各3篇。",
            ),
            (
                narrative.say_participation,
                "### （四）51个单位有稿件被采用\n\n"
                "9个镇办均有稿件被采用；56个部门单位中，42个有稿件被采用，占75.0%。"
                "合计65个单位中，51个有稿件被采用，占78.5%。",
            ),
            (
                narrative.say_problems,
                "以下五个方面中，（四）由统计表得出；（一）、（二）、（五）引用经办人说明；"
                "（三）本期没有数据。",
            ),
            (
                narrative.say_imbalance,
                "### （四）信息数量不均衡\n\n"
                "9个镇办中，政务动态信息20篇以上的有1个：红岩寺镇。\n\n"
                "9个镇办中，政务动态信息为0的有4个：营盘镇、乾佑街办、凤凰镇、杏坪镇；"
                "政策解读信息全部为0；政务公开信息均不为0。\n\n"
                "56个部门单位中，政务动态信息10篇以上的有4个：应急局、司法局、资源局、税务局；"
                "政务公开信息5篇以上的有3个：财政局、发改局、经办中心；"
                "政策解读信息1篇以上的有2个：财政局、经办中心。\n\n"
                "56个部门单位中，政务公开信息为0的有16个：烟草局、气象局、邮政局、农行、农发行、"
                "农商行、供电公司、电信公司、移动公司、联通公司、财险公司、寿险公司、中华保险、"
                "新华书店、广电网络公司、盐务局；政策解读信息为0的有54个，超过半数，"
                "只有财政局、经办中心不为0；政务动态信息为0的有25个：住建局、交通局、文旅局、审计局、"
                "林业局、统计局、城管局、县域工业集中管委会、牛背梁管委会、机关事务局、经办中心、"
                "烟草局、邮政局、农行、农发行、供电公司、电信公司、移动公司、联通公司、财险公司、"
                "寿险公司、中华保险、新华书店、广电网络公司、盐务局。",
            ),
            (
                narrative.say_concentration,
                "镇办的采用总量，第1名占63.4%、前3名占80.5%、前5名占90.2%，中位数4篇，"
                "基尼系数0.62；部门单位的采用总量，第1名占9.3%、前3名占27.1%、前5名占37.2%，"
                "中位数3篇，基尼系数0.59；全部单位的采用总量，第1名占15.8%、前3名占29.5%、"
                "前5名占40.1%，中位数3篇，基尼系数0.61。"
                "基尼系数在0和1之间，0表示各单位数量相同，越接近1越集中。",
            ),
            (
                narrative.say_follow_up,
                "本期没有稿件被采用的单位有14个，应列为下一期的重点联系单位："
                "烟草局、邮政局、农行、农发行、供电公司、电信公司、移动公司、联通公司、"
                "财险公司、寿险公司、中华保险、新华书店、广电网络公司、盐务局。",
            ),
            (
                narrative.say_deadlines,
                "政策解读应在政策公布后3个工作日内发布"
                "（见柞水县人民政府办公室2022年7月8日通报）。"
                "统计表不记录发布日期，本期没有是否按时公开的数据。",
            ),
            (
                narrative.say_assessment,
                "年度考核中，政务公开的分值占比不低于4%"
                "（见柞水县人民政府办公室2022年7月8日通报）。"
                "按本期采用总量排名，镇办居前的是红岩寺镇52篇，下梁镇9篇，曹坪镇5篇；"
                "部门单位居前的是应急局23篇，发改局、财政局各22篇，可供考核参考。",
            ),
        ],
        ids=lambda value: getattr(value, "__name__", ""),
    )
    def test_sentence(
        self, h1: Submissions, say: Callable[[Submissions], str], expected: str
    ) -> None:
        """The sentence states the annexes' figures."""
        assert say(h1) == expected

    def test_changes_without_forerunner(self, h1: Submissions) -> None:
        """A first period says which comparisons it cannot make."""
        said = narrative.say_changes(History([h1]))

        assert said == "没有2021年下半年、2021年上半年的数据，本期不作环比、同比比较。"

    def test_checks(self, h1: Submissions) -> None:
        """Data quality counts units, numbers and declared totals."""
        said = narrative.say_checks(History([h1]))

        assert said == (
            "本期共核对65个单位、3个类别的195个数：单位与名册一一对应，"
            "各数均为不小于0的整数。表中写明的6个合计数与各行之和一致。未发现差错。"
        )


def test_totals_of_nothing(build: Builder) -> None:
    """Where nothing was adopted, the totals name everyone."""
    said = narrative.say_totals(build(NOTHING))

    assert said == "2022年上半年，2个镇办、1个部门单位均没有稿件被县政府网站采用。"


def test_totals_of_one_group(build: Builder) -> None:
    """One group alone is not broken down by group."""
    said = narrative.say_totals(build(TIED, "2022"))

    assert said == (
        "2022年，县政府网站共采用各单位稿件36篇，其中政务公开18篇、政策解读0篇、政务动态18篇。"
    )


def test_totals_of_one_category(build: Builder) -> None:
    """One category alone is not broken down by category."""
    said = narrative.say_totals(build(ALONE, "2022Q3", categories=("政务公开",)))

    assert said == "2022年第三季度，县政府网站共采用各单位稿件3篇。"


def test_totals_with_an_idle_group(build: Builder) -> None:
    """A group of which nothing was adopted is said to have nothing."""
    said = narrative.say_totals(build({"镇办": {"甲镇": (0, 0, 0)}, "部门": {"A局": (1, 0, 0)}}))

    assert said == (
        "2022年上半年，县政府网站共采用各单位稿件1篇，"
        "其中政务公开1篇、政策解读0篇、政务动态0篇。"
        "镇办没有稿件被采用；部门1篇（政务公开1篇、政策解读0篇、政务动态0篇）。"
    )


@pytest.mark.parametrize(
    ("row", "heading"),
    [
        ((1, 0, 2), "政务动态信息多于政务公开信息"),
        ((2, 0, 1), "政务动态信息少于政务公开信息"),
        ((2, 1, 2), "政务动态信息与政务公开信息数量相等"),
        ((0, 1, 0), "政务公开信息和政务动态信息均为空白"),
        ((0, 0, 0), "政务公开信息和政务动态信息均为空白"),
    ],
)
def test_balance_heading_follows_the_figures(
    build: Builder, row: tuple[int, ...], heading: str
) -> None:
    """Heading （一） compares the first category with the last."""
    said = narrative.say_balance(build({"镇办": {"甲镇": row, "乙镇": (0, 0, 0)}}))

    assert said.splitlines()[0] == f"### （一）{heading}"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ({"甲镇": (0,), "乙镇": (0,)}, "### （一）本期没有动态信息"),
        ({"甲镇": (3,), "乙镇": (0,)}, "### （一）动态信息采用情况"),
    ],
)
def test_balance_heading_of_one_category(
    build: Builder, rows: dict[str, tuple[int, ...]], expected: str
) -> None:
    """A single category is compared with nothing."""
    said = narrative.say_balance(build({"镇办": rows}, categories=("动态",)))

    assert said.splitlines()[0] == expected


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((0, 0), "没有单位报送动态信息。"),
        ((3, 0), "动态信息只有甲镇3篇。"),
        ((3, 3), "各单位动态信息均为3篇。"),
        ((3, 1, 0), "动态信息来自甲镇3篇，乙镇1篇。"),
        ((1, 3, 3, 0), "动态信息来自乙镇、丙镇各3篇，甲镇1篇。"),
        ((9, 8, 7, 6, 5, 4, 3, 2), "动态信息居前的是甲镇9篇，乙镇8篇，丙镇7篇，丁镇6篇，戊镇5篇。"),
        ((9, 8, 2, 2, 2, 2, 0), "动态信息来自甲镇9篇，乙镇8篇，丙镇、丁镇、戊镇、己镇各2篇。"),
        ((9, 2, 2, 2, 2, 2, 2, 2), "动态信息居前的是甲镇9篇。"),
        ((2, 2, 2, 2, 2, 2, 2, 2, 0), "动态信息最多的8个单位并列，各2篇。"),
    ],
)  # fmt: skip
def test_leaders(build: Builder, counts: tuple[int, ...], expected: str) -> None:
    """None, one, two, many, and ties that are never cut."""
    names = [f"{one}镇" for one in "甲乙丙丁戊己庚辛壬"]
    rows = dict(zip(names, ((count,) for count in counts), strict=False))
    said = narrative.say_balance(build({"镇办": rows}, categories=("动态",)))

    last = said.splitlines()[-1]
    assert last == (
        expected if any(counts) else "本期没有稿件被采用，各类信息数量均为0，无从比较。"
    )


def test_participation_of_none(build: Builder) -> None:
    """Where nobody took part, no share is given."""
    said = narrative.say_participation(build(NOTHING))

    assert said == (
        "### （四）本期没有单位的稿件被采用\n\n2个镇办均没有稿件被采用；1个部门单位没有稿件被采用。"
    )


def test_participation_of_all(build: Builder) -> None:
    """Where all took part, the heading says so."""
    said = narrative.say_participation(build(TIED))

    assert said == "### （四）各单位均有稿件被采用\n\n9个镇办均有稿件被采用。"


def test_imbalance_of_nothing(build: Builder) -> None:
    """Where nothing was adopted, no list is given."""
    said = narrative.say_imbalance(build(NOTHING))

    assert said == (
        "### （四）本期没有稿件被采用\n\n2个镇办的各类信息均为0。\n\n1个部门单位的各类信息为0。"
    )


def test_imbalance_of_equals(build: Builder) -> None:
    """Where all sent the same, the section does not claim imbalance."""
    said = narrative.say_imbalance(build(TIED))

    assert said == (
        "### （四）各单位信息数量相同\n\n"
        "9个镇办中，政策解读信息全部为0；政务公开信息、政务动态信息均不为0。"
    )


def test_imbalance_of_one_unit(build: Builder) -> None:
    """A single unit is not compared with itself."""
    said = narrative.say_imbalance(build(ALONE, categories=("政务公开",)))

    assert said == "### （四）只有一个投稿单位\n\n1个镇办的各类信息不为0。"


@pytest.mark.parametrize(
    ("threshold", "expected"),
    [
        (Threshold("镇办", "动态", at_least=5), "动态信息5篇以上的有2个：甲镇、乙镇"),
        (Threshold("镇办", "动态", at_least=9), "没有单位动态信息9篇以上"),
        (Threshold("镇办", "动态", at_least=1), "全部动态信息1篇以上"),
        (Threshold("镇办", "动态", below=5), "动态信息不足5篇的有1个：丙镇"),
        (Threshold("镇办", "动态", below=2), "没有单位动态信息不足2篇"),
    ],
)
def test_threshold_lists(build: Builder, threshold: Threshold, expected: str) -> None:
    """At least is inclusive, below exclusive; none and all have their own wording."""
    now = build(
        {"镇办": {"甲镇": (8,), "乙镇": (5,), "丙镇": (2,)}},
        categories=("动态",),
        thresholds=(threshold,),
    )

    assert narrative.say_imbalance(now).split("\n\n")[1] == f"3个镇办中，{expected}。"


def test_a_long_list_points_to_the_annex(build: Builder) -> None:
    """A list for which there is no room is counted, and the annex named."""
    rows = {f"{number}号镇": (int(number < 40), 1) for number in range(80)}
    said = narrative.say_imbalance(build({"镇办": rows}, categories=("公开", "动态")))

    assert said.split("\n\n")[1] == "80个镇办中，公开信息为0的有40个，见附件1；动态信息均不为0。"


def test_concentration_leaves_out_shares_of_all(build: Builder) -> None:
    """The share of the first k is left out where there are not more than k units."""
    now = build({"镇办": {"甲镇": (1,), "乙镇": (3,)}}, categories=("动态",))
    said = narrative.say_concentration(now)

    assert said == (
        "镇办的采用总量，第1名占75.0%，中位数2篇，基尼系数0.25。"
        "基尼系数在0和1之间，0表示各单位数量相同，越接近1越集中。"
    )


def test_changes_against_two_periods(build: Builder) -> None:
    """Difference and per cent, from zero undefined, with the units that came and went."""
    history = History(
        [
            build({"镇办": {"甲镇": (1, 0, 2), "丁镇": (4, 0, 0), "戊镇": (1, 0, 0)}}, "2021H1"),
            build({"镇办": {"甲镇": (1, 0, 2), "丁镇": (0, 0, 0)}}, "2021H2"),
            build(
                {"镇办": {"甲镇": (1, 2, 2), "己镇": (3, 1, 1), "庚镇": (0, 0, 1)}},
                aliases={"己镇": ("丁镇",)},
            ),
        ]
    )

    assert narrative.say_changes(history) == (
        "与上个半年（2021年下半年，3篇）相比，采用总量增加8篇，增长266.7%（环比）。"
        "其中，政务公开增加3篇，增长300.0%（1→4篇）；"
        "政策解读增加3篇，基数为0，不计增幅（0→3篇）；"
        "政务动态增加2篇，增长100.0%（2→4篇）。"
        "两期名册有变化：新增庚镇，丁镇并入己镇；"
        "按两期都在册的单位计算，采用总量增加7篇，增长233.3%（3→10篇）。\n\n"
        "与上年同期（2021年上半年，8篇）相比，采用总量增加3篇，增长37.5%（同比）。"
        "其中，政务公开减少2篇，下降33.3%（6→4篇）；"
        "政策解读增加3篇，基数为0，不计增幅（0→3篇）；"
        "政务动态增加2篇，增长100.0%（2→4篇）。"
        "两期名册有变化：新增庚镇，不再统计戊镇，丁镇并入己镇；"
        "按两期都在册的单位计算，采用总量增加3篇，增长42.9%（7→10篇）。"
    )


def test_no_change_at_all(build: Builder) -> None:
    """Equal figures are said once; a missing year before is said too."""
    history = History([build(MIXED, "2021H2"), build(MIXED)])

    assert narrative.say_changes(history) == (
        "与上个半年（2021年下半年，11篇）相比，采用总量持平（环比），各类信息数量均无变化。\n\n"
        "没有2021年上半年的数据，本期不作同比比较。"
    )


def test_a_year_is_compared_once(build: Builder) -> None:
    """For a year, the period before and the year before are the same."""
    history = History([build(TIED, "2022")])

    assert narrative.say_changes(history) == "没有2021年的数据，本期不作环比比较。"


def test_follow_up_with_nobody_idle(build: Builder) -> None:
    """Where all took part, nobody is called upon."""
    said = narrative.say_follow_up(build(TIED))

    assert said == "本期各单位均有稿件被采用，没有需要督促起步的单位。"


def test_follow_up_with_all_idle(build: Builder) -> None:
    """Where nobody took part, everybody is called upon."""
    said = narrative.say_follow_up(build(NOTHING))

    assert said == "本期所有单位均没有稿件被采用，都应列为下一期的重点联系单位。"


def test_assessment_without_requirement(build: Builder) -> None:
    """A county that states no weight gets none stated."""
    said = narrative.say_assessment(build(MIXED))

    assert said == (
        "按本期采用总量排名，镇办居前的是丙镇4篇，甲镇3篇；部门单位居前的是A局3篇，B局1篇，"
        "可供考核参考。"
    )


def test_assessment_of_nothing(build: Builder) -> None:
    """Where nothing was adopted there is no ranking."""
    now = build(NOTHING, requirements=Requirements(assessment_share=4, source="某文"))

    assert narrative.say_assessment(now) == (
        "年度考核中，政务公开的分值占比不低于4%（见某文）。"
        "本期没有稿件被采用，没有可供考核参考的排名。"
    )


def test_assessment_of_ties(build: Builder) -> None:
    """A tie too wide to name is counted."""
    said = narrative.say_assessment(build(TIED))

    assert said == "按本期采用总量排名，镇办有9个单位并列第一，各4篇，可供考核参考。"


def test_remark(build: Builder) -> None:
    """The analyst's paragraphs are marked as his."""
    now = build(MIXED, remarks={"一（二）": "第一段。\n\n第二段。"})

    assert narrative.say_remark(now, "一（二）", "信息质量") == (
        "> 经办人说明：\n>\n> 第一段。\n>\n> 第二段。"
    )


def test_silent_remark(build: Builder) -> None:
    """A section without remark says that there are no data on it."""
    said = narrative.say_remark(build(MIXED), "一（二）", "信息质量")

    assert said == "统计表只反映采用数量，本期没有信息质量方面的数据。"


def test_deadlines_without_requirement(build: Builder) -> None:
    """A county that states no time limit gets none stated."""
    said = narrative.say_deadlines(build(MIXED))

    assert said == "统计表只反映采用数量，本期没有公开时限方面的数据。"


def test_hostile_names_stay_text(build: Builder) -> None:
    """Markup in a unit's name is escaped wherever it is named."""
    said = narrative.say_follow_up(
        build({"镇办": {"<b>*甲*": (0,), "乙": (1,)}}, categories=("动",))
    )

    assert said.endswith("：\\<b\\>\\*甲\\*。")
