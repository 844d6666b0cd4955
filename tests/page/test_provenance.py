"""What a page says that it was made with."""

import pytest

from zhashui_stats.page.provenance import made_with


@pytest.mark.parametrize("folder", ["/home/zhang/county/data", "C:\\zhang\\data", "data", "./data"])
def test_provenance_names_no_place(folder: str) -> None:
    """The page never tells where on a machine the data lay."""
    stated = "\n".join(made_with("2022H1", folder).values())

    assert "zhang" not in stated
    assert "zhashui-stats report 2022H1" in stated
