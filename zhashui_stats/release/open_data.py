"""Open data of a release: counts.csv, indicators.csv, and what their columns mean as CSVW metadata.

The tables are tidy: one row a unit and category, zeros included, and one a unit and indicator.
Indicators have a table of their own, so that whoever adds up the counts adds up counts. CSVW is
the W3C's “Metadata Vocabulary for Tabular Data” (17 December 2015): JSON beside the table, which
names, types and describes its columns, so that programs need not guess.
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from zhashui_stats.model.amounts import UNDEFINED
from zhashui_stats.model.articles import MADE_UP, SYNTHETIC
from zhashui_stats.model.names import GROUP_HEADER, UNIT_HEADER
from zhashui_stats.model.rounding import round_half_up
from zhashui_stats.model.submissions import Submissions
from zhashui_stats.release.cell_text import looks_like_formula
from zhashui_stats.release.circular import parse_date
from zhashui_stats.release.indicator_notes import explain_indicators

__all__ = [
    "COLUMNS",
    "INDICATORS",
    "INDICATOR_COLUMNS",
    "guard_text",
    "indicator_rows",
    "read_value",
    "tidy_rows",
    "write_counts_csv",
    "write_csvw",
    "write_indicators_csv",
    "write_indicators_csvw",
]

INDICATORS = "indicators.csv"
"""The file of the indicators; a county without any has none."""

COLUMNS = ("period", "group", "group_label", "unit", "category", "category_label", "count")
"""The header of the table of counts."""

INDICATOR_COLUMNS = (
    "period", "group", "group_label", "unit", "indicator", "indicator_label", "measure", "value",
)  # fmt: skip
"""The header of the table of indicators."""

_LANGUAGE = "zh"
_MEANINGS = {
    "period": (
        "期次",
        "统计的时段，如 2022H1 为2022年上半年，2022Q3 为第三季度，2022-01..04 为1—4月。",
    ),
    "group": ("组别代码", "单位所在的组，即一张附件。"),
    "group_label": (GROUP_HEADER, "组的名称。"),
    "unit": (UNIT_HEADER, "单位的名称，同附件；名册中本期在册的单位都在内。"),
    "category": ("类别代码", "统计的类别，即附件的一列。"),
    "category_label": ("类别", "类别的名称。"),
    "indicator": ("指标代码", "指标的代码，公式中就用它。"),
    "indicator_label": ("指标", "指标的名称，即附件的一列。"),
    "measure": ("计量单位", "数值的计量单位，如 条、%、分；87.5% 写作 87.5。"),
}
_DECIMAL = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


def guard_text(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would take for a formula.

    Names and ids cannot begin so (see ``is_safe_name``), and are checked all the same; labels
    of groups and categories may. Whoever reads the table knows a row by its ids, and holds the
    guarded label against the label beside it: nothing is ever to be unguarded.

    >>> guard_text("=1+1"), guard_text("政务公开")
    ("'=1+1", '政务公开')
    """
    return f"'{text}" if looks_like_formula(text) else text


def tidy_rows(now: Submissions) -> Iterator[tuple[str, str, str, str, str, str, int]]:
    """Give the rows in the order of the annexes: units, then categories."""
    labels = {group.id: group.label for group in now.county.groups}
    for unit in now.units:
        for category in now.county.categories:
            texts = (
                str(now.period), unit.group, labels[unit.group],
                unit.name, category.id, category.label,
            )  # fmt: skip
            period, group, group_label, name, id_, label = map(guard_text, texts)
            count = now.counts[unit.name][category.id]
            yield period, group, group_label, name, id_, label, count


def write_counts_csv(now: Submissions) -> bytes:
    """Return the tidy table: UTF-8 with BOM, as Excel and WPS need it; CRLF, as RFC 4180 says."""
    return _write_csv(COLUMNS, tidy_rows(now))


def indicator_rows(now: Submissions) -> Iterator[tuple[str, ...]]:
    """Give the rows in the order of the annexes: units, then the indicators that they have.

    A value has the decimals that the annex shows, half up; of what is undefined it is empty.
    """
    labels = {group.id: group.label for group in now.county.groups}
    for unit in now.units:
        for indicator in now.county.indicators_of(unit.group):
            amount = now.amount(unit.name, indicator.id)
            texts = (
                str(now.period), unit.group, labels[unit.group],
                unit.name, indicator.id, indicator.label, indicator.unit,
            )  # fmt: skip
            value = "" if amount is None else str(round_half_up(amount, indicator.decimals))
            yield (*map(guard_text, texts), value)


