"""What stands around the figures of a generated circular: title, problems, duties, annexes."""

from datetime import date, timedelta

from zhashui_stats.model.county import Group

from .generator import Writer, share

__all__ = [
    "say_annexes",
    "say_ending",
    "say_intro",
    "say_problems",
    "say_requirements",
    "say_title",
]

_NUMERALS = "一二三四五六七"

_PROBLEMS = (
    "思想认识不到位。个别单位对信息工作重视不够，没有明确专人负责。",
    "审核把关不严格。“三审三校”制度落实有差距，个别稿件存在错别字。",
    "信息质量不高。部分信息内容空泛、主题不突出，未被采用。",
    "更新不及时。有的单位信息报送滞后，存在月底集中上报现象。",
    "队伍不稳定。信息员调整频繁，工作交接不到位。",
)
_DUTIES = (
    "提高思想认识。各单位主要负责同志要亲自抓，分管负责同志要具体抓。",
    "压实工作责任。各单位要确定1名分管领导和1名信息员，于7月15日前报{office}。",
    "严把信息质量。严格执行“三审三校”制度，做到“谁发布、谁负责”。",
    "及时公开信息。政策文件印发后3个工作日内发布解读材料，突发事件24小时内回应。",
    "强化督查考核。按照《关于全面推进政务公开工作的意见》（中办发〔2016〕8号）要求，"
    "政务公开分值占比不低于4%，纳入年度考核。",
    "加强报送管理。各单位每月报送信息不少于2{m}，每季度至少报送1{m}政策解读。",
    "加强业务培训。年内举办2期培训班，对连续三个月未报送信息的单位进行约谈。",
    "落实法规要求。认真执行《中华人民共和国政府信息公开条例》（国务院令第711号）第二十条规定，"
    "自信息形成之日起20个工作日内公开。",
)


def say_title(w: Writer) -> str:
    """Issuer, number, title and addressees."""
    county, period = w.county, w.now.period
    topic = w.pick("政务公开信息报送", "政府网站信息发布", "政务信息工作", "政府网站内容保障")
    number = f"{county.name[0]}政办函〔{period.end.year}〕{w.rng.randint(3, 90)}号"
    title = f"{county.issuer}\n关于{period.label}{topic}情况的通报"
    whom = "、".join(f"各{group.label}" for group in w.now.groups)
    lines = [title, whom + "："]
    if w.rng.random() < 0.5:
        lines.insert(0, number)
    return "\n".join(lines)


def say_intro(w: Writer) -> str:
    """Why the circular is sent."""
    label = w.now.period.label
    return w.pick(
        f"为进一步做好全{w.level}信息工作，现将{label}有关情况通报如下：",
        f"根据工作安排，{w.county.issuer}对{label}信息工作进行了统计，现通报如下：",
        f"{label}，各单位认真落实政务公开“五公开”要求，信息工作取得一定成效。现将有关情况通报如下。",
        "按照“每期一通报、年底总考评”的要求，现将有关情况通报如下：",
    )


def say_problems(w: Writer, uneven: str) -> str:
    """The problems, announced with their number; one of them in figures."""
    w.kind = "announced"
    chosen = w.rng.sample(_PROBLEMS, w.rng.randint(1, 4))
    figures = w.rng.randint(0, len(chosen))
    length = len(chosen) + 1
    number = w.rng.choice((_number(w, length), _announced(w, length)))
    lead = w.pick(
        f"从统计情况看，主要存在以下{number}个方面问题：",
        f"信息工作还存在{number}个方面的问题：",
        f"主要表现在以下{number}个方面：",
        f"存在的问题主要有{number}个方面。",
    )
    chosen.insert(figures, "信息数量不均衡。" + uneven)
    return "\n".join([lead, *(f"{_NUMERALS[n]}是{text}" for n, text in enumerate(chosen))])


def _announced(w: Writer, length: int) -> str:
    return w.mark_text("两" if length == 2 else _NUMERALS[length - 1])


def _number(w: Writer, length: int) -> str:
    return w.bare(length)


def say_requirements(w: Writer) -> str:
    """The duties, and what no table shows."""
    duties = w.rng.sample(_DUTIES, w.rng.randint(3, 5))
    office = f"{w.level}政府办公室"
    lines = [
        f"（{_NUMERALS[n]}）{text.format(office=office, m=w.measure)}"
        for n, text in enumerate(duties)
    ]
    if w.rng.random() < 0.6:
        lines.insert(0, _beyond_tables(w))
    return "\n".join(lines)


