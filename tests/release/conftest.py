"""What the tests of documents share."""

import os
import shutil

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
