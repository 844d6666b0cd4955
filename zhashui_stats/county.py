"""What a county counts: its groups, categories and thresholds, from ``county.toml``."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from zhashui_stats.errors import Fault, FaultKind, FaultyData, UnknownLabel
from zhashui_stats.periods import Period, PeriodKind

__all__ = [
    "Category",
    "County",
    "Group",
    "Requirements",
    "Threshold",
    "is_safe_name",
    "read_county",
]

_FILE = "county.toml"
_UNSAFE_START = tuple("=+-@＝＋－＠")
_UNSAFE_ANYWHERE = frozenset("/\\／＼")


@dataclass(frozen=True, slots=True)
class Group:
    """What one annex lists: towns (镇办), departments (部门单位)."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Category:
    """One counted column.

    Attributes:
        id: Its id in code and settings.
        label: Its Chinese name in the report.
        headers: How the column may be headed in a table, beside the label itself.
    """

    id: str
    label: str
    headers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Threshold:
    """A list that section 二（四） gives: the units of a group at least at, or below, a count.

    Attributes:
        group: Id of the group.
        category: Id of the category.
        at_least: 篇, inclusive (以上); None where ``below`` is given.
        below: 篇, exclusive (以下); None where ``at_least`` is given.
        kind: Applies to periods of this kind only; None: to every period with its own folder.
    """

    group: str
    category: str
    at_least: int | None = None
    below: int | None = None
    kind: PeriodKind | None = None


@dataclass(frozen=True, slots=True)
class Requirements:
    """Requirements that the county states in numbers, with where it states them.

    Attributes:
        interpretation_days: Working days within which a policy's interpretation is due.
        assessment_share: Least share of openness in the yearly assessment, in %.
        source: The document that says so.
    """

    interpretation_days: int | None = None
    assessment_share: int | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class County:
    """One county's settings.

    Attributes:
        name: Such as 柞水县.
        issuer: The office that issues the circular.
        measure: The measure word of every count, such as 篇.
        groups: In the order of the annexes.
        categories: In the order of the annexes' columns.
        thresholds: In the order of their sentences.
        requirements: Requirements stated in numbers.
    """

    name: str
    issuer: str
    measure: str
    groups: tuple[Group, ...]
    categories: tuple[Category, ...]
    thresholds: tuple[Threshold, ...] = ()
    requirements: Requirements = Requirements()

    @property
    def level(self) -> str:
        """The kind of place that the county is: 县, 市 or 区, its name's last character."""
        return self.name[-1]

    def group(self, name: str) -> Group:
        """Return the group with this id or label.

        Raises:
            UnknownLabel: There is none.
        """
        return _pick("组别", name, self.groups)

    def category(self, name: str) -> Category:
        """Return the category with this id or label.

        Raises:
            UnknownLabel: There is none.
        """
        return _pick("类别", name, self.categories)

    def thresholds_for(self, period: Period, *, summed: bool) -> tuple[Threshold, ...]:
        """Return the thresholds that apply to a period.

        Args:
            period: The period.
            summed: Whether its figures are the sum of its halves; thresholds that name no kind
                of period then do not apply, as they are meant for tables as they were drawn up.
        """
        return tuple(
            threshold
            for threshold in self.thresholds
            if threshold.kind is period.kind or (threshold.kind is None and not summed)
        )


_Labelled = TypeVar("_Labelled", Group, Category)


def _pick(what: str, name: str, items: tuple[_Labelled, ...]) -> _Labelled:
    for item in items:
        if name in (item.id, item.label):
            return item
    raise UnknownLabel(what, name, (item.label for item in items))


def is_safe_name(name: str) -> bool:
    r"""Tell whether a name can stand in a file name and in a spreadsheet cell.

    Control characters, slashes of both kinds and a leading ``= + - @`` are refused.

    >>> [is_safe_name(name) for name in ("应急局", "a/b", "=1+1", "应急局\n")]
    [True, False, False, False]
    """
    return (
        name.isprintable()
        and not name.startswith(_UNSAFE_START)
        and not _UNSAFE_ANYWHERE.intersection(name)
        and name.strip() not in ("", ".", "..")
    )


def read_county(path: Path) -> County:
    """Read ``county.toml``.

    Raises:
        FaultyData: The file is missing, is no TOML, or a setting is wrong; all faults at once.
    """
    try:
        settings = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise FaultyData(
            [Fault(_FILE, None, None, FaultKind.MISSING_FILE, "", "数据文件夹中的县级设置文件")]
        ) from None
    except OSError as error:
        found = error.strerror or type(error).__name__
        raise FaultyData(
            [Fault(_FILE, None, None, FaultKind.UNREADABLE_FILE, found, "可以读取的文件")]
        ) from None
    except UnicodeDecodeError:
        raise FaultyData(
            [Fault(_FILE, None, None, FaultKind.WRONG_ENCODING, "", "UTF-8 编码的文件")]
        ) from None
    except (ValueError, RecursionError) as error:
        raise FaultyData(
            [Fault(_FILE, None, None, FaultKind.UNREADABLE_FILE, str(error), "TOML 格式的文件")]
        ) from None
    parser = _Settings()
    county = parser.county(settings)
    if parser.faults:
        raise FaultyData(parser.faults)
    return county


