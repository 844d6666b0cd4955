"""Names that are looked up in a roster: which form goes first, and who is named where none does."""

import pytest

from zhashui_stats.errors import UnknownUnit
from zhashui_stats.model.periods import Period
from zhashui_stats.model.units import Roster, Unit


def unknown(roster, name):
    with pytest.raises(UnknownUnit) as caught:
        roster.resolve(name)
    return caught.value.name, caught.value.candidates


def test_names_of_a_unit():
    """Its own name first; an official name that is not on record is none."""
    full = Unit("甲局", "b", "某县甲局", ("甲", "甲办"))

    assert ("甲局", "某县甲局", "甲", "甲办") == full.names
    assert ("甲局", "甲") == Unit("甲局", "b", aliases=("甲",)).names


def test_no_name_names_nobody():
    """A unit without an official name is not found by the empty text."""
    assert ("", ()) == unknown(Roster((Unit("甲局", "b"),)), "")


def test_a_name_as_it_stands_goes_before_a_folded_one():
    """Two names that differ by their width only are two names."""
    roster = Roster((Unit("A办", "b"), Unit("Ａ办", "b")))

    assert ["A办", "Ａ办"] == [roster.resolve(name).name for name in ("A办", "Ａ办")]
    assert ("A 办", ("A办", "Ａ办")) == unknown(roster, "A 办")


def test_two_forms_of_an_alias_are_one():
    """A unit is not mistaken for two by its own aliases."""
    roster = Roster((Unit("甲局", "b", "某县 甲局", ("乙 局", "乙局", "某县甲局")),))

    assert ["甲局", "甲局"] == [roster.resolve(name).name for name in ("乙　局", "某县　甲局")]


def test_official_names_go_before_aliases():
    """Folded as well, an own name shadows an official one, and this an alias."""
    roster = Roster(
        (
            Unit("甲", "b", "", ("丙 丁", "乙 乙")),
            Unit("乙乙", "b", "丙丁"),
            Unit("戊", "b", "乙乙"),
        )
    )

    assert ["乙乙", "乙乙"] == [roster.resolve(name).name for name in ("丙　丁", "乙　乙")]


NEAR = ("应急管理局一", "应急管理局二", "应急管理局三", "应急管理局四")


@pytest.mark.parametrize(
    ("aliases", "expected"),
    [
        (NEAR[1:], ("应急管理局一", "应急管理乙", "应急管丙")),
        ((*NEAR[1:], "应急管理局五"), ("应急管理局一", "应急管理乙")),
    ],
)
def test_candidates_are_taken_from_six_names(aliases, expected):
    """Each unit is named once, and no more than three are."""
    near = Unit(NEAR[0], "b", "", aliases)
    others = (Unit(name, "b") for name in ("应急丁", "应急管丙", "应急管理乙"))
    roster = Roster((near, *others))

    assert expected == roster.candidates("应急管理局")


def test_no_more_than_three_candidates():
    """Of four near names the farthest is left out."""
    roster = Roster(
        tuple(Unit(name, "b") for name in ("应急", "应急管", "应急管理", "应急管理局乙"))
    )

    assert ("应急管理局乙", "应急管理", "应急管") == roster.candidates("应急管理局")


@pytest.mark.parametrize(
    ("name", "other", "expected"),
    [
        ("甲乙", "甲丙丁", ("甲丙丁",)),
        ("甲乙丙丁戊己庚辛", "甲乙丙一二三四五", ()),
        ("甲　乙", "甲丙", ("甲丙",)),
    ],
)
def test_how_near_a_candidate_is(name, other, expected):
    """Two fifths of both names' characters, folded, are in common, or it is none."""
    assert expected == Roster((Unit(other, "b"),)).candidates(name)


def test_a_unit_is_not_its_own_successor():
    """A merged unit is another one."""
    ended = Unit("甲局", "b", "", ("甲局",), None, Period.parse("2021"))

    assert Roster((ended, Unit("乙局", "b", "甲局"))).successor(ended) is None
    assert "丙局" == Roster((ended, Unit("丙局", "b", "", ("甲局",)))).successor(ended).name
