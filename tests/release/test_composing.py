"""The circular as it is composed: the report's sentences, without what is the report's alone."""

from dataclasses import replace

import pytest
from conftest import build_submissions
from points_county import points_period

from zhashui_stats import narrative
from zhashui_stats.comparison import History
from zhashui_stats.model.county import Requirements
from zhashui_stats.release.circular import BodyText, SectionTitle
from zhashui_stats.release.composing import compose_circular

GRID = {"镇办": {"甲镇": (1, 0, 2), "乙镇": (0, 0, 4)}}
LIMIT = "政策解读应在政策公布后3个工作日内发布"


def composed(*, source="", date="2022年7月8日", **remarks):
    """Return the parts of a composed circular's body, of a county that states requirements."""
    rules = Requirements(interpretation_days=3, assessment_share=4, source=source)
    now = build_submissions(GRID, requirements=rules, remarks=remarks)
    return compose_circular(History((replace(now, source={"date": date} if date else {}),))).body


def section(parts, title):
    """Return the paragraphs of a section."""
    start = parts.index(SectionTitle(2, title)) + 1
    texts = []
    for part in parts[start:]:
        if isinstance(part, SectionTitle):
            break
        texts.append(part.text)
    return texts


@pytest.mark.parametrize(
    ("source", "date", "cited"),
    [
        ("某办2022年7月8日通报", "2022年7月8日", ""),
        ("某办2022年7月8日通报", "2022年7月9日", "（见某办2022年7月8日通报）"),
        ("某办2022年7月8日通报", "", "（见某办2022年7月8日通报）"),
    ],
)
def test_circular_does_not_cite_itself(source, date, cited):
    """The document that states the requirements is cited, unless it is of the circular's date."""
    parts = composed(source=source, date=date)

    assert [f"{LIMIT}{cited}。"] == section(parts, "按时公开")
    assert section(parts, "考核奖惩")[0].startswith(
        f"年度考核中，政务公开的分值占比不低于4%{cited}。按本期"
    )


def test_a_circular_tells_indicators_and_the_assessment():
    """As the report does: beside the total, and in 三（五）, who moved too."""
    before = points_period({"towns": {"甲镇": (0, 1, 2, 0, 0), "乙镇": (0, 1, 2, 0, 0)}}, "2021H2")
    history = History((before, points_period()))
    parts = compose_circular(history).body
    texts = [part.text for part in parts]

    assert narrative.say_figures(history.now).split("\n\n")[0] in texts
    assert section(parts, "考核奖惩")[-1] == (
        "与2021年下半年相比，得分提高最多的是甲镇，提高9.0分。"
    )


def test_remarks_speak_for_the_office():
    """A remark follows the figures of its section word by word, and nobody is said to have said it.

    What the analyst wrote is not taken for a sentence of the report, however like one it looks.
    """
    source = "某办2022年7月8日通报"
    remark = f"经办人说明：\n\n按要求（见{source}）自查。"
    parts = composed(source=source, **{"三（三）": remark, "三（四）": "- 一次\n- 两次"})

    written = ["经办人说明：", f"按要求（见{source}）自查。"]
    assert [f"{LIMIT}。", *written] == section(parts, "按时公开")
    assert ["一次", "两次"] == section(parts, "业务培训")


def test_a_numbered_heading_of_a_remark_is_no_section():
    """What the analyst wrote is a paragraph, number and all: the circular numbers its own."""
    parts = composed(**{"三（四）": "### （一）培训情况\n\n两次。"})

    assert ["（一）培训情况", "两次。"] == section(parts, "业务培训")


def test_remark_below_a_section_that_titles_itself():
    """Sections whose title is said with their figures end with their remarks too."""
    keys = ("一（一）", "一（四）", "二（四）")
    parts = composed(**{key: f"{key}的说明。" for key in keys})
    places = [parts.index(BodyText(f"{key}的说明。")) for key in keys]

    assert [
        SectionTitle(2, "各单位均有稿件被采用"), SectionTitle(1, "存在的问题"),
        SectionTitle(1, "工作要求"),
    ] == [parts[place + 1] for place in places]  # fmt: skip


def test_sections_without_content_are_left_out():
    """Without ledger and remarks only what the tables show has a title."""
    titles = [part.text for part in composed() if isinstance(part, SectionTitle)]

    assert [
        "工作开展情况", "政务动态信息多于政务公开信息", "各单位均有稿件被采用", "存在的问题",
        "信息数量不均衡", "工作要求", "按时公开", "考核奖惩",
    ] == titles  # fmt: skip
