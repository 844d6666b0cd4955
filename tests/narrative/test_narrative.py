"""Every sentence of the report, over the real period and over constructed ones."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from conftest import Builder

from zhashui_stats import narrative
from zhashui_stats.comparison import History
from zhashui_stats.model.county import Requirements, Threshold
from zhashui_stats.model.periods import Period
from zhashui_stats.model.submissions import Submissions, add_up

MIXED = {
    "镇办": {"甲镇": (1, 0, 2), "乙镇": (0, 0, 0), "丙镇": (1, 1, 2)},
    "部门单位": {"A局": (3, 0, 0), "B局": (1, 0, 0)},
}
NOTHING = {"镇办": {"甲镇": (0, 0, 0), "乙镇": (0, 0, 0)}, "部门单位": {"A局": (0, 0, 0)}}
TIED = {"镇办": {f"{name}镇": (2, 0, 2) for name in "甲乙丙丁戊己庚辛壬"}}
ALONE = {"镇办": {"甲镇": (3,)}}
SINGLES = {"镇": {"甲镇": (3, 0, 0)}, "部门": {"A局": (6, 0, 1), "B局": (0, 0, 1)}}


class TestRealPeriod:
    """The sentences of 2022H1, held against the circular's annexes by hand."""

    @pytest.mark.parametrize(
        ("say", "expected"),
        [
            (narrative.say_title, "# 柞水县2022年上半年政务公开信息采编情况报告"),
            (
                narrative.say_basis,
                "本报告依据本期统计表编写，统计范围为镇办9个、部门单位56个，共65个投稿单位。"
                "文中数字均由统计表逐项算出。"
                "统计表只反映采用数量，其他情况引用经办人说明，没有说明的注明本期没有数据。",
            ),
            (
                narrative.say_totals,
                "2022年上半年，县政府网站共采用各单位稿件329篇，"
                "其中政务公开124篇、政策解读2篇、政务动态203篇。"
                "镇办共82篇（政务公开18篇、政策解读0篇、政务动态64篇）；"
                "部门单位共247篇（政务公开106篇、政策解读2篇、政务动态139篇）。",
            ),
            (
                narrative.say_balance,
                "### （一）政务动态信息多于政务公开信息\n\n"
                "政务动态信息203篇，政务公开信息124篇，前者多79篇。\n\n"
                "政务动态信息居前的是红岩寺镇50篇，应急局21篇，司法局、资源局、税务局各11篇。"
                "有政策解读信息被采用的单位有2个：财政局、经办中心各1篇。"
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
                "本期没有稿件被采用的单位有14个，可作为下一期的重点联系对象："
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

        assert said == "没有2021年上半年、2021年下半年的数据，本期不作同比、环比比较。"

    def test_checks(self, h1: Submissions) -> None:
        """Data quality counts units, numbers and declared totals."""
        said = narrative.say_checks(History([h1]))

        assert said == (
            "本期共核对65个单位、3个类别的195个数：单位与名册一一对应，"
            "各数均为不小于0的整数。表中写明的6个合计数与各行之和一致。未发现差错。"
        )


def test_checks_of_a_summed_year(h1: Submissions) -> None:
    """The numbers of both halves were checked, and are counted."""
    now = add_up([h1, replace(h1, period=h1.period.previous)], Period.parse("2022"))
    doubled = replace(now, files=(*h1.files, *h1.files))

    assert narrative.say_checks(History([doubled])).startswith(
        "本期由上、下半年相加，共核对65个单位、3个类别的390个数："
    )


def test_problems_with_a_remark_on_the_figures(build: Builder) -> None:
    """The opening says that the section of figures quotes the analyst too."""
    said = narrative.say_problems(build(MIXED, remarks={"二（四）": "一段。"}))

    assert said == (
        "以下五个方面中，（四）由统计表得出，并附经办人说明；"
        "（一）、（二）、（三）、（五）本期没有数据。"
    )


def movers(build: Builder, before: dict[str, int], now: dict[str, int]) -> str:
    """Say the movers between two periods of one category."""
    periods = (("2021H2", before), ("2022H1", now))
    return narrative.say_movers(
        History(
            build({"镇": {name: (n,) for name, n in counts.items()}}, period, categories=("动",))
            for period, counts in periods
        )
    )


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        (
            {"甲": 1, "乙": 5, "丙": 2, "丁": 9}, {"甲": 4, "乙": 1, "丙": 2, "戊": 7},
            "与上个半年相比，两期可比的3个单位中，采用总量增加的有1个，减少的有1个，持平的有1个。"
            "增加最多的是甲，增加3篇；减少最多的是乙，减少4篇。",
        ),
        (
            {"甲": 1, "乙": 5}, {"甲": 3, "乙": 7},
            "与上个半年相比，两期可比的2个单位中，采用总量增加的有2个。"
            "增加最多的是甲、乙，各增加2篇。",
        ),
        (
            dict.fromkeys("甲乙丙丁戊己", 3), dict.fromkeys("甲乙丙丁戊己", 1),
            "与上个半年相比，两期可比的6个单位中，采用总量减少的有6个。"
            "6个单位减少最多，各减少2篇。",
        ),
        (
            {"甲": 1, "乙": 5}, {"甲": 1, "乙": 5},
            "与上个半年相比，两期可比的2个单位中，采用总量均无变化。",
        ),
        ({"甲": 1}, {"甲": 4}, ""),
        ({"丁": 1, "戊": 1}, {"甲": 4, "乙": 4}, ""),
    ],
)  # fmt: skip
def test_movers(build: Builder, before: dict[str, int], now: dict[str, int], expected: str) -> None:
    """Who rose and fell most, with ties; nothing where there is nobody to choose from."""
    assert movers(build, before, now) == expected


def test_movers_without_forerunner(h1: Submissions) -> None:
    """A first period has no movers."""
    assert narrative.say_movers(History([h1])) == ""


def test_changes_by_group(build: Builder) -> None:
    """Where there are several groups, each has its own change."""
    before = build({"镇": {"甲镇": (1,)}, "部门": {"A局": (0,)}}, "2021H2", categories=("动",))
    now = build({"镇": {"甲镇": (1,)}, "部门": {"A局": (2,)}}, categories=("动",))
    said = narrative.say_changes(History([before, now])).split("\n\n")[0]

    assert said == (
        "与上个半年（2021年下半年，1篇）相比，采用总量增加2篇，环比增长200.0%。"
        "分组看，镇持平（均为1篇）；部门由0篇增至2篇（基数为0，不计增幅）。"
    )


def test_basis_of_a_summed_year(build: Builder) -> None:
    """A year without tables of its own says what it was added up from, and where remarks are."""
    said = narrative.say_basis(build(TIED, "2022", summed=True))

    assert said == (
        "本报告由上、下半年的统计表相加得出，统计范围为镇办9个。"
        "文中数字均由统计表逐项算出。统计表只反映采用数量，其他情况见上、下半年的报告。"
    )


def test_basis_of_one_unit(build: Builder) -> None:
    """A single unit is named."""
    said = narrative.say_basis(build(ALONE, categories=("政务公开",)))

    assert said.startswith("本报告依据本期统计表编写，统计范围为甲镇。")


def test_totals_of_nothing(build: Builder) -> None:
    """Where nothing was adopted, the totals name everyone."""
    said = narrative.say_totals(build(NOTHING))

    assert said == "2022年上半年，2个镇办、A局均没有稿件被县政府网站采用。"


def test_totals_of_one_group(build: Builder) -> None:
    """One group alone is not broken down by group."""
    said = narrative.say_totals(build(TIED, "2022"))

    assert said == (
        "2022年，县政府网站共采用各单位稿件36篇，其中政务公开18篇、政策解读0篇、政务动态18篇。"
    )


def test_totals_of_one_category(build: Builder) -> None:
    """One category alone is not broken down by category."""
    said = narrative.say_totals(build(ALONE, "2022Q3", categories=("政务公开",)))

    assert said == "2022年第三季度，县政府网站共采用甲镇稿件3篇。"


def test_totals_of_nothing_from_one_unit(build: Builder) -> None:
    """A single unit is named, and nothing is said of all."""
    said = narrative.say_totals(build({"镇办": {"甲镇": (0, 0, 0)}}))

    assert said == "2022年上半年，甲镇没有稿件被县政府网站采用。"


@pytest.mark.parametrize(
    ("name", "site"),
    [("某市", "市政府网站"), ("某自治县", "县政府网站"), ("某某新城", "政府网站")],
)
def test_totals_name_the_government_by_its_level(build: Builder, name: str, site: str) -> None:
    """A place whose name tells no level has a government website and no more."""
    now = build(ALONE, categories=("政务公开",))
    now = replace(now, county=replace(now.county, name=name))

    assert narrative.say_totals(now) == f"2022年上半年，{site}共采用甲镇稿件3篇。"


def test_totals_keep_labels_apart_from_counts(build: Builder) -> None:
    """A category or a group that ends in a digit does not run into its count."""
    now = build({"片区1": {"甲": (2, 5)}, "片区2": {"乙": (1, 0)}}, categories=("类别1", "类别2"))

    assert narrative.say_totals(now) == (
        "2022年上半年，县政府网站共采用各单位稿件8篇，其中类别1（3篇）、类别2（5篇）。"
        "片区1共7篇（类别1（2篇）、类别2（5篇））；片区2共1篇（类别1（1篇）、类别2（0篇））。"
    )


def test_totals_with_an_idle_group(build: Builder) -> None:
    """A group of which nothing was adopted is said to have nothing."""
    said = narrative.say_totals(build({"镇办": {"甲镇": (0, 0, 0)}, "部门": {"A局": (1, 0, 0)}}))

    assert said == (
        "2022年上半年，县政府网站共采用各单位稿件1篇，"
        "其中政务公开1篇、政策解读0篇、政务动态0篇。"
        "镇办没有稿件被采用；部门共1篇（政务公开1篇、政策解读0篇、政务动态0篇）。"
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
        ((3, 0), "有动态信息被采用的单位只有1个：甲镇3篇。"),
        ((3, 3), "各单位动态信息均为3篇。"),
        ((3, 1, 0), "有动态信息被采用的单位有2个：甲镇3篇，乙镇1篇。"),
        ((1, 3, 3, 0), "有动态信息被采用的单位有3个：乙镇、丙镇各3篇，甲镇1篇。"),
        ((9, 8, 7, 6, 5, 4, 3, 2), "动态信息居前的是甲镇9篇，乙镇8篇，丙镇7篇，丁镇6篇，戊镇5篇。"),
        ((9, 2, 2, 2, 0), "有动态信息被采用的单位有4个：甲镇9篇，乙镇、丙镇、丁镇各2篇。"),
        ((4, 2, 2, 2, 2, 2, 0), "有动态信息被采用的单位有6个："
         "甲镇4篇，乙镇、丙镇、丁镇、戊镇、己镇各2篇。"),
        ((9, 2, 2, 2, 2, 2, 2, 2), "动态信息最多的是甲镇9篇。"),
        ((2, 2, 2, 2, 2, 2, 2, 2, 0), "动态信息有8个单位并列最多，各2篇。"),
    ],
)  # fmt: skip
def test_leaders(build: Builder, counts: tuple[int, ...], expected: str) -> None:
    """None, one, two, many, and ties that are never cut."""
    names = [f"{stem}镇" for stem in "甲乙丙丁戊己庚辛壬"]
    rows = dict(zip(names, ((count,) for count in counts), strict=False))
    said = narrative.say_balance(build({"镇办": rows}, categories=("动态",)))

    assert said.splitlines()[-1] == expected


