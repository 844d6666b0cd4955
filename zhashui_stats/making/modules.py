"""What the notebooks import: named here, so that kernels have it before they are asked."""

__all__ = ["modules_for"]

_PAGE = (
    "zhashui_stats.assessment.evidence",
    "matplotlib.backends.backend_svg",
    "uharfbuzz",
    "noto_cjk_sans_otc",
    "zhashui_stats.page.exhibits",
    "zhashui_stats.page.provenance",
    "zhashui_stats.narrative",
    "zhashui_stats.briefs.exhibits",
    "zhashui_stats.briefs.mentions",
    "zhashui_stats.briefs.own_ledger",
    "zhashui_stats.briefs.sentences",
    "zhashui_stats.audit.page",
    "zhashui_stats.audit.circulars",
)
_LEDGER = (
    "pandas",  # DuckDB looks for its types among the values of a query
    "duckdb",
    "chinese_calendar",
    "zhashui_stats.ledger.sources",
    "zhashui_stats.ledger.counting",
    "zhashui_stats.page.evidence_tables",
)


def modules_for(*, has_ledger: bool) -> tuple[str, ...]:
    """Name the modules that a report, a brief or an audit imports.

    Args:
        has_ledger: Whether its kernel will read a ledger.
    """
    return (*_PAGE, *_LEDGER) if has_ledger else _PAGE
