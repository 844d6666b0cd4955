"""An analyst's own charts: Chinese without a line of set-up, and else as the analyst has them."""

import base64
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from conftest import ROOT
from nbclient import NotebookClient
from running import PATIENCE

from zhashui_stats.page.fonts import FAMILY

LOAD = f'import zhashui_stats as zs\nnow = zs.load("2022H1", {str(ROOT / "data")!r})'
DRAW = 'now.frame.loc["镇办"].plot.barh(title="各镇办 towns", figsize=(8, 5)).figure.axes[0]'
WITHOUT = 'from matplotlib import pyplot\npyplot.rcParams["font.family"] = "DejaVu Sans"'

FAMILIES = """
from matplotlib import font_manager, rcParams, rcParamsDefault
print(rcParams["font.family"], rcParamsDefault["font.family"])
"""


def run_kernel(*sources: str) -> list[nbformat.NotebookNode]:
    """Run cells in a kernel as JupyterLab starts it; return the outputs of the last."""
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    notebook = nbformat.v4.new_notebook(cells=cells)
    NotebookClient(notebook, kernel_name="python3", timeout=int(PATIENCE)).execute()
    return list(notebook.cells[-1].outputs)


def complaints(outputs: list[nbformat.NotebookNode]) -> str:
    """What a cell put out on the terminal's error stream, warnings of missing glyphs included."""
    return "".join(output.text for output in outputs if output.get("name") == "stderr")


def run_python(code: str, folder: Path) -> str:
    """Run code in a Python of its own, every warning an error; return what it printed."""
    command = [sys.executable, "-W", "error", "-c", code]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    return done.stdout.strip()


def test_a_chart_of_pandas_in_a_notebook() -> None:
    """Two lines, the package and a chart, and every name is drawn."""
    outputs = run_kernel(LOAD, DRAW)
    pictures = [
        output.data["image/png"] for output in outputs if "image/png" in output.get("data", {})
    ]

    assert complaints(outputs) == ""
    assert [True] == [base64.b64decode(picture).startswith(b"\x89PNG") for picture in pictures]


def test_a_chart_without_the_font_complains() -> None:
    """So the test above would see it."""
    assert "missing from font(s) DejaVu Sans" in complaints(run_kernel(LOAD, WITHOUT, DRAW))


@pytest.mark.parametrize(
    "imports",
    [
        "import zhashui_stats, matplotlib.pyplot",
        "import matplotlib, zhashui_stats, matplotlib.pyplot",
        "import matplotlib.pyplot, zhashui_stats",
        "import zhashui_stats, importlib.util as u; u.find_spec('matplotlib.font_manager')",
        "import zhashui_stats, importlib as i, matplotlib.pyplot; i.reload(zhashui_stats)",
    ],
)
def test_the_order_of_imports_does_not_matter(tmp_path: Path, imports: str) -> None:
    """The font is lent once, behind the analyst's, and the defaults of our own charts stay."""
    printed = run_python(f"{imports}\n{FAMILIES}", tmp_path)

    assert printed == f"['sans-serif', '{FAMILY}'] ['sans-serif']"


def test_importing_the_package_loads_no_matplotlib(tmp_path: Path) -> None:
    """Who draws nothing pays nothing: neither for charts nor for fonts."""
    code = (
        "import sys, zhashui_stats\n"
        "print([n for n in ('matplotlib', 'noto_cjk_sans_otc', 'zhashui_stats.page.fonts')"
        " if n in sys.modules])"
    )

    assert run_python(code, tmp_path) == "[]"


def test_nothing_stays_in_the_way_of_imports(tmp_path: Path) -> None:
    """Once the fonts are known, the hook is gone, and the module is as any other."""
    code = (
        "import sys; before = list(sys.meta_path)\n"
        "import zhashui_stats, inspect, matplotlib.font_manager as module\n"
        "print(before == sys.meta_path, 'class FontManager' in inspect.getsource(module))"
    )

    assert run_python(code, tmp_path) == "True True"


def test_an_analysts_own_settings_stay_in_force(tmp_path: Path) -> None:
    """The family of a matplotlibrc comes first, and with it every glyph that it has."""
    (tmp_path / "matplotlibrc").write_text("font.family: serif, monospace\nfont.size: 20\n")
    code = f"import zhashui_stats\n{FAMILIES}\nprint(rcParams['font.size'])"

    assert run_python(code, tmp_path) == (
        f"['serif', 'monospace', '{FAMILY}'] ['sans-serif']\n20.0"
    )


def test_latin_letters_are_drawn_as_ever(tmp_path: Path) -> None:
    """A chart without Chinese is the same with the package and without, to the last byte."""
    draw = (
        "import io, hashlib, matplotlib; matplotlib.use('agg')\n"
        "from matplotlib import pyplot as plt\n"
        "plt.plot([1, 2]); plt.title('Total −1 é', weight='bold'); file = io.BytesIO()\n"
        "plt.savefig(file); print(hashlib.sha256(file.getvalue()).hexdigest())"
    )

    assert run_python(draw, tmp_path) == run_python(f"import zhashui_stats\n{draw}", tmp_path)


@pytest.mark.parametrize("suffix", ["png", "svg", "pdf"])
def test_styles_weights_and_formats(tmp_path: Path, suffix: str) -> None:
    """In a style of matplotlib's, bold and slanted: nothing is lacking, nothing complained of."""
    code = (
        "import zhashui_stats, matplotlib; matplotlib.use('agg')\n"
        "from matplotlib import pyplot as plt\n"
        "plt.style.use('ggplot'); plt.figure()\n"
        "plt.title('柞水县 Zhashui −1', weight='bold', style='italic')\n"
        f"plt.savefig('chart.{suffix}')"
    )

    assert run_python(code, tmp_path) == ""
    assert (tmp_path / f"chart.{suffix}").stat().st_size > 1000
