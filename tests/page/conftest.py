"""Fixtures of the tests of what a page shows."""

import pytest
from conftest import Builder

from zhashui_stats.model.submissions import Submissions


@pytest.fixture
def small(build: Builder) -> Submissions:
    """Two groups, one of which has an idle unit."""
    return build({"镇办": {"甲镇": (1, 0, 9), "乙镇": (0, 0, 0)}, "部门": {"丙局": (3, 1, 6)}})
