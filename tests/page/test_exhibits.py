"""What stands beside the report's prose, place by place."""

import pytest
from conftest import Builder
from ledgers import REJECTED, period_of, sent

from zhashui_stats.comparison import History
from zhashui_stats.model.submissions import Submissions
from zhashui_stats.page import exhibits


def test_annexes_stand_in_the_order_of_the_groups(h1: Submissions) -> None:
    """附件1 and 附件2, one table each."""
    captions = [part.caption for part in exhibits.show_annex(h1).parts]  # type: ignore[attr-defined]

    assert captions == [
        "附件1　2022年上半年镇办信息采编情况统计表（篇）",
        "附件2　2022年上半年部门单位信息采编情况统计表（篇）",
    ]


def test_nothing_to_compare_shows_nothing(h1: Submissions) -> None:
    """A first period has neither a change nor a history to show."""
    history = History([h1])

    assert exhibits.show_changes(history)._repr_html_() == ""
    assert exhibits.show_history(history)._repr_html_() == ""


@pytest.mark.parametrize(
    ("periods", "shown"),
    [
        (("2022H1",), False),
        (("2022H1", "2021H2"), False),
        (("2022H1", "2021H1"), False),
        (("2022", "2021"), False),
        (("2022H1", "2020H1"), True),
        (("2022H1", "2021H2", "2021H1"), True),
    ],
)
def test_history_shows_what_is_not_shown_already(
    build: Builder, periods: tuple[str, ...], shown: bool
) -> None:
    """Two periods that the changes compare make no history; any others do."""
    history = History(build({"组": {"甲": (1, 0, 2)}}, period) for period in periods)

    assert bool(exhibits.show_history(history).parts) is shown


def test_groups_of_one_unit_have_no_curve(build: Builder) -> None:
    """Where no group has several units, there is nothing to draw."""
    now = build({"镇": {"甲镇": (3, 0, 0)}, "部门": {"A局": (6, 0, 1)}})

    assert exhibits.show_concentration(now)._repr_html_() == ""


# --- With a ledger ------------------------------------------------------------------------------


def test_the_months_stand_on_the_page_with_their_figures() -> None:
    """The caption says what is counted, the text alternative how many in which month."""
    page = exhibits.show_months(period_of(sent("甲镇", "03-01")))._repr_html_()

    assert "<figcaption>逐月投稿数量（篇，按投稿日期，含退稿和待审）</figcaption>" in page
    assert "3月1篇（镇办1篇）" in page


def test_a_single_month_has_no_chart_of_months() -> None:
    """One bar shows nothing."""
    assert exhibits.show_months(period_of(sent("甲镇", "04-01"), period="2022-04")).parts == ()


def test_the_appendix_of_a_ledger() -> None:
    """First what became of the articles, group by group, then the months."""
    parts = exhibits.show_ledger(period_of([*sent("甲镇", "03-01"), REJECTED])).parts

    assert [getattr(part, "caption", "") for part in parts] == [
        "2022年上半年镇办投稿去向（篇）",
        "2022年上半年部门单位投稿去向（篇）",
        "2022年上半年镇办逐月投稿（篇，按投稿日期，含退稿和待审）",
        "2022年上半年部门单位逐月投稿（篇，按投稿日期，含退稿和待审）",
    ]


def test_the_page_marks_numbers_and_zeros() -> None:
    """Shares, too, stand right; what is 0 is muted."""
    html = exhibits.show_ledger(period_of(sent("甲镇", "03-01")))._repr_html_()

    assert '<th scope="row">甲镇</th><td class="num">1</td><td class="num zero">0</td>' in html
    assert '<td class="num">100.0%</td>' in html
    assert '<td class="num">—</td>' in html


def test_nothing_is_shown_without_a_ledger(build: Builder) -> None:
    """A period of counts has neither months, reasons nor an appendix."""
    now = build({"镇办": {"甲镇": (1, 0, 0)}})
    shown = (exhibits.show_months, exhibits.show_rejections, exhibits.show_ledger)

    assert [show(now)._repr_html_() for show in shown] == ["", "", ""]
