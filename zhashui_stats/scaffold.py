"""A folder for a new period: the tables with the roster filled in, the counts left blank."""

import csv
import io
import json
import os
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

from zhashui_stats.county import County, read_county
from zhashui_stats.errors import OutputError, say_os_error
from zhashui_stats.periods import Period
from zhashui_stats.readers import TO_FILL, find_data, missing_data
from zhashui_stats.units import Roster, Unit, read_roster

__all__ = ["create_period"]

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


def create_period(period: Period | str, data_dir: str | Path = "data") -> Path:
    """Make the folder of a period: one table a group and ``source.toml``, whole or not at all.

    Returns:
        The new folder.

    Raises:
        PeriodError: The period cannot be read.
        FaultyData: county.toml or units.csv have faults.
        MissingPeriod: There is no data folder.
        OutputError: The folder is there already, is not needed, or cannot be written.
    """
    wanted = period if isinstance(period, Period) else Period.parse(period)
    data = find_data(data_dir)
    if not data.is_dir():
        raise missing_data(data)
    target = data / str(wanted)
    county = read_county(data / "county.toml")
    roster = read_roster(data / "units.csv", county).valid_in(wanted)
    if os.path.lexists(target):
        raise OutputError(f"{target} 已经存在，没有改动；要重新开始，请先把它移走或改名")
    if wanted.halves and all((data / str(half)).is_dir() for half in wanted.halves):
        raise OutputError(f"{wanted.label}的全年数由上下半年自动相加，无须新建")
    files = dict(_files(wanted, county, roster))
    try:
        _write_whole(files, target)
    except OSError as error:
        reason = say_os_error(error)
        raise OutputError(f"无法新建 {target}（{reason}）；请检查磁盘空间和写入权限") from error
    return target


def _files(period: Period, county: County, roster: Roster) -> Iterator[tuple[str, bytes]]:
    for group in county.groups:
        if units := roster.of(group.id):
            # Excel and WPS take a CSV file for UTF-8 only by its BOM.
            yield f"{group.id}.csv", _table(county, units).encode("utf-8-sig")
    yield "source.toml", _source(period, county).encode()


def _table(county: County, units: tuple[Unit, ...]) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    labels = [category.label for category in county.categories]
    blanks = [""] * len(labels)
    writer.writerow(["序号", "投稿单位", *labels])
    writer.writerows([number, unit.name, *blanks] for number, unit in enumerate(units, 1))
    writer.writerow(["", "合计", *blanks])
    return text.getvalue()


def _source(period: Period, county: County) -> str:
    title = f"{county.name}{period.label}信息报送统计表"
    texts = {
        "title": title,
        "issuer": county.issuer,
        "to_fill": TO_FILL,
    }
    # A JSON text of printable characters is a TOML text as well.
    quoted = {key: json.dumps(text, ensure_ascii=False) for key, text in texts.items()}
    return _SOURCE.format(label=period.label, **quoted)


def _write_whole(files: dict[str, bytes], target: Path) -> None:
    beside = target.with_name(f".{target.name}-{secrets.token_hex(4)}.tmp")
    beside.mkdir()
    try:
        for name, content in files.items():
            (beside / name).write_bytes(content)
        beside.rename(target)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
