"""What the tests of documents share."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

ABSENT = (
    "没有 LibreOffice，文档测试未运行；"
    "安装方法：apt-get install libreoffice-writer libreoffice-calc"
)


@pytest.fixture(scope="session")
def soffice() -> str:
    """LibreOffice; without it the tests are left out, in CI they fail."""
    path = shutil.which("soffice")
    if path is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(ABSENT)
    return str(path)


@pytest.fixture
def convert(tmp_path: Path, soffice: str) -> Callable[[bytes, str], Path]:
    """A converter of workbooks by LibreOffice, with a profile of its own."""

    def run(content: bytes, ending: str) -> Path:
        path, out = tmp_path / "annexes.xlsx", tmp_path / "out"
        path.write_bytes(content)
        subprocess.run(
            [
                soffice, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless",
                "--convert-to", ending, "--outdir", str(out), str(path),
            ],
            check=True, capture_output=True,
        )  # fmt: skip
        (made,) = out.iterdir()
        return made

    return run
