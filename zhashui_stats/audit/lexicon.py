"""The words of one county's circulars: its units, groups, categories and measure words.

All come from county.toml and the roster; the only words that stand here are those that any
county's circular uses for towns and for departments.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from zhashui_stats.model.articles import Form
from zhashui_stats.model.county import Category, County, Group
from zhashui_stats.model.names import fold_name
from zhashui_stats.model.periods import Period
from zhashui_stats.model.units import Roster, Unit

__all__ = ["ANY_GROUP", "OF_ARTICLES", "PART_GROUP", "Lexicon", "build_lexicon"]

ANY_GROUP = ""
"""The group that a general word such as 单位 means: whatever the sentence is about."""

PART_GROUP = "*"
"""The group that a word means which covers only some of its units, 镇 where there are 街道 too."""

OF_ARTICLES = re.compile(
    "台账中本期|从台账登记看|台账没有登记|从.{0,8}投稿日期看|没有登记投稿日期|一半以上的月份"
    r"|期末\d+天|期末集中投稿情况|原因有\d+种|其中\d+.{1,2}没有写明原因|超期\(涉及|工作日历没有收录"
    rf"|解读形式:(?:{'|'.join(form.label for form in Form)})\d"
)
"""Words of a paragraph that rests on single articles, as a ledger (台账) lists them.

The bare words 台账, 投稿, 月份, 退稿 or 超期 would not do: circulars write them beside figures that
are counts, as in 建立信息报送台账，共发布信息252篇 and 1至6月份，各单位投稿329篇.
"""

_TOWN_WORDS = ("镇", "乡", "街道", "街办", "办事处")
_TOWN_FORMS = (
    "乡镇(街道)", "镇(街道)", "镇(办)", "镇(街)", "乡镇街道", "镇街道", "街道(镇)", "街道乡镇",
    "乡镇办", "镇街办", "乡镇", "镇街", "镇办", "街镇", "街道", "镇", "乡",
)  # fmt: skip
_DEPARTMENT_FORMS = (
    "{}级部门(单位)", "{}直部门(单位)", "{}级部门单位", "{}直部门单位", "{}级部门", "{}直部门", "{}直机关",
    "{}直各单位", "{}直单位", "{}级单位", "{}级机关", "部门(事业机构)", "部门、事业单位", "部门、单位",
    "部门和单位", "部门(单位)", "部门单位", "政府部门", "工作部门", "职能部门", "事业单位", "部门",
)  # fmt: skip
_GENERAL_FORMS = ("投稿单位", "报送单位", "成员单位", "责任单位", "参评单位", "单位", "机构")
_NO_CATEGORY = (
    "工作|政策|制度|机构|规定|要求|目录|属性|专栏|栏目|暨|条例|意识|标准|责任|考核|实施|意见|人员|平台|培训|"
    "领域|力度|水平|效果|情况|局面|监督|主管|指南|年报|年度|清单|队伍|能力|网站|办公室|科|股|领导|质量"
)
_TAILS = "(?:类?(?:工作)?(?:信息|稿件|文章|内容)|类)"
_GENERAL_LABELS = ("公开", "解读")
_UPPER = "县市区"


@dataclass(frozen=True)
class Lexicon:
    """Words to look for, with what they mean.

    Attributes:
        county: Whose words.
        units: Folded name -> the unit; names with a leading 县/市/区 and county name included.
        groups: Folded word -> id of the group; ``ANY_GROUP`` for general words.
        categories: Folded word -> the category.
        measures: Measure words of counts, longest first.
        entity: One expression that finds any of these words, the longest first.
        beside_categories: One expression that finds the words for indicators, and for
            several groups under one name; it finds nothing where there are none.
    """

    county: County
    units: dict[str, Unit]
    groups: dict[str, str]
    categories: dict[str, Category]
    measures: tuple[str, ...]
    entity: re.Pattern[str]
    beside_categories: re.Pattern[str]

    @cached_property
    def category_words(self) -> tuple[str, ...]:
        """The words for categories, the longest first."""
        return tuple(sorted(self.categories, key=lambda word: (-len(word), word)))


def build_lexicon(county: County, roster: Roster, period: Period) -> Lexicon:
    """Build the words of a county's circular on one period."""
    units = _units(county, roster, period)
    groups = _groups(county, roster.valid_in(period))
    categories = _categories(county)
    measures = tuple(dict.fromkeys((fold_name(county.measure), "篇", "条", "期", "件", "则", "份")))
    # 政务公开 is also the name of the whole work, 通知公告 is never anything else.
    general = [word for word in categories if word.endswith(_GENERAL_LABELS)]
    plain = [word for word in categories if not word.endswith(_GENERAL_LABELS)]
    entity = re.compile(
        f"(?P<unit>{_any_of(units)})"
        f"|(?P<category>(?:{_any_of(categories)}){_TAILS}|(?:{_any_of(general)})(?!{_NO_CATEGORY})"
        f"|(?:{_any_of(plain)}))"
        f"|(?P<group>(?:各|全{county.level})?(?!{_any_of(categories)})(?:{_any_of(groups)})"
        "(?![人长局街镇]))"
    )
    others = re.compile(_any_of(_beside_categories(county, measures)))
    return Lexicon(county, units, groups, categories, measures, entity, others)


