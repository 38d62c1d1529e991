"""Errors as data; their words in one catalog, their layout in the renderers."""

from archspec.diagnostics.diagnostic import Diagnostic, Label, Severity
from archspec.diagnostics.report import Report

__all__ = ["Diagnostic", "Label", "Report", "Severity"]