def test_leaders_of_nothing(build: Builder) -> None:
    """Where nothing was adopted, nobody leads."""
    said = narrative.say_balance(build(NOTHING))

    assert said.splitlines()[-1] == "本期没有稿件被采用，各类信息数量均为0，无从比较。"


def test_leaders_of_an_idle_category(build: Builder) -> None:
    """Of a category without any, adoption is told: what was sent in is not known."""
    said = narrative.say_balance(build({"镇办": {"甲镇": (2, 0, 5), "乙镇": (2, 0, 0)}}))

    assert said.splitlines()[-1] == (
        "有政务动态信息被采用的单位只有1个：甲镇5篇。没有政策解读信息被采用。"
        "各单位政务公开信息均为2篇。"
    )


def test_leaders_of_one_unit(build: Builder) -> None:
    """A single unit leads nobody."""
    said = narrative.say_balance(build({"镇办": {"甲镇": (2, 0, 5)}}))

    assert said.splitlines()[-1] == "本期采用的稿件全部来自甲镇。"


def test_names_are_kept_apart_from_counts(build: Builder) -> None:
    """A name that ends in a digit or a Latin letter has its count in brackets."""
    rows = {"专班2": (5,), "乙局": (3,), "专班A": (3,), "甲专班": (1,), "丙局": (0,)}
    said = narrative.say_balance(build({"部门": rows}, categories=("动态",)))

    assert said.splitlines()[-1] == (
        "有动态信息被采用的单位有4个：专班2（5篇），乙局、专班A（各3篇），甲专班1篇。"
    )


