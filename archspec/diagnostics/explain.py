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
            *_shown("Example:", rule.example, rule.command),
            *_shown("Mended:", rule.fix, rule.fixed_command),
        )
    ).rstrip("\n")


def _shown(head: str, spec: str, command: str) -> tuple[str, ...]:
    run = (f"    $ {command}", "") if command else ()
    return (head, "", indent(spec.strip("\n"), "    "), "", *run)


def unknown(code: str) -> str:
    """What to say where no rule has that code."""
    hint = did_you_mean(code, catalog.codes())
    return f"no diagnostic has the code `{printable(code)}`; {hint}"
