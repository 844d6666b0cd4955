"""Characters that nobody sees, or takes for others, in every place that a file of a period has."""

import pytest
from data_folders import BUREAUS, TOWNS, add_period, counts
from hypothesis import given
from hypothesis import strategies as st

from zhashui_stats.errors import Fault, FaultKind
from zhashui_stats.loading import load_period
from zhashui_stats.model.names import fold_heading, fold_name

INVISIBLE = ["\u200b", "\ufeff", "\u200e", "\u00ad", "\u2060", "\ufe0f", "\u202a"]


@pytest.mark.parametrize("mark", INVISIBLE)
def test_in_names_headers_and_counts(data, mark):
    """A table is read as if they were not there."""
    rows = [[f"{mark}{cell}{mark}" for cell in row] for row in TOWNS]
    add_period(data, "2022H1", towns=[*rows, [mark, mark], [f"合{mark}计", f"9{mark}", "12"]])

    assert {"东河镇": (1, 2), "西山镇": (3, 4), "南坪镇": (5, 6)} == counts(data)


@pytest.mark.parametrize("name", ["财⺠局", "财民局", "⼈⺠局", "⻓江局", "政⽤局"])
def test_radicals_in_place_of_characters(data, name):
    """Radicals of both blocks, as PDF and old fonts give them, are the characters."""
    plain = name.translate(str.maketrans("⺠⼈⻓⽤", "民人长用"))
    roster = (data / "units.csv").read_text("utf-8").replace("财政局", plain)
    (data / "units.csv").write_text(roster, "utf-8")
    add_period(data, "2022H1", bureaus=[BUREAUS[0], [name, 1, 0], *BUREAUS[2:]])

    assert (1, 0) == counts(data, "bureaus")[plain]


@pytest.mark.parametrize("mark", INVISIBLE)
def test_in_a_ledger(data, mark):
    """Units, categories, dates and states of a ledger are read alike."""
    cells = ["甲", "东河镇", "政务公开", "2022-01-05", "采用"]
    lines = [["标题", "投稿单位", "类别", "发布日期", "状态"], cells]
    text = "\n".join(",".join(f"{cell}{mark}" for cell in line) for line in lines)
    (data / "2022H1/ledger.csv").write_text(text, "utf-8")
    for name in ("towns.csv", "bureaus.csv"):
        (data / "2022H1" / name).unlink()

    assert (1, 0) == tuple(load_period("2022H1", data).counts["东河镇"].values())


def test_what_is_not_folded_is_shown():
    """A character that cannot be seen has its number in the message, and none hides there."""
    fault = Fault("a.csv", 1, "单\u202e位", FaultKind.UNKNOWN_UNIT, "营盘\u200b镇", "x")

    assert "a.csv 第1行“单〔U+202E〕位”列：名册中没有这个单位（营盘〔U+200B〕镇）；应为：x" == str(
        fault
    )


LETTERS = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1)


@given(LETTERS, st.sampled_from(INVISIBLE), st.integers(0, 9))
def test_a_mark_anywhere_changes_no_name(name, mark, place):
    """Names and headers fold to the same with a mark in any place."""
    marked = name[:place] + mark + name[place:]

    assert (fold_name(name), fold_heading(name)) == (fold_name(marked), fold_heading(marked))
