"""What can go wrong, as one tree.

    ZhashuiError
    ├── PeriodError     (ValueError)         a period that cannot be read
    ├── UnknownUnit     (LookupError)        a name that the roster does not know
    ├── UnknownLabel    (LookupError)        a name that is none of those there are
    ├── UndefinedFigure (ArithmeticError)    a figure that is undefined, and is to be compared
    ├── UnknownAttribute (AttributeError)    what a period does not have after its dot
    ├── WrongArgument   (TypeError)          something of another kind than a function takes
    ├── NotComparable   (ValueError)         periods that say nothing held against each other
    ├── MissingPeriod   (FileNotFoundError)  a period without a folder
    ├── MissingNotebook (FileNotFoundError)  a notebook of the project that is not there
    ├── FaultyData      (ValueError)         faults in the data folder, all at once
    ├── UnreadableDocument (ValueError)      a document to proofread that cannot be read
    ├── UnreadableRelease  (ValueError)      a folder of a release that cannot be read
    ├── NotFilledIn    (ValueError)          data that is still the blank form
    ├── MissingReason   (ValueError)         figures that differ from a release, and no reason why
    ├── OutputError     (OSError)            a place that cannot be written
    ├── MissingGlyph    (ValueError)         a character that the font does not have
    └── ReportFailed    (RuntimeError)       a cell of a report notebook that failed

    ZhashuiWarning      (UserWarning)        what is to be noted beside a result

Messages are for the analyst: Chinese, and they say where, what and what to do.
"""

import errno
import warnings
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Self

__all__ = [
    "Fault",
    "FaultKind",
    "FaultyData",
    "Labelled",
    "MissingGlyph",
    "MissingNotebook",
    "MissingPeriod",
    "MissingReason",
    "NotComparable",
    "NotFilledIn",
    "OutputError",
    "PeriodError",
    "ReportFailed",
    "UndefinedFigure",
    "UnknownAttribute",
    "UnknownLabel",
    "UnknownUnit",
    "UnreadableDocument",
    "UnreadableRelease",
    "WrongArgument",
    "ZhashuiError",
    "ZhashuiWarning",
    "say_nearest",
    "say_os_error",
    "warn",
]

_LISTED = 200  # so many faults are listed; more of them nobody reads
_SHOWN = 40  # so many characters of what was found keep a fault in one line
_REASONS = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EACCES: "没有权限",
    errno.EPERM: "系统不允许这样做",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EISDIR: "是文件夹",
    errno.EEXIST: "已经存在",
    errno.ENOTEMPTY: "文件夹不是空的",
    errno.EBUSY: "正被占用",
    errno.ENOSPC: "磁盘空间不足",
    errno.EDQUOT: "超出磁盘配额",
    errno.EFBIG: "文件过大",
    errno.EROFS: "磁盘是只读的",
    errno.EIO: "磁盘读写出错",
    errno.ENAMETOOLONG: "名称或路径过长",
    errno.ELOOP: "链接循环",
    errno.EMFILE: "打开的文件过多",
    errno.ENFILE: "打开的文件过多",
    errno.ENOMEM: "内存不足",
    errno.EINVAL: "系统不接受这个名称",
}


def say_os_error(error: OSError) -> str:
    """Say in Chinese why the system refused; a rare reason by its number.

    >>> say_os_error(PermissionError(errno.EACCES, "Permission denied"))
    '没有权限'
    """
    return _REASONS.get(error.errno or 0, f"系统错误 {error.errno or type(error).__name__}")


def say_nearest(names: Iterable[str]) -> str:
    """Say which known names come nearest, as the end of a sentence; nothing where none does.

    >>> say_nearest(("农行", "农业农村局")), say_nearest(())
    ('，最接近的是：农行、农业农村局', '')
    """
    named = "、".join(names)
    return f"，最接近的是：{named}" if named else ""


