"""Names in a row, as Chinese lists them, alone or with their counts."""

from collections.abc import Callable, Iterable, Sequence

from zhashui_stats.model.amounts import Amount
from zhashui_stats.narrative.escaping import escape
from zhashui_stats.narrative.numbers import say_amount

__all__ = ["say_amounts", "say_names", "say_ties"]


def say_names(names: Iterable[str]) -> str:
    """List names as Chinese does.

    >>> say_names(["营盘镇", "凤凰镇"])
    '营盘镇、凤凰镇'
    """
    return "、".join(escape(name) for name in names)


def say_ties(ties: Sequence[tuple[Amount, Sequence[str]]], measure: str) -> str:
    """Say counts with their units, ties under one count.

    Args:
        ties: Counts (篇), each with the names that share it.
        measure: The measure word, 篇.

    >>> say_ties([(50, ["红岩寺镇"]), (11, ["司法局", "税务局"])], "篇")
    '红岩寺镇50篇，司法局、税务局各11篇'
    """
    return say_amounts(ties, lambda count: f"{count}{measure}")


def say_amounts(ties: Sequence[tuple[Amount, Sequence[str]]], say: Callable[[Amount], str]) -> str:
    """Say amounts with their units, as ``say_ties`` does; ``say`` writes one."""
    said = []
    for amount, (*others, last) in ties:
        counted = escape(say_amount(last, say(amount), each=bool(others)))
        said.append("、".join([*map(escape, others), counted]))
    return "，".join(said)
