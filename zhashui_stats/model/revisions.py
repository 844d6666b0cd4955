"""What changed between two releases (发布) of a period: figures and sentences, and why."""

import contextlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from pathlib import Path
from typing import Any, Self

from zhashui_stats.errors import UnreadableRelease, say_os_error
from zhashui_stats.model.periods import Period

__all__ = [
    "LOG",
    "RELEASE",
    "CellChange",
    "Figures",
    "Revision",
    "SentenceChange",
    "find_log",
    "find_revision",
    "parse_revisions",
    "read_revisions",
]

RELEASE = "release"
"""The folder of a period's release, below its reports."""

LOG = "revisions.json"
"""The file of a release that says what it and those before it changed."""

Figures = Mapping[tuple[str, str, str], int | str]
"""Labels of group, unit and category -> 篇; of an indicator its amount as it is printed (87.5)."""

_SENTENCE = re.compile(r"[^。；]*[。；]|[^。；]+")


@dataclass(frozen=True, slots=True)
class CellChange:
    """A figure that differs.

    Attributes:
        group: The group's label.
        unit: The unit's name.
        category: The label of the category, or of the indicator.
        old: 篇, or an indicator's amount as it is printed, before; None: it was not there.
        new: The same now; None: it is no more.
    """

    group: str
    unit: str
    category: str
    old: int | str | None
    new: int | str | None

    def __str__(self) -> str:
        """Say the change in one line.

        >>> print(CellChange("部门单位", "税务局", "政务动态", 11, 14))
        部门单位 税务局 政务动态：11 → 14
        """
        old, new = ("（无）" if count is None else str(count) for count in (self.old, self.new))
        return f"{self.group} {self.unit} {self.category}：{old} → {new}"


@dataclass(frozen=True, slots=True)
class SentenceChange:
    """A sentence of the circular that differs; empty where it was not, or is no more, there."""

    old: str
    new: str

    def __str__(self) -> str:
        """Say the change in one line.

        >>> print(SentenceChange("共3篇。", "共4篇。"))
        “共3篇。” → “共4篇。”
        """
        old, new = (_quote(sentence) if sentence else "（无）" for sentence in (self.old, self.new))
        return f"{old} → {new}"


def _quote(text: str) -> str:
    """Quote a sentence; quotation marks within become single ones, as Chinese has it."""
    return f"“{text.replace('“', '‘').replace('”', '’')}”"


@dataclass(frozen=True, slots=True)
class Revision:
    """What one release changed.

    Attributes:
        release: Its number, from 2.
        reason: Why, in the analyst's words; empty: not given, as no figure differs.
        cells: Each figure that differs.
        sentences: Each sentence that differs.
    """

    release: int
    reason: str
    cells: tuple[CellChange, ...] = ()
    sentences: tuple[SentenceChange, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Return the revision as it stands in ``revisions.json``."""
        return asdict(self)

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> Self:
        """Return the revision that ``as_dict`` gave.

        Raises:
            TypeError: It is another kind of record.
            KeyError: A part of it is missing.
        """
        return cls(
            record["release"],
            record["reason"],
            tuple(CellChange(**change) for change in record["cells"]),
            tuple(SentenceChange(**change) for change in record["sentences"]),
        )


def read_revisions(period: Period | str, out_dir: str | Path = "reports") -> tuple[Revision, ...]:
    """Return what the releases of a period changed, in order; nothing where there is no log.

    Args:
        period: Which.
        out_dir: Where releases are written, see ``find_log``.

    Raises:
        UnreadableRelease: The log is damaged.
    """
    return _read_log(find_log(period, out_dir))


def find_log(period: Period | str, out_dir: str | Path = "reports") -> Path:
    """Return where the log of a period's releases is, or would be.

    Args:
        period: Which.
        out_dir: Where releases are written; a relative path is looked for here and in the
            folders above, so a notebook finds it as ``reading.folder.find_data`` finds the data.
    """
    below = Path(out_dir) / str(period) / RELEASE / LOG
    with contextlib.suppress(OSError):  # the working folder may be deleted
        places = [] if below.is_absolute() else [Path.cwd(), *Path.cwd().parents]
        return next((place / below for place in places if (place / below).is_file()), below)
    return below


def _read_log(path: Path) -> tuple[Revision, ...]:
    try:
        return parse_revisions(path.read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        return ()
    except (OSError, ValueError) as error:
        reason = say_os_error(error) if isinstance(error, OSError) else "内容已损坏"
        raise UnreadableRelease(f"无法读取 {path}（{reason}）；请从备份恢复") from None


def parse_revisions(content: bytes) -> tuple[Revision, ...]:
    """Return the revisions that a log holds.

    Raises:
        ValueError: It is no such log.
    """
    try:
        return tuple(Revision.of(record) for record in json.loads(content))
    except (TypeError, KeyError, RecursionError):
        raise ValueError("no log of revisions") from None


def find_revision(
    release: int,
    reason: str,
    figures: tuple[Figures, Figures],
    lines: tuple[Sequence[str], Sequence[str]],
) -> Revision:
    """Compare two releases.

    Args:
        release: Number of the later one.
        reason: Why it differs.
        figures: The figures before and now.
        lines: The circular's lines before and now.
    """
    return Revision(release, reason, tuple(_cells(*figures)), tuple(_sentences(*lines)))


def _cells(before: Figures, now: Figures) -> Iterator[CellChange]:
    for key in dict.fromkeys((*now, *before)):
        old, new = before.get(key), now.get(key)
        if old != new:
            yield CellChange(*key, old, new)


def _sentences(before: Sequence[str], now: Sequence[str]) -> Iterator[SentenceChange]:
    """Pair what was replaced in its order; one side is empty where the other is longer."""
    old, new = list(_split(before)), list(_split(now))
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for what, i, j, k, m in matcher.get_opcodes():
        if what != "equal":
            for pair in zip_longest(old[i:j], new[k:m], fillvalue=""):
                yield SentenceChange(*pair)


def _split(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        yield from filter(None, map(str.strip, _SENTENCE.findall(line)))
