"""Layer names: the dotted paths of the graph, as literals or f-strings."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from archspec import syntax
from archspec.lowering.plan import Code


def join(path: str, segment: str, indices: Sequence[Code], text: Callable[[Code], str]) -> str:
    """The path of what stands in `path`; loop counters become places of an f-string."""
    parts = [path] if path else []
    parts += [segment] if segment else []
    for index in indices:
        literal = isinstance(index, syntax.Number)
        parts.append(text(index) if literal else f"{{{text(index)}}}")
    return ".".join(parts)


def quoted(path: str) -> str:
    """The Python expression of a path.

    >>> quoted("stem.conv"), quoted("{name}.conv"), quoted("{name}")
    ('"stem.conv"', 'f"{name}.conv"', 'name')
    """
    if path.startswith("{") and path.endswith("}") and path.count("{") == 1:
        inner = path[1:-1]
        if inner == "name":
            return inner
    return f'f"{path}"' if "{" in path else f'"{path}"'
