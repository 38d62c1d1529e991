"""The record of one diagnostic rule; `explain` and the reference pages are made from it."""

from __future__ import annotations

from dataclasses import dataclass

from archspec.diagnostics.diagnostic import Severity


@dataclass(frozen=True, slots=True)
class Rule:
    """What a code means: why it is a mistake, a spec that shows it, and the same spec mended.

    `command` is what brings the mistake out where `archspec check model.arch` alone does not,
    `fixed_command` where it is the command that has to be mended.
    """

    code: str
    title: str
    severity: Severity
    why: str
    example: str
    fix: str
    command: str = ""
    fixed_command: str = ""
