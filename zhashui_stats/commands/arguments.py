"""What the arguments of commands have in common: how they are read, and what their help says."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from zhashui_stats.commands.chinese_parser import BadValue, ChineseParser
from zhashui_stats.errors import PeriodError
from zhashui_stats.model.periods import Period

__all__ = [
    "Commands",
    "add_command",
    "add_force",
    "add_format",
    "add_out",
    "add_period",
    "add_period_option",
    "read_address",
    "read_place",
    "read_positive",
    "read_whole",
]

Commands: TypeAlias = "argparse._SubParsersAction[ChineseParser]"

_PERIOD_HELP = (
    "期次，如 2022H1（上半年）、2022H2（下半年）、2022（全年）、2022Q3、2022-04、2022-01..04"
)
_LONGEST = 18  # digits


def add_command(
    commands: Commands,
    name: str,
    run: Callable[[argparse.Namespace], int | None],
    says: str,
) -> ChineseParser:
    """Add a command: its name, what runs it, and a line on what it does."""
    parser = commands.add_parser(name, help=says, description=f"{says}。")
    parser.add_argument(
        "--data-dir", type=read_place, default=Path("data"), metavar="文件夹",
        help="数据文件夹（默认 data）",
    )  # fmt: skip
    parser.set_defaults(run=run)
    return parser


def add_period(parser: ChineseParser) -> None:
    """Add the period."""
    parser.add_argument("period", type=_read_period, metavar="期次", help=_PERIOD_HELP)


def add_period_option(parser: ChineseParser) -> None:
    """Add the period as ``--period``, which has to be given."""
    parser.add_argument(
        "--period", type=_read_period, required=True, metavar="期次", help=_PERIOD_HELP
    )


def add_out(parser: ChineseParser, says: str) -> None:
    """Add the folder of all reports."""
    parser.add_argument(
        "--out", type=read_place, default=Path("reports"), metavar="文件夹", help=says
    )


def add_force(parser: ChineseParser, says: str) -> None:
    """Add the wish to write in any case."""
    parser.add_argument("--force", action="store_true", help=says)


def add_format(parser: ChineseParser, *formats: str) -> None:
    """Add the choice of a format of what is printed; text unless another is chosen."""
    parser.add_argument("--format", choices=formats, default="text", help="输出格式（默认 text）")


# --- Reading what is written --------------------------------------------------------------------


def _read_period(text: str) -> Period:
    try:
        return Period.parse(text)
    except PeriodError as error:
        raise BadValue(str(error), is_sentence=True) from error


def read_place(text: str) -> Path:
    """Read a path.

    Raises:
        BadValue: It is blank.
    """
    if not text.strip():
        raise BadValue("不能为空，请写明路径")
    return Path(text)


def read_address(text: str) -> str:
    """Read a network address.

    Raises:
        BadValue: It is blank.
    """
    if not text.strip():
        raise BadValue("不能为空，请写明地址")
    return text


def read_whole(text: str) -> int:
    """Read a whole number from 0. It has no sign: a seed and its negative draw the same.

    Raises:
        BadValue: It is none, or too long.
    """
    if not text.isdecimal() or len(text) > _LONGEST:
        raise BadValue(f"应为 0 或正整数，不能是“{text}”")
    return int(text)


def read_positive(text: str) -> int:
    """Read a whole number from 1.

    Raises:
        BadValue: It is none.
    """
    if not (number := read_whole(text)):
        raise BadValue("应为正整数，不能是“0”")
    return number
