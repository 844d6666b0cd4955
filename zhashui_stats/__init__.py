"""Half-year reports on open-government submissions (政务公开信息报送).

In a notebook or at a prompt::

    import zhashui_stats as zs

    now = zs.load("2022H1")
    zs.ranking(now, "政务动态").head(5)
    now["财政局"]
    zs.plot_ranking(now.of("镇办"))

    history = zs.history("2022H1")
    zs.trend(history, "财政局")

Names are looked up when they are first used, so that importing the package costs nothing.
"""

import difflib
from importlib import import_module
from typing import TYPE_CHECKING, Any

from zhashui_stats.page.notebook_fonts import lend_to_charts

if TYPE_CHECKING:
    from zhashui_stats.errors import ZhashuiError, ZhashuiWarning
    from zhashui_stats.loading import history, load, periods, read_ledger
    from zhashui_stats.model.periods import Period
    from zhashui_stats.page.charts import plot_composition, plot_ranking, plot_trend
    from zhashui_stats.tabulation import (
        at_least,
        below,
        compare_periods,
        composition,
        concentration,
        gini,
        median,
        participation,
        ranking,
        rankings,
        threshold_lists,
        top_share,
        totals,
        trend,
        zero_units,
    )

__all__ = [
    "Period",
    "ZhashuiError",
    "ZhashuiWarning",
    "at_least",
    "below",
    "compare_periods",
    "composition",
    "concentration",
    "gini",
    "history",
    "load",
    "median",
    "participation",
    "periods",
    "plot_composition",
    "plot_ranking",
    "plot_trend",
    "ranking",
    "rankings",
    "read_ledger",
    "threshold_lists",
    "top_share",
    "totals",
    "trend",
    "zero_units",
]

__version__ = "0.1.0"

_HOMES = {
    "Period": "model.periods",
    "ZhashuiError": "errors",
    "ZhashuiWarning": "errors",
    "at_least": "tabulation",
    "below": "tabulation",
    "compare_periods": "tabulation",
    "composition": "tabulation",
    "concentration": "tabulation",
    "gini": "tabulation",
    "history": "loading",
    "load": "loading",
    "median": "tabulation",
    "participation": "tabulation",
    "periods": "loading",
    "plot_composition": "page.charts",
    "plot_ranking": "page.charts",
    "plot_trend": "page.charts",
    "ranking": "tabulation",
    "rankings": "tabulation",
    "read_ledger": "loading",
    "threshold_lists": "tabulation",
    "top_share": "tabulation",
    "totals": "tabulation",
    "trend": "tabulation",
    "zero_units": "tabulation",
}


def __getattr__(name: str) -> Any:
    """Import a public name from the module that holds it.

    Raises:
        AttributeError: It is none of them; who wrote it is told the nearest, and all there are.
    """
    if name not in _HOMES:
        raise AttributeError(_say_unknown(name))
    value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    if not isinstance(value, type):
        value = import_module(f"{__name__}.asking").answering(value)
    globals()[name] = value
    return value


def _say_unknown(name: str) -> str:
    begun = [known for known in __all__ if name and known.startswith(name)]
    alike = difflib.get_close_matches(name, __all__, cutoff=0.5)
    near = "、".join(dict.fromkeys((*begun, *alike)))
    nearest = f"，最接近的是：{near}" if near else ""
    return f"{__name__} 没有“{name}”{nearest}；可用的有：{'、'.join(__all__)}"


def __dir__() -> list[str]:
    """List the public names for completion."""
    return __all__


lend_to_charts()  # whoever draws with matplotlib, or with pandas, sees Chinese
