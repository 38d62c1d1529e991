"""circle: the definitions that use each other without end, if that is why text nests too deep."""

from __future__ import annotations

from archspec.ir import Scope

TIMES = 3
"""So often a definition stands inside itself only when nothing ends it: braces nest less."""


def circle(scope: Scope) -> list[str]:
    """The names on the way from a definition to itself, outermost first; empty if there is none."""
    way: list[tuple[object, str]] = []
    inner: Scope | None = scope
    while inner is not None:
        if inner.definition is not None:
            way.append((inner.definition, inner.definition.name))
        elif inner.kind == "layer":
            way.append((inner.site, inner.path[-1][0]))
        inner = inner.parent
    keys = [key for key, _ in way]
    for start, key in enumerate(keys):
        if keys.count(key) >= TIMES:
            end = keys.index(key, start + 1)
            return [name for _, name in reversed(way[start : end + 1])]
    return []