class Labelled(StrEnum):
    """Ids that carry a Chinese ``label``; the value is the id in JSON."""

    label: str

    def __new__(cls, value: str, label: str) -> Self:
        """Make a member that is its id and carries its Chinese label."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member


class FaultKind(Labelled):
    """The kinds of fault in a data folder; the value is the id in JSON, ``label`` the Chinese."""

    UNKNOWN_UNIT = "unknown_unit", "名册中没有这个单位"
    MISSING_UNIT = "missing_unit", "缺少单位"
    DUPLICATE_UNIT = "duplicate_unit", "单位重复"
    WRONG_GROUP = "wrong_group", "单位放错了表"
    NOT_WHOLE_NUMBER = "not_whole_number", "不是整数"
    NEGATIVE = "negative", "出现负数"
    NO_CACHED_VALUE = "no_cached_value", "公式没有计算结果"
    TOTAL_DIFFERS = "total_differs", "合计与各行之和不符"
    SUM_DIFFERS = "halves_differ", "与所含各期之和不符"
    MISSING_COLUMN = "missing_column", "缺少列"
    DUPLICATE_COLUMN = "duplicate_column", "列重复"
    STRAY_NUMBER = "stray_number", "数不在有表头的列中"
    BAD_FOLDER = "bad_folder", "文件夹名不是期次的写法"
    MISSING_FILE = "missing_file", "缺少文件"
    MISNAMED_FILE = "misnamed_file", "文件名不对，没有读取"
    AMBIGUOUS_FILE = "ambiguous_file", "不知以哪个文件为准"
    AMBIGUOUS_SHEET = "ambiguous_sheet", "不知以哪张工作表为准"
    UNREADABLE_FILE = "unreadable_file", "文件无法读取"
    WRONG_ENCODING = "wrong_encoding", "文件编码无法识别"
    EMPTY_FILE = "empty_file", "文件是空的"
    UNSAFE_NAME = "unsafe_name", "名称含有不允许的字符"
    BAD_SETTING = "bad_setting", "设置有误"
    BAD_SECTION = "bad_section", "段落标题有误"
    MISSING_GLYPH = "missing_glyph", "字体中没有的字符"
    MISSING_PERIOD = "missing_period", "没有这一期的数据"
    MISSING_VALUE = "missing_value", "没有填写"
    UNKNOWN_VALUE = "unknown_value", "不在规定的取值之内"
    NOT_A_DATE = "not_a_date", "不是日期"
    DUPLICATE_ARTICLE = "duplicate_article", "稿件重复"
    LEDGER_DIFFERS = "ledger_differs", "统计表与台账不符"
    NOT_A_NUMBER = "not_a_number", "不是数"
    TOO_MANY_DECIMALS = "too_many_decimals", "小数位数过多"
    FORMULA_DIFFERS = "formula_differs", "与公式算出的数不符"
    BELOW_PART = "below_part", "小于它所包含的数"
    PARTS_DIFFER = "parts_differ", "各部分之和与总数不符"


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault in one place of the data folder.

    Attributes:
        file: Path below the data folder, with ``/``, such as ``2022H1/towns.csv``.
        row: Row as a spreadsheet shows it, from 1; None where the whole file is meant.
        column: Header of the column as it stands; None where no column is meant.
        kind: What kind of fault.
        found: What stands there (Chinese, for the analyst).
        expected: What should stand there, or what to do (Chinese, for the analyst).
        cell: The cell of a workbook, such as C31; empty where it is none, or not known.
    """

    file: str
    row: int | None
    column: str | None
    kind: FaultKind
    found: str
    expected: str
    cell: str = field(default="", compare=False)

    def __str__(self) -> str:
        """Say the fault in one line.

        >>> print(Fault("2022H1/towns.csv", 4, "政务动态", FaultKind.NEGATIVE, "-3", "0 或正整数"))
        2022H1/towns.csv 第4行“政务动态”列：出现负数（-3）；应为：0 或正整数
        """
        row = f" 第{self.row}行" if self.row is not None else ""
        column = f"“{_in_line(self.column)}”列" if self.column is not None else ""
        column += f"（{self.cell}）" if self.cell else ""
        found = _in_line(self.found)
        found = f"（{found[:_SHOWN]}{'…' * (len(found) > _SHOWN)}）" if found else ""
        expected = _in_line(self.expected)
        return f"{self.file}{row}{column}：{self.kind.label}{found}；应为：{expected}"

    def as_dict(self) -> dict[str, Any]:
        """Return the fault as it stands in ``check --format json``."""
        return {
            "file": self.file,
            "row": self.row,
            "column": self.column,
            "kind": self.kind.value,
            "found": self.found,
            "expected": self.expected,
        }


def _in_line(text: str) -> str:
    r"""Put a text in one line, with a name for each character that nobody would see.

    >>> _in_line("营盘镇\u200b\n")
    '营盘镇〔U+200B〕'
    """
    shown = " ".join(text.split())
    if shown.isprintable():
        return shown
    return "".join(
        letter if letter.isprintable() else f"〔U+{ord(letter):04X}〕" for letter in shown
    )


class ZhashuiError(Exception):
    """Base of every error that this package raises on purpose."""


class ZhashuiWarning(UserWarning):
    """What is to be noted beside a result."""


def warn(notice: str) -> None:
    """Give a notice to whoever works at a prompt; the commands print theirs themselves."""
    # Under no file and line: they would be those of a notebook's cell, different in each run.
    warnings.warn_explicit(notice, ZhashuiWarning, "注意", 1)


class PeriodError(ZhashuiError, ValueError):
    """A period that cannot be read."""


