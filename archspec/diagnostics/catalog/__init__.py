"""All rules, one file each, named after the code; a rule is imported when it is looked up."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path

from archspec.diagnostics.rule import Rule


@cache
def codes() -> tuple[str, ...]:
    """The codes of all rules, in order."""
    files = Path(__file__).parent.glob("[a-z]*.py")
    return tuple(sorted(file.stem.replace("_", "-") for file in files))


@cache
def find(code: str) -> Rule | None:
    """The rule of that code, or None."""
    if code not in codes():
        return None
    rule = import_module(f"{__name__}.{code.replace('-', '_')}").RULE
    assert isinstance(rule, Rule)
    return rule
