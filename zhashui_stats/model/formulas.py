"""Formulas of indicators (指标公式): a small language over figures, worked out exactly.

It has numbers, ``+ - * / ( )``, ``min``, ``max``, ``total`` and the ids of categories and
indicators. Python's own parser reads it, of whose tree only these nodes are taken; nothing of it
ever runs. Amounts are fractions, so that no rounding stands before the last one.
"""

import ast
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from zhashui_stats.model.amounts import Amount

__all__ = ["FUNCTIONS", "TOTAL_ID", "Formula", "FormulaError"]

TOTAL_ID = "total"
"""What a formula calls the sum of all categories."""

FUNCTIONS: Mapping[str, Callable[[list[Fraction]], Fraction]] = {"min": min, "max": max}
"""The functions that a formula may use, each of at least two arguments."""

_LONGEST = 1000
_DEEPEST = 60
_SIGNS = str.maketrans("×÷−，", "*/-,")  # as input methods write them
_SYMBOLS = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
_SHOWN = {"+": "＋", "-": "－", "*": "×", "/": "÷"}
_BINDING = {"+": 1, "-": 1, "*": 2, "/": 2}
_STRONGEST = 3
_LANGUAGE = "由数字、指标或类别的 id、total、+ - * / ( )、min、max 组成的公式"


class FormulaError(ValueError):
    """A formula that cannot be read.

    Attributes:
        found: What is wrong with it (Chinese).
        expected: What should stand there (Chinese).
    """

    def __init__(self, found: str, expected: str = _LANGUAGE) -> None:
        """Keep both parts."""
        self.found, self.expected = found, expected
        super().__init__(f"{found}；应为：{expected}")


@dataclass(frozen=True, slots=True)
class _Number:
    value: Fraction
    text: str


@dataclass(frozen=True, slots=True)
class _Name:
    id: str


@dataclass(frozen=True, slots=True)
class _Operation:
    """Two operands around one of ``+ - * /``."""

    symbol: str
    left: "_Node"
    right: "_Node"


@dataclass(frozen=True, slots=True)
class _Negative:
    operand: "_Node"


@dataclass(frozen=True, slots=True)
class _Call:
    function: str
    arguments: tuple["_Node", ...]


_Node: TypeAlias = _Number | _Name | _Operation | _Negative | _Call


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula that was read.

    Attributes:
        text: As it stands in ``county.toml``.
        tree: What it says.
    """

    text: str
    tree: _Node

    @classmethod
    def parse(cls, text: str) -> "Formula":
        """Read a formula; signs may be those of a Chinese keyboard.

        Raises:
            FormulaError: It is none, or divides by a constant 0.

        >>> formula = Formula.parse("100 × total ÷ submitted")
        >>> formula.names, formula.evaluate({"total": 1, "submitted": 3})
        (('total', 'submitted'), Fraction(100, 3))
        """
        formula = cls(text, _Reader(text).read())
        for divisor in formula._divisors():
            if not _names(divisor) and not _work_out(divisor, {}):
                raise FormulaError(f"除数恒为 0：{text.strip()}", "不为 0 的除数")
        return formula

    @property
    def names(self) -> tuple[str, ...]:
        """The ids that it names, ``total`` among them, each one once."""
        return tuple(dict.fromkeys(_names(self.tree)))

    @property
    def divisors(self) -> tuple[str, ...]:
        """The ids that stand in a divisor, each one once."""
        return tuple(dict.fromkeys(name for node in self._divisors() for name in _names(node)))

    @property
    def divides(self) -> bool:
        """Whether it divides by a figure: that of a scope comes from the scope's own totals."""
        return bool(self.divisors)

    def evaluate(self, amounts: Mapping[str, Amount | None]) -> Fraction | None:
        """Work it out; None where it divides by 0, or rests on an amount that is undefined.

        Args:
            amounts: Every id that it names -> the amount.

        >>> Formula.parse("min(2 * news, 30) - 0.1").evaluate({"news": 20})
        Fraction(299, 10)
        """
        return _work_out(self.tree, amounts)

    def terms(self) -> tuple[tuple[int, "Formula"], ...]:
        """Cut a sum into its parts, each with its sign, 1 or −1; what is no sum is one part.

        >>> [(sign, term.say({})) for sign, term in Formula.parse("2 * a + b - c").terms()]
        [(1, '2×a'), (1, 'b'), (-1, 'c')]
        """
        return tuple((sign, Formula(self.text, node)) for sign, node in _terms(self.tree, 1))

    def say(self, labels: Mapping[str, str]) -> str:
        """Write it for people, with labels in the place of ids.

        >>> Formula.parse("2 * (news + min(bonus, 10)) / total").say({"news": "政务动态"})
        '2×（政务动态＋（bonus，最多10））÷total'
        """
        return _say(self.tree, labels, 0)

    def write(self, cells: Mapping[str, str]) -> str:
        """Write it as a spreadsheet takes it, with cells in the place of ids.

        Args:
            cells: Every id that it names -> a reference, a number or an expression in brackets.

        >>> Formula.parse("2 × (news + min(bonus, 10)) ÷ total").write(
        ...     {"news": "C2", "bonus": "E2", "total": "D2"}
        ... )
        '2*(C2+MIN(E2+0,10))/D2'
        """
        return _write(self.tree, cells, 0)

    def _divisors(self) -> Iterator[_Node]:
        return (
            node.right
            for node in _walk(self.tree)
            if isinstance(node, _Operation) and node.symbol == "/"
        )


