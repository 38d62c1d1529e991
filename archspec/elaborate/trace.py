"""The block path of a diagnostic: `resnet50 ▸ stage[0] ▸ bottleneck[0] (filters=64)`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archspec.elaborate.values import show
from archspec.ir import Scope, spell

if TYPE_CHECKING:
    from archspec.elaborate.frame import Frame


LONGEST = 12
"""Of longer paths the middle is left out."""


def trace(frame: Frame) -> str:
    """Where `frame` stands, from the network inwards, with the arguments in force."""
    parts: list[str] = []
    scope: Scope | None = frame
    while scope is not None and scope.parent is not None:
        if len(scope.path) > len(scope.parent.path):
            parts.append(spell(scope.path[-1:]) + in_force(scope))
        scope = scope.parent
    name = getattr(frame.run, "name", "")
    parts.reverse()
    if len(parts) > LONGEST:
        parts[LONGEST // 2 : -LONGEST // 2] = ["…"]
    return " ▸ ".join([name, *parts]) if name else ""


def in_force(scope: Scope) -> str:
    """The arguments of a definition, such as ` (filters=64)`; empty for other scopes."""
    if scope.definition is None:
        return ""
    names = {parameter.name for parameter in scope.definition.parameters}
    shown = [f"{name}={show(bound)}" for name, bound in scope.bindings.items() if name in names]
    return f" ({', '.join(shown)})" if shown else ""
