"""Half-year reports on open-government submissions (政务公开信息报送).

In a notebook or at a prompt::

    import zhashui_stats as zs

    now = zs.load("2022H1")
    zs.ranking(now, "政务动态").head(5)
    zs.plot_ranking(now.of("镇办"))

Names are looked up when they are first used, so that importing the package costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from zhashui_stats.page.notebook_fonts import lend_to_charts

if TYPE_CHECKING:
    from zhashui_stats.aggregate import at_least, ranking, totals, zero_units
    from zhashui_stats.compare import compare_periods
    from zhashui_stats.errors import ZhashuiError
    from zhashui_stats.loading import load, read_ledger
    from zhashui_stats.model.periods import Period
    from zhashui_stats.page.charts import plot_composition, plot_ranking

__all__ = [
    "Period",
    "ZhashuiError",
    "at_least",
    "compare_periods",
    "load",
    "plot_composition",
    "plot_ranking",
    "ranking",
    "read_ledger",
    "totals",
    "zero_units",
]

__version__ = "0.1.0"

_HOMES = {
    "Period": "model.periods",
    "ZhashuiError": "errors",
    "at_least": "aggregate",
    "compare_periods": "compare",
    "load": "loading",
    "plot_composition": "page.charts",
    "plot_ranking": "page.charts",
    "ranking": "aggregate",
    "read_ledger": "loading",
    "totals": "aggregate",
    "zero_units": "aggregate",
}


def __getattr__(name: str) -> Any:
    """Import a public name from the module that holds it."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List the public names for completion."""
    return __all__


lend_to_charts()  # whoever draws with matplotlib, or with pandas, sees Chinese
