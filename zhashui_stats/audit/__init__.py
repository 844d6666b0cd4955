"""Proofreading a circular (校核): its text to claims, its claims against the tables."""

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
