"""What a brief's figures and tables hold, and those of the index that leads to the briefs."""

import hashlib
from dataclasses import replace

import pytest
from conftest import Builder

from briefs.subject import brief_of
from zhashui_stats.briefs import tables as brief_tables
from zhashui_stats.comparison import History
from zhashui_stats.model.submissions import Submissions
from zhashui_stats.page.provenance import made_with
from zhashui_stats.page.table import Link

# --- Key figures --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        ("营盘镇", ["并列第6名，共9个镇办", "各单位相同", "各单位相同", "比中位数少2篇"]),
        ("财政局", ["并列第2名，共56个部门单位", "第1名", "并列第1名", "并列第15名"]),
        ("盐务局", ["没有稿件被采用", "比中位数少2篇", "等于中位数", "比中位数少1篇"]),
    ],
)
def test_notes_of_the_figures(h1: Submissions, unit: str, expected: list[str]) -> None:
    """A rank where there is one, else the distance; nothing adopted is no rank."""
    figures = brief_tables.own_figures(brief_of(unit, h1)).figures

    assert expected == [note for *_, note in figures]


def test_figures_of_one_category(build: Builder) -> None:
    """The total alone, which is that category."""
    now = build({"镇办": {"甲镇": (3,), "乙镇": (3,)}}, categories=("政务公开",))

    assert brief_tables.own_figures(brief_of("甲镇", now)).figures == (
        ("采用总量", "3", "篇", "各单位相同"),
    )


def test_figures_of_a_group_of_one(build: Builder) -> None:
    """No rank, no median."""
    figures = brief_tables.own_figures(brief_of("", build({"镇办": {"甲镇": (3, 0, 1)}}))).figures

    assert ["", "", "", ""] == [note for *_, note in figures]


# --- Tables -------------------------------------------------------------------------------------


def test_standing_of_a_real_unit(h1: Submissions) -> None:
    """Count, rank, median, distance and most, by category and in total."""
    table = brief_tables.standing_table(brief_of("营盘镇", h1))

    assert "在9个镇办中的位置（篇）" == table.caption
    assert ["".join(header) for header in table.header] == [
        "类别", "采用", "名次", "组中位数", "与中位数相差", "组内最多",
    ]  # fmt: skip
    assert table.rows == (
        ("政务公开", "2", "—", "2", "0", "2"),
        ("政策解读", "0", "—", "0", "0", "0"),
        ("政务动态", "0", "—", "2", "−2", "50"),
    )
    assert table.footer == (("合计", "2", "并列6", "4", "−2", "52"),)
    assert "名次为“—”的，没有稿件被采用，或各单位相同。" == table.note


def test_standing_with_every_rank(build: Builder) -> None:
    """Where every row has its rank there is no note; one category needs no total."""
    now = build({"镇办": {"甲镇": (3,), "乙镇": (2,)}}, categories=("政务公开",))
    table = brief_tables.standing_table(brief_of("甲镇", now))

    assert ((("政务公开", "3", "1", "2.5", "+0.5", "3"),), (), "") == (
        table.rows, table.footer, table.note
    )  # fmt: skip


def test_standing_of_one_alone_is_not_shown(build: Builder) -> None:
    """There is nobody to stand among."""
    brief = brief_of("", build({"镇办": {"甲镇": (3, 0, 0)}}))

    assert "" == brief_tables.standing_table(brief)._repr_html_()


def test_history_of_a_unit(build: Builder) -> None:
    """Merged units count before; where the unit was not there, there is a dash."""
    first = build({"镇办": {"丙镇": (1, 1, 1)}}, "2021H1")
    before = build({"镇办": {"甲镇": (1, 0, 0), "乙镇": (5, 0, 2)}}, "2021H2")
    now = build({"镇办": {"甲镇": (7, 0, 0)}}, aliases={"甲镇": ("乙镇",)})
    table = brief_tables.own_history_table(brief_of("甲镇", first, before, now))

    assert table.rows == (
        ("2021年上半年", "—", "—", "—", "—"),
        ("2021年下半年", 6, 0, 2, 8),
        ("2022年上半年", 7, 0, 0, 7),
    )
    assert "“—”为名册中没有本单位；含并入前的单位。" == table.note