class UnknownUnit(ZhashuiError, LookupError):
    """A name that the roster does not know.

    Attributes:
        name: The name as it was found.
        candidates: The nearest names of the roster, best first; may be empty.
    """

    def __init__(self, name: str, candidates: Iterable[str] = ()) -> None:
        """Keep the name and its candidates."""
        self.name = name
        self.candidates = tuple(candidates)
        super().__init__(f"名册中没有“{name}”{say_nearest(self.candidates)}")


class UnknownLabel(ZhashuiError, LookupError):
    """A name that is none of those there are: a group, a category, whatever can be asked for.

    >>> print(UnknownLabel("类别", "政务信息", ["政务公开", "政务动态"], ["政务公开"]))
    没有名为“政务信息”的类别，最接近的是：政务公开；可用的有：政务公开、政务动态
    """

    def __init__(
        self,
        what: str,
        name: object,
        known: Iterable[str],
        nearest: Iterable[str] = (),
        hint: str = "",
    ) -> None:
        """Say what was asked for, what comes nearest and what there is.

        Args:
            what: Kind of thing that was asked for (Chinese).
            name: As it was asked for.
            known: Everything there is.
            nearest: The names that come nearest, best first; none: not told.
            hint: What it is instead, and what to do (Chinese).
        """
        near = f"；{hint}" if hint else say_nearest(nearest)
        mark = "；" if near else "，"
        super().__init__(f"没有名为“{name}”的{what}{near}{mark}可用的有：{'、'.join(known)}")


class UndefinedFigure(ZhashuiError, ArithmeticError):
    """A figure that is undefined in a period, as its divisor is 0, and is to be compared."""


class UnknownAttribute(ZhashuiError, AttributeError):
    """What a period does not have after its dot."""


class WrongArgument(ZhashuiError, TypeError):
    """Something of another kind than a function takes, too much or too little of it."""


class NotComparable(ZhashuiError, ValueError):
    """Periods that say nothing where they are held against each other."""


class MissingPeriod(ZhashuiError, FileNotFoundError):
    """A period for which the data folder holds nothing.

    Attributes:
        found: What is missing, and where (Chinese).
        advice: What there is instead, and what to do (Chinese).

    >>> print(MissingPeriod("没有文件夹 data/2022H2", "可用 zhashui-stats new 2022H2 新建"))
    没有文件夹 data/2022H2；可用 zhashui-stats new 2022H2 新建
    """

    def __init__(self, found: str, advice: str) -> None:
        """Keep both parts and say them."""
        self.found, self.advice = found, advice
        super().__init__(f"{found}；{advice}")


class MissingNotebook(ZhashuiError, FileNotFoundError):
    """A notebook of the project that is not there."""


class FaultyData(ZhashuiError, ValueError):
    """Faults in the data folder; nothing is made from faulty data.

    Its message lists the first 200: who has more has one cause for most of them.

    Attributes:
        faults: Every fault found, in the order of files and rows.
    """

    def __init__(self, faults: Iterable[Fault]) -> None:
        """Keep the faults and say them all."""
        self.faults = tuple(faults)
        shown = enumerate(self.faults[:_LISTED], 1)
        lines = [f"  {number}. {fault}" for number, fault in shown]
        if more := len(self.faults[_LISTED:]):
            lines.append(f"  还有 {more} 处没有列出；改正后再核对，或用 --format json 列出全部")
        head = f"数据有 {len(self.faults)} 处问题，请逐条改正后重试："
        super().__init__("\n".join([head, *lines]))


class UnreadableDocument(ZhashuiError, ValueError):
    """A document to proofread that cannot be read.

    Attributes:
        name: Its file name.
        found: What is wrong with it (Chinese).
        advice: What to do (Chinese).

    >>> print(UnreadableDocument("通报.doc", "是旧版 Word 文档", "请另存为 .docx"))
    无法读取“通报.doc”：是旧版 Word 文档。请另存为 .docx
    """

    def __init__(self, name: str, found: str, advice: str) -> None:
        """Say where, what and what to do."""
        self.name, self.found, self.advice = name, found, advice
        super().__init__(f"无法读取“{name}”：{found}。{advice}")


class UnreadableRelease(ZhashuiError, ValueError):
    """A folder of a release that cannot be read."""


class NotFilledIn(ZhashuiError, ValueError):
    """Data that is still the blank form, and is to be released."""


class MissingReason(ZhashuiError, ValueError):
    """Figures differ from those released before, and nobody says why."""


class OutputError(ZhashuiError, OSError):
    """A place that cannot be written."""


class MissingGlyph(ZhashuiError, ValueError):
    """A character that the font does not have."""


class ReportFailed(ZhashuiError, RuntimeError):
    """A cell of a report notebook failed; no report was written."""
