"""What lies in a period's folder and is not read: most of it is ours under another name.

Editors hide endings (``remarks.md.txt``), browsers and file managers number copies
(``ledger(1).xlsx``, ``towns - 副本.csv``), and people write what a file is (``台账.xlsx``). Each is
told with the name that it should have; where that file is there as well, it is noted.
"""

import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath

from zhashui_stats.errors import Fault, FaultKind
from zhashui_stats.model.county import Group
from zhashui_stats.model.periods import Period
from zhashui_stats.reading import file_names
from zhashui_stats.reading.folder import files_of, list_folder

__all__ = ["Unread", "find_unread"]

_PASSED_OVER = (".", "~$")  # hidden files, and the locks that Office sets beside an open one
_OF_THE_SYSTEM = frozenset(("thumbs.db", "desktop.ini"))


@dataclass(frozen=True, slots=True)
class _Slot:
    """A file that a period may have: its names before any ending, and the endings it may have."""

    stem: str
    words: tuple[str, ...]
    endings: tuple[str, ...]

    def right_name(self, ending: str) -> str:
        """Say what a file of this ending should be called, or saved as."""
        if ending in self.endings:
            return f"改名为 {self.stem}{ending}"
        if self.stem in (PurePath(file_names.SOURCE).stem, PurePath(file_names.REMARKS).stem):
            return f"纯文本文件 {self.stem}{self.endings[0]}"
        names = (f"{self.stem}{ending}" for ending in self.endings[:2])
        return f"另存为 {' 或 '.join(names)}"


@dataclass(frozen=True, slots=True)
class Unread:
    """A file or folder that is not read.

    Attributes:
        file: Its path below the data folder.
        stem: The name, before any ending, of the file that it seems to be; empty: of none.
        advice: What it should be called, or saved as (Chinese).
        is_sure: Whether its name is that name but for an ending, a mark of copies, or letters.
        instead: The file that is read in its place; empty where there is none.
    """

    file: str
    stem: str = ""
    advice: str = ""
    is_sure: bool = False
    instead: str = ""

    @property
    def fault(self) -> Fault:
        """Tell that it is not read, with the name that it should have."""
        found = self.file.partition("/")[2]
        return Fault(self.file, None, None, FaultKind.MISNAMED_FILE, found, self.advice)

    @property
    def note(self) -> str:
        """Say that it is not read (Chinese)."""
        if self.instead:
            return f"没有读取，读的是 {self.instead}"
        return f"没有读取；如果要用，请{self.advice}" if self.advice else "没有读取"


def find_unread(data: Path, period: Period, groups: Collection[Group]) -> tuple[Unread, ...]:
    """Return what a period's folder holds beside the files that are read, by name."""
    read = files_of(data, period, groups)
    known = {name for names in read.values() for name in names}
    slots = tuple(_slots(groups))
    return tuple(
        _judge(path, period, slots, read)
        for path in sorted(list_folder(data, period))
        if path.name not in known and not _is_passed_over(path.name)
    )


def _slots(groups: Iterable[Group]) -> Iterator[_Slot]:
    for group in groups:
        yield _Slot(group.id, (group.label,), file_names.TABLE_ENDINGS)
    yield _Slot(file_names.LEDGER, ("台账",), (".xlsx", ".csv", *file_names.LEDGER_ENDINGS))
    yield _Slot(file_names.CIRCULAR, ("通报",), (".docx", ".pdf", *file_names.CIRCULAR_ENDINGS))
    for name in (file_names.SOURCE, file_names.REMARKS):
        yield _Slot(PurePath(name).stem, (), (PurePath(name).suffix,))


def _is_passed_over(name: str) -> bool:
    return name.startswith(_PASSED_OVER) or name.lower() in _OF_THE_SYSTEM


def _judge(
    path: Path, period: Period, slots: Iterable[_Slot], read: Mapping[str, Collection[str]]
) -> Unread:
    file = f"{period}/{path.name}"
    if os.path.isdir(path):  # noqa: PTH112 -- false where it is forbidden
        return Unread(file)
    plain, ending = file_names.plain_name(path.name)
    for is_sure, is_meant in ((True, _is_named), (False, _is_mentioned)):
        for slot in slots:
            if is_meant(slot, plain) and (is_sure or ending in slot.endings):
                there = next(iter(read.get(slot.stem, ())), "")
                return Unread(file, slot.stem, slot.right_name(ending), is_sure, there)
    return Unread(file)


def _is_named(slot: _Slot, plain: str) -> bool:
    return plain in {file_names.fold_file_name(name) for name in (slot.stem, *slot.words)}


def _is_mentioned(slot: _Slot, plain: str) -> bool:
    return any(file_names.fold_file_name(word) in plain for word in slot.words)
