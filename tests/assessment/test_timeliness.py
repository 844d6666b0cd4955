"""Timeliness of interpretations, and their forms."""

from assessment.conftest import Maker
from zhashui_stats.assessment import Forms, Timeliness, forms, timeliness
from zhashui_stats.model.articles import Form

KIND = {"类别": "政策解读"}


CASES = [
    ("2022-09-30", "2022-10-10", Timeliness(1, 0, 0, 0)),
    ("2022-09-30", "2022-10-11", Timeliness(0, 1, 0, 0)),
    ("2022年9月30日", "2022-10-09", Timeliness(1, 0, 0, 0)),
    ("2022-09-30", "2022-09-30", Timeliness(1, 0, 0, 0)),
    ("2022-10-08", "2022-09-30", Timeliness(1, 0, 0, 0)),
    ("2021-10-08", "2022-09-30", Timeliness(0, 1, 0, 0)),
    ("1999-01-01", "2022-09-30", Timeliness(0, 0, 0, 1)),
    ("2100-01-01", "2022-09-30", Timeliness(1, 0, 0, 0)),
    (None, "2022-09-30", Timeliness(0, 0, 0, 0)),
    (" ", "2022-09-30", Timeliness(0, 0, 0, 0)),
    ("2022-09-30", "2023-01-01", Timeliness(0, 0, 0, 0)),
]


def test_three_working_days(make: Maker, engine: str, names: list[str]) -> None:
    """After 30 September 2022 the third working day is 10 October: that is in time.

    So are the same day and one before the policy, whatever its year.
    """
    articles = [
        {"投稿单位": name, "关联政策发布日期": policy, "发布日期": published}
        for name, (policy, published, _) in zip(names, CASES, strict=False)
    ]
    result = timeliness(make(articles, "2022H2", engine), 3)

    for name, (policy, published, expected) in zip(names, CASES, strict=False):
        assert (policy, published, expected) == (policy, published, result[name])


def test_years_that_are_not_known_are_told(make: Maker, engine: str) -> None:
    """1999 of one unit and 2001 of another; 2100 is no obstacle, as nothing came after it."""
    rows = [("应急局", "2001-05-05"), ("气象局", "1999-05-05"), ("气象局", "2100-01-01")]
    articles = [{"投稿单位": unit, "关联政策发布日期": policy} for unit, policy in rows]
    result = timeliness(make(articles, engine=engine), 3)

    assert (1999, 2001) == result.unknown_years
    assert (1999,) == timeliness(make(articles[1:]), 3).unknown_years
    assert Timeliness(1, 0, 0, 2) == result.total
    assert (1999, 2001) == result.of("部门单位").unknown_years


def test_where_the_category_is_named(make: Maker, engine: str) -> None:
    """Interpretations alone, by any of their headers; one without policy date is told apart."""
    rows = [
        ("政策解读", "2022-02-28"), ("政策 解读类信息", "2022-02-01"), ("政策解读", None),
        ("政务动态", "2022-02-28"), ("政务动态", None),
    ]  # fmt: skip
    articles = [{"类别": kind, "关联政策发布日期": policy} for kind, policy in rows]

    named = timeliness(make(articles, engine=engine, interpretation="interpretation"), 3)
    unnamed = timeliness(make(articles, engine=engine), 3)

    assert Timeliness(in_time=1, late=1, undated=1, unknown=0) == named["应急局"]
    assert Timeliness(in_time=2, late=1, undated=0, unknown=0) == unnamed["应急局"]


def test_nothing_to_judge(make: Maker, engine: str) -> None:
    """No interpretation at all: zeros for every unit, and no year is missing."""
    ledger = make([{"关联政策发布日期": None}], engine=engine, interpretation="interpretation")
    result = timeliness(ledger, 3)

    assert {Timeliness(0, 0, 0, 0)} == set(result.values())
    assert () == result.unknown_years


def test_forms_are_counted_once_each(make: Maker, engine: str) -> None:
    """Four interpretations: 文字 twice, 图表 twice, one of them with 文字; one gives none.

    News, and interpretations of another period or not adopted, are not counted.
    """
    rows = ["文字", "图表、 文字、文字", "图表", None]
    articles = [{**KIND, "解读形式": form} for form in rows]
    articles.append({**KIND, "解读形式": "幻灯片", "发布日期": "2022-07-01"})
    articles.append({**KIND, "解读形式": "幻灯片", "状态": "退稿"})
    articles.append({"解读形式": "音视频"})
    found = forms(make(articles, engine=engine, interpretation="interpretation"))

    counts = {Form.CHART: 2, Form.MEDIA: 0, Form.SLIDES: 0, Form.TEXT: 2}
    assert Forms(counts, articles=4, unmarked=1) == found
    assert list(Form) == list(found.counts)


def test_forms_where_no_category_is_named(make: Maker) -> None:
    """Then the articles that give a form are the interpretations, and none is unmarked."""
    found = forms(make([{"解读形式": "图表"}, {"解读形式": None}, {"解读形式": "　"}]))

    assert (1, 1, 0) == (found.counts[Form.CHART], found.articles, found.unmarked)
