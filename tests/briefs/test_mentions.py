"""What a brief says of the circular's lists: never more and never less than the circular does."""

import random
import re
import statistics
from collections.abc import Callable
from dataclasses import replace

import pytest
from conftest import Builder, build_submissions
from ledgers import SOUND, Article, period_of, sent

from zhashui_stats import narrative
from zhashui_stats.briefs import own_ledger
from zhashui_stats.briefs.brief import Brief
from zhashui_stats.briefs.mentions import find_mentions, say_mentions
from zhashui_stats.comparison import History
from zhashui_stats.model.articles import Column
from zhashui_stats.model.county import Threshold
from zhashui_stats.model.periods import Period
from zhashui_stats.model.submissions import Submissions

SILENT = "按统计表，本期没有需要告知本单位的名单。"
CATEGORIES = ("政务公开", "政策解读", "政务动态")
MONTHS = ("01-05", "02-05", "03-05", "04-05", "05-05", "06-05")
# One rare character each: no name stands within another, or in a sentence by chance.
NAMES = [f"{chr(0x9B00 + number)}局" for number in range(90)]

Sections = dict[str, str]


def said(unit: str, *series: Submissions) -> str:
    return say_mentions(Brief.of(History(series), unit))


def sections(unit: str, *series: Submissions) -> set[str]:
    return {mention.section for mention in find_mentions(Brief.of(History(series), unit))}


# --- The real period ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        (
            "红岩寺镇",
            "- **一（一）**　政务动态信息居前，50篇。\n"
            "- **二（四）**　政务动态信息20篇以上的只有本单位；9个镇办的政策解读信息均为0。\n"
            "- **三（五）**　采用总量在镇办中列第1名，52篇，可供考核参考。",
        ),
        (
            "财政局",
            "- **一（一）**　有政策解读信息被采用的2个单位之一，1篇；政务公开信息居前，18篇。\n"
            "- **二（四）**　政务公开信息5篇以上的3个部门单位之一；"
            "政策解读信息1篇以上的2个部门单位之一；政策解读信息不为0的2个部门单位之一。\n"
            "- **三（五）**　采用总量在部门单位中与另1个单位并列第2名，22篇，可供考核参考。",
        ),
        (
            "盐务局",
            "- **二（四）**　政务公开信息为0的16个部门单位之一；"
            "政策解读信息为0的54个部门单位之一（名单见附件2）；政务动态信息为0的25个部门单位之一。\n"
            "- **三（一）**　没有稿件被采用的14个单位之一，可作为下一期的重点联系对象。",
        ),
    ],
)
def test_real_units(h1: Submissions, unit: str, expected: str) -> None:
    """The best town, a leading department and one without an article, as the annexes give it."""
    assert expected == said(unit, h1)


# --- Each list ----------------------------------------------------------------------------------


def test_nothing_is_said_of_the_unit(build: Builder) -> None:
    """A unit on no list is told so."""
    now = build({"镇办": {f"{n}镇": (9 - n, 9 - n, 9 - n) for n in range(9)}})

    assert SILENT == said("7镇", now)


def test_the_only_one_of_a_list(build: Builder) -> None:
    """Who leads or has nothing alone is not one of several."""
    now = build({"镇办": {"甲镇": (3, 1, 3), "乙镇": (1, 1, 1), "丙镇": (0, 0, 0)}})

    assert said("丙镇", now) == (
        "- **二（四）**　政务公开信息为0的只有本单位；政策解读信息为0的只有本单位；"
        "政务动态信息为0的只有本单位。\n"
        "- **三（一）**　没有稿件被采用的只有本单位，可作为下一期的重点联系对象。"
    )
    assert "有政务动态信息被采用的2个单位之一，3篇" in said("甲镇", now)


def test_one_that_has_most_alone(build: Builder) -> None:
    """Where the next ones are too many to be named, the first leads alone."""
    units = {f"{n}镇": (2, 0, 0) for n in range(9)}
    now = build({"镇办": {"甲镇": (5, 0, 0), **units, "乙镇": (0, 0, 0)}})

    assert said("甲镇", now) == (
        "- **一（一）**　政务公开信息最多，5篇。\n"
        "- **二（四）**　11个镇办的政策解读信息均为0；11个镇办的政务动态信息均为0。\n"
        "- **三（五）**　采用总量在镇办中列第1名，5篇，可供考核参考。"
    )


