"""The public functions as people call them: what is handed in is looked at once, at the door.

``zhashui_stats`` gives each of its functions through ``answering``. What is of another kind than a
parameter takes is one Chinese error which says what came, what is wanted and how to write it; a
number and a category are taken in either order. Within the package nobody is asked twice.
"""

import inspect
import os
from collections.abc import Callable, Mapping
from functools import wraps
from numbers import Integral, Real
from typing import Any, NamedTuple, TypeVar

from zhashui_stats.comparison import Comparison, History
from zhashui_stats.errors import PeriodError, WrongArgument
from zhashui_stats.model.periods import Period
from zhashui_stats.model.submissions import Submissions

__all__ = ["answering"]

_Function = TypeVar("_Function", bound=Callable[..., Any])


class _Kind(NamedTuple):
    """What a parameter takes.

    Attributes:
        types: Of which types it may be.
        wanted: What it is, in a sentence.
        example: How it is written.
        is_told: Whether the example of a call has it though it may be left out.
    """

    types: tuple[type, ...]
    wanted: str
    example: str
    is_told: bool = False


_NOTHING = type(None)
_AMOUNT = _Kind((Real,), "一个数", "5")
_COUNT = _Kind((Integral,), "一个整数", "5")
_CATEGORY = _Kind((str, _NOTHING), "一个类别的名称", '"政务动态"', is_told=True)
_PATH = (str, os.PathLike)
_KINDS: Mapping[str, _Kind] = {
    "now": _Kind((Submissions,), "一期的数据 now", "now"),
    "before": _Kind((Submissions, _NOTHING), "较早一期的数据", "history.before"),
    "history": _Kind((History,), "历期数据 history", "history"),
    "category": _CATEGORY,
    "name": _Kind((str, _NOTHING), "一个单位、组别或类别的名称", '"财政局"', is_told=True),
    "count": _AMOUNT,
    "first": _COUNT,
    "period": _Kind((Period, str, Integral), "期次", '"2022H1"'),
    "data_dir": _Kind(_PATH, "数据文件夹", '"data"'),
    "path": _Kind(_PATH, "台账文件", '"台账.xlsx"'),
    "table": _Kind((str, _NOTHING), "数据库中表的名称", '"台账"'),
}
"""Parameter -> what it takes; a name means the same wherever it stands."""

_SHOWN = 40  # so many characters of what was handed in
_SAID: Mapping[type, str] = {
    _NOTHING: "空值 None",
    str: "文字“{}”",
    Submissions: "一期的数据",
    History: "历期数据 history",
    Comparison: "两期的比较（Comparison）",
    Period: "期次 {}，还没有读入数据",
    Real: "数值 {}",
}
_NUMBERS = {_AMOUNT, _COUNT}


def answering(function: _Function) -> _Function:
    """Return a public function that looks at what it is handed before it begins.

    Raises:
        WrongArgument: Whoever calls it hands in something of another kind, too much or too little.
    """
    signature = inspect.signature(function)
    kinds = set(map(_KINDS.get, signature.parameters))
    takes_both = _CATEGORY in kinds and not kinds.isdisjoint(_NUMBERS)

    @wraps(function)
    def answer(*given: Any, **named: Any) -> Any:
        if takes_both and len(given) > 1 and _is_a(given[1], _CATEGORY.types):
            named.setdefault("category", given[1])
            given = (given[0], *given[2:])
        _refuse_others(function.__name__, signature, given, named)
        return function(*given, **named)

    answer.__module__ = __name__.partition(".")[0]  # where it is found again by its name
    return answer  # type: ignore[return-value]


def _refuse_others(
    function: str, signature: inspect.Signature, given: tuple[Any, ...], named: dict[str, Any]
) -> None:
    """Hold what is handed in against the kinds.

    Raises:
        WrongArgument: It is not what the function takes.
    """
    kinds = {name: _KINDS[name] for name in signature.parameters if name in _KINDS}
    required = {
        name
        for name, parameter in signature.parameters.items()
        if parameter.default is parameter.empty
    }
    told = {name: kind.example for name, kind in kinds.items() if kind.is_told or name in required}
    try:
        handed_in = signature.bind_partial(*given, **named).arguments
    except TypeError:
        takes = "、".join(signature.parameters)
        raise _wrong(function, told, f"只有这些参数：{takes}") from None
    for name, value in handed_in.items():
        if name in kinds and not _is_a(value, kinds[name].types):
            said = f"的参数 {name} 应为{kinds[name].wanted}，给出的是{_say(value)}"
            raise _wrong(function, told | {name: _instead(name, value)}, said)
    for name in signature.parameters:
        if name in required - handed_in.keys():
            raise _wrong(function, told, f"缺少参数 {name}（{kinds[name].wanted}）")


def _wrong(function: str, told: Mapping[str, str], said: str) -> WrongArgument:
    written = f"zs.{function}({', '.join(told.values())})"
    return WrongArgument(f"zs.{function} {said}；应写成：{written}")


def _is_a(value: object, types: tuple[type, ...]) -> bool:
    return isinstance(value, types) and not isinstance(value, bool)


def _say(value: object) -> str:
    """Say what somebody handed in."""
    kind = type(value)
    if kind.__module__.startswith("pandas"):
        return f"表格（pandas 的 {kind.__name__}）"
    for known, said in _SAID.items():
        if isinstance(value, known):
            return said.format(str(value)[:_SHOWN])
    return f"{kind.__name__} 类型的值"


def _instead(name: str, value: object) -> str:
    """Say what to write for a parameter in place of a value of another kind."""
    example = _KINDS[name].example
    loaded = name in {"now", "before", "history"}
    if loaded and (period := _period_of(value)):
        return f'zs.{"history" if name == "history" else "load"}("{period}")'
    if name == "now" and isinstance(value, History):
        return "history.now"
    if name == "now" and type(value).__name__ == "DataFrame":
        return 'now.of("镇办")'
    return example


def _period_of(value: object) -> Period | None:
    """Return the period that somebody means by its name, or by its data alone."""
    if isinstance(value, Submissions):
        return value.period
    try:
        return Period.of(value) if isinstance(value, Period | str | int) else None
    except PeriodError:
        return None
