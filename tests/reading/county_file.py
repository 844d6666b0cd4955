"""A county.toml of a test: written and read, or refused."""

from pathlib import Path

import pytest

from zhashui_stats.errors import Fault, FaultyData
from zhashui_stats.model.county import County
from zhashui_stats.reading.county import read_county

__all__ = ["faults_of", "read"]


def read(path: Path, text: str) -> County:
    """Read the settings from a file that holds a text."""
    path.write_text(text, encoding="utf-8")
    return read_county(path)


def faults_of(path: Path, text: str | None = None) -> tuple[Fault, ...]:
    """Return what is wrong with a text, or with the file as it stands: all of it in this file."""
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(FaultyData) as caught:
        read_county(path)
    assert {"county.toml"} == {fault.file for fault in caught.value.faults}
    return tuple(caught.value.faults)