def test_many_that_lead_together(build: Builder) -> None:
    """Too many to be named are counted, in the circular and in the brief."""
    now = build({"镇办": {**{f"{n}镇": (2, 1, 1) for n in range(9)}, "乙镇": (1, 1, 1)}})

    assert said("3镇", now) == (
        "- **一（一）**　政务公开信息并列最多的9个单位之一，各2篇。\n"
        "- **三（五）**　采用总量并列第一的9个镇办之一，各4篇。"
    )
    assert "有9个单位并列最多，各2篇" in narrative.say_balance(now)
    assert "镇办有9个单位并列第一，各4篇" in narrative.say_assessment(now)


@pytest.mark.parametrize(
    ("counts", "unit", "expected"),
    [
        ((4, 2), "0镇", "列第1名，4篇"),
        ((4, 2), "1镇", ""),
        ((4, 3, 2), "1镇", ""),
        ((4, 3, 2), "2镇", ""),
        ((4, 3, 2, 1), "1镇", "列第2名，3篇"),
        ((4, 2, 2), "2镇", ""),
        ((4, 4, 2), "1镇", "与另1个单位并列第1名，4篇"),
        ((4, 4, 4, 4, 1), "2镇", "与其他3个单位并列第1名，4篇"),
    ],
)
def test_only_who_is_better_than_half_is_praised(
    build: Builder, counts: tuple[int, ...], unit: str, expected: str
) -> None:
    """The rank stands for the assessment above the median or in the first place, and no other."""
    now = build({"镇办": {f"{n}镇": (count, 0, 0) for n, count in enumerate(counts)}})
    told = [mention.text for mention in find_mentions(Brief.of(History([now]), unit))
            if mention.section == "三（五）"]  # fmt: skip

    assert told == ([f"采用总量在镇办中{expected}，可供考核参考"] if expected else [])


@pytest.mark.parametrize(("zeros", "where"), [(30, ""), (31, "（名单见附件1）")])
def test_where_there_is_no_room_the_annex_is_named(build: Builder, zeros: int, where: str) -> None:
    """A list of more than thirty stands in the annex alone."""
    units = {f"{n}镇": (1 if n < 40 - zeros else 0, 1, 1) for n in range(40)}

    expected = f"- **二（四）**　政务公开信息为0的{zeros}个镇办之一{where}。"
    assert expected == said("39镇", build({"镇办": units}))


def test_the_others_are_named_in_their_place(build: Builder) -> None:
    """Where the few with any are named, those without are counted and stand in the annex."""
    now = build({"镇办": {"甲镇": (1, 1, 1), "乙镇": (0, 1, 1), "丙镇": (0, 1, 1)}})

    assert "政务公开信息不为0的只有本单位" in said("甲镇", now)
    assert "政务公开信息为0的2个镇办之一（名单见附件1）。" in said("乙镇", now)


@pytest.mark.parametrize(
    ("threshold", "expected"),
    [
        (Threshold("镇办", "政务公开", at_least=2), "政务公开信息2篇以上的2个镇办之一"),
        (Threshold("镇办", "政务公开", at_least=1), "3个镇办的政务公开信息均在1篇以上"),
        (Threshold("镇办", "政务公开", below=4), "政务公开信息不足4篇的2个镇办之一"),
        (Threshold("镇办", "政务公开", below=9), "3个镇办的政务公开信息均不足9篇"),
    ],
)
def test_thresholds(build: Builder, threshold: Threshold, expected: str) -> None:
    """At least is inclusive, below exclusive; where all are on the list it says so."""
    grid = {"镇办": {"甲镇": (4, 1, 1), "乙镇": (2, 1, 1), "丙镇": (1, 1, 1)}}
    now = build(grid, thresholds=(threshold,))

    assert f"- **二（四）**　{expected}。" in said("乙镇", now)


