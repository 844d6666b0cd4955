"""JupyterLab as ``make lab`` starts it: at the project's root, in Chinese, and its charts too."""

import html
import json
import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from conftest import ROOT, copy_project
from playwright.sync_api import Browser, Page
from running import BIN, PATIENCE, wait_until
from small_county import write_notebook

PARAMETERS = 'period: str = "2022H1"'
CHART = (
    "import zhashui_stats as zs\n"
    'zs.load(period).frame.loc["镇办"].plot.barh(title="各镇办").figure.axes[0]'
)
QUIET = ("--no-browser", "--ServerApp.port=0", "--IdentityProvider.token=")


def start_of_lab() -> tuple[list[str], str]:
    """Return the command by which ``make lab`` starts, and the settings that it writes before."""
    if not shutil.which("make"):
        pytest.skip("make is not here")
    of_make = ("MAKE", "MFLAGS")  # what the make that runs the tests hands down
    env = {name: value for name, value in os.environ.items() if not name.startswith(of_make)}
    told = subprocess.check_output(["make", "-n", "lab"], cwd=ROOT, env=env, text=True)
    *_, settings, command = told.splitlines()
    return shlex.split(command), shlex.split(settings)[1]


@contextmanager
def lab_in(project: Path, own: Path) -> Iterator[str]:
    """Start JupyterLab in a project, with its own files elsewhere; give the address it opens."""
    (_, *arguments), settings = start_of_lab()
    runtime = own / "runtime"
    (own / "settings").mkdir(parents=True)
    (own / "settings/overrides.json").write_text(settings, "utf-8")
    command = [word.replace(str(ROOT), str(project)) for word in arguments]
    places = {name: str(own / name) for name in ("JUPYTER_CONFIG_DIR", "IPYTHONDIR")}
    server = subprocess.Popen(
        [str(BIN / "jupyter"), *command, *QUIET, f"--LabApp.app_settings_dir={own / 'settings'}"],
        cwd=project,
        env={**os.environ, **places, "HOME": str(own), "JUPYTER_RUNTIME_DIR": str(runtime)},
        stderr=subprocess.DEVNULL,
    )
    try:
        assert wait_until(lambda: any(runtime.glob("jpserver-*-open.html")))
        assert wait_until(lambda: any(runtime.glob("jpserver-*.json")))
        (server_file,) = runtime.glob("jpserver-*.json")
        assert str(project) == json.loads(server_file.read_text("utf-8"))["root_dir"]
        (opening,) = runtime.glob("jpserver-*-open.html")
        yield html.unescape(re.findall(r'href="([^"]+)"', opening.read_text("utf-8"))[0])
    finally:
        server.terminate()
        server.wait()


@pytest.fixture(scope="module")
def lab(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """JupyterLab, opened on a small ``explore.ipynb`` whose cells have all been run."""
    folder = tmp_path_factory.mktemp("lab")
    (folder / "project").mkdir()
    project = copy_project(folder / "project")
    (project / "reports").mkdir()
    write_notebook(project, "explore", PARAMETERS, CHART)
    with lab_in(project, folder / "own") as address, browser.new_context() as context:
        page = context.new_page()
        page.set_default_timeout(PATIENCE * 1000)
        page.goto(address)
        page.get_by_text("| 空闲").wait_for()  # only then does the menu know what it can do
        page.get_by_role("menuitem", name="运行").click()
        page.get_by_role("menuitem", name="运行所有单元格").first.click()
        page.locator(".jp-RenderedImage img, [data-mime-type$=error]").first.wait_for()
        yield page


def test_data_and_reports_are_in_sight(lab: Page) -> None:
    """The file browser shows the project's folders, not those beside the notebook."""
    shown = lab.locator(".jp-DirListing-itemText").all_inner_texts()

    assert ["data", "notebooks", "reports"] == shown


def test_a_chart_is_drawn_without_a_complaint(lab: Page) -> None:
    """The notebook finds the data from its own folder, and no name becomes boxes."""
    complaints = lab.locator("[data-mime-type$=stderr], [data-mime-type$=error]")

    assert [] == complaints.all_inner_texts()
    assert 1 == lab.locator(".jp-RenderedImage img").count()
