"""The sums: the real period against the ground truth, ties, nothing at all, and laws."""

import random

import pytest
from conftest import Builder, build_submissions
from hypothesis import given
from hypothesis import strategies as st
from truth import DEPARTMENTS, TOWNS

from zhashui_stats import aggregate
from zhashui_stats.errors import UnknownLabel
from zhashui_stats.model.submissions import Submissions

COUNTS = st.lists(st.integers(0, 99), min_size=1, max_size=12)


def one_column(counts: list[int]) -> Submissions:
    """Build a period of one group and one category."""
    rows = {f"单位{number}": (count,) for number, count in enumerate(counts)}
    return build_submissions({"组": rows}, categories=("类",))


class TestRealPeriod:
    """2022H1 against the annexes."""

    def test_every_cell(self, h1: Submissions) -> None:
        """Each of the 65 units has the three counts of its annex row."""
        rows = {unit.name: tuple(h1.counts[unit.name].values()) for unit in h1.units}

        assert rows == {**TOWNS, **DEPARTMENTS}

    @pytest.mark.parametrize(
        ("group", "category", "count"),
        [
            ("towns", "news", 4),
            ("towns", "disclosure", 0),
            ("departments", "news", 25),
            ("departments", "disclosure", 16),
            ("departments", "interpretation", 54),
        ],
    )
    def test_zero_units(self, h1: Submissions, group: str, category: str, count: int) -> None:
        """As many units sent nothing as the circular counts."""
        assert len(aggregate.units_with_none(h1.of(group), category)) == count

    @pytest.mark.parametrize(
        ("group", "category", "least", "names"),
        [
            ("towns", "news", 20, ("红岩寺镇",)),
            ("departments", "news", 10, ("应急局", "司法局", "资源局", "税务局")),
            ("departments", "disclosure", 5, ("财政局", "发改局", "经办中心")),
            ("departments", "interpretation", 1, ("财政局", "经办中心")),
        ],
    )
    def test_threshold_lists(
        self, h1: Submissions, group: str, category: str, least: int, names: tuple[str, ...]
    ) -> None:
        """The lists of section 二（四）."""
        assert aggregate.units_at_least(h1.of(group), category, least) == names

    def test_category_by_label(self, h1: Submissions) -> None:
        """A category goes by its id or its label, in ranking and thresholds alike."""
        assert aggregate.units_at_least(h1, "政务动态", 50) == aggregate.units_at_least(
            h1, "news", 50
        )

    def test_what_was_found_is_kept(self, h1: Submissions) -> None:
        """A group's part and a figure are found once, however the names are written."""
        assert h1.of("镇办") is h1.of("towns")
        assert aggregate.counts_of(h1, "政务动态信息") is aggregate.counts_of(h1, "news")
        assert aggregate.counts_of(h1, "合计") is aggregate.counts_of(h1)

    def test_unknown_category(self, h1: Submissions) -> None:
        """An unknown category is told, with those that there are."""
        said = "没有名为“要闻”的类别，可用的有：政务公开、政策解读、政务动态"

        with pytest.raises(UnknownLabel, match=said):
            aggregate.gini(h1, "要闻")


def test_below_is_exclusive(build: Builder) -> None:
    """以下 leaves out the count itself."""
    now = build({"组": {"甲": (5,), "乙": (4,), "丙": (0,)}}, categories=("类",))

    assert aggregate.units_below(now, "类", 5) == ("乙", "丙")


@pytest.mark.parametrize(
    ("counts", "expected"),
    [([0, 0], None), ([3], 0.0), ([2, 2, 2], 0.0), ([0, 0, 0, 8], 0.75), ([1, 3], 0.25)],
)
def test_gini(counts: list[int], expected: float | None) -> None:
    """Undefined for nothing, 0 for equals, (n-1)/n for one who sent everything."""
    assert aggregate.gini(one_column(counts)) == expected


def test_a_share_shows_itself_in_per_cent() -> None:
    """Half up, as sentences write it; what is reckoned with it is a plain number."""
    share = aggregate.top_share(one_column([49, 351]), 1)

    assert ("87.8%", "87.8%") == (repr(share), str(share))
    assert 87.75 == share
    assert "175.5" == repr(share + share)


@pytest.mark.parametrize(
    ("counts", "first", "expected"),
    [([3, 1], 1, 75.0), ([3, 1], 2, None), ([0, 0], 1, None), ([1, 2, 3, 4], 3, 90.0)],
)
def test_top_share(counts: list[int], first: int, expected: float | None) -> None:
    """The share of the first k, left out where there are not more than k units."""
    assert aggregate.top_share(one_column(counts), first) == expected


@pytest.mark.parametrize(("counts", "expected"), [([0, 5, 1], 1.0), ([1, 2], 1.5)])
def test_median(counts: list[int], expected: float) -> None:
    """The middle one, or the mean of the middle two; zeros count."""
    assert aggregate.median(one_column(counts)) == expected


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ([9, 8, 7, 6], [(9, 1), (8, 1), (7, 1)]),
        ([9, 8, 8, 8, 1], [(9, 1), (8, 3)]),
        ([9, 8, 8, 8, 8, 8], [(9, 1)]),
        ([2, 2, 2, 2, 2, 2], []),
        ([4, 0, 0], [(4, 1)]),
        ([0, 0], []),
    ],
)
def test_leaders_never_cut_ties(counts: list[int], expected: list[tuple[int, int]]) -> None:
    """About three lead; a tie is taken whole or left out whole; nobody leads with 0."""
    head = aggregate.leaders(one_column(counts), "类", 3)

    assert [(count, len(names)) for count, names in head] == expected


@given(COUNTS, st.randoms(use_true_random=False))
def test_sums_do_not_depend_on_order(counts: list[int], order: random.Random) -> None:
    """Totals, Gini and medians are the same whatever the order of the units."""
    shuffled = counts.copy()
    order.shuffle(shuffled)
    some, others = one_column(counts), one_column(shuffled)

    for figure in (aggregate.gini, aggregate.median, Submissions.total):
        assert figure(some) == figure(others)


@given(COUNTS)
def test_gini_lies_between_0_and_1(counts: list[int]) -> None:
    """0 ≤ G < 1 wherever it is defined."""
    value = aggregate.gini(one_column(counts))

    assert value is None or -1e-12 <= value < 1


@given(COUNTS, st.integers(0, 99))
def test_at_least_and_below_part_the_units(counts: list[int], bound: int) -> None:
    """Every unit is either at least at a bound or below it, never both."""
    now = one_column(counts)
    some, others = (
        aggregate.units_at_least(now, "类", bound),
        aggregate.units_below(now, "类", bound),
    )

    assert sorted(some + others) == sorted(unit.name for unit in now.units)
