"""``new``: a folder for a new period, the roster filled in and the counts left blank."""

import argparse
import json
import os
from collections.abc import Iterator
from pathlib import Path

from zhashui_stats.commands.arguments import Commands, add_command, add_period
from zhashui_stats.commands.group_tables import format_group_tables, write_group_tables
from zhashui_stats.errors import OutputError
from zhashui_stats.model.county import County
from zhashui_stats.model.periods import Period, say_parts
from zhashui_stats.model.units import Roster
from zhashui_stats.reading.county import read_county
from zhashui_stats.reading.file_names import COUNTY, REMARKS, ROSTER, SOURCE
from zhashui_stats.reading.folder import cover, find_data, missing_data, period_folders
from zhashui_stats.reading.roster import read_roster
from zhashui_stats.reading.source import TO_FILL

__all__ = ["add_new", "create_period", "run_new"]

_SOURCE = """\
# {label}的数据来源。报告末尾的“出处”会列出这里的每一项；键名可以自定，内容用英文双引号括起来。

# 统计表或通报的标题
title            = {title}
# 发布单位
issuer           = {issuer}
# 发布或汇总日期，如 2022年7月8日
date             = {to_fill}
# 数字录自哪里：哪份文件、哪张表
transcribed_from = {to_fill}
# 录入人
transcribed_by   = {to_fill}
# 其他要让读者知道的情况
note             = ""
"""


def add_new(commands: Commands) -> None:
    """Add ``new``."""
    add_period(add_command(commands, "new", run_new, "为新的一期建立文件夹和待填的统计表"))


def run_new(options: argparse.Namespace) -> None:
    """Make the folder of a new period."""
    folder = create_period(options.period, options.data_dir)
    tables = "、".join(sorted(path.name for path in folder.glob("*.csv")))
    place = "" if options.data_dir == Path("data") else f" --data-dir {options.data_dir}"
    print(
        f"已建立 {folder}。请依次：\n"
        f"1. 在 {tables} 中填入数字（空白按 0 计）；\n"
        f"2. 在 {SOURCE} 中写明数字从哪里来；\n"
        f"3. 统计表反映不了的情况，可以另写 {REMARKS}（写法见 docs/data.zh-CN.md）；\n"
        f"4. 核对：zhashui-stats check {options.period}{place}\n"
        f"5. 出报告：zhashui-stats report {options.period}{place}"
    )


def create_period(period: Period | str, data_dir: str | Path = "data") -> Path:
    """Make the folder of a period: one table a group and ``source.toml``, whole or not at all.

    Returns:
        The new folder.

    Raises:
        PeriodError: The period cannot be read.
        FaultyData: county.toml or units.csv have faults.
        MissingPeriod: There is no data folder.
        OutputError: The folder is there already, is not needed, has no unit, or cannot be written.
    """
    wanted = Period.of(period)
    data = find_data(data_dir)
    if not data.is_dir():
        raise missing_data(data)
    target = data / str(wanted)
    county = read_county(data / COUNTY)
    roster = read_roster(data / ROSTER, county).valid_in(wanted)
    if os.path.lexists(target):
        raise OutputError(f"{target} 已经存在，没有改动；要重新开始，请先把它移走或改名")
    if parts := cover(wanted, period_folders(data)):
        raise OutputError(f"{wanted.label}的数由{say_parts(parts)}自动相加，无须新建")
    if not roster.units:
        said = f"名册 {ROSTER} 中没有{wanted.label}在册的单位"
        raise OutputError(f"{said}，没有新建；请核对期次和名册")
    files = dict(_files(wanted, county, roster))
    write_group_tables(files, target)
    return target


def _files(period: Period, county: County, roster: Roster) -> Iterator[tuple[str, bytes]]:
    yield from format_group_tables(county, roster).items()
    yield SOURCE, _source(period, county).encode()


def _source(period: Period, county: County) -> str:
    title = f"{county.name}{period.label}信息报送统计表"
    texts = {"title": title, "issuer": county.issuer, "to_fill": TO_FILL}
    # A JSON text of printable characters is a TOML text as well.
    quoted = {key: json.dumps(text, ensure_ascii=False) for key, text in texts.items()}
    return _SOURCE.format(label=period.label, **quoted)