def test_a_label_says_information_once(build: Builder) -> None:
    """A category that is called 公开信息 is not called 公开信息信息."""
    now = build(
        {"镇": {"甲镇": (4, 1), "乙镇": (2, 0), "丙镇": (0, 0)}}, categories=("公开信息", "动态")
    )

    assert narrative.say_balance(now) == (
        "### （一）动态信息少于公开信息\n\n动态信息1篇，公开信息6篇，后者多5篇。\n\n"
        "有动态信息被采用的单位只有1个：甲镇1篇。"
        "有公开信息被采用的单位有2个：甲镇4篇，乙镇2篇。"
    )
    assert narrative.say_imbalance(now).splitlines()[-1] == (
        "3个镇中，公开信息为0的有1个：丙镇；动态信息为0的有2个，超过半数，只有甲镇不为0。"
    )


def test_participation_of_none(build: Builder) -> None:
    """Where nobody took part, no share is given."""
    said = narrative.say_participation(build(NOTHING))

    assert said == ("### （四）本期没有稿件被采用\n\n2个镇办均没有稿件被采用；A局没有稿件被采用。")


def test_participation_of_all(build: Builder) -> None:
    """Where all took part, the heading says so."""
    said = narrative.say_participation(build(TIED))

    assert said == "### （四）各单位均有稿件被采用\n\n9个镇办均有稿件被采用。"


