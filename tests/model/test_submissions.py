"""Submissions: the one table at the centre."""

import copy
import pickle
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from IPython.core.formatters import DisplayFormatter

from zhashui_stats.errors import UnknownLabel, UnknownUnit, ZhashuiError
from zhashui_stats.model.county import Category, County, Group
from zhashui_stats.model.periods import Period
from zhashui_stats.model.submissions import (
    SourceFile,
    Submissions,
    add_up,
    ask,
    split_source_key,
)
from zhashui_stats.model.units import Unit

COUNTY = County(
    "某县", "某县人民政府办公室", "篇",
    (Group("towns", "镇办"), Group("bureaus", "部门")),
    (Category("open", "公开"), Category("news", "动态")),
)  # fmt: skip
UNITS = (Unit("甲镇", "towns"), Unit("乙镇", "towns"), Unit("丙局", "bureaus"))
COUNTS = {"甲镇": (1, 2), "乙镇": (0, 0), "丙局": (3, 4)}


def submissions(counts=COUNTS, units=UNITS, period="2022H1", **more):
    rows = {name: {"open": a, "news": b} for name, (a, b) in counts.items()}
    return Submissions(COUNTY, Period.parse(period), units, rows, **more)


def test_counts_and_totals():
    """Counts are asked by unit and category, totals by category."""
    now = submissions()

    assert [now.count("丙局", category) for category in ("open", "news", None)] == [3, 4, 7]
    assert [now.total(category) for category in ("open", "news", None)] == [4, 6, 10]


def test_counts_by_label_and_by_another_name():
    """A label or a name as people write it gives the same count as the id, never 0."""
    now = submissions()

    assert (now.count("县丙局", "动态"), now.count("丙 局", "news"), now.total("公开")) == (4, 4, 4)


def test_what_is_not_there_has_no_count():
    """An unknown unit, a unit of another group and an unknown category are errors, not 0."""
    now = submissions()

    with pytest.raises(UnknownUnit, match="名册中没有“丁局”"):
        now.count("丁局")
    with pytest.raises(UnknownUnit):
        now.of("towns").count("丙局")
    with pytest.raises(UnknownLabel, match="没有名为“动态类”的类别"):
        now.count("丙局", "动态类")
    with pytest.raises(UnknownLabel):
        now.total("动态类")


def test_scope_of_one_group():
    """A group is chosen by id or label; what it holds is complete in itself."""
    now = submissions()
    towns = now.of("towns")

    assert towns == now.of("镇办")
    assert (towns.units, towns.total(), towns.groups) == (UNITS[:2], 3, COUNTY.groups[:1])
    with pytest.raises(UnknownLabel):
        now.of("村")


@pytest.mark.parametrize(
    ("counts", "units"),
    [
        ({"甲镇": (1, 2)}, UNITS[:1] * 2),
        ({**COUNTS, "丁局": (0, 0)}, UNITS),
        ({**COUNTS, "甲镇": (1, -2)}, UNITS),
        ({**COUNTS, "甲镇": (1, 2.0)}, UNITS),
        ({**COUNTS, "甲镇": (1, True)}, UNITS),
    ],
)
def test_only_a_complete_grid_of_whole_numbers(counts, units):
    """A grid that is not units × categories of whole numbers from 0 is refused."""
    with pytest.raises(ValueError, match=r"match one to one|whole number"):
        submissions(counts, units)


def test_missing_unit_is_refused():
    """A unit without counts is refused: readers fill in the zeros."""
    with pytest.raises(KeyError):
        submissions({"甲镇": (1, 2)})


def test_everything_is_frozen():
    """Neither the counts nor the texts can be changed."""
    now = submissions(source={"a": "b"}, remarks={"一（二）": "好"})

    for mapping in (now.counts, now.counts["甲镇"], now.source, now.remarks):
        with pytest.raises(TypeError):
            mapping["x"] = 0


def test_what_was_given_may_change_afterwards():
    """The table keeps copies."""
    source = {"a": "b"}
    now = submissions(source=source)
    source.clear()

    assert now.source == {"a": "b"}


def test_sum_of_halves():
    """Units are joined in the order of the groups; one missing from a half counts 0 there."""
    files = (SourceFile("county.toml", "0"), SourceFile("2022H1/towns.csv", "1"))
    second = {"丁镇": (5, 5), "丙局": (1, 1)}
    year = add_up(
        (
            submissions(files=files),
            submissions(second, (Unit("丁镇", "towns"), UNITS[2]), "2022H2", files=files[:1]),
        ),
        Period.parse("2022"),
    )

    assert [(unit.name, *year.counts[unit.name].values()) for unit in year.units] == [
        ("甲镇", 1, 2), ("乙镇", 0, 0), ("丁镇", 5, 5), ("丙局", 4, 5),
    ]  # fmt: skip
    assert (year.summed, year.files) == (True, files)


