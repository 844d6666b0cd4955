"""Formulas of indicators: what they take, what they give, and that nothing of them ever runs."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhashui_stats.model.amounts import show_amount
from zhashui_stats.model.formulas import Formula, FormulaError


def worked_out(text, **amounts):
    return Formula.parse(text).evaluate(amounts)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a + 2 * b - c / 4", Fraction(3 + 2 * 5) - Fraction(8, 4)),
        ("(a + 2) * -b", -25),
        ("min(a, b, 4)", 3),
        ("max(a - 9, 0)", 0),
        ("0.1 + 0.2", Fraction(3, 10)),
        ("100 × a ÷ c", Fraction(75, 2)),
        ("（ａ＋２）＊ｂ", 25),
        ("a/3*3", 3),
    ],
)
def test_what_a_formula_gives(text, expected):
    """The four operations, brackets, min and max, exactly; signs of a Chinese keyboard too."""
    assert expected == worked_out(text, a=3, b=5, c=8)


@pytest.mark.parametrize("text", ["a / b", "a + a / b", "min(a / b, 1)", "-(a / b)"])
def test_divided_by_zero_is_undefined(text):
    """And so is everything that rests on it: never 0."""
    assert worked_out(text, a=3, b=0) is None


def test_what_rests_on_the_undefined_is_undefined():
    """An amount that is undefined makes the formula so."""
    assert worked_out("a + b", a=3, b=None) is None


@pytest.mark.parametrize(
    ("text", "divides"),
    [("a / b", True), ("a / (2 * b)", True), ("a / 2", False), ("min(a, b)", False)],
)
def test_what_is_a_rate(text, divides):
    """A formula divides where a figure is in a divisor."""
    assert divides is Formula.parse(text).divides


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", "不合公式的写法"),
        ("a b", "不合公式的写法"),
        ("2 *", "不合公式的写法"),
        ("a ** 2", "公式中不允许的写法：a ** 2"),
        ("a // 2", "公式中不允许的写法"),
        ("a % 2", "公式中不允许的写法"),
        ("a > b", "公式中不允许的写法"),
        ("a.real", "公式中不允许的写法"),
        ("a[0]", "公式中不允许的写法"),
        ("'a'", "公式中不允许的写法"),
        ("True", "公式中不允许的写法"),
        ("1e9", "公式中不允许的写法：1e9"),
        ("0x1F", "公式中不允许的写法"),
        ("1_000", "公式中不允许的写法"),
        ("2j", "公式中不允许的写法"),
        ("abs(a)", "公式中不允许的写法：abs(a)"),
        ("min(a)", "公式中不允许的写法：min(a)"),
        ("min(*a, b)", "公式中不允许的写法"),
        ("min(a, b, key=c)", "公式中不允许的写法"),
        ("min", "公式中不允许的写法"),
        ("lambda: a", "公式中不允许的写法"),
        ("[a for a in b]", "公式中不允许的写法"),
        ("__import__('os').system('x')", "公式中不允许的写法"),
        ("a / 0", "除数恒为 0"),
        ("a / (2 - 2)", "除数恒为 0"),
        ("a / min(0, 1)", "除数恒为 0"),
        ("(" * 10_000 + "a" + ")" * 10_000, "公式过长"),
        ("(" * 400 + "a" + ")" * 400, "不合公式的写法"),
        ("-" * 900 + "a", "公式嵌套过深"),
        ("a\0", "不合公式的写法"),
    ],
)
def test_what_is_no_formula(text, found):
    """Whatever else Python reads is refused, with what is wrong, and without running it."""
    with pytest.raises(FormulaError) as caught:
        Formula.parse(text)

    assert found in caught.value.found


amounts = st.integers(0, 10**6)


@given(amounts, amounts, amounts)
def test_the_terms_add_up(first, second, third):
    """A sum is what its terms are together, each with its sign."""
    known = {"a": first, "b": second, "c": third}
    formula = Formula.parse("2 * a - (min(b, 30) - 0.5 * c) + 1")

    assert formula.evaluate(known) == sum(
        sign * (term.evaluate(known) or 0) for sign, term in formula.terms()
    )


@given(st.decimals(0, 1000, places=3))
def test_no_binary_float_on_the_way(number):
    """A number is what its digits say; it is rounded half up when it is shown, and never before."""
    amount = worked_out(f"{number} * a", a=1)

    assert amount == Fraction(number)
    assert show_amount(amount, 3) == f"{number:.3f}"


def test_half_up():
    """0.285 is 0.29, as no float is."""
    assert ("0.29", "−0.29") == (
        show_amount(worked_out("0.285 * a", a=1), 2),
        show_amount(worked_out("-0.285 * a", a=1), 2),
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("100 * total / submitted", "100×合计÷报送"),
        ("2 * (news - bonus) - (a - b)", "2×（政务动态－bonus）－（a－b）"),
        ("min(2 * news, 30) + max(a - 5, 0)", "（2×政务动态，最多30）＋（a－5，最少0）"),
        ("max(news, a)", "（政务动态、a中最大的）"),
        ("-news * 2", "－政务动态×2"),
    ],
)
def test_a_formula_in_words(text, said):
    """Labels stand for ids, and only the brackets that are needed."""
    labels = {"total": "合计", "submitted": "报送", "news": "政务动态"}

    assert said == Formula.parse(text).say(labels)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("100 × total ÷ submitted", "100*E2/F2"),
        ("a - (b - c) - d", "A2-(B2-C2)-D2"),
        ("(a - b) / (c / d)", "(A2-B2)/(C2/D2)"),
        ("2. * (a + .5)", "2*(A2+.5)"),
        ("-a * -(b + 1)", "(-A2)*(-(B2+1))"),
        ("min(a, 2 * b, max(c, 0))", "MIN(A2+0,2*B2,MAX(C2+0,0))"),
    ],
)
def test_a_formula_for_a_spreadsheet(text, written):
    """Cells stand for ids; MIN and MAX get sums, as they pass over a cell that holds a text."""
    cells = {"total": "E2", "submitted": "F2", **{name: f"{name.upper()}2" for name in "abcd"}}

    assert written == Formula.parse(text).write(cells)
