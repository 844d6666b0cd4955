"""What an audit shows on its page, and in the half-year report.

Each part renders itself as HTML. Everything from the circular is escaped, and a character that
the font does not have shows as a box.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from zhashui_stats.audit.findings import Audit, Finding, NumberStatus, Verdict
from zhashui_stats.audit.marked import mark_text
from zhashui_stats.audit.report import (
    BOX,
    OpenPoint,
    clean,
    details_of,
    excerpt,
    open_points,
    say_counts,
    say_verdicts,
    shorten,
    summarise,
)
from zhashui_stats.model.submissions import SourceFile
from zhashui_stats.narrative.escaping import escape as escape_markdown
from zhashui_stats.narrative.prose import prose
from zhashui_stats.page import fonts
from zhashui_stats.page.table import KeyFigures, Table

__all__ = [
    "Fragment",
    "files_table",
    "key_figures",
    "say_section",
    "say_summary",
    "say_title",
    "show_findings",
    "show_open",
    "show_text",
]

_BRIEF = 12  # what is claimed and what is right stand in one line where both are brief


@dataclass(frozen=True, slots=True)
class Fragment:
    """A part of the page that shows itself as HTML."""

    html: str

    def _repr_html_(self) -> str:
        """Render the part with the characters that the font has."""
        return _drawn(self.html)


def _drawn(text: str) -> str:
    return text.translate(dict.fromkeys(map(ord, fonts.lacking(text)), BOX))


# --- Title and figures --------------------------------------------------------------------------


@prose
def say_title(audit: Audit) -> str:
    """Title of the page (Markdown)."""
    return f"# {audit.period.label}通报校核"


@prose
def say_summary(audit: Audit) -> str:
    """One paragraph: what was read and what came of it (Markdown)."""
    said = f"校核的文件是{clean(audit.source)}。{say_counts(audit)}{say_verdicts(audit)}"
    return _drawn(f"{escape_markdown(said)}**{escape_markdown(summarise(audit))}**")


def key_figures(audit: Audit) -> KeyFigures:
    """Give the counts on top of the page: what differs first, then where the numbers ended."""
    counts = audit.counts()
    figures = [("不符之处", str(len(audit.of(Verdict.DIFFERS))), "处", "")]
    figures.append(("全文数字", str(counts["total"]), "个", ""))
    figures += [(status.label, str(counts[status.value]), "个", "") for status in NumberStatus]
    return KeyFigures(tuple(figures))


def files_table(files: Iterable[SourceFile]) -> Table:
    """Tabulate the files that the audit rests on, with the hash of each."""
    rows = tuple((_drawn(clean(file.path)), file.sha256) for file in files)
    return Table("输入文件及其校验值（SHA-256）", ("文件", "校验值"), rows, numeric=False)


# --- Cards --------------------------------------------------------------------------------------


def show_findings(audit: Audit) -> Fragment:
    """Show what differs as numbered cards, each with a link to its place in the text."""
    findings = audit.of(Verdict.DIFFERS)
    if not findings:
        return Fragment("<p>没有发现不符之处。</p>")
    cards = "\n".join(_card(audit, number, finding) for number, finding in enumerate(findings, 1))
    return Fragment(f'<ol class="zs-audit zs-cards">\n{cards}\n</ol>')


def _card(audit: Audit, number: int, finding: Finding) -> str:
    before, words, after = map(escape, excerpt(audit.text, finding.start, finding.end))
    details = "".join(_detail(*detail) for detail in details_of(finding))
    return (
        f'<li id="card-{number}"><p class="place"><span class="no">{number}</span>'
        f"{escape(clean(finding.section)) or '开头'}</p>"
        f'<p class="words">{before}<strong>{words}</strong>{after}</p>'
        f'<dl>{details}</dl><p class="link"><a href="#place-{number}">'
        f'看原文<span class="zs-hidden">，第{number}处</span></a></p></li>'
    )


def _detail(label: str, value: str) -> str:
    width = "" if label in ("通报", "核对") and len(value) <= _BRIEF else ' class="wide"'
    return f"<div{width}><dt>{label}</dt><dd>{escape(value)}</dd></div>"


# --- The text -----------------------------------------------------------------------------------


def show_text(audit: Audit) -> Fragment:
    """Show the circular's text with every number marked and what differs beside it."""
    return Fragment(
        f'<p class="zs-audit zs-legend">{_LEGEND}</p>\n'
        f'<div class="zs-audit zs-text">\n{mark_text(audit)}\n</div>'
    )


_LEGEND = (
    '标记：<mark class="agrees">相符</mark>　<mark class="differs">不符</mark>　'
    '<mark class="unchecked">无法核对</mark>　<mark class="not_understood">没有看懂</mark>。'
    "没有标记的数字是日期、文号、序号等，不是统计数字；附表中的数字不逐个标记。"
)


# --- What stays open ----------------------------------------------------------------------------


def show_open(audit: Audit) -> Fragment:
    """List what could not be checked, by reason, and the numbers that were not understood."""
    lists = [_reason(reason, points) for reason, points in open_points(audit).items()]
    unknown = [
        OpenPoint(
            number.start, number.end, "".join(excerpt(audit.text, number.start, number.end)), ""
        )
        for number in audit.numbers
        if number.status is NumberStatus.NOT_UNDERSTOOD
    ]
    if unknown:
        lists.append(_reason(f"{NumberStatus.NOT_UNDERSTOOD.label}，请人工核对", unknown))
    if not lists:
        return Fragment("<p>没有无法核对的说法，也没有看不懂的数字。</p>")
    return Fragment(f'<dl class="zs-audit zs-open">\n{"".join(lists)}</dl>')


def _reason(reason: str, points: list[OpenPoint]) -> str:
    items = "".join(
        f'<li><a href="#at-{point.start}">{escape(point.words)}</a></li>' for point in points
    )
    return f"<dt>{escape(reason)}（{len(points)}处）</dt>\n<dd><ul>{items}</ul></dd>\n"


# --- In the half-year report --------------------------------------------------------------------


@prose
def say_section(audit: Audit | None) -> str:
    """通报校核, at the end of the half-year report: heading and summary in Markdown.

    Nothing, not even the heading, where the period has no circular.
    """
    if audit is None:
        return ""
    said = f"本期通报（{clean(audit.source)}）已与统计表核对。{say_counts(audit)}{summarise(audit)}"
    findings = [
        _item(number, finding) for number, finding in enumerate(audit.of(Verdict.DIFFERS), 1)
    ]
    parts = ["## 通报校核", escape_markdown(said), "\n".join(findings)]
    return _drawn("\n\n".join(filter(None, parts)))


def _item(number: int, finding: Finding) -> str:
    place = f"{clean(finding.section)}：" if finding.section else ""
    details = "；".join(f"{label}：{value}" for label, value in details_of(finding)[:3])
    said = f"{place}“{shorten(finding.text)}”。{details.rstrip('。')}。"
    return f"{number}. {escape_markdown(said)}"
