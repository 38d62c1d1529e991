"""Texts and places in them; the lowest layer, it knows nothing of the language."""

from archspec.source.span import NOWHERE, Span
from archspec.source.text import SourceText

__all__ = ["NOWHERE", "SourceText", "Span"]