def test_who_moved_most(build: Builder) -> None:
    """The one that rose most, those that fell most, and one between."""
    before = build({"镇办": {"甲镇": (1, 0, 0), "乙镇": (5, 0, 0), "丙镇": (5, 0, 0),
                             "丁镇": (5, 0, 0)}}, "2021H2")  # fmt: skip
    now = build({"镇办": {"甲镇": (7, 1, 1), "乙镇": (1, 1, 1), "丙镇": (1, 1, 1),
                          "丁镇": (3, 1, 1)}})  # fmt: skip
    first = {unit: said(unit, before, now).split("\n")[0] for unit in ("甲镇", "乙镇", "丁镇")}

    assert first == {
        "甲镇": "- **一**　与上个半年相比，采用总量增加最多的是本单位，增加8篇。",
        "乙镇": "- **一**　与上个半年相比，采用总量减少最多的2个单位之一，各减少2篇。",
        "丁镇": "- **一（一）**　有政务公开信息被采用的4个单位之一，3篇。",
    }


def test_part_of_a_year_moves_nobody(build: Builder) -> None:
    """Who came or went within either year is no mover, in the brief and in the report."""
    grid = {"甲镇": (3, 1, 1), "乙镇": (4, 0, 0), "丙镇": (2, 1, 1), "丁镇": (1, 1, 1)}
    spans = {"甲镇": ("2021H2", None), "乙镇": (None, "2022H1")}
    before, now = (
        build({"镇办": {name: (counts[0] * sign.get(name, 1), *counts[1:])
                       for name, counts in grid.items()}}, period)
        for period, sign in (("2021", {}), ("2022", {"甲镇": 9, "乙镇": 0, "丙镇": 2, "丁镇": 0}))
    )  # fmt: skip
    series = [
        replace(then, units=tuple(
            replace(unit, since=Period.parse(first) if first else None,
                    until=Period.parse(last) if last else None)
            for unit in then.units for first, last in (spans.get(unit.name, (None, None)),)
        ))
        for then in (before, now)
    ]  # fmt: skip

    assert narrative.say_movers(History(series)) == (
        "与上年相比，两期可比的2个单位中，采用总量增加的有1个，减少的有1个。"
        "增加最多的是丙镇，增加2篇；减少最多的是丁镇，减少1篇。"
    )
    assert "采用总量减少最多的是本单位，减少1篇。" in said("丁镇", *series)
    assert not {"一"} & (sections("甲镇", *series) | sections("乙镇", *series))


def test_who_came_and_who_was_merged(build: Builder) -> None:
    """A new unit and a successor are told what the circular says of the roster."""
    before = build({"镇办": {"甲镇": (1, 0, 0), "乙镇": (5, 0, 0)}}, "2021H2")
    now = build({"镇办": {"甲镇": (7, 1, 1), "丙镇": (3, 1, 1)}}, aliases={"甲镇": ("乙镇",)})

    assert "- **一**　与上个半年相比，乙镇并入。" in said("甲镇", before, now)
    assert "- **一**　与上个半年相比新增的单位。" in said("丙镇", before, now)


def test_a_group_of_one_is_on_no_list(build: Builder) -> None:
    """Its sentences speak of that unit throughout; a list has several."""
    thresholds = (Threshold("部门", "政务公开", at_least=1),)
    now = build({"部门": {"甲局": (1, 0, 0)}}, thresholds=thresholds)

    assert SILENT == said("甲局", now)


# --- The analyst's remarks ----------------------------------------------------------------------


def test_a_remark_that_names_the_unit_is_told(build: Builder) -> None:
    """In its section, behind the section's lists, in the order of the circular."""
    remarks = {
        "二（五）": "乙镇报送的信息质量不高，多次被退回。",
        "一（二）": "乙镇按“三审三校”把关。",
        "二（四）": "乙镇要补上。",
        "三（四）": "各单位都要培训。",
    }
    now = build({"镇办": {"甲镇": (3, 1, 1), "乙镇": (1, 1, 0)}}, remarks=remarks)

    assert said("乙镇", now) == (
        "- **一（一）**　有政务公开信息被采用的2个单位之一，1篇。\n"
        "- **一（二）**　经办人说明中提到本单位。\n"
        "- **二（四）**　政务动态信息为0的只有本单位；经办人说明中提到本单位。\n"
        "- **二（五）**　经办人说明中提到本单位。"
    )
    assert "经办人说明" not in said("甲镇", now)