def test_sum_of_halves_keeps_their_sources():
    """Each key of a source is led by the half that it belongs to."""
    halves = [submissions(period=half, source={"title": half}) for half in ("2022H1", "2022H2")]

    assert add_up(halves, Period.parse("2022")).source == {
        "2022年上半年：title": "2022H1",
        "2022年下半年：title": "2022H2",
    }


def test_frame():
    """The table for analysis has groups and units as index and a total at the end."""
    frame = submissions().frame

    assert list(frame.columns) == ["公开", "动态", "合计"]
    assert list(frame.index) == [("镇办", "甲镇"), ("镇办", "乙镇"), ("部门", "丙局")]
    assert frame["合计"].tolist() == [3, 0, 7]
    assert set(map(str, frame.dtypes)) == {"int64"}


def test_the_frame_is_free_to_change():
    """Whoever changes the table for analysis changes neither the counts nor the next one."""
    now = submissions()
    frame = now.frame
    frame.loc[("镇办", "甲镇"), "公开"] = 99
    frame["新列"] = 1

    assert list(now.frame.columns) == ["公开", "动态", "合计"]
    assert now.frame["公开"].tolist() == [1, 0, 3]


def test_it_shows_itself():
    """In a terminal it is one line, in JupyterLab the whole table."""
    now = submissions()

    assert repr(now) == "<某县2022年上半年：3个单位 × 2个类别，合计10篇>"
    assert repr(now.of("镇办")) == "<某县2022年上半年镇办：2个单位 × 2个类别，合计3篇>"
    assert "甲镇" in now._repr_html_()


@given(st.lists(st.integers(0, 999), min_size=6, max_size=6))
def test_groups_add_up_to_the_county(numbers):
    """Groups add up to the county, categories to the total."""
    pairs = zip(numbers[::2], numbers[1::2], strict=True)
    now = submissions(dict(zip(COUNTS, pairs, strict=True)))

    assert sum(now.of(group.id).total() for group in now.groups) == now.total() == sum(numbers)
    assert sum(now.total(category.id) for category in COUNTY.categories) == now.total()


def test_rows_and_columns_by_name():
    """A unit is a row, a category a column, a group its rows; all as ``frame`` has them."""
    now = submissions()

    assert {"公开": 3, "动态": 4, "合计": 7} == now["县丙局"].to_dict()
    assert ("丙局", "类别") == (now["丙局"].name, now["丙局"].index.name)
    assert [1, 0, 3] == now["公开信息"].to_list()
    assert now.frame["合计"].droplevel("组别").equals(now["总计"])
    assert (4, 4) == (now["动态"]["丙局"], now["丙局"]["动态"])
    assert ["甲镇", "乙镇"] == list(now["towns"].index)


def test_a_group_without_units_in_scope_has_no_rows():
    """It is declared, so it is no error; a unit out of scope is one."""
    towns = submissions().of("towns")

    assert (0, 3) == towns["部门"].shape
    assert "投稿单位" == towns["部门"].index.name
    with pytest.raises(UnknownLabel, match="没有名为“丙局”的单位、组别或类别"):
        towns["丙局"]


def test_scope_of_one_unit():
    """A unit is chosen by any of its names; what it holds is complete in itself."""
    own = submissions().of("县丙局")

    assert (UNITS[2:], 7, COUNTY.groups[1:]) == (own.units, own.total(), own.groups)


def test_a_question_is_asked_once():
    """The answer is kept for the same units and the same matter, and for these alone."""
    asked = []
    now = submissions()

    def question(part, about):
        asked.append((len(part.units), about))

    for scope in (now, now, now.of("towns"), now.of("镇办"), now.of("甲镇")):
        ask(scope, question, "a")
    ask(now, question, "b")

    assert [(3, "a"), (2, "a"), (1, "a"), (3, "b")] == asked


def test_whose_key_of_a_source_it_is(build):
    """Of a sum each key is led by its part's label; a key of the analyst's may hold the mark."""
    half = replace(build({"镇办": {"甲镇": (1, 0, 0)}}), source={"备注：title": "甲"})
    year = add_up([half], Period.parse("2022"))

    assert ("", "备注：title") == split_source_key(half, "备注：title")
    assert [("2022年上半年", "备注：title")] == [split_source_key(year, key) for key in year.source]