def _beyond_tables(w: Writer) -> str:
    """Ledger matters, consistent in themselves."""
    w.kind = "ledger"
    total = w.now.total()
    good = w.rng.randint(20, 90)
    bad = w.rng.randint(1, 15)
    rate = w.p(share(good, good + bad, 1))
    more = total + w.rng.randint(5, 80)
    adopted = w.p(share(total, more, 1))
    sent = w.n(more, checkable=False)
    sampled = w.n(good + bad, checkable=False)  # one more may round to the same rate
    errors = w.rng.randint(2, 40)
    options = [
        f"本期抽查信息{w.n(good + bad)}，合格{w.n(good)}，不合格{w.n(bad)}，合格率{rate}。",
        f"经读网检测，发现错别字{w.bare(errors, checkable=False)}处，均已整改到位。",
        f"共抽查{w.n(good + bad)}信息，其中合格{w.n(good)}、不合格{w.n(bad)}，合格率为{rate}。",
        f"联合检查组随机抽查{sampled}稿件，不合格{w.n(bad)}，合格率为{rate}。",
    ]
    best = w.rng.sample([unit.name for unit in w.now.units], 3)
    points = sorted(w.rng.sample(range(60, 100), 3), reverse=True)
    scored = "、".join(
        f"{name}（{w.bare(n, checkable=False)}分）" for name, n in zip(best, points, strict=True)
    )
    options.append(f"综合考核得分前三名：{scored}。")
    if total and w.style.verb not in ("报送", "上报"):
        name = w.pick("采用率", "采纳率", "采发率")
        options += [f"各单位共投稿{sent}，采用{w.n(total)}，{name}{adopted}。"] * 3
    return w.rng.choice(options)


def say_ending(w: Writer) -> str:
    """The note of the annexes, signature and date."""
    titles = _titles(w)
    note = [f"附件：1.{titles[0]}"] + [f"{n}.{title}" for n, title in enumerate(titles[1:], 2)]
    signed = w.now.period.end + timedelta(days=w.rng.randint(3, 30))
    too_early = w.now.period.end - timedelta(days=w.rng.randint(3, 25))
    say_day = _chinese_day if w.rng.random() < 0.15 else _arabic_day
    w.kind = "signed"
    day = w.mark(say_day(signed), "date", say_day(too_early))
    lines = [*note, "", w.county.issuer, day]
    if w.rng.random() < 0.4:
        lines.append("（此件公开发布）")
    if w.rng.random() < 0.3:
        lines.append(f"（联系电话：0914-{w.rng.randint(4000000, 4999999)}）")
    return "\n".join(lines)


def _titles(w: Writer) -> list[str]:
    period = w.now.period.label
    return [f"{period}{group.label}信息报送情况统计表" for group in w.now.groups]


def _arabic_day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _chinese_day(day: date) -> str:
    digits = "〇一二三四五六七八九"
    year = "".join(digits[int(figure)] for figure in str(day.year))
    return f"{year}年{_small(day.month)}月{_small(day.day)}日"


def _small(value: int) -> str:
    tens, ones = divmod(value, 10)
    lead = ("" if tens == 1 else _NUMERALS[tens - 1]) + "十" if tens else ""
    return lead + ("一二三四五六七八九"[ones - 1] if ones else "")


def say_annexes(w: Writer) -> str:
    """The annex tables, tab separated, with their titles as the note has them."""
    if w.rng.random() < 0.4:
        return ""
    parts = []
    w.kind = "annex_title"
    for number, (group, title) in enumerate(zip(w.now.groups, _titles(w), strict=True), 1):
        said = w.mark(title, "title", title.replace("报送", "采编"), title.replace("情况", ""))
        parts.append(f"\n附件{number}\n\n{said}\n\n{_table(w, group)}")
    return "\n".join(parts)


def _table(w: Writer, group: Group) -> str:
    categories = w.county.categories
    header = [
        "序号",
        "投稿单位",
        *(f"{category.label}信息（{w.measure}）" for category in categories),
    ]
    rows = [
        [str(n), unit.name, *(str(w.now.count(unit.name, category.id)) for category in categories)]
        for n, unit in enumerate(w.now.of(group.id).units, 1)
    ]
    total = ["", "合计", *(str(w.now.of(group.id).total(category.id)) for category in categories)]
    return "\n".join("\t".join(row) for row in [header, *rows, total])