# --- With a ledger ------------------------------------------------------------------------------


def test_nothing_to_tell_with_a_ledger() -> None:
    """What the lists rest on is named: the tables, and the ledger where there is one."""
    now = period_of([], {"镇办": ("甲镇",), "部门": ("乙局",)}, without=[Column.SUBMITTED])
    now = replace(now, counts={name: dict.fromkeys(CATEGORIES, 1) for name in now.counts})

    assert "按统计表和台账，本期没有需要告知本单位的名单。" == said("甲镇", now)


def test_open_dates_name_nobody_idle() -> None:
    """A unit whose articles lack dates, or lie outside, is not told to have been idle."""
    abroad = {"投稿日期": "2021-12-30", "发布日期": "2022-01-03"}
    articles = [
        *sent("甲镇", "01-05", "", "", "", "", ""),
        *sent("乙镇", "02-03"), *sent("乙镇", "", **abroad),
        *sent("丙镇", *MONTHS, ""),
        *sent("A局", "02-03"),
    ]  # fmt: skip
    now = period_of(articles)
    lines = {unit: said(unit, now) for unit in ("甲镇", "乙镇", "丙镇", "A局")}

    assert "投稿日期不详或不在本期的2个单位之一（5篇没有登记投稿日期）。\n" in lines["甲镇"]
    assert "投稿日期不详或不在本期的2个单位之一（1篇的投稿日期不在本期）。\n" in lines["乙镇"]
    assert "- **二（三）**　月月有投稿的只有本单位。\n" in lines["丙镇"]
    assert "有部分月份没有投稿的只有本单位（1月、3月、4月、5月、6月）。\n" in lines["A局"]
    assert narrative.say_regularity(now).startswith(
        "从本期6个月的投稿日期看，5个单位中，月月有投稿的有1个，有部分月份没有投稿的有1个，"
        "投稿日期不详或不在本期的有2个，整期没有投稿的有1个：B局。另有6篇没有登记投稿日期，未计入。"
    )


def test_lists_of_a_ledger() -> None:
    """Regular, flawed, idle and late units are told, each with its own figures."""
    late = {"类别": "政策解读", "关联政策发布日期": "2022-02-01", "发布日期": "2022-03-04"}
    articles = [
        *sent("甲镇", "01-05", "02-05", "04-05", **{**SOUND, "复审": ""}),
        *sent("甲镇", "03-01", **{**SOUND, **late}),
        *sent("乙镇", *MONTHS, **SOUND),
        *sent("丙镇", "06-01", **SOUND),
    ]
    now = period_of(articles, days=3)
    lines = {unit: said(unit, now) for unit in ("甲镇", "乙镇", "A局")}

    assert "- **一（四）**　在一半以上的月份有投稿的2个单位之一。\n" in lines["甲镇"]
    assert "- **二（二）**　“三审三校”不合要求的有3篇（只涉及本单位）。\n" in lines["甲镇"]
    assert "- **二（三）**　有部分月份没有投稿的2个单位之一（5月、6月）。\n" in lines["甲镇"]
    assert lines["甲镇"].endswith("- **三（三）**　政策解读超期1篇（只涉及本单位）。")
    assert "- **二（三）**　月月有投稿的只有本单位。\n" in lines["乙镇"]
    assert "- **二（三）**　整期没有投稿的2个单位之一。\n" in lines["A局"]


def test_a_rush_is_told() -> None:
    """A unit that the circular names for a rush reads with which figures."""
    articles = [*sent("甲镇", *["06-20"] * 9), *sent("甲镇", "03-01"), *sent("乙镇", *MONTHS)]

    assert (
        "有部分月份没有投稿的只有本单位（1月、2月、4月、5月）；"
        "期末集中投稿明显偏多的只有本单位（投稿10篇中期末14天9篇）。"
    ) in said("甲镇", period_of(articles))