# --- As people ask ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("names", "rows", "columns"),
    [
        (["镇办"], ["甲镇", "乙镇"], ["公开", "动态", "合计"]),
        (("丙局", "某县甲镇"), ["甲镇", "丙局"], ["公开", "动态", "合计"]),
        (["镇办", "丙局"], ["甲镇", "乙镇", "丙局"], ["公开", "动态", "合计"]),
        (["动态信息", "合计"], ["甲镇", "乙镇", "丙局"], ["动态", "合计"]),
        (
            submissions().frame.index.get_level_values(1)[1:],
            ["乙镇", "丙局"],
            ["公开", "动态", "合计"],
        ),
        (submissions()["动态"] > 2, ["丙局"], ["公开", "动态", "合计"]),
    ],
)
def test_several_names_and_conditions(names, rows, columns):
    """Lists and tuples of groups, units or categories, an index of pandas, or a condition."""
    table = submissions()[names]

    assert (rows, columns) == (list(table.index), list(table.columns))


@pytest.mark.parametrize("names", [[], ["动态", "丙局"], ["丁局"]])
def test_several_names_of_which_one_is_wrong(names):
    """No name at all, names of two kinds and an unknown one are errors."""
    with pytest.raises(UnknownLabel, match=r"没有名为“.*”的单位或组别"):
        submissions()[names]


def test_the_name_of_the_county_before_a_unit():
    """It is left off, unless it is the unit's own; what is unknown without it is so with it."""
    now = submissions(
        {"某县站": (1, 1), "站": (2, 2)}, [Unit("某县站", "towns"), Unit("站", "towns")]
    )

    assert [2, 2, 4] == [now.count(name) for name in ("某县站", "某县 某县站", "站")]
    assert ("某 县丙局" in submissions(), "某县丁局" in submissions()) == (True, False)


def test_what_is_selected_is_known():
    """By labels of groups and names of units; of all groups it is all."""
    now = submissions()

    assert [(), ("镇办",), ("丙局",), (), ("镇办", "丙局")] == [
        part.selected
        for part in (
            now, now.of("towns").of("镇办"), now.of("部门").of("某县丙局"),
            now.of(["部门", "镇办"]), now.of(["丙局", "镇办"]),
        )
    ]  # fmt: skip
    assert ("甲镇", "镇办") == now.of("甲镇").of("镇办").selected


def test_it_counts_and_lists_its_units():
    """``len`` and ``list`` go together; a part without units is there all the same."""
    empty = submissions({}, ())

    assert (3, ["甲镇", "乙镇", "丙局"]) == (len(submissions()), list(submissions()))
    assert (0, True) == (len(empty), bool(empty))


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("动态", '没有 now.动态；应写成：now["动态"]'),
        ("镇办", '没有 now.镇办；应写成：now["镇办"]'),
        ("sum", "now 不是 pandas 的表，没有“sum”；它的表是 now.frame，应写成：now.frame.sum"),
        (
            "totals",
            "now 没有“totals”，最接近的是：total、total_amount、counts；可用的有：amount、count、",
        ),
        ("排序", "now 没有“排序”；可用的有：amount、count、"),
    ],
)
def test_what_it_does_not_have(name, said):
    """It says in Chinese what to write instead; for Python it does not have it."""
    now = submissions()

    with pytest.raises(AttributeError) as caught:
        getattr(now, name)

    assert str(caught.value).startswith(said)
    assert isinstance(caught.value, ZhashuiError)
    assert (False, 0) == (hasattr(now, name), getattr(now, name, 0))


def test_completion_offers_what_an_analyst_asks():
    """No part of the machinery is among it."""
    assert [
        "amount", "count", "counts", "county", "figures", "files", "frame", "groups",
        "is_synthetic", "ledger", "notices", "of", "parts", "period", "remarks", "selected",
        "source", "summed", "total", "total_amount", "units",
    ] == [name for name in dir(submissions()) if not name.startswith("_")]  # fmt: skip


@pytest.mark.parametrize(
    "again", [copy.copy, copy.deepcopy, lambda now: pickle.loads(pickle.dumps(now))]
)
def test_it_is_copied_and_pickled(again):
    """What comes back is equal, as frozen, and finds its parts."""
    now = submissions(source={"a": "b"}, remarks={"一（二）": "好"}).of("镇办")
    other = again(now)

    assert now == other
    assert now.frame.equals(other.frame)
    assert other.of("甲镇").total() == 3
    with pytest.raises(TypeError):
        other.counts["x"] = 0


def test_ipython_shows_it():
    """Its formatters look for methods that are not there; it shows its table and its line."""
    shown, _ = DisplayFormatter().format(submissions())

    assert {"text/plain", "text/html"} == shown.keys()
    assert "<某县2022年上半年：" in shown["text/plain"]


def test_half_made_it_has_nothing():
    """What was not initialised says so and does not ask itself without end."""
    assert not hasattr(Submissions.__new__(Submissions), "units")
