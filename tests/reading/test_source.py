"""source.toml: free keys, texts as they stand, and what is still to be filled in."""

import pytest
from data_folders import faults, read_file

from zhashui_stats.errors import FaultKind
from zhashui_stats.loading import load


def test_source_that_is_not_filled_in_is_an_alert(data):
    """What ``new`` left to be filled in is named by its key."""
    text = 'title = "表"\ndate = "（待填写）"\nnote = "（待填写）"\n'
    (data / "2022H1" / "source.toml").write_text(text, encoding="utf-8")
    file = read_file(data, "source.toml")

    assert file.notes == file.alerts == ("还没有填写：date、note",)


def test_source_keeps_strings_under_free_keys(data):
    """source.toml is optional; its strings come as they stand, BOM or not."""
    assert load("2022H1", data).source == {}

    (data / "2022H1" / "source.toml").write_text('"出处" = "附件"\n', encoding="utf-8-sig")

    assert load("2022H1", data).source == {"出处": "附件"}


@pytest.mark.parametrize(
    ("text", "row"),
    [('a = "b"\ntitle = 无引号', 2), (f"n = {'9' * 5000}", None), (f"n = {'[' * 5000}", None)],
    ids=["bare", "long", "deep"],
)
def test_source_that_is_no_toml(data, text, row):
    """Bad TOML is a fault, however bad."""
    (data / "2022H1" / "source.toml").write_text(text, encoding="utf-8")

    assert [(fault.file, fault.row, fault.kind) for fault in faults(data)] == [
        ("2022H1/source.toml", row, FaultKind.UNREADABLE_FILE)
    ]
