"""Why a file is not read, whoever reads it: tables of counts and ledgers are refused alike."""

from collections.abc import Iterable

from zhashui_stats.errors import Fault, FaultKind, FaultyData, say_os_error

__all__ = [
    "damaged_utf8",
    "damaged_workbook",
    "encrypted_workbook",
    "huge_workbook",
    "no_text",
    "no_workbook",
    "not_to_be_opened",
    "several_headers",
    "unknown_encoding",
    "unreadable",
    "workbook_as_text",
    "wrong_separator",
]

_WORKBOOK = "能用 Excel 或 WPS 打开的 .xlsx 工作簿"


def unreadable(file: str, found: str, expected: str) -> FaultyData:
    """Make the error for a file that cannot be read."""
    return _refusal(file, FaultKind.UNREADABLE_FILE, found, expected)


def not_to_be_opened(file: str, error: OSError) -> FaultyData:
    """Make the error for a file that the system does not give."""
    return unreadable(file, say_os_error(error), "可以读取的文件")


# --- Text ---------------------------------------------------------------------------------------


def workbook_as_text(file: str) -> FaultyData:
    """Make the error for a workbook that is named as if it were text."""
    expected = "文本文件；Excel 工作簿请另存为 .xlsx，并用 .xlsx 作扩展名"
    return unreadable(file, "不是文本，像是工作簿", expected)


def no_text(file: str) -> FaultyData:
    """Make the error for bytes of any other kind."""
    return unreadable(file, "不是文本", "文本文件")


def unknown_encoding(file: str) -> FaultyData:
    """Make the error for text in none of the encodings that are read."""
    return _refusal(file, FaultKind.WRONG_ENCODING, "", "UTF-8、UTF-16 或 GB18030 编码的文件")


def damaged_utf8(file: str, row: int | None) -> FaultyData:
    """Make the error for UTF-8 with some bytes that are none."""
    found, expected = "UTF-8 文件中有损坏的字节", "完好的 UTF-8 文件，请重新保存"
    return FaultyData([Fault(file, row, None, FaultKind.WRONG_ENCODING, found, expected)])


def wrong_separator(file: str, row: int, mark: str) -> FaultyData:
    """Make the error for a text whose header is parted by a mark that separates nothing."""
    found = f"各列用“{mark}”隔开"
    expected = f"用英文逗号、制表符或分号分隔的表格；可把“{mark}”全部替换为英文逗号"
    return FaultyData([Fault(file, row, None, FaultKind.UNREADABLE_FILE, found, expected)])


# --- Workbooks ----------------------------------------------------------------------------------


def encrypted_workbook(file: str) -> FaultyData:
    """Make the error for a workbook with a password, or of the old format: they begin alike."""
    return unreadable(file, "加密的或旧版的工作簿", "没有密码、另存为 .xlsx 的工作簿")


def damaged_workbook(file: str) -> FaultyData:
    """Make the error for what no program could open."""
    return unreadable(file, "不是完好的工作簿", _WORKBOOK)


def no_workbook(file: str, *, is_markup: bool) -> FaultyData:
    """Make the error for what is named as a workbook and is text, which web systems export."""
    found = "是网页或 XML，改了扩展名" if is_markup else "是文本，改了扩展名"
    save = "用 Excel 或 WPS 打开、另存为 .xlsx 的工作簿"
    return unreadable(file, found, save if is_markup else f"把扩展名改为 .csv，或{save}")


def huge_workbook(file: str, found: str = "工作簿过大") -> FaultyData:
    """Make the error for a workbook that would fill the memory or has more rows than there are."""
    return unreadable(file, found, _WORKBOOK)


def several_headers(file: str, titles: Iterable[str]) -> FaultyData:
    """Make the error for a workbook of which several visible sheets could be meant."""
    found = "、".join(f"“{title}”" for title in titles) + "都有表头"
    expected = "只有一张可见的工作表有表头，其余的删除或隐藏"
    return _refusal(file, FaultKind.AMBIGUOUS_SHEET, found, expected)


def _refusal(file: str, kind: FaultKind, found: str, expected: str) -> FaultyData:
    return FaultyData([Fault(file, None, None, kind, found, expected)])
