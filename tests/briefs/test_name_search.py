"""Whether a text names a unit."""

import pytest

from zhashui_stats.briefs.name_search import names_unit
from zhashui_stats.model.units import Unit

ROSTER = (
    Unit("农行", "部门", "中国农业银行某县支行", ("县农业银行",)),
    Unit("农行支行", "部门", aliases=("旧支行",)),
    Unit("旧支行", "部门"),
    Unit("专班2", "部门"),
    Unit("<b>*甲*镇", "部门"),
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("农行报送的信息质量不高。", ("农行",)),
        ("县农业银行、中国农业银行\n某县支行各退回一篇。", ("农行",)),
        ("**农 行**和农行支行", ("农行", "农行支行")),
        ("农行支行多次被退回。", ("农行支行",)),
        ("旧支行已经撤销。", ("旧支行",)),
        ("专班２按时报送，专班21没有。", ("专班2",)),
        ("专班21没有报送。", ()),
        ("各单位都重视农\n\n行业信息。", ()),
        (r"\<b>\*甲\*镇", ("<b>*甲*镇",)),
        ("", ()),
    ],
)
def test_whom_a_remark_names(text: str, expected: tuple[str, ...]) -> None:
    """Any of a unit's names counts, folded; a part of a longer name is no name."""
    assert expected == tuple(unit.name for unit in ROSTER if names_unit(text, unit, ROSTER))