def test_a_long_history_shows_the_latest(build: Builder) -> None:
    """The sheet has room for five periods."""
    series = [build({"镇办": {"甲镇": (n, 0, 0)}}, f"{n}H1") for n in range(2014, 2023)]
    table = brief_tables.own_history_table(brief_of("甲镇", *series))

    assert [f"{n}年上半年" for n in range(2018, 2023)] == [row[0] for row in table.rows]
    assert "只列最近5期。" == table.note


def test_no_history_of_a_single_period(h1: Submissions) -> None:
    """One period is in the other table."""
    assert () == brief_tables.own_history_table(brief_of("", h1)).rows


# --- Provenance ---------------------------------------------------------------------------------


def test_provenance_is_one_small_table(h1: Submissions) -> None:
    """Source, inputs with one hash, program and parameters, and the command for all briefs."""
    brief = brief_of("营盘镇", h1)
    made = made_with("2022H1", "somewhere/else", unit=brief.name)
    rows = dict(brief_tables.own_provenance_table(brief, made).rows)
    digest = brief_tables.combined_hash(brief.history)

    assert list(rows) == ["数据来源", "输入文件", "程序、主要组件", "参数、重新生成的命令"]
    assert rows["数据来源"] == (
        "柞水县2022年上半年政务公开暨县政府网站信息报送采编情况的通报：附件1、附件2（2022年7月8日）"
    )
    assert rows["输入文件"] == f"{len(h1.files)}个文件，合并校验值（SHA-256）{digest}"
    assert rows["参数、重新生成的命令"] == (
        "period = 2022H1，unit = 营盘镇，data_dir = else；"
        "zhashui-stats briefs 2022H1 --data-dir else"
    )


def test_the_combined_hash_is_that_of_a_checksum_file(h1: Submissions) -> None:
    """The lines that sha256sum writes, in the order of the paths, whatever the series' order."""
    lines = sorted((file.path, file.sha256) for file in h1.files)
    text = "".join(f"{digest}  {path}\n" for path, digest in lines)
    mixed = replace(h1, files=tuple(reversed(h1.files)))

    expected = hashlib.sha256(text.encode()).hexdigest()
    assert expected == brief_tables.combined_hash(History([h1]))
    assert expected == brief_tables.combined_hash(History([mixed]))


def test_another_input_has_another_hash(h1: Submissions) -> None:
    """One changed file changes the hash."""
    other = replace(h1, files=(replace(h1.files[0], sha256="0"), *h1.files[1:]))

    assert brief_tables.combined_hash(History([h1])) != brief_tables.combined_hash(History([other]))


@pytest.mark.parametrize(
    ("source", "summed", "expected"),
    [
        ({"title": "某表", "date": "7月"}, False, "某表（7月）"),
        ({"title": "某表"}, False, "某表"),
        ({"date": "7月"}, False, "7月"),
        ({"note": "无"}, False, None),
        (
            {"2022年上半年：title": "甲", "2022年上半年：date": "7月", "2022年下半年：title": "乙"},
            True,
            "甲（7月）；乙",
        ),
    ],
)
def test_sources(
    build: Builder, source: dict[str, str], *, summed: bool, expected: str | None
) -> None:
    """Title and date as far as they are given; a year names both halves' sources."""
    now = replace(build({"镇办": {"甲镇": (1, 0, 0)}}, summed=summed), source=source)
    rows = dict(brief_tables.own_provenance_table(brief_of("", now), {}).rows)

    assert expected == rows.get("数据来源")


# --- The index ----------------------------------------------------------------------------------


def test_the_index_of_a_group(build: Builder) -> None:
    """Every unit in the order of the annex, with a link, its counts, its total and its rank."""
    now = build({"镇办": {"甲镇": (1, 0, 2), "乙镇": (0, 0, 0), "丙镇": (3, 0, 0)},
                 "部门": {"丁局": (1, 1, 1)}})  # fmt: skip
    hrefs = {"甲镇": "%E7%94%B2.html", "乙镇": None, "丙镇": "c.html", "丁局": "d.html"}
    table = brief_tables.briefs_table(now, "镇办", hrefs)

    assert "2022年上半年镇办信息采编情况简报（篇）" == table.caption
    assert table.header == ("投稿单位", "政务公开", "政策解读", "政务动态", "合计", ("名", "次"))
    assert table.rows == (
        (Link("甲镇", "%E7%94%B2.html"), 1, 0, 2, 3, "并列1"),
        ("乙镇（未能生成）", 0, 0, 0, 0, "—"),
        (Link("丙镇", "c.html"), 3, 0, 0, 3, "并列1"),
    )