def test_participation_of_one_unit(build: Builder) -> None:
    """A single unit is named, in the heading too."""
    said = narrative.say_participation(build(ALONE, categories=("政务公开",)))

    assert said == "### （四）甲镇有稿件被采用\n\n甲镇有稿件被采用。"


def test_imbalance_of_nothing(build: Builder) -> None:
    """Where nothing was adopted, no list is given."""
    said = narrative.say_imbalance(build(NOTHING))

    assert said == (
        "### （四）本期没有稿件被采用\n\n2个镇办的各类信息均为0。\n\nA局的各类信息均为0。"
    )


def test_imbalance_of_equals(build: Builder) -> None:
    """Where all have the same in every category, the section does not claim imbalance."""
    said = narrative.say_imbalance(build(TIED))

    assert said == (
        "### （四）各单位信息数量相同\n\n"
        "9个镇办中，政策解读信息全部为0；政务公开信息、政务动态信息均不为0。"
    )


def test_imbalance_of_equal_totals(build: Builder) -> None:
    """Where only the totals are equal, the heading says what differs."""
    said = narrative.say_imbalance(build({"镇": {"甲镇": (3, 0, 0), "乙镇": (0, 0, 3)}}))

    assert said == (
        "### （四）各单位采用总量相同，类别构成不同\n\n"
        "2个镇中，政务公开信息为0的有1个：乙镇；政务动态信息为0的有1个：甲镇；"
        "政策解读信息全部为0。"
    )


def test_imbalance_of_groups_of_one(build: Builder) -> None:
    """The only unit of a group is named, with what it has and has not."""
    said = narrative.say_imbalance(build({"镇": {"甲镇": (3, 0, 0)}, "部门": {"A局": (6, 0, 1)}}))

    assert said == (
        "### （四）信息数量不均衡\n\n"
        "甲镇政策解读信息、政务动态信息均为0；政务公开信息不为0。\n\n"
        "A局政策解读信息为0；政务公开信息、政务动态信息均不为0。"
    )


def test_imbalance_of_one_unit(build: Builder) -> None:
    """A single unit is not compared with itself."""
    said = narrative.say_imbalance(build(ALONE, categories=("政务公开",)))

    assert said == "### （四）只有一个投稿单位\n\n甲镇的政务公开信息不为0。"


