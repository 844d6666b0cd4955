"""Data folders, ledgers and a circular for the tests of commands."""

from pathlib import Path

import pytest
from conftest import copy_data

from .steps import SOUND, sample, write


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of the data folder, to add to or to spoil."""
    return copy_data(tmp_path)


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """A small ledger of 2022H1 beside the data folder."""
    return write(tmp_path / "台账.csv")


@pytest.fixture
def sampled(data: Path) -> Path:
    """The data folder with a made-up ledger in the period, which agrees with the tables."""
    assert sample(data, data / "2022H1" / "ledger.csv") == 0
    return data


@pytest.fixture
def circular(tmp_path: Path) -> Path:
    """A short circular whose figures agree with the tables."""
    path = tmp_path / "通报.txt"
    path.write_text(SOUND, "utf-8")
    return path
