"""Random counties with their data, drawn from word lists: no place that exists is meant."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from zhashui_stats.model.county import Category, County, Group, Threshold
from zhashui_stats.model.periods import Period
from zhashui_stats.model.submissions import Submissions
from zhashui_stats.model.units import Roster, Unit

__all__ = ["World", "make_world"]

_PLACES = "清岭 远川 云溪 石塘 望山 柏林 临渡 长堰 松坪 安渚 北湾 金桥"
_TOWNS = (
    "青石 白杨 龙泉 清河 石门 柳林 大桥 双河 永兴 新集 沙河 太平 东岭 西川 "
    "南湖 北山 高坪 马坊 杨家坝 赵家湾 三合 五里 八里店 九龙 万安 百花 十里铺 "
    "四方台 河口 城关 七里"
)
_OFFICES = (
    "发改局 教体局 科技局 工信局 公安局 民政局 司法局 财政局 人社局 自然资源局 "
    "生态环境局 住建局 交通运输局 水利局 农业农村局 商务局 文旅局 卫健局 "
    "退役军人事务局 应急管理局 审计局 市场监管局 统计局 医保局 信访局 林业局 城管局 "
    "乡村振兴局 行政审批局 机关事务服务中心 招商服务中心 大数据中心 融媒体中心 档案馆 "
    "地方志办 供销社 残联 妇联 经开区管委会 搬迁办 发展和改革局 人力资源和社会保障局 "
    "住房和城乡建设局"
)
_STATIONED = (
    "气象局 税务局 烟草局 邮政公司 供电公司 电信公司 移动公司 联通公司 农行 工行 "
    "农商行 财险公司 寿险公司 新华书店 公路段 消防大队 广电网络公司 盐业公司 水文站 "
    "石油公司"
)
_SAME = {
    "发展和改革局": "发改局",
    "人力资源和社会保障局": "人社局",
    "住房和城乡建设局": "住建局",
}
_CATEGORIES = (
    ("政务公开", "政策解读", "政务动态"),
    ("政务公开", "工作动态"),
    ("政策解读", "部门动态", "通知公告"),
    ("政务公开", "政策解读", "工作动态", "通知公告"),
    ("信息简报", "工作动态"),
    ("通知公告", "政策解读", "政务动态", "信息简报"),
)
_PERIODS = ("2023H1", "2022H2", "2021H1", "2023", "2022", "2024Q1", "2023Q3", "2023-04", "2022-11")


@dataclass(frozen=True)
class World:
    """A county with its roster and its counts.

    Attributes:
        county: What it counts.
        roster: Its units.
        now: The period of the circular.
        year_before: The same period of the year before; None where it is not at hand.
        previous: The period just before; None where it is not at hand.
    """

    county: County
    roster: Roster
    now: Submissions
    year_before: Submissions | None
    previous: Submissions | None

    @property
    def earlier(self) -> tuple[Submissions, ...]:
        """The earlier periods at hand."""
        return tuple(period for period in (self.year_before, self.previous) if period)


def make_world(rng: Random) -> World:
    """Draw a county, its units and their counts."""
    county = _county(rng)
    roster = Roster(tuple(unit for group in county.groups for unit in _units(rng, group, county)))
    period = Period.parse(rng.choice(_PERIODS))
    now = _submissions(rng, county, roster, period)
    year_before = _before(rng, now, period.year_before) if rng.random() < 0.6 else None
    if period.previous == period.year_before:
        return World(county, roster, now, year_before, year_before)
    previous = _before(rng, now, period.previous) if rng.random() < 0.4 else None
    return World(county, roster, now, year_before, previous)


def _county(rng: Random) -> County:
    level = rng.choice("县县县市区")
    name = rng.choice(_PLACES.split()) + level
    towns, offices, stationed = rng.choice(
        (
            ("镇办", "部门单位", ""),
            ("镇街", f"{level}直部门", ""),
            ("乡镇（街道）", "部门单位", ""),
            ("乡镇", f"{level}直单位", f"驻{level}单位"),
            ("镇街", "部门单位", "企事业单位"),
            ("镇（街道）", f"{level}直部门", f"驻{level}单位"),
        )
    )
    groups = [Group("towns", towns), Group("offices", offices)]
    if stationed:
        groups.append(Group("stationed", stationed))
    measure, labels = rng.choice("篇篇条条条件期"), rng.choice(_CATEGORIES)
    return County(
        name=name,
        issuer=f"{name}人民政府办公室",
        measure=measure,
        groups=tuple(groups),
        categories=tuple(
            Category(f"c{n}", label, (f"{label}信息", f"{label}类信息"))
            for n, label in enumerate(labels)
        ),
        thresholds=tuple(
            Threshold(group.id, f"c{n}", at_least=rng.choice((5, 10, 20, 40)))
            for group in groups
            for n in range(len(labels))
            if rng.random() < 0.3
        ),
    )


def _units(rng: Random, group: Group, county: County) -> list[Unit]:
    if group.id == "towns":
        return [_town(rng, stem) for stem in rng.sample(_TOWNS.split(), rng.randint(5, 14))]
    if group.id == "stationed":
        drawn = rng.sample(_STATIONED.split(), rng.randint(7, 14))
    elif len(county.groups) == 2:
        drawn = rng.sample([*_OFFICES.split(), *_STATIONED.split()], rng.randint(10, 32))
    else:
        drawn = rng.sample(_OFFICES.split(), rng.randint(10, 32))
    names = [name for name in drawn if _SAME.get(name) not in drawn]
    return [_office(rng, name, group, county) for name in names]


def _town(rng: Random, stem: str) -> Unit:
    kind = rng.choice(("镇", "镇", "镇", "乡", "街道"))
    name = stem + kind
    full = f"{stem}街道办事处" if kind == "街道" else f"{name}人民政府"
    return Unit(name, "towns", full if rng.random() < 0.5 else "")


def _office(rng: Random, name: str, group: Group, county: County) -> Unit:
    aliases = (_SAME[name],) if name in _SAME else ()
    full = county.name + name if rng.random() < 0.3 else ""
    return Unit(name, group.id, full, aliases)


def _submissions(rng: Random, county: County, roster: Roster, period: Period) -> Submissions:
    """Every group and category has a manner of its own: even, flat, sparse, large."""
    counts: dict[str, dict[str, int]] = {unit.name: {} for unit in roster.units}
    large = rng.random() < 0.2
    for group in county.groups:
        for category in county.categories:
            draw = _manner(rng, large)
            for unit in roster.of(group.id):
                counts[unit.name][category.id] = draw()
    if rng.random() < 0.6:  # some units sent nothing at all
        for unit in rng.sample(roster.units, rng.randint(1, 4)):
            counts[unit.name] = dict.fromkeys(counts[unit.name], 0)
    return Submissions(county, period, roster.units, counts)


def _manner(rng: Random, large: bool) -> Callable[[], int]:
    common = rng.randint(0, 3)
    manners: tuple[Callable[[], int], ...] = (
        lambda: rng.randint(0, 12),
        lambda: int(rng.expovariate(1 / 8)),
        lambda: common if rng.random() < 0.85 else rng.randint(0, 9),
        lambda: 0 if rng.random() < 0.7 else rng.randint(1, 5),
        lambda: rng.choice((0, 0, 1, 2, 3, 5, 8, 21, 50)),
    )
    if large:
        return lambda: 0 if rng.random() < 0.05 else int(rng.expovariate(1 / 150))
    return rng.choice(manners)


def _before(rng: Random, now: Submissions, period: Period) -> Submissions:
    """The same roster earlier; now and then a half, a double, or nothing at all of a category."""
    counts = {name: dict(row) for name, row in now.counts.items()}
    for category in now.county.categories:
        manner = rng.random()
        for row in counts.values():
            n = row[category.id]
            row[category.id] = (
                n * 2 if manner < 0.12
                else n // 2 if manner < 0.2
                else 0 if manner < 0.25
                else max(0, n + rng.randint(-3, 4))
            )  # fmt: skip
    return Submissions(now.county, period, now.units, counts)