def test_a_ledger_without_dates_names_nobody_idle() -> None:
    """Where no article is dated, 二（三） says nothing of any unit."""
    now = period_of([*sent("甲镇", "", ""), *sent("乙镇", "")])

    assert not {"二（三）", "一（四）"} & sections("A局", now)


# --- The law: a section is told exactly where it names or counts the unit ---------------------


def circular(history: History) -> Sections:
    """Every section that has lists, as the report says it."""
    now = history.now
    return {
        "一": narrative.say_changes(history) + narrative.say_movers(history),
        "一（一）": narrative.say_balance(now),
        "一（四）": narrative.say_participation(now),
        "二（二）": narrative.say_chain(now),
        "二（三）": narrative.say_regularity(now),
        "二（四）": narrative.say_imbalance(now),
        "三（一）": narrative.say_follow_up(now),
        "三（三）": narrative.say_deadlines(now),
        "三（五）": narrative.say_assessment(now),
    }


def random_history(seed: int) -> History:
    """Two or three periods of few or many units, most counts small, so that many tie."""
    rng = random.Random(seed)
    towns, departments = rng.choice([(2, 3), (9, 12), (7, 45), (38, 40)])
    names = NAMES[: towns + departments]
    groups = {"镇办": names[:towns], "部门": names[towns:]}
    top = rng.choice([1, 2, 3, 12])

    def row(count: int = top) -> tuple[int, ...]:
        return tuple(rng.choice([0, rng.randint(0, count)]) for _ in CATEGORIES)

    def shifted(counts: tuple[int, ...]) -> tuple[int, ...]:
        """Move one category by one, so that many units move as much."""
        *others, last = counts
        return (*others, max(0, last + rng.choice([-1, 1])))

    thresholds = tuple(
        Threshold(group, rng.choice(CATEGORIES), **{rng.choice(["at_least", "below"]): bound})
        for group in groups
        for bound in rng.sample(range(1, 5), 2)
    )
    now = {group: {name: row() for name in units} for group, units in groups.items()}
    # Earlier some were not there yet, and some were that have ended or been merged since.
    ended = NAMES[85:88]
    aliases = {names[0]: (ended[0],), names[-1]: (ended[1],)}
    series = [build_submissions(now, thresholds=thresholds, aliases=aliases)]
    for period in rng.sample(["2021H1", "2021H2"], rng.randint(0, 2)):
        grid = {
            group: {name: counts for name, counts in units.items() if rng.random() > 0.1}
            for group, units in now.items()
        }
        moved = {
            group: {
                name: shifted(counts) if rng.random() < rng.choice([0.1, 0.9]) else counts
                for name, counts in units.items()
            }
            for group, units in grid.items()
        }
        moved["部门"] |= {name: row() for name in rng.sample(ended, rng.randint(0, 3))}
        moved["镇办"] = moved["镇办"] or {names[0]: row()}
        series.append(build_submissions(moved, period))
    return History(series)


def is_told(history: History, texts: Sections, section: str, unit: str) -> bool:
    """Tell from the circular's own words whether they name the unit, or count it in a list."""
    if unit in texts[section]:
        return True
    counted = {"一": _among_movers, "一（一）": _among_leaders, "二（四）": _among_listed,
               "三（一）": _among_idle, "三（五）": _among_first}  # fmt: skip
    count = counted.get(section)
    return count(history, texts[section], unit) if count else False


def group_of(now: Submissions, unit: str) -> str:
    """Return the group of a unit."""
    return next(member.group for member in now.units if member.name == unit)


def _among_movers(history: History, text: str, unit: str) -> bool:
    """Of “N个单位增加最多，各增加M篇” against the nearest period."""
    if not history.compared:
        return False
    change = history.compared[0][2].by_unit.get(unit)
    found = re.findall(r"\d+个单位(增加|减少)最多，各\1(\d+)篇", text)
    moves = {int(count) * (1 if verb == "增加" else -1) for verb, count in found}
    return change is not None and change.difference in moves


