"""unknown_name: what to say about a name in an expression that nothing declares."""

from __future__ import annotations

from archspec.diagnostics import Report
from archspec.diagnostics.suggest import did_you_mean
from archspec.dimensions.shape import AXES
from archspec.elaborate.functions import FUNCTIONS
from archspec.elaborate.names_scope import Known, Scope
from archspec.ops import registry
from archspec.source import Span

SIZES = ("channels", "features", *(name for name in AXES[4] if name != "channels"), "time")
"""What can be asked of a value: `.height` and so on."""


def unknown_name(
    name: str, span: Span, scope: Scope, words: tuple[str, ...], known: Known, report: Report
) -> None:
    """Report the name with what its author may have meant."""
    if report.full:
        return
    if name in known.functions or name in FUNCTIONS:
        message = f"`{name}` is a function; it needs its arguments in parentheses"
        help = f"write `{name}(…)`"
    elif name in known.definitions or registry.builtin(name):
        message = f"`{name}` is a layer, and here a number or a value is wanted"
        help = "a layer can be passed for a parameter of type `layer`"
    elif name in SIZES:
        message = f"nothing is called `{name}` here"
        help = f"write `.{name}` for the size of the value here, or `input.{name}`"
    else:
        message = f"nothing is called `{name}` here"
        help = did_you_mean(name, [*scope.all_names(), *known.constants, *words])
    report.add("unknown-name", span, message, label="not known", help=help)
