"""Numeric tokens: what they are by their looks, and what they are worth."""

from fractions import Fraction

import pytest

from zhashui_stats.audit.numerals import Look, Numeral, find_numerals, read_chinese


def _only(text: str) -> Numeral:
    (numeral,) = find_numerals(text)
    return numeral


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("二十一", 21),
        ("一百零五", 105),
        ("两千三百", 2300),
        ("三万", 30_000),
        ("二〇二二", 2022),
    ],
)
def test_chinese_numerals_are_read(text: str, value: int) -> None:
    """A Chinese numeral is read by its powers of ten, or digit by digit."""
    assert value == read_chinese(text)


@pytest.mark.parametrize(
    ("text", "look", "value"),
    [
        ("发布21篇", Look.COUNT, 21),
        ("发布1,234条", Look.COUNT, 1234),
        ("发布二十一篇", Look.COUNT, 21),
        ("浏览1.2万次", Look.COUNT, 12_000),
        ("占12.5%", Look.PERCENT, Fraction(25, 2)),
        ("占百分之三十", Look.PERCENT, 30),
        ("错误率9‰", Look.PERCENT, Fraction(9, 10)),
        ("占八成", Look.PERCENT, 80),
        ("占一半", Look.PERCENT, 50),
        ("翻两番", Look.PERCENT, 300),
        ("提高3.5个百分点", Look.POINTS, Fraction(7, 2)),
        ("位居第三", Look.ORDINAL, 3),
    ],
)
def test_numerals_have_a_look_and_a_value(text: str, look: Look, value: Fraction) -> None:
    """A numeral is told by the words around it; shares are in %, 番 and 成 too."""
    numeral = _only(text)

    assert (look, value) == (numeral.look, numeral.value)


@pytest.mark.parametrize(
    ("text", "step"),
    [("21篇", 1), ("3.5%", Fraction(1, 10)), ("3.50%", Fraction(1, 100)), ("1.2万条", 1000)],
)
def test_the_step_is_the_last_printed_digit(text: str, step: Fraction) -> None:
    """A trailing zero makes a figure more precise."""
    assert step == _only(text).step


@pytest.mark.parametrize(
    "text",
    [
        "2022年",
        "2022年上半年",
        "2022年1月至6月",
        "1-6月",
        "2022年7月8日",
        "第二季度",
        "5月底",
        "二〇二二年",
    ],
)
def test_periods_are_one_token(text: str) -> None:
    """A date or a period is one token, from its first digit to its last word."""
    numeral = _only(text)

    assert (Look.PERIOD, 0, len(text)) == (numeral.look, numeral.start, numeral.end)


def test_a_token_knows_its_single_numbers() -> None:
    """A date is one token of three numbers."""
    text = "2022年7月8日"

    assert ["2022", "7", "8"] == [text[slice(*span)] for span in _only(text).digits]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("(某政办发〔2016〕80号)", "文号"),
        ("《2022年工作要点》", "文件名称"),
        ("根据第二十条", "条款或序数"),
        ("电话0914-4321234", "电话号码"),
        ("手机13912345678", "电话号码"),
        ("三审三校", "术语"),
        ("①图解", "序号"),
        ("(二)把好关口", "序号"),
        ("3个工作日内", "期限"),
        ("代号COVID19", "代号"),
    ],
)
def test_what_is_no_claim_says_why(text: str, reason: str) -> None:
    """What is no claim by its looks carries the reason."""
    numeral = _only(text)

    assert (Look.NO_CLAIM, reason) == (numeral.look, numeral.reason)


@pytest.mark.parametrize("text", ["统一部署", "《工作要点》", "进一步加强", "百姓"])
def test_numerals_within_words_are_none(text: str) -> None:
    """A numeral character within a word counts nothing."""
    assert [] == list(find_numerals(text))


def test_a_run_that_no_count_can_be_is_cut() -> None:
    """A hundred thousand digits are one token of forty digits' worth."""
    assert Fraction("9" * 40) == _only("9" * 100_000).value
