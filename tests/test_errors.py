"""What the analyst is told: one line a fault, and Chinese where the system speaks English."""

import errno

import pytest

from zhashui_stats.errors import Fault, FaultKind, MissingPeriod, say_os_error


def fault(found: str, expected: str = "整数") -> Fault:
    """A fault in the first cell of a table."""
    return Fault("a.csv", 1, "甲\n乙", FaultKind.NOT_WHOLE_NUMBER, found, expected)


def test_a_fault_is_one_line() -> None:
    """Line breaks within cells and texts are told as spaces."""
    assert str(fault("一\r\n二\t三", "四\n五")) == (
        "a.csv 第1行“甲 乙”列：不是整数（一 二 三）；应为：四 五"
    )


@pytest.mark.parametrize(("found", "shown"), [("x" * 40, "x" * 40), ("x" * 41, "x" * 40 + "…")])
def test_a_long_cell_is_cut(found: str, shown: str) -> None:
    """A pasted page in a cell does not fill the screen; the JSON keeps all of it."""
    assert str(fault(found)) == f"a.csv 第1行“甲 乙”列：不是整数（{shown}）；应为：整数"
    assert fault(found).as_dict()["found"] == found


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (PermissionError(errno.EACCES, "Permission denied"), "没有权限"),
        (NotADirectoryError(errno.ENOTDIR, "Not a directory"), "路径中有一段不是文件夹"),
        (IsADirectoryError(errno.EISDIR, "Is a directory"), "是文件夹"),
        (OSError(errno.ENOSPC, "No space left on device"), "磁盘空间不足"),
        (OSError(errno.ENOTTY, "Inappropriate ioctl"), f"系统错误 {errno.ENOTTY}"),
        (OSError("strange"), "系统错误 OSError"),
    ],
)
def test_reasons_of_the_system(error: OSError, expected: str) -> None:
    """Why the system refused is said in Chinese; a rare reason by its number."""
    assert say_os_error(error) == expected


def test_a_missing_period_keeps_its_parts() -> None:
    """A program is given what is missing and what to do, whatever the folder is called."""
    error = MissingPeriod("没有数据文件夹 甲；乙", "请指明")

    assert (error.found, error.advice) == ("没有数据文件夹 甲；乙", "请指明")
    assert str(error) == "没有数据文件夹 甲；乙；请指明"
