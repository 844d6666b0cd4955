"""Fixtures of the tests of what reads the files of a period."""

from pathlib import Path

import pytest
from data_folders import make_data


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A small county with a faultless period."""
    return make_data(tmp_path)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where county.toml stands."""
    return tmp_path / "county.toml"
