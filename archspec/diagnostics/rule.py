"""The record of one diagnostic rule; `explain` and the reference pages are made from it."""

from __future__ import annotations

from dataclasses import dataclass

from archspec.diagnostics.diagnostic import Severity


@dataclass(frozen=True, slots=True)
class Rule:
    """What a code means: why it is a mistake, a spec that shows it, and the same spec mended."""

    code: str
    title: str
    severity: Severity
    why: str
    example: str
    fix: str
