"""The words of a county: units, groups and categories as circulars write them."""

import pytest

from zhashui_stats.audit.lexicon import build_lexicon
from zhashui_stats.audit.numerals import Numeral
from zhashui_stats.model.county import Category
from zhashui_stats.model.periods import Period
from zhashui_stats.model.units import Roster, Unit

from .small import COUNTY, PERIOD, encode_text


def _words(text: str) -> list[tuple[str, str]]:
    encoded = encode_text(text)
    signs = [sign for sign in encoded.signs if sign and not isinstance(sign.meaning, Numeral)]
    return [
        (encoded.sentence.text[sign.start : sign.end], _meaning(sign.meaning)) for sign in signs
    ]


def _meaning(meaning: object) -> str:
    if isinstance(meaning, Unit):
        return meaning.name
    return meaning.label if isinstance(meaning, Category) else str(meaning)


@pytest.mark.parametrize(
    ("text", "word", "meaning"),
    [
        ("己局报送", "己局", "己局"),
        ("县己局报送", "县己局", "己局"),
        ("某县己局报送", "某县己局", "己局"),
        ("各镇办报送", "各镇办", "towns"),
        ("乡镇报送", "乡镇", "towns"),
        ("全县镇办报送", "全县镇办", "towns"),
        ("县直单位报送", "县直单位", "offices"),
        ("部门、事业单位报送", "部门、事业单位", "offices"),
        ("投稿单位报送", "投稿单位", ""),
        ("政务动态3篇", "政务动态", "政务动态"),
        ("政务动态类信息3篇", "政务动态类信息", "政务动态"),
        ("动态信息3篇", "动态信息", "政务动态"),
        ("解读类信息3篇", "解读类信息", "政策解读"),
    ],
)
def test_words_are_known(text: str, word: str, meaning: str) -> None:
    """A unit, a group or a category is known in every form, the longest one."""
    assert [(word, meaning)] == _words(text)


@pytest.mark.parametrize(
    "text", ["政务公开工作扎实推进", "政务公开意识增强", "政务公开制度", "镇长调研", "政策解读质量"]
)
def test_the_work_itself_is_no_category(text: str) -> None:
    """政务公开 is a category only where it does not name the whole work."""
    assert [] == _words(text)


def test_words_in_a_title_are_none() -> None:
    """A unit or category within 《》 is a part of the title."""
    assert [] == _words("《政务公开信息2022年办法》")


def test_a_new_unit_has_the_word_before_an_ended_one() -> None:
    """A name that two units bear means the one that is there in the period."""
    ended = Unit("环保局", "offices", until=Period.parse("2020H2"))
    here = Unit("环境局", "offices", aliases=("环保局",), since=Period.parse("2021H1"))

    lexicon = build_lexicon(COUNTY, Roster((ended, here)), PERIOD)

    assert here == lexicon.units["环保局"]


def test_an_ended_unit_is_still_known() -> None:
    """A unit that is no longer there can still be named."""
    ended = Unit("粮食局", "offices", until=Period.parse("2020H2"))

    lexicon = build_lexicon(COUNTY, Roster((ended,)), PERIOD)

    assert ended == lexicon.units["粮食局"]


def test_the_countys_measure_comes_first() -> None:
    """The measure word of the county is known, and the usual ones too."""
    lexicon = build_lexicon(COUNTY, Roster(()), PERIOD)

    assert ("篇", True) == (lexicon.measures[0], "条" in lexicon.measures)