@pytest.mark.parametrize(
    ("threshold", "expected"),
    [
        (Threshold("镇办", "动态", at_least=5), "动态信息5篇以上的有2个：甲镇、乙镇"),
        (Threshold("镇办", "动态", at_least=9), "没有动态信息9篇以上的单位"),
        (Threshold("镇办", "动态", at_least=1), "动态信息均在1篇以上"),
        (Threshold("镇办", "动态", below=9), "动态信息均不足9篇"),
        (Threshold("镇办", "动态", below=5), "动态信息不足5篇的有1个：丙镇"),
        (Threshold("镇办", "动态", below=2), "没有动态信息不足2篇的单位"),
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


@pytest.mark.parametrize(
    ("threshold", "expected"),
    [
        (Threshold("镇办", "动态", at_least=5), "达到5篇"),
        (Threshold("镇办", "动态", at_least=6), "不足6篇"),
        (Threshold("镇办", "动态", below=6), "不足6篇"),
        (Threshold("镇办", "动态", below=5), "达到5篇"),
    ],
)
def test_thresholds_of_one_unit(build: Builder, threshold: Threshold, expected: str) -> None:
    """A single unit reaches a threshold or does not; there is no list of one."""
    now = build({"镇办": {"甲镇": (5,)}}, categories=("动态",), thresholds=(threshold,))

    assert narrative.say_imbalance(now).split("\n\n")[1] == f"甲镇动态信息{expected}。"


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


def test_concentration_leaves_out_groups_of_one(build: Builder) -> None:
    """A single unit is neither even nor uneven."""
    said = narrative.say_concentration(build(SINGLES))

    assert said == (
        "部门的采用总量，第1名占87.5%，中位数4篇，基尼系数0.38；"
        "全部单位的采用总量，第1名占63.6%，中位数3篇，基尼系数0.36。"
        "基尼系数在0和1之间，0表示各单位数量相同，越接近1越集中。"
    )


def test_concentration_of_one_unit(build: Builder) -> None:
    """Where there is one unit in all, nothing is reckoned."""
    said = narrative.say_concentration(build(ALONE, categories=("政务公开",)))

    assert said == "只有一个投稿单位，不计算集中程度。"


def test_concentration_of_equals(build: Builder) -> None:
    """Where all have the same, nobody is first, and no share of the first is given."""
    said = narrative.say_concentration(build(TIED))

    assert said == (
        "镇办的采用总量均为4篇，各单位数量相同，基尼系数0.00。"
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
        "与上个半年（2021年下半年，3篇）相比，采用总量增加8篇，环比增长266.7%。"
        "其中，政务公开由1篇增至4篇，增长300.0%；"
        "政策解读由0篇增至3篇（基数为0，不计增幅）；"
        "政务动态由2篇增至4篇，增长100.0%。"
        "两期名册有变化：新增庚镇，丁镇并入己镇。"
        "按同口径计算（合并前的单位计入合并后的单位，新增的单位除外），"
        "采用总量由3篇增至10篇，增长233.3%。\n\n"
        "与上年同期（2021年上半年，8篇）相比，采用总量增加3篇，同比增长37.5%。"
        "其中，政务公开由6篇减至4篇，下降33.3%；"
        "政策解读由0篇增至3篇（基数为0，不计增幅）；"
        "政务动态由2篇增至4篇，增长100.0%。"
        "两期名册有变化：新增庚镇，不再统计戊镇，丁镇并入己镇。"
        "按同口径计算（合并前的单位计入合并后的单位，新增和不再统计的单位除外），"
        "采用总量由7篇增至10篇，增长42.9%。"
    )


def test_changes_from_nothing(build: Builder) -> None:
    """From zero there is no percentage; what did not move is said to have stayed."""
    none, some = {"甲镇": (0,)}, {"甲镇": (25,)}
    history = History(
        [
            build({"镇办": rows}, period, categories=("动态",))
            for rows, period in ((none, "2021H2"), (some, "2022H1"), (some, "2021H1"))
        ]
    )

    assert narrative.say_changes(history) == (
        "与上个半年（2021年下半年，0篇）相比，采用总量增加25篇（基数为0，不计增幅）。\n\n"
        "与上年同期（2021年上半年，25篇）相比，采用总量持平。"
    )


@pytest.mark.parametrize(
    ("earlier", "expected"),
    [
        (
            {"甲镇": (1, 1), "丁镇": (2, 0)},
            "丁镇并入乙镇。按同口径计算（合并前的单位计入合并后的单位），"
            "采用总量由4篇增至6篇，增长50.0%。",
        ),
        (
            {"甲镇": (1, 1)},
            "新增乙镇。按同口径计算（新增的单位除外），采用总量由2篇增至4篇，增长100.0%。",
        ),
        (
            {"甲镇": (3, 1), "乙镇": (1, 1), "戊镇": (1, 1)},
            "不再统计戊镇。按同口径计算（不再统计的单位除外），采用总量持平（均为6篇）。",
        ),
        (
            {"甲镇": (3, 2), "戊镇": (1, 1)},
            "新增乙镇，不再统计戊镇。按同口径计算（新增和不再统计的单位除外），"
            "采用总量由5篇减至4篇，下降20.0%。",
        ),
    ],
)
def test_like_for_like(build: Builder, earlier: dict[str, tuple[int, ...]], expected: str) -> None:
    """Only what changed in the roster is explained."""
    before = build({"镇": earlier}, "2021H2", categories=("一", "二"))
    now = build(
        {"镇": {"甲镇": (2, 2), "乙镇": (1, 1)}},
        categories=("一", "二"),
        aliases={"乙镇": ("丁镇",)},
    )
    said = narrative.say_changes(History([before, now])).split("\n\n")[0]

    assert said.partition("两期名册有变化：")[2] == expected


def test_changes_within_an_equal_total(build: Builder) -> None:
    """An equal total says what moved within it."""
    before, now, moved = (
        build({"镇": {"甲镇": row}}, period, categories=("一", "二", "三", "四"))
        for row, period in (
            ((3, 1, 0, 2), "2021Q4"), ((3, 1, 0, 2), "2022Q1"), ((1, 3, 0, 2), "2021Q1"),
        )
    )  # fmt: skip

    assert narrative.say_changes(History([before, now, moved])) == (
        "与上季度（2021年第四季度，6篇）相比，采用总量持平，各类信息数量均无变化。\n\n"
        "与上年同期（2021年第一季度，6篇）相比，采用总量持平。"
        "其中，一由1篇增至3篇，增长200.0%；二由3篇减至1篇，下降66.7%；"
        "三均为0篇；四持平（均为2篇）。"
    )


def test_no_change_at_all(build: Builder) -> None:
    """Equal figures are said once; a missing year before is said too."""
    history = History([build(MIXED, "2021H2"), build(MIXED)])

    assert narrative.say_changes(history) == (
        "与上个半年（2021年下半年，11篇）相比，采用总量持平，各类信息数量均无变化。\n\n"
        "没有2021年上半年的数据，本期不作同比比较。"
    )


def test_a_year_is_compared_once(build: Builder) -> None:
    """For a year, the period before and the year before are the same, and that is 同比."""
    history = History([build(TIED, "2022")])

    assert narrative.say_changes(history) == "没有2021年的数据，本期不作同比比较。"


def test_a_year_against_the_year_before(build: Builder) -> None:
    """Years are compared year on year."""
    before = build({**TIED, "部门单位": {"A局": (0, 0, 0)}}, "2021")
    history = History([before, build(MIXED, "2022")])
    said = narrative.say_changes(history)

    assert said.startswith("与上年（2021年，36篇）相比，采用总量减少25篇，同比下降69.4%。其中，")
    assert "环比" not in said


def test_a_span_against_the_year_before(build: Builder) -> None:
    """A span is compared with the same months of the year before, and nothing else is missed."""
    alone, both = (
        History([build(MIXED, period) for period in periods])
        for periods in (["2023-01..04"], ["2022-01..04", "2023-01..04"])
    )

    assert narrative.say_changes(alone) == "没有2022年1—4月的数据，本期不作同比比较。"
    assert narrative.say_changes(both) == (
        "与上年同期（2022年1—4月，11篇）相比，采用总量持平，各类信息数量均无变化。"
    )


def test_basis_of_a_quarter_of_months(build: Builder) -> None:
    """A quarter that is added up names its months."""
    said = narrative.say_basis(build(TIED, "2022Q1", summed=True))

    assert said.startswith("本报告由1—3月各月的统计表相加得出，")
    assert said.endswith("其他情况见1—3月各月的报告。")


def test_follow_up_with_nobody_idle(build: Builder) -> None:
    """Where all took part, nobody is called upon."""
    said = narrative.say_follow_up(build(TIED))

    assert said == "本期各单位均有稿件被采用。"


def test_follow_up_with_all_idle(build: Builder) -> None:
    """Where nobody took part, everybody is called upon."""
    said = narrative.say_follow_up(build(NOTHING))

    assert said == "本期各单位均没有稿件被采用，都可作为下一期的重点联系对象。"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ({"甲镇": (2,)}, "本期甲镇有稿件被采用。"),
        ({"甲镇": (0,)}, "本期甲镇没有稿件被采用，可作为下一期的重点联系对象。"),
        (
            {"甲镇": (1,), "乙镇": (0,)},
            "本期没有稿件被采用的单位只有乙镇，可作为下一期的重点联系对象。",
        ),
        (
            {f"{number}号镇": (int(number > 31),) for number in range(1, 35)},
            "本期有31个单位没有稿件被采用（见附件），可作为下一期的重点联系对象。",
        ),
    ],
)
def test_follow_up_with_one_and_with_many(
    build: Builder, rows: dict[str, tuple[int, ...]], expected: str
) -> None:
    """One is named without a number; many are counted, and the annex named."""
    assert narrative.say_follow_up(build({"镇": rows}, categories=("动",))) == expected


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
    tied = {"镇办": {**TIED["镇办"], "癸镇": (0, 0, 1)}}
    said = narrative.say_assessment(build(tied))

    assert said == "按本期采用总量排名，镇办有9个单位并列第一，各4篇，可供考核参考。"


