"""The figures of a half-year report, drawn and saved by a script: no notebook, no page.

It draws what the notebook draws of a period without forerunner and ledger, and imports nothing
that this does not need; ``plain.py`` is the same with the imports that a reader's script has.
Both take a period and a folder.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

import matplotlib as mpl

from zhashui_stats.loading import load_series
from zhashui_stats.page.charts import plot_composition, plot_concentration, plot_ranking

__all__ = ["main"]

mpl.rcParams["svg.fonttype"] = "none"  # text as text, as the page has it


def main(arguments: Sequence[str]) -> None:
    """Load the periods, draw the last one and save each figure as SVG."""
    period, folder = arguments[0], Path(arguments[1])
    now = load_series(period)[-1]
    charts = {
        "composition": plot_composition(now),
        **{f"ranking-{group.id}": plot_ranking(now.of(group.id)) for group in now.groups},
        "concentration": plot_concentration(now),
    }
    folder.mkdir(exist_ok=True)
    for name, axes in charts.items():
        whole = axes.get_figure(root=True)
        assert whole is not None
        whole.savefig(folder / f"{name}.svg")


if __name__ == "__main__":
    main(sys.argv[1:])
