"""What a report's kernel finds: the same environment every time, and its modules imported."""

import contextlib
import os
from pathlib import Path

from zhashui_stats.publish.kernels.nursery import STAGING
from zhashui_stats.publish.kernels.warm import start_parent

__all__ = ["LEDGER_MODULES", "MODULES", "kernel_environment", "start_importing"]

MODULES = (
    "matplotlib.backends.backend_svg",
    "uharfbuzz",
    "noto_cjk_sans_otc",
    "zhashui_stats.exhibits",
    "zhashui_stats.narrative",
    "zhashui_stats.brief_tables",
    "zhashui_stats.audit.page",
    "zhashui_stats.audit.circulars",
    "zhashui_stats.publish.provenance",
)
"""What the notebooks of reports and briefs import."""

LEDGER_MODULES = (
    "pandas",  # DuckDB looks for its types among the values of a query
    "duckdb",
    "chinese_calendar",
    "zhashui_stats.ledger.sources",
    "zhashui_stats.ledger.counting",
    "zhashui_stats.evidence_tables",
)
"""And where the period has a ledger."""

_FIXED = {"MPLBACKEND": "agg", "PYTHONHASHSEED": "0", "PYTHONSAFEPATH": "1"}


def kernel_environment(staging: Path) -> dict[str, str]:
    """Return what a kernel's environment must say so that every run is alike.

    Neither start-up files of the user nor his colours and caches have a say in a report, nor has
    a module that lies in the working folder: nothing tells whether it has changed.
    """
    return {
        **_FIXED,
        "IPYTHONDIR": str(staging / "ipython"),
        "JUPYTER_RUNTIME_DIR": str(staging),
        STAGING: str(staging),
    }


def start_importing(*, has_ledger: bool = False) -> None:
    """Have what a report's kernel needs imported while this process does something else.

    Args:
        has_ledger: Whether kernels will read one.
    """
    modules = (*MODULES, *LEDGER_MODULES) if has_ledger else MODULES
    with contextlib.suppress(OSError):  # the kernel tries again, and starts as usual if need be
        start_parent(modules, {**os.environ, **_FIXED})
