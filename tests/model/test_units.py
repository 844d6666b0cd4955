"""Units and the roster that holds them."""

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st

from zhashui_stats.errors import Fault, FaultKind, FaultyData, UnknownUnit
from zhashui_stats.model.county import Category, County, Group
from zhashui_stats.model.periods import Period
from zhashui_stats.model.units import Roster, Unit, fold_name
from zhashui_stats.reading.roster import read_roster

DATA = ROOT / "data"
COUNTY = County(
    "某县", "某县人民政府办公室", "篇",
    (Group("towns", "镇办"), Group("bureaus", "部门")), (Category("news", "动态"),),
)  # fmt: skip
HEADER = "name,group,full_name,aliases,since,until\n"


def read(folder, text, encoding="utf-8"):
    path = folder / "units.csv"
    path.write_bytes(text.encode(encoding))
    return read_roster(path, COUNTY)


def faults(folder, text):
    with pytest.raises(FaultyData) as caught:
        read(folder, text)
    assert {fault.file for fault in caught.value.faults} == {"units.csv"}
    return [(fault.row, fault.column, fault.kind) for fault in caught.value.faults]


def test_real_roster():
    """The circular's annexes list 9 towns and 56 departments."""
    county = County(
        "x", "x", "篇", (Group("towns", "a"), Group("departments", "b")), COUNTY.categories
    )
    roster = read_roster(DATA / "units.csv", county)

    assert [len(roster.of(group)) for group in ("towns", "departments")] == [9, 56]
    assert roster.resolve("乾佑街道办事处").name == "乾佑街办"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_every_encoding_and_separator(tmp_path, encoding, separator):
    """The roster takes the forms that the tables take."""
    row = "甲局,bureaus,某县甲局,甲|甲办,2022H1,2023"
    roster = read(tmp_path, (HEADER + row).replace(",", separator), encoding)

    assert roster.units == (
        Unit("甲局", "bureaus", "某县甲局", ("甲", "甲办"),
             Period.parse("2022H1"), Period.parse("2023")),
    )  # fmt: skip


def test_columns_in_any_order_and_optional(tmp_path):
    """Only name and group are needed; a column without header is passed over."""
    roster = read(tmp_path, ",group,name\n1,towns,甲镇\n\n2,towns,乙镇\n")

    assert roster.units == (Unit("甲镇", "towns"), Unit("乙镇", "towns"))


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("农行", "农行"), ("农　行", "农行"), (" 农\n行 ", "农行"), ("县农行", "农行"),
        ("区 农 行", "农行"),
        ("县域管委会", "县域管委会"), ("县县域管委会", "县域管委会"), ("市监局", "市监局"),
        ("县市监局", "市监局"), ("某县市场监督管理局", "市监局"), ("市场局", "市监局"),
        ("Ａ办", "A办"), ("市水务局", "水务局"),
    ],
)  # fmt: skip
def test_names_are_found_as_they_stand_then_folded_then_without_level(name, found):
    """A leading 县, 市 or 区 is dropped last, so that names that begin with it keep it."""
    roster = Roster((
        Unit("农行", "b"), Unit("县域管委会", "b"), Unit("A办", "b"), Unit("水务局", "b"),
        Unit("市监局", "b", "某县市场监督管理局", ("市场局",)), Unit("监局", "b"),
        Unit("域管委会", "b"),
    ))  # fmt: skip

    assert roster.resolve(name).name == found


@pytest.mark.parametrize("name", ["", "县", "农", "农行局", "域", "监"])
def test_unknown_names_raise(name):
    """A name that only looks alike is never taken."""
    with pytest.raises(UnknownUnit):
        Roster((Unit("农行", "b"), Unit("市监局", "b"))).resolve(name)


def test_candidates_are_the_nearest_names_best_first():
    """The error names up to three units, also by their aliases, each once."""
    roster = Roster((
        Unit("司法局", "b"), Unit("应急局", "b", "应急管理局", ("应急办",)), Unit("财政局", "b"),
    ))  # fmt: skip
    with pytest.raises(UnknownUnit) as caught:
        roster.resolve("应急管理办")

    assert caught.value.candidates == ("应急局",)
    assert str(caught.value) == "名册中没有“应急管理办”，最接近的是：应急局"


def test_own_names_go_before_full_names_and_aliases():
    """A unit's own name shadows another's alias."""
    roster = Roster(
        (Unit("甲", "b", "", ("乙",)), Unit("乙", "b", "丙"), Unit("丁", "b", "", ("丙",)))
    )

    assert [roster.resolve(name).name for name in "乙丙"] == ["乙", "乙"]


def test_ambiguous_alias_is_no_guess():
    """Where two units go by a name, both are named and none is taken."""
    roster = Roster((Unit("甲", "b", "", ("丙",)), Unit("乙", "b", "", ("丙",))))
    with pytest.raises(UnknownUnit) as caught:
        roster.resolve("丙")

    assert caught.value.candidates == ("甲", "乙")


def test_merged_unit_and_its_successor():
    """While both are there each has its own name; later the old name leads to the successor."""
    old = Unit("甲", "b", until=Period.parse("2022H1"))
    new = Unit("乙", "b", "", ("甲",))
    roster = Roster((old, new))

    assert roster.successor(old) == new
    assert roster.valid_in(Period.parse("2022H1")).resolve("甲") == old
    assert roster.valid_in(Period.parse("2022H2")).resolve("甲") == new