def _any_of(words: Iterable[str]) -> str:
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(map(re.escape, longest_first)) or "(?!)"


def _beside_categories(county: County, measures: tuple[str, ...]) -> set[str]:
    """Give the words for indicators and scopes, and the measure words that only indicators have."""
    names = {name for indicator in county.indicators for name in indicator.names[1:]}
    names |= {name for scope in county.scopes for name in scope.names}
    units = {f"{digit}{own.unit}" for own in county.indicators for digit in range(10)
             if own.unit not in (*measures, "%")}  # fmt: skip
    return {fold_name(name) for name in names if len(name) > 1} | units


def _units(county: County, roster: Roster, period: Period) -> dict[str, Unit]:
    """Map every name to its unit: this period's own names first, aliases last."""
    here = roster.valid_in(period)
    units: dict[str, Unit] = {}
    for unit in (*here.units, *roster.units):
        for name in map(fold_name, unit.names):
            units.setdefault(name, unit)
    for unit in here.units:
        units[fold_name(unit.name)] = unit
    prefixed = {
        f"{prefix}{name}": named
        for name, named in units.items()
        for prefix in (*_UPPER, fold_name(county.name))
    }
    return {**prefixed, **units}


def _groups(county: County, roster: Roster) -> dict[str, str]:
    """Map the words for groups; a general word means a group only where it means no other."""
    words: dict[str, str] = {}
    kinds: dict[str, list[Group]] = {"town": [], "department": []}
    for group in county.groups:
        is_town = any(word in group.label for word in _TOWN_WORDS)
        kinds["town" if is_town else "department"].append(group)
    level = county.level if county.level in _UPPER else _UPPER[0]
    forms = {
        "town": _TOWN_FORMS,
        "department": [template.format(level) for template in _DEPARTMENT_FORMS],
    }
    for word in _GENERAL_FORMS:
        words[fold_name(word)] = ANY_GROUP
    for kind, groups in kinds.items():
        for form in forms[kind] if len(groups) == 1 else ():
            words[fold_name(form)] = _covered(form, groups[0], roster)
    for group in county.groups:
        words[fold_name(group.label)] = group.id
    return words


def _covered(form: str, group: Group, roster: Roster) -> str:
    """Return what a word means: the group, or a part of it where it names one kind of place."""
    kinds = {"镇": ("镇",), "乡": ("乡",), "街道": ("街道", "街道办", "街道办事处", "街办")}
    endings = kinds.get(form)
    whole = endings is None or all(unit.name.endswith(endings) for unit in roster.of(group.id))
    return group.id if whole else PART_GROUP


def _categories(county: County) -> dict[str, Category]:
    """Map labels, headers and short forms (动态信息 for 政务动态) to their categories."""
    words: dict[str, Category] = {}
    shorts: dict[str, list[Category]] = {}
    for category in county.categories:
        label = fold_name(category.label)
        if len(label) == 4 and not label.endswith("信息"):
            shorts.setdefault(label[2:], []).append(category)
    for short, meant in shorts.items():
        if len(meant) == 1:
            for tail in ("信息", "类信息", "类稿件", "稿件", "类"):
                words[short + tail] = meant[0]
    for category in county.categories:
        for header in category.headers:
            words[re.sub(r"\(.*?\)", "", fold_name(header))] = category
        words[fold_name(category.label)] = category
    return words
