"""A headless Chromium of the system, and pages opened from disk in it."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
ABSENT = "没有浏览器，页面测试未运行；安装方法：apt-get install chromium"


@dataclass
class Opened:
    """A page opened from disk, and what it asked for and complained of."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def asked_for(self) -> list[str]:
        """Return what was loaded, but for the page's own font."""
        return [address for address in self.requests if not address.startswith("data:font/otf")]


Opener = Callable[..., Opened]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's browser; without one the tests are left out, in CI they fail."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(ABSENT)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield chromium
        chromium.close()


@contextmanager
def opened(browser: Browser, path: Path, width: int, height: int) -> Iterator[Opened]:
    """Open a page from disk; scripts run in it only for the sake of the tests."""
    context = browser.new_context(viewport={"width": width, "height": height}, bypass_csp=False)
    shown = Opened(context.new_page())
    shown.page.on("request", lambda request: shown.requests.append(request.url))
    shown.page.on("console", lambda message: shown.complaints.append(message.text))
    shown.page.on("pageerror", lambda error: shown.complaints.append(str(error)))
    shown.page.goto(path.as_uri())
    shown.page.evaluate("document.fonts.ready.then(() => true)")
    yield shown
    context.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Opener]:
    """``open_page(path, width=1280, height=900)`` opens a page from disk."""
    contexts = []

    def open_from_disk(path: Path, width: int = 1280, height: int = 900) -> Opened:
        context = opened(browser, path, width, height)
        contexts.append(context)
        return context.__enter__()

    yield open_from_disk
    for context in contexts:
        context.__exit__(None, None, None)
