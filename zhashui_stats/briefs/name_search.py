"""A unit's names in a text: whether the analyst's paragraphs speak of it."""

import re
from collections.abc import Sequence

from zhashui_stats.model.names import fold_name
from zhashui_stats.model.units import Unit

__all__ = ["names_unit"]

_PARAGRAPHS = re.compile(r"\n\s*\n")
_MARKUP = re.compile(r"[*_`\\]")


def names_unit(text: str, unit: Unit, units: Sequence[Unit]) -> bool:
    """Tell whether a text (Markdown) names a unit, by any of its names.

    White space, full-width forms and emphasis never matter. Where one name stands within another
    (农行 in 农行支行), the longer one is meant; a name that two units share is that of the unit
    whose own it is.

    Args:
        text: The paragraphs.
        unit: Who is looked for.
        units: All units of the period, this one among them.
    """
    paragraphs = map(_fold, _PARAGRAPHS.split(text))
    owners = _owners(units)
    # At each place the first alternative that fits is taken, so the longest goes first.
    longest = sorted(owners, key=lambda name: (-len(name), name))
    pattern = re.compile("|".join(map(_pattern, longest)))
    found = (match[0] for paragraph in paragraphs for match in pattern.finditer(paragraph))
    return any(owners[name] == unit.name for name in found)


def _owners(units: Sequence[Unit]) -> dict[str, str]:
    """Map every folded name to its unit's; own names shadow full names, and these aliases."""
    layers = (
        [(name, unit) for unit in units for name in unit.aliases],
        [(unit.full_name, unit) for unit in units if unit.full_name],
        [(unit.name, unit) for unit in units],
    )
    named = (pair for layer in layers for pair in layer)
    return {folded: unit.name for name, unit in named if (folded := _fold(name))}


def _fold(text: str) -> str:
    return fold_name(_MARKUP.sub("", text))


def _pattern(name: str) -> str:
    """Match a name; its Latin letters and digits do not go on beyond it (专班2, 专班21)."""
    before = r"(?<![0-9A-Za-z])" if re.match(r"[0-9A-Za-z]", name) else ""
    after = r"(?![0-9A-Za-z])" if re.search(r"[0-9A-Za-z]$", name) else ""
    return f"{before}{re.escape(name)}{after}"