@pytest.mark.parametrize(
    ("period", "names"),
    [
        ("2021H2", ["丙"]),
        ("2022H1", ["甲", "丙"]),
        ("2022", ["甲", "乙", "丙"]),
        ("2022H2", ["乙", "丙"]),
    ],
)
def test_validity_includes_both_ends(period, names):
    """Both bounds are inclusive; a year holds whoever was there in any part of it."""
    bounds = Period.parse("2022H1"), Period.parse("2022-06"), Period.parse("2022Q3")
    roster = Roster(
        (Unit("甲", "b", "", (), *bounds[:2]), Unit("乙", "b", since=bounds[2]), Unit("丙", "b"))
    )

    assert [unit.name for unit in roster.valid_in(Period.parse(period)).units] == names


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [(None, None, FaultKind.EMPTY_FILE)]),
        (HEADER, [(None, None, FaultKind.EMPTY_FILE)]),
        ("单位,组\n甲,towns\n",
         [(1, "name", FaultKind.MISSING_COLUMN), (1, "group", FaultKind.MISSING_COLUMN),
          (1, "单位", FaultKind.BAD_SETTING), (1, "组", FaultKind.BAD_SETTING)]),
        ("name,group,别名\n甲,towns,乙\n", [(1, "别名", FaultKind.BAD_SETTING)]),
        ("name,group,name\n甲,towns,乙\n", [(1, "name", FaultKind.DUPLICATE_COLUMN)]),
        (HEADER + "甲,nowhere,,,,\n", [(2, "group", FaultKind.BAD_SETTING)]),
        (HEADER + ",towns,,,,\n", [(2, "name", FaultKind.UNSAFE_NAME)]),
        (HEADER + "a/b,towns,=x,c|@d,,\n",
         [(2, column, FaultKind.UNSAFE_NAME) for column in ("name", "full_name", "aliases")]),
        (HEADER + "\n甲,towns,,,2022H3,\n", [(3, "since", FaultKind.BAD_SETTING)]),
        (HEADER + "甲,towns,,,2022H2,2022H1\n", [(2, "until", FaultKind.BAD_SETTING)]),
        (HEADER + "甲镇,towns,,,,\n甲 镇,towns,,,,\n", [(3, "name", FaultKind.DUPLICATE_UNIT)]),
        (HEADER + "甲,towns,,丙,,\n乙,towns,,丙,,\n", [(3, "aliases", FaultKind.DUPLICATE_UNIT)]),
        (HEADER + "甲,towns,,丙,,\n乙,towns,丙,,,\n",
         [(3, "full_name", FaultKind.DUPLICATE_UNIT)]),
        (HEADER + "甲,towns,,,,\n甲,towns,,,,\n乙,towns,,,2022H3,\n",
         [(3, "name", FaultKind.DUPLICATE_UNIT), (4, "since", FaultKind.BAD_SETTING)]),
        (HEADER + "合 计,towns,,总计,,\n",
         [(2, column, FaultKind.BAD_SETTING) for column in ("name", "aliases")]),
    ],
)  # fmt: skip
def test_faults_of_the_roster(tmp_path, text, expected):
    """Each fault is told with its row and column, all in one run."""
    assert faults(tmp_path, text) == expected


def test_names_may_follow_each_other_and_merge(tmp_path):
    """A name may be used again later, and a successor carries the ended unit's name."""
    text = HEADER + "甲,towns,,,,2021\n甲,towns,,,2022H1,2022H2\n乙,towns,,甲,2023H1,\n"

    assert len(read(tmp_path, text).units) == 3


def test_missing_roster(tmp_path):
    """A missing file is one fault."""
    with pytest.raises(FaultyData) as caught:
        read_roster(tmp_path / "units.csv", COUNTY)

    assert caught.value.faults == (
        Fault("units.csv", None, None, FaultKind.MISSING_FILE, "", "单位名册 units.csv"),
    )


@given(st.text())
def test_folding_twice_changes_nothing_but_compatibility_forms(name):
    """A folded name holds no white space, whatever it was."""
    folded = fold_name(name)

    assert folded.split() == ([folded] if folded else [])


def unit_or_none(roster, name):
    try:
        return roster.resolve(name)
    except UnknownUnit:
        return None


def forms(name):
    folded = fold_name(name)
    return {folded} | ({folded[1:]} if folded[:1] in ("县", "市", "区") else set())


@given(st.text(max_size=20) | st.text("县市区农行监局 　", max_size=6))
def test_no_name_crashes_the_lookup(name):
    """Any text is either found or told as unknown."""
    roster = Roster((Unit("农行", "b"), Unit("市监局", "b")))
    found = unit_or_none(roster, name)

    assert (found is None) == forms(name).isdisjoint({"农行", "市监局"})


@pytest.mark.parametrize(
    "name",
    [
        "柞水县财政局",
        "柞水财政局",
        "商洛市柞水县财政局",
        "陕西省商洛市柞水县财政局",
        "柞水县 财政局",
        "县财政局",
    ],
)
def test_the_countys_own_name_before_a_unit(name):
    """It is looked up without it, in full or short, and behind the names of what is above it."""
    roster = Roster((Unit("财政局", "departments"), Unit("柞水局", "departments")), "柞水县")

    assert "财政局" == roster.resolve(name).name


@pytest.mark.parametrize("name", ["镇安县财政局", "柞水县", "柞水财政", "原柞水县财政局"])
def test_another_countys_unit(name):
    """What is left after the county's name has to be a name in full; nothing is guessed."""
    roster = Roster((Unit("财政局", "departments"),), "柞水县")
    with pytest.raises(UnknownUnit):
        roster.resolve(name)


def test_a_unit_that_bears_the_countys_name():
    """It is found as it stands, before anything is taken away."""
    roster = Roster((Unit("柞水县医院", "departments"), Unit("医院", "towns")), "柞水县")

    assert ("departments", "towns") == tuple(
        roster.resolve(name).group for name in ("柞水县医院", "医院")
    )
