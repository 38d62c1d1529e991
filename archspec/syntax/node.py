"""What all syntax nodes share: a span, and equality that looks at everything but the span."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, dataclass_transform

from archspec.source import NOWHERE, Span

if TYPE_CHECKING:

    @dataclass_transform(kw_only_default=False, eq_default=False)
    def node(cls: type) -> type:
        """Make a class of the tree: its annotations become fields and an initialiser."""
        ...
else:
    # Fifty classes with generated `__eq__` and `__repr__` would cost every start 30 ms.
    node = partial(dataclass, eq=False, repr=False)


@dataclass(eq=False, repr=False)
class Node:
    """The base of the tree. Nodes are compared by structure (`same`), hashed by identity."""

    def children(self) -> Iterator[Node]:
        """The nodes directly below, in textual order."""
        for value in vars(self).values():
            if isinstance(value, Node):
                yield value
            elif isinstance(value, tuple):
                for item in value:
                    if isinstance(item, Node):
                        yield item

    def walk(self) -> Iterator[Node]:
        """This node and all below it, parents first."""
        stack: list[Node] = [self]
        while stack:
            found = stack.pop()
            yield found
            stack.extend(reversed(list(found.children())))

    def same(self, other: object) -> bool:
        """Whether `other` is the same tree, wherever it was written."""
        if type(self) is not type(other):
            return False
        return all(
            _same(value, vars(other)[name])
            for name, value in vars(self).items()
            if not name.endswith("span")
        )

    def __repr__(self) -> str:
        inside = ", ".join(f"{k}={v!r}" for k, v in vars(self).items() if not k.endswith("span"))
        return f"{type(self).__name__}({inside})"


def _same(left: object, right: object) -> bool:
    if isinstance(left, Node):
        return left.same(right)
    if isinstance(left, tuple) and isinstance(right, tuple):
        return len(left) == len(right) and all(map(_same, left, right))
    return type(left) is type(right) and left == right


__all__ = ["NOWHERE", "Node", "Span", "node"]
