"""The files of a release (发布), as bytes: all of them made from one set of figures.

``make_files`` is pure: the same release gives the same bytes, on every run and machine.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Set
from dataclasses import asdict, dataclass, replace
from importlib.metadata import version
from typing import Any

from zhashui_stats.model.revisions import LOG, Figures, Revision
from zhashui_stats.model.submissions import SourceFile, Submissions
from zhashui_stats.release.circular import Circular
from zhashui_stats.release.indicator_notes import explain_indicators
from zhashui_stats.release.open_data import (
    INDICATORS,
    guard_text,
    write_counts_csv,
    write_csvw,
    write_indicators_csv,
    write_indicators_csvw,
)
from zhashui_stats.release.word import write_circular
from zhashui_stats.release.workbook import AnnexBook, write_workbook

__all__ = ["SUMS", "Release", "document_programs", "figures_of", "make_files", "say_sums"]

SUMS = "SHA256SUMS"
_STATUS = {False: ("provisional", "初步"), True: ("final", "最终")}
_METADATA = "metadata.json"
_PROGRAMS = ("zhashui-stats", "python-docx", "XlsxWriter")
_FILES = {
    "circular.docx": "通报（Word 文档）",
    "circular.txt": "通报（纯文本，不含附件表格）",
    "annexes.xlsx": "附件各表（Excel 工作簿）",
    "counts.csv": "各单位各类别的数（开放数据，UTF-8）",
    "counts.csv-metadata.json": "counts.csv 各列的说明（CSVW）",
    INDICATORS: "各单位各项指标的数（开放数据，UTF-8）",
    f"{INDICATORS}-metadata.json": f"{INDICATORS} 各列的说明、各项指标的单位和公式（CSVW）",
    _METADATA: "本次发布的说明",
    LOG: "历次修订",
}


@dataclass(frozen=True)
class Release:
    """One release of a period.

    Attributes:
        now: The figures.
        circular: The circular, from the same figures.
        sources: Every file that the figures and sentences rest on.
        definitions: Term and definition, in Chinese.
        number: From 1.
        is_final: Whether the figures are final (最终) rather than provisional (初步).
        revisions: What each release after the first one changed, in order.
    """

    now: Submissions
    circular: Circular
    sources: tuple[SourceFile, ...]
    definitions: tuple[tuple[str, str], ...] = ()
    number: int = 1
    is_final: bool = False
    revisions: tuple[Revision, ...] = ()

    @property
    def status(self) -> str:
        """初步 or 最终."""
        return _STATUS[self.is_final][1]

    @property
    def marked(self) -> Circular:
        """The circular with the figures marked that this release changed."""
        if not self.revisions or self.revisions[-1].release != self.number:
            return self.circular
        changed = {
            (change.group, change.unit, change.category) for change in self.revisions[-1].cells
        }
        annexes = tuple(
            replace(annex, revised=frozenset(
                (row, column)
                for row, unit in enumerate(annex.units)
                for column, label in enumerate(annex.figures)
                if (guard_text(annex.label), unit, guard_text(label)) in changed
            ))
            for annex in self.circular.annexes
        )  # fmt: skip
        return replace(self.circular, annexes=annexes)


def document_programs() -> dict[str, str]:
    """Return the programs that set the documents, with their versions."""
    return {name: version(name) for name in _PROGRAMS}


def figures_of(now: Submissions) -> Figures:
    """Return every figure by the labels that the tidy tables have, indicators as printed."""
    groups = {group.id: guard_text(group.label) for group in now.county.groups}
    categories = {category.id: guard_text(category.label) for category in now.county.categories}
    counts: Figures = {
        (groups[unit.group], unit.name, label): now.counts[unit.name][category]
        for unit in now.units
        for category, label in categories.items()
    }
    amounts = {
        (groups[unit.group], unit.name, guard_text(indicator.label)): indicator.show(
            now.amount(unit.name, indicator.id)
        )
        for unit in now.units
        for indicator in now.county.indicators_of(unit.group)
    }
    return {**counts, **amounts}


def make_files(release: Release) -> dict[str, bytes]:
    """Return the files of a release by name, without those of earlier ones."""
    circular = release.marked
    csvw = write_csvw(release.now, status=release.status, note=circular.note)
    files = {
        "circular.docx": write_circular(circular),
        "circular.txt": "".join(f"{line}\r\n" for line in circular.lines()).encode("utf-8-sig"),
        "annexes.xlsx": write_workbook(_workbook(release, circular)),
        "counts.csv": write_counts_csv(release.now),
        "counts.csv-metadata.json": csvw,
    }
    if release.now.county.indicators:
        metadata = write_indicators_csvw(release.now, status=release.status, note=circular.note)
        files[INDICATORS] = write_indicators_csv(release.now)
        files[f"{INDICATORS}-metadata.json"] = metadata
    if release.revisions:
        files[LOG] = _json([revision.as_dict() for revision in release.revisions])
    return files | {_METADATA: _json(_metadata(release, {*files, _METADATA}))}


def _workbook(release: Release, circular: Circular) -> AnnexBook:
    return AnnexBook(
        title=circular.title,
        issuer=circular.issuer,
        date=circular.date,
        period=release.now.period.label,
        status=release.status,
        measure=circular.measure,
        annexes=circular.annexes,
        notes=release.definitions,
        sources=tuple((file.path, file.sha256) for file in release.sources),
        revisions=release.revisions,
        synthetic=circular.note,
        county=release.now.county if release.now.county.indicators else None,
    )


def _metadata(release: Release, names: Set[str]) -> dict[str, Any]:
    now, circular = release.now, release.circular
    notes = [asdict(note) for note in explain_indicators(now.county)]
    return {
        "title": circular.title,
        "issuer": circular.issuer,
        "date": circular.date,
        "period": str(now.period),
        "period_label": now.period.label,
        "release": release.number,
        "status": _STATUS[release.is_final][0],
        "status_label": release.status,
        "synthetic": bool(circular.note),
        "measure": circular.measure,
        "files": {name: said for name, said in _FILES.items() if name in names},
        "sources": [{"path": file.path, "sha256": file.sha256} for file in release.sources],
        "source": dict(now.source),
        "definitions": [{"term": term, "definition": said} for term, said in release.definitions],
        **({"indicators": notes} if notes else {}),
        "made_with": document_programs(),
    }


def _json(content: object) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def say_sums(files: Mapping[str, bytes]) -> bytes:
    """Return ``SHA256SUMS`` for some files, as sha256sum writes and checks it."""
    lines: Iterable[str] = (
        f"{hashlib.sha256(content).hexdigest()}  {name}\n"
        for name, content in sorted(files.items())
    )
    return "".join(lines).encode()
