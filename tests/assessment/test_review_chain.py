"""The review chain: complete, in order, by different people."""

from assessment.conftest import Cells, Maker
from zhashui_stats.assessment import ReviewChain, review_chain
from zhashui_stats.assessment.review_chain import CHAIN_COLUMNS
from zhashui_stats.model.articles import CHAIN

SOUND: Cells = {
    "初审": "甲", "初审日期": "2022-02-01", "复审": "乙", "复审日期": "2022-02-02",
    "终审": "丙", "终审日期": "2022-02-03", "一校": "丁", "一校日期": "2022-02-03",
    "二校": "戊", "二校日期": "2022-02-04", "三校": "己", "三校日期": "2022-02-05",
}  # fmt: skip


CASES: list[tuple[Cells, tuple[int, ...]]] = [
    ({}, (1, 1, 1, 1)),
    ({"初审": None}, (0, 0, 0, 0)),
    ({"三校": "　"}, (0, 0, 0, 0)),
    ({"终审日期": None}, (0, 0, 0, 0)),
    ({"一校日期": ""}, (0, 0, 0, 0)),
    ({"一校日期": " 　"}, (0, 0, 0, 0)),
    ({"复审日期": "2022-02-01", "终审日期": "2022-02-01"}, (1, 1, 1, 1)),
    ({"复审日期": "2022-01-31"}, (1, 0, 1, 0)),
    ({"二校日期": "2022-02-06"}, (1, 0, 1, 0)),
    ({"一校日期": "2022-01-01"}, (1, 1, 1, 1)),
    ({"终审": "甲"}, (1, 1, 0, 0)),
    ({"复审": "王　五", "终审": " 王五"}, (1, 1, 0, 0)),
    ({"三校": "丁"}, (1, 1, 0, 0)),
    ({"一校": "甲", "二校": "乙", "三校": "丙"}, (1, 1, 1, 1)),
    ({"复审": "甲", "复审日期": "2022-01-31"}, (1, 0, 0, 0)),
    ({"复审": "甲", "复审日期": None}, (0, 0, 0, 0)),
]


def test_each_fault_by_itself(make: Maker, engine: str, names: list[str]) -> None:
    """Complete, in order, by different people, sound: one article for each way to fail.

    Order and people are judged on complete articles alone; each chain by itself.
    """
    articles = [
        {**SOUND, **cells, "投稿单位": name} for name, (cells, _) in zip(names, CASES, strict=False)
    ]
    counts = review_chain(make(articles, engine=engine))

    for name, (cells, expected) in zip(names, CASES, strict=False):
        assert (cells, ReviewChain(1, *expected)) == (cells, counts[name])


def test_only_adopted_articles_are_judged(make: Maker) -> None:
    """Rejected ones, and those published in another period, have no part in it."""
    articles = [{**SOUND, "状态": "退稿"}, {**SOUND, "发布日期": "2022-07-01"}, SOUND]
    counts = review_chain(make(articles))

    assert ReviewChain(1, 1, 1, 1, 1) == counts.total


def test_dates_in_the_forms_of_offices(make: Maker, engine: str) -> None:
    """Office forms and missing dates: one article of three is in order, one is not complete."""
    articles = [SOUND, {**SOUND, "复审日期": "2022年1月9日"}, {**SOUND, "三校日期": None}]
    counts = review_chain(make(articles, engine=engine))

    assert ReviewChain(3, 2, 1, 2, 1) == counts["应急局"]


def test_what_is_needed(make: Maker) -> None:
    """All twelve columns of the chain; without one of them the ledger says that it lacks it."""
    without = {key: value for key, value in SOUND.items() if key != "三校日期"}

    assert 2 * len(CHAIN) == len(set(CHAIN_COLUMNS)) == 12
    assert make([SOUND]).has(*CHAIN_COLUMNS)
    assert not make([without]).has(*CHAIN_COLUMNS)