def _among_leaders(history: History, text: str, unit: str) -> bool:
    """Of “政务动态信息有N个单位并列最多，各M篇”."""
    now = history.now
    found = re.findall(r"(政.{3})信息有\d+个单位并列最多，各(\d+)篇", text)
    return any(now.count(unit, label) == int(count) for label, count in found)


def _among_listed(history: History, text: str, unit: str) -> bool:
    """Of “为0的有N个”, “全部为0”, “10篇以上的有N个”, “均不足3篇”, in the unit's group."""
    now = history.now
    group = group_of(now, unit)
    said = "".join(part for part in text.split("\n\n") if re.match(rf"\d+个{group}", part))
    for label in CATEGORIES:
        count = now.count(unit, label)
        least = re.findall(rf"{label}信息(?:均在)?(\d+)篇以上", said)
        most = re.findall(rf"{label}信息均?不足(\d+)篇", said)
        empty = re.search(rf"{label}信息(?:为0的有|[^；。]*全部为0)|各类信息均为0", said)
        if any(count >= int(bound) for bound in least) or any(count < int(n) for n in most):
            return True
        if empty and not count:
            return True
    return False


def _among_idle(history: History, text: str, unit: str) -> bool:
    """Of “有N个单位没有稿件被采用”, and where that is everybody."""
    return not history.now.count(unit) and "没有稿件被采用" in text


def _among_first(history: History, text: str, unit: str) -> bool:
    """Of “镇办有N个单位并列第一，各M篇”, in the unit's group."""
    group = group_of(history.now, unit)
    found = re.findall(rf"{group}有\d+个单位并列第一，各(\d+)篇", text)
    return any(history.now.count(unit) == int(count) for count in found)


def _is_praised(now: Submissions, unit: str) -> bool:
    """Tell whether a unit has most of its group, or more than the one in its middle."""
    group = group_of(now, unit)
    counts = sorted(now.count(member.name) for member in now.units if member.group == group)
    return now.count(unit) == counts[-1] or now.count(unit) > statistics.median(counts)


@pytest.mark.parametrize("seed", range(40))
def test_a_section_is_told_exactly_where_it_concerns_the_unit(seed: int) -> None:
    """Over random periods: what the circular's own words name or count, no more and no less."""
    history = random_history(seed)
    texts = circular(history)
    for unit in [member.name for member in history.now.units]:
        expected = {section for section in texts if is_told(history, texts, section, unit)}
        if not _is_praised(history.now, unit):
            expected.discard("三（五）")
        found = {mention.section for mention in find_mentions(Brief.of(history, unit))}

        assert (unit, expected) == (unit, found)


def test_the_law_has_met_every_list() -> None:
    """The random periods hold named and counted lists of every kind, else the law says nothing."""
    texts = [" ".join(circular(random_history(seed)).values()) for seed in range(40)]
    kinds = (
        "单位增加最多，各", "单位减少最多，各", "增加最多的是", "新增", "并入", "单位并列最多，各",
        "被采用的单位", "居前的是", "见附件1", "见附件2", "超过半数，只有", "全部为0", "均不足",
        "均在", "单位并列第一", "可作为下一期的重点联系对象：", "个单位没有稿件被采用（见附件）",
    )  # fmt: skip

    assert [] == [kind for kind in kinds if not any(kind in text for text in texts)]


# --- The same with a ledger ---------------------------------------------------------------------

LATE = {"类别": "政策解读", "关联政策发布日期": "2022-01-04"}


