"""Proofreading a circular (校核): its text to claims, its claims against the tables.

What is where, from the file on:

- ``circulars`` is the door, a circular's file and a period to an ``Audit``; ``document`` reads the
  file, whatever its format, and ``annexes`` makes figures of the tables that stand in it.
- ``folding`` cuts the text into sentences whose characters know their places; ``numerals`` finds
  the numbers, ``lexicon`` the words of the county, and ``encoding`` makes signs of both.
- ``patterns`` are the forms that sentences take, ``readings`` what a form says, ``claims`` what is
  claimed so and how it may be meant.
- ``facts`` are the figures that claims are held against; ``consistency`` holds them against each
  other where there are none, ``timing`` looks at periods and dates, and ``slips`` at what a wrong
  figure was mistaken for.
- ``check`` goes this way with a whole document; ``findings`` is what comes of it.
- ``report`` says that on a terminal and as JSON, ``page`` and ``marked`` on a page.

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
