"""The page ``docs/benchmarks.md``: every benchmark writes its own part of it, and only that.

The text around the parts is written by hand. A part stands between two comments that bear its name.
"""

from argparse import ArgumentParser
from collections.abc import Iterable, Sequence
from pathlib import Path

from machine import describe_machine

__all__ = ["publish", "read_rounds", "say_bound", "table"]

_PAGE = Path(__file__).parent.parent / "docs" / "benchmarks.md"


def read_rounds(arguments: Sequence[str], usual: int) -> int:
    """Return the number of rounds that the command line asks for."""
    parser = ArgumentParser(description="Measure; see docs/benchmarks.md.")
    parser.add_argument(
        "--rounds", type=int, default=usual, help="fewer are a trial, and leave the page alone"
    )
    return max(1, int(parser.parse_args(arguments).rounds))


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Return the lines of a Markdown table, and an empty one behind it.

    >>> table(["a", "b"], [["1", "2"]])
    ['| a | b |', '| --- | --- |', '| 1 | 2 |', '']
    """
    cells = [header, ["---"] * len(header), *rows]
    return [*(f"| {' | '.join(row)} |" for row in cells), ""]


def say_bound(bound: str, *, is_broken: bool) -> str:
    """Return what stands under “At most”.

    >>> say_bound("0.30", is_broken=True), say_bound("", is_broken=False)
    ('0.30 **broken**', '—')
    """
    return f"{bound} **broken**" if is_broken else bound or "—"


def publish(
    part: str, lines: Sequence[str], libraries: Iterable[str], *, is_trial: bool = False
) -> None:
    """Print what was measured and write it into its part of the page, unless it was a trial."""
    text = "\n".join([*lines, f"{describe_machine(libraries)}."])
    print(text, flush=True)
    if not is_trial:
        page = _PAGE.read_text("utf-8")
        _PAGE.write_text(_replace(page, part, text), "utf-8", newline="\n")


def _replace(page: str, part: str, text: str) -> str:
    r"""Put a text between the two comments of a part.

    >>> _replace("a <!-- x -->old<!-- /x --> b", "x", "new")
    'a <!-- x -->\n\nnew\n\n<!-- /x --> b'
    """
    begin, end = f"<!-- {part} -->", f"<!-- /{part} -->"
    before, _, rest = page.partition(begin)
    _, found, after = rest.partition(end)
    if not found:
        raise SystemExit(f"docs/benchmarks.md has no part {begin} … {end}")
    return f"{before}{begin}\n\n{text}\n\n{end}{after}"
