"""explain: the page of one rule, as text."""

from __future__ import annotations

from textwrap import fill, indent

from archspec.diagnostics import catalog
from archspec.diagnostics.printable import printable
from archspec.diagnostics.suggest import did_you_mean


def explain(code: str) -> str | None:
    """Why the rule exists, a spec that breaks it, and the same spec mended; None if unknown."""
    rule = catalog.find(code)
    if rule is None:
        return None
    return "\n".join(
        (
            f"{rule.severity}[{rule.code}]: {rule.title}",
            "",
            fill(" ".join(rule.why.split()), 88),
            "",
            "Example:",
            "",
            indent(rule.example.strip("\n"), "    "),
            "",
            "Mended:",
            "",
            indent(rule.fix.strip("\n"), "    "),
            "",
        )
    )


def unknown(code: str) -> str:
    """What to say where no rule has that code."""
    hint = did_you_mean(code, catalog.codes())
    return f"no diagnostic has the code `{printable(code)}`; {hint}"