# --- Reading ------------------------------------------------------------------------------------


class _Reader:
    """Takes the nodes of Python's tree that the language has, and refuses all others."""

    def __init__(self, text: str) -> None:
        self.text = unicodedata.normalize("NFKC", text.translate(_SIGNS)).strip()

    def read(self) -> _Node:
        if len(self.text) > _LONGEST:
            raise FormulaError(f"公式过长（{len(self.text)}个字符）", f"不超过{_LONGEST}个字符")
        try:
            body = ast.parse(self.text, mode="eval").body
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            raise FormulaError(f"不合公式的写法：{self.text}") from None
        return self._take(body, 0)

    def _take(self, node: ast.expr, depth: int) -> _Node:
        if depth > _DEEPEST:
            raise FormulaError("公式嵌套过深", f"不超过{_DEEPEST}层")
        match node:
            case ast.Constant():
                return self._number(node)
            case ast.Name(id=name) if name not in FUNCTIONS:
                return _Name(name)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return _Negative(self._take(operand, depth + 1))
            case ast.UnaryOp(op=ast.UAdd(), operand=operand):
                return self._take(operand, depth + 1)
            case ast.BinOp(left=left, op=operator, right=right) if type(operator) in _SYMBOLS:
                sides = self._take(left, depth + 1), self._take(right, depth + 1)
                return _Operation(_SYMBOLS[type(operator)], *sides)
            case ast.Call(func=ast.Name(id=name), args=[_, _, *_] as arguments, keywords=[]) if (
                name in FUNCTIONS
            ):
                taken = (self._take(argument, depth + 1) for argument in arguments)
                return _Call(name, tuple(taken))
        raise FormulaError(f"公式中不允许的写法：{self._source(node)}")

    def _number(self, node: ast.Constant) -> _Number:
        """Read a number by its digits: Python would make a binary float of it."""
        text = self._source(node)
        if not text.replace(".", "", 1).isascii() or not text.replace(".", "", 1).isdigit():
            raise FormulaError(f"公式中不允许的写法：{text}", "数字，如 2、0.5")
        return _Number(Fraction(text), text)

    def _source(self, node: ast.expr) -> str:
        return ast.get_source_segment(self.text, node) or self.text


# --- Working out --------------------------------------------------------------------------------


