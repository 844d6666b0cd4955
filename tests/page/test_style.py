"""Colours and type: told apart in greyscale, and the same whatever a user has set."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import matplotlib as mpl
from conftest import ROOT
from matplotlib.colors import to_rgb

from page.shown import every_chart, html
from zhashui_stats.page import style


def test_settings_of_matplotlib_stay_as_they_were(small: Any) -> None:
    """Drawing leaves no trace in the explorer's settings."""
    before = dict(mpl.rcParams)
    for chart in every_chart(small):
        html(chart)

    assert dict(mpl.rcParams) == before


def test_colours_differ_in_greyscale() -> None:
    """The first three categories and the three periods are told apart without colour."""
    for palette in (style.COLOURS[:3], style.PERIOD_COLOURS):
        greys = [
            sum(w * c for w, c in zip((0.299, 0.587, 0.114), to_rgb(colour), strict=True))
            for colour in palette
        ]
        steps = [abs(a - b) for a in greys for b in greys if a != b]

        assert min(steps) > 0.19


DRAW = """
import sys
from zhashui_stats.loading import load
from zhashui_stats.page import charts
from zhashui_stats.page.figure import Figure

now = load("2022H1", sys.argv[1])
print(Figure(charts.plot_composition(now), caption="图", alt="图")._repr_html_())
"""


SETTINGS = """
axes.facecolor: red
axes.grid: True
font.size: 20
lines.linewidth: 9
patch.force_edgecolor: True
savefig.bbox: tight
"""


def test_a_users_settings_have_no_say(tmp_path: Path) -> None:
    """A matplotlibrc in the working folder changes nothing of a chart."""
    command = [sys.executable, "-c", DRAW, str(ROOT / "data")]
    expected = subprocess.run(command, cwd=tmp_path, capture_output=True, check=True).stdout
    (tmp_path / "matplotlibrc").write_text(SETTINGS, "utf-8")
    drawn = subprocess.run(command, cwd=tmp_path, capture_output=True, check=True).stdout

    assert b"<svg" in expected
    assert expected == drawn
