"""What commands print alike: faults and counts as JSON, notices."""

import argparse
import json
import sys
from collections.abc import Iterable, Mapping
from typing import Any

from zhashui_stats.errors import Fault, FaultKind, FaultyData, MissingPeriod
from zhashui_stats.making.inputs import read_for_report
from zhashui_stats.model.amounts import write_amount
from zhashui_stats.model.submissions import Submissions
from zhashui_stats.model.units import Unit

__all__ = [
    "list_counts",
    "list_figures",
    "print_faults",
    "print_json",
    "read_period",
    "warn",
    "warn_of",
]


def read_period(options: argparse.Namespace) -> Submissions:
    """Read the period that a command is about, with all that a page needs."""
    return read_for_report(options.period, options.data_dir)[-1]


def print_faults(options: argparse.Namespace, error: FaultyData | MissingPeriod) -> None:
    """Give a program an object whatever is wrong."""
    if options.format != "json":
        return
    if isinstance(error, FaultyData):
        print_json([fault.as_dict() for fault in error.faults], [])
    else:
        print_json([_missing_fault(options, error).as_dict()], [])


def _missing_fault(options: argparse.Namespace, error: MissingPeriod) -> Fault:
    kind = FaultKind.MISSING_PERIOD
    return Fault(str(options.period), None, None, kind, error.found, error.advice)


def warn_of(now: Submissions) -> None:
    """Tell which files may not be filled in yet, and which are made up."""
    for notice in now.notices:
        warn(notice)


def warn(notice: str) -> None:
    """Print what is to be noted beside the result."""
    print(f"注意：{notice}", file=sys.stderr)


def list_counts(
    units: Iterable[Unit], counts: Mapping[str, Mapping[str, int]]
) -> list[dict[str, Any]]:
    """Return counts (篇) as they stand in the JSON of ``check`` and ``count``."""
    return [
        {"group": unit.group, "unit": unit.name, "category": category, "count": count}
        for unit in units
        for category, count in counts[unit.name].items()
    ]


def list_figures(now: Submissions) -> list[dict[str, Any]]:
    """Return the indicators of every unit as they stand in the JSON of ``check``.

    A value is a text in decimals, rounded as it is printed; null where it is undefined.
    """
    return [
        {
            "group": unit.group,
            "unit": unit.name,
            "indicator": indicator.id,
            "value": None if amount is None else write_amount(amount, indicator.decimals),
        }
        for unit in now.units
        for indicator in now.county.indicators_of(unit.group)
        for amount in (now.amount(unit.name, indicator.id),)
    ]


def print_json(
    faults: list[dict[str, Any]],
    counts: list[dict[str, Any]],
    figures: list[dict[str, Any]] | None = None,
) -> None:
    """Print faults, counts and figures as one JSON object; the last where there are indicators."""
    said = {"faults": faults, "counts": counts}
    if figures:
        said["figures"] = figures
    text = json.dumps(said, ensure_ascii=False, indent=2)
    try:
        text.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:  # an old console would lose what it cannot write
        text = json.dumps(said, indent=2)
    print(text)