def _work_out(node: _Node, amounts: Mapping[str, Amount | None]) -> Fraction | None:
    match node:
        case _Number():
            return node.value
        case _Name():
            amount = amounts[node.id]
            return None if amount is None else Fraction(amount)
        case _Negative():
            operand = _work_out(node.operand, amounts)
            return None if operand is None else -operand
        case _Operation():
            return _operate(node, amounts)
        case _Call():
            known = [_work_out(argument, amounts) for argument in node.arguments]
            defined = [amount for amount in known if amount is not None]
            return FUNCTIONS[node.function](defined) if len(defined) == len(known) else None


def _operate(node: _Operation, amounts: Mapping[str, Amount | None]) -> Fraction | None:
    left, right = _work_out(node.left, amounts), _work_out(node.right, amounts)
    if left is None or right is None:
        return None
    match node.symbol:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
    return left / right if right else None


def _walk(node: _Node) -> Iterator[_Node]:
    yield node
    match node:
        case _Operation():
            yield from _walk(node.left)
            yield from _walk(node.right)
        case _Negative():
            yield from _walk(node.operand)
        case _Call():
            for argument in node.arguments:
                yield from _walk(argument)


def _names(node: _Node) -> list[str]:
    return [part.id for part in _walk(node) if isinstance(part, _Name)]


def _terms(node: _Node, sign: int) -> Iterator[tuple[int, _Node]]:
    if isinstance(node, _Operation) and node.symbol in "+-":
        yield from _terms(node.left, sign)
        yield from _terms(node.right, sign if node.symbol == "+" else -sign)
    elif isinstance(node, _Negative):
        yield from _terms(node.operand, -sign)
    else:
        yield sign, node


# --- Writing ------------------------------------------------------------------------------------


def _say(node: _Node, labels: Mapping[str, str], binding: int) -> str:
    match node:
        case _Number():
            return node.text
        case _Name():
            return labels.get(node.id, node.id)
        case _Negative():
            return f"－{_say(node.operand, labels, _STRONGEST)}"
        case _Call():
            return _say_call(node, labels)
        case _Operation():
            own = _BINDING[node.symbol]
            left = _say(node.left, labels, own)
            right = _say(node.right, labels, own + (node.symbol in "-/"))
            said = f"{left}{_SHOWN[node.symbol]}{right}"
            return f"（{said}）" if own < binding else said


def _say_call(node: _Call, labels: Mapping[str, str]) -> str:
    """Say a cap or a floor as such, and anything else by naming its arguments."""
    figures = [part for part in node.arguments if _names(part)]
    bounds = [part for part in node.arguments if not _names(part)]
    if len(figures) == len(bounds) == 1:
        bound = "最多" if node.function == "min" else "最少"
        said = _say(figures[0], labels, 0)
        return f"（{said}，{bound}{_say(bounds[0], labels, 0)}）"
    which = "最小" if node.function == "min" else "最大"
    return f"（{'、'.join(_say(part, labels, 0) for part in node.arguments)}中{which}的）"


def _write(node: _Node, cells: Mapping[str, str], binding: int) -> str:
    match node:
        case _Number():
            return node.text.rstrip(".")
        case _Name():
            return cells[node.id]
        case _Negative():
            return f"(-{_write(node.operand, cells, _STRONGEST)})"
        case _Call():
            return f"{node.function.upper()}({','.join(_write_arguments(node, cells))})"
        case _Operation():
            own = _BINDING[node.symbol]
            left = _write(node.left, cells, own)
            right = _write(node.right, cells, own + (node.symbol in "-/"))
            written = f"{left}{node.symbol}{right}"
            return f"({written})" if own < binding else written


def _write_arguments(node: _Call, cells: Mapping[str, str]) -> Iterator[str]:
    """Write what MIN and MAX take: of a cell they would pass over a text that says undefined."""
    for argument in node.arguments:
        written = _write(argument, cells, 0)
        yield f"{written}+0" if isinstance(argument, _Name) else written