def read_value(text: str) -> str:
    """Return a value of the table of indicators as it is printed.

    Raises:
        ValueError: It is none.

    >>> read_value("-0.5"), read_value("")
    ('−0.5', '—')
    """
    if text and not _DECIMAL.fullmatch(text):
        raise ValueError(text)
    return text.replace("-", "−") or UNDEFINED


def write_indicators_csv(now: Submissions) -> bytes:
    """Return the tidy table of the indicators, encoded as that of the counts."""
    return _write_csv(INDICATOR_COLUMNS, indicator_rows(now))


def _write_csv(header: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def write_csvw(
    now: Submissions, *, status: str = "", note: str = "", url: str = "counts.csv"
) -> bytes:
    """Return the metadata of the tidy table as CSVW.

    Args:
        now: The period.
        status: Whether the figures are final (初步, 最终); empty: not stated.
        note: What readers must know; where figures are made up, this is said in any case.
        url: The table, from the metadata's own place.
    """
    return _describe(
        {"url": url, **dict(_statements(now, "各单位投稿数量", status, note))},
        [*map(_text_column, COLUMNS[:-1]), _count_column(now)],
        ["period", "unit", "category"],
    )


def write_indicators_csvw(now: Submissions, *, status: str = "", note: str = "") -> bytes:
    """Return the metadata of the table of indicators; its notes explain each of them.

    Args:
        now: The period.
        status: As ``write_csvw`` takes it.
        note: As ``write_csvw`` takes it.
    """
    explained = [
        {
            "dc:identifier": note.id,
            "dc:title": note.label,
            "dc:description": note.meaning,
            "schema:unitText": note.unit,
            **({"schema:measurementTechnique": note.formula} if note.formula else {}),
        }
        for note in explain_indicators(now.county)
    ]
    said = dict(_statements(now, "各单位各项指标", status, note))
    return _describe(
        {"url": INDICATORS, **said, "notes": explained},
        [*map(_text_column, INDICATOR_COLUMNS[:-1]), _value_column()],
        ["period", "unit", "indicator"],
    )


def _describe(stated: dict[str, Any], columns: list[dict[str, Any]], key: list[str]) -> bytes:
    """Return what is stated of a table, with its dialect, columns and key, as CSVW."""
    metadata = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": _LANGUAGE}],
        **stated,
        "dialect": {
            "encoding": "utf-8",
            "delimiter": ",",
            "quoteChar": '"',
            "doubleQuote": True,
            "header": True,
            "headerRowCount": 1,
            "lineTerminators": ["\r\n"],
            # Without this a row that begins with # would be a comment.
            "commentPrefix": None,
        },
        "tableSchema": {"columns": columns, "primaryKey": key},
    }
    return (json.dumps(metadata, ensure_ascii=False, indent=2) + "\n").encode()


def _statements(now: Submissions, what: str, status: str, note: str) -> Iterator[tuple[str, Any]]:
    """Give what Dublin Core says of a table; what is not on record is left out."""
    source = now.source
    made_up = MADE_UP if now.is_synthetic and not note.startswith(SYNTHETIC) else ""
    yield "dc:title", f"{now.county.name}{now.period.label}{what}"
    if said := "\n".join(filter(None, (made_up, note))):
        yield "dc:description", said
    yield "dc:publisher", now.county.issuer
    if issued := parse_date(source.get("date", "")):
        yield "dc:issued", {"@value": issued.isoformat(), "@type": "xsd:date"}
    yield "dc:temporal", f"{now.period.start}/{now.period.end}"
    yield "dc:language", _LANGUAGE
    if title := source.get("title"):
        yield "dc:source", title
    if terms := source.get("license", "").strip():
        yield "dc:license", {"@id": terms} if _is_address(terms) else terms
    if status:
        yield "schema:creativeWorkStatus", status


def _is_address(text: str) -> bool:
    return text.startswith(("http://", "https://")) and len(text.split()) == 1


def _text_column(name: str) -> dict[str, Any]:
    title, description = _MEANINGS[name]
    return _column(name, title, "string", description)


def _count_column(now: Submissions) -> dict[str, Any]:
    described = f"本期采用并发布的数量（{now.county.measure}）；0 即没有。"
    return _column("count", "数量", "nonNegativeInteger", described)


def _value_column() -> dict[str, Any]:
    described = "指标的数，小数位数同附件，四舍五入；没有意义的（如除数为0）空着，不是0。"
    # An empty cell is null by CSVW's own rule, and here that is allowed.
    return _column("value", "数值", "decimal", described) | {"required": False}


def _column(name: str, title: str, datatype: str, description: str) -> dict[str, Any]:
    # The header of the table is the English title: validators hold one against the other.
    return {
        "name": name,
        "titles": {"en": name, _LANGUAGE: title},
        "datatype": datatype,
        "required": True,
        "dc:description": description,
    }