def random_articles(seed: int) -> tuple[dict[str, tuple[str, ...]], dict[str, list[Article]]]:
    """Groups of units, and the articles of each."""
    rng = random.Random(seed)
    towns, departments = rng.choice([(2, 3), (6, 8), (20, 25)])
    names = NAMES[: towns + departments]
    share, flawed = rng.choice([0.2, 0.5, 0.9]), rng.choice([0, 0.1, 0.6])
    articles: dict[str, list[Article]] = {}
    for name in names:
        days = [day for day in MONTHS if rng.random() < share] * (rng.random() > 0.2)
        days += ["06-20"] * (15 * (rng.random() < 0.15))
        articles[name] = sent(name, *days)
        for article in articles[name]:
            article.update(SOUND if rng.random() >= flawed else {**SOUND, "二校": ""})
            article.update(LATE if rng.random() < flawed / 4 else {"关联政策发布日期": ""})
            # Some are not dated, some were sent in before the period, some published after it.
            chance = rng.random()
            if chance < 0.1:
                article["投稿日期"] = ""
            elif chance < 0.13:
                article["投稿日期"] = "2021-12-30"
            elif chance < 0.16:
                article["发布日期"] = "2022-07-02"
    return {"镇办": tuple(names[:towns]), "部门": tuple(names[towns:])}, articles


def _is_regular(own: list[Article]) -> bool:
    return len(_months_sent(own)) >= 3


def _months_sent(own: list[Article]) -> set[int]:
    return {int(day[5:7]) for article in own if (day := article["投稿日期"]).startswith("2022-0")}


def _counted(own: list[Article]) -> list[Article]:
    """Choose the articles of the period: those that were published within it."""
    return [article for article in own if article.get("发布日期") != "2022-07-02"]


def _is_flawed(own: list[Article]) -> bool:
    return any(not article["二校"] for article in _counted(own))


def _is_late(own: list[Article]) -> bool:
    return any(article["关联政策发布日期"] for article in _counted(own))


def _told_of_months(own: list[Article]) -> str:
    """Say what a brief tells of 二（三） beside the number of units, by the rule and by hand."""
    sent_in, counted = _months_sent(own), _counted(own)
    undated = sum(not article["投稿日期"] for article in counted)
    outside = sum(article["投稿日期"].startswith("2021") for article in counted)
    idle = "、".join(f"{month}月" for month in range(1, 7) if month not in sent_in)
    if not idle:
        return "月月有投稿"
    if undated or outside:
        parts = [f"{undated}篇没有登记投稿日期"] * bool(undated)
        parts += [f"{outside}篇的投稿日期不在本期"] * bool(outside)
        return f"投稿日期不详或不在本期（{'、'.join(parts)}）"
    return f"有部分月份没有投稿（{idle}）" if sent_in else "没有投稿"


COUNTED: dict[str, tuple[str, Callable[[list[Article]], bool]]] = {
    "一（四）": ("在一半以上的月份有投稿", _is_regular),
    "二（二）": ("不合要求", _is_flawed),
    "二（三）": ("个月的投稿日期看", lambda _: True),  # every unit is in one of its kinds
    "三（三）": ("超期", _is_late),
}


@pytest.mark.parametrize("seed", range(16))
def test_a_ledger_tells_exactly_whom_it_concerns(seed: int) -> None:
    """Regular, flawed, idle, rushed and late units: as the circular's words name or count them."""
    units, articles = random_articles(seed)
    now = period_of([article for own in articles.values() for article in own], units, days=3)
    texts = circular(History([now]))
    for unit in random.Random(seed).sample(sorted(articles), min(len(articles), 9)):
        own = articles[unit]
        brief = Brief.of(History([now]), unit)
        found = {mention.section for mention in find_mentions(brief)} & COUNTED.keys()
        expected = {
            section
            for section, (words, concerns) in COUNTED.items()
            if unit in texts[section] or (words in texts[section] and concerns(own))
        }

        assert (unit, expected) == (unit, found)
        months = next(
            mention.text for mention in find_mentions(brief) if mention.section == "二（三）"
        )
        told = re.sub(r"^整期|的(?:\d+个单位之一|只有本单位)", "", months)
        blamed = re.search("月没有投稿", own_ledger.say_own_ledger(brief))

        assert (unit, _told_of_months(own)) == (unit, told)
        assert bool(blamed) == told.startswith("有部分")
        assert (unit in texts["二（三）"].partition("期末")[2]) == (
            any("期末集中投稿" in mention.text for mention in find_mentions(brief))
        )