def test_assessment_of_equals(build: Builder) -> None:
    """Where all have the same, nobody leads, and there is no ranking to go by."""
    said = narrative.say_assessment(build(TIED))

    assert said == "本期9个镇办采用总量均为4篇，没有可供考核参考的排名。"


def test_assessment_with_a_group_of_one(build: Builder) -> None:
    """A single unit leads nobody, and is said to be the only one."""
    said = narrative.say_assessment(build(SINGLES))

    assert said == (
        "按本期采用总量排名，镇只有甲镇，采用3篇；部门居前的是A局7篇，B局1篇，可供考核参考。"
    )


def test_assessment_of_one_unit(build: Builder) -> None:
    """One unit in all is not ranked."""
    said = narrative.say_assessment(build(ALONE, categories=("政务公开",)))

    assert said == "本期镇办只有甲镇，采用3篇，没有可供考核参考的排名。"


def test_remark(build: Builder) -> None:
    """The analyst's paragraphs are marked as his."""
    now = build(MIXED, remarks={"一（二）": "第一段。\n\n第二段。"})

    assert narrative.say_remark(now, "一（二）", "信息质量") == (
        "> 经办人说明：\n>\n> 第一段。\n>\n> 第二段。"
    )


@pytest.mark.parametrize(
    ("section", "say"),
    [
        ("一（一）", narrative.say_balance),
        ("一（四）", narrative.say_participation),
        ("二（四）", narrative.say_imbalance),
        ("三（一）", narrative.say_follow_up),
        ("三（三）", narrative.say_deadlines),
        ("三（五）", narrative.say_assessment),
    ],
)
@pytest.mark.parametrize("grid", [MIXED, NOTHING])
def test_remark_beside_figures(
    build: Builder,
    grid: dict[str, dict[str, tuple[int, ...]]],
    section: str,
    say: Callable[[Submissions], str],
) -> None:
    """A section of figures ends with the analyst's paragraphs, where there are any."""
    rules = Requirements(interpretation_days=3, assessment_share=4, source="某文")
    now, remarked = (
        build(grid, remarks=remarks, requirements=rules) for remarks in ({}, {section: "一段。"})
    )

    assert say(remarked) == f"{say(now)}\n\n> 经办人说明：\n>\n> 一段。"