class _Settings:
    """Turns the parsed TOML into a County and collects what is wrong with it."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def county(self, settings: Mapping[str, Any]) -> County:
        """Read the whole file; where there are faults, the result is not to be used."""
        groups = tuple(
            Group(self._id(table, where), self._text(table, "label", where))
            for where, table in self._tables(settings, "groups", required=True)
        )
        categories = tuple(
            Category(
                self._id(table, where),
                self._text(table, "label", where),
                self._texts(table, "headers", where),
            )
            for where, table in self._tables(settings, "categories", required=True)
        )
        self._distinct("groups", (name for group in groups for name in {group.id, group.label}))
        self._distinct("categories", (name for one in categories for name in {one.id, one.label}))
        return County(
            name=self._text(settings, "name", ""),
            issuer=self._text(settings, "issuer", ""),
            measure=self._text(settings, "measure", ""),
            groups=groups,
            categories=categories,
            thresholds=tuple(
                self._threshold(table, where, groups, categories)
                for where, table in self._tables(settings, "thresholds")
            ),
            requirements=self._requirements(settings),
        )

    def _threshold(
        self,
        table: Mapping[str, Any],
        where: str,
        groups: tuple[Group, ...],
        categories: tuple[Category, ...],
    ) -> Threshold:
        group = self._one_of(table, "group", where, [one.id for one in groups])
        category = self._one_of(table, "category", where, [one.id for one in categories])
        bounds = {key: self._count(table, key, where) for key in ("at_least", "below")}
        if sum(key in table for key in bounds) != 1:
            self._fault(where, "", "at_least（以上）与 below（以下）二者取一")
        kinds = {kind.name.lower(): kind for kind in PeriodKind}
        kind = table.get("period")
        if kind is not None:
            kind = kinds.get(self._one_of(table, "period", where, list(kinds)))
        for key in table.keys() - {"group", "category", "period", *bounds}:
            expected = "只用 group、category、at_least、below、period"
            self._fault(f"{where}.{key}", str(table[key]), expected)
        return Threshold(group, category, bounds["at_least"], bounds["below"], kind)

    def _requirements(self, settings: Mapping[str, Any]) -> Requirements:
        table = settings.get("requirements", {})
        where = "requirements"
        if not isinstance(table, Mapping):
            self._fault(where, str(table), f"[{where}] 开头的一节")
            return Requirements()
        return Requirements(
            self._count(table, "interpretation_days", where),
            self._count(table, "assessment_share", where),
            self._text(table, "source", where) if table else "",
        )

    def _tables(
        self, settings: Mapping[str, Any], key: str, *, required: bool = False
    ) -> list[tuple[str, Mapping[str, Any]]]:
        tables = settings.get(key, [])
        is_list = isinstance(tables, list) and all(isinstance(one, Mapping) for one in tables)
        if not is_list or (required and not tables):
            self._fault(key, "" if is_list else str(tables), f"至少一节 [[{key}]]")
            return []
        return [(f"{key}[{number}]", table) for number, table in enumerate(tables, 1)]

    def _id(self, table: Mapping[str, Any], where: str) -> str:
        text = self._text(table, "id", where)
        if text and not is_safe_name(text):
            self._fault(f"{where}.id", repr(text), "不含斜杠、控制字符，不以 = + - @ 开头的名称")
        return text

    def _text(self, table: Mapping[str, Any], key: str, where: str) -> str:
        value = table.get(key)
        if isinstance(value, str) and value.strip() and value.isprintable():
            return value.strip()
        self._fault(f"{where}.{key}" if where else key, _shown(value), "一段不为空的文字")
        return ""

    def _texts(self, table: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
        value = table.get(key, [])
        if isinstance(value, list) and all(isinstance(one, str) for one in value):
            return tuple(value)
        self._fault(f"{where}.{key}", _shown(value), '一组文字，如 ["甲", "乙"]')
        return ()

    def _count(self, table: Mapping[str, Any], key: str, where: str) -> int | None:
        value = table.get(key)
        if value is None or (type(value) is int and value >= 0):
            return value
        self._fault(f"{where}.{key}", _shown(value), "0 或正整数")
        return None

    def _one_of(self, table: Mapping[str, Any], key: str, where: str, known: list[str]) -> str:
        value = table.get(key)
        if isinstance(value, str) and value in known:
            return value
        self._fault(f"{where}.{key}", _shown(value), f"其中之一：{'、'.join(known)}")
        return ""

    def _distinct(self, key: str, names: Iterable[str]) -> None:
        seen: set[str] = set()
        for name in names:
            if name and name in seen:
                self._fault(key, name, "互不相同的 id 和 label")
            seen.add(name)

    def _fault(self, where: str, found: str, expected: str) -> None:
        self.faults.append(Fault(_FILE, None, where, FaultKind.BAD_SETTING, found, expected))


def _shown(value: object) -> str:
    if isinstance(value, int) and abs(value) > 10**18:
        return "过大的整数"  # Python refuses to write out the longest ones.
    return "没有填写" if value is None else repr(value)
