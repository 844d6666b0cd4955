"""Proofreading a circular (校核): its text to claims, its claims against the tables.

Names are looked up when they are first used: a report without a circular does not wait for them.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from zhashui_stats.audit.check import audit_circular
    from zhashui_stats.audit.document import Document, read_document
    from zhashui_stats.audit.findings import Audit, Finding, Number, NumberStatus, Verdict

__all__ = [
    "Audit",
    "Document",
    "Finding",
    "Number",
    "NumberStatus",
    "Verdict",
    "audit_circular",
    "read_document",
]

_HOMES = {"audit_circular": "check", "Document": "document", "read_document": "document"}


def __getattr__(name: str) -> Any:
    """Import a public name from the module that holds it."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES.get(name, 'findings')}"), name)