def test_silent_remark(build: Builder) -> None:
    """A section without remark says that there are no data on it."""
    said = narrative.say_remark(build(MIXED), "一（二）", "信息质量")

    assert said == "本期没有信息质量方面的数据。"


def test_deadlines_without_requirement(build: Builder) -> None:
    """A county that states no time limit gets none stated."""
    said = narrative.say_deadlines(build(MIXED))

    assert said == "本期没有公开时限方面的数据。"


def test_hostile_names_stay_text(build: Builder) -> None:
    """Markup in a unit's name is escaped wherever it is named."""
    said = narrative.say_follow_up(
        build({"镇办": {"<b>*甲*": (0,), "丙": (0,), "乙": (1,)}}, categories=("动",))
    )

    assert said.endswith("：\\<b\\>\\*甲\\*、丙。")


@pytest.mark.parametrize(("name", "written"), [("1. 甲", "1\\. 甲"), ("12) 甲", "12\\) 甲")])
def test_a_numbered_name_begins_no_list(build: Builder, name: str, written: str) -> None:
    """A number with a full stop or bracket at the start of a line stays text."""
    said = narrative.say_imbalance(build({"镇办": {name: (0,)}}, categories=("动",)))

    assert said.splitlines()[-1] == f"{written}的动信息为0。"
