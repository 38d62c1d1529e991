"""What a lowering sees of the place it writes: code, facts, rank and channels."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from archspec import syntax
from archspec.ir import Node
from archspec.lowering.plan import Apply, Code
from archspec.lowering.python import constant as literal
from archspec.lowering.python import python


@dataclass(frozen=True, slots=True)
class Site:
    """One op in the text.

    `write` turns code into Python, where it has a closed form (`closed`); `find_channels`
    gives the code of the input's channels, `evaluate` the value of code for a node.

    `deferred` tells of a node whether its output is left in channels-first order because the
    kernels that follow are reordered instead. `overwrites` says that an activation may write over
    its input.
    """

    apply: Apply
    find_channels: Callable[[], Code]
    write: Callable[[Code], str]
    closed: Callable[[Code], bool]
    evaluate: Callable[[Code, Node], Any]
    deferred: Callable[[Node], bool]
    overwrites: bool = False

    @property
    def rank(self) -> int:
        """The number of spatial axes of the first input."""
        return int(self.apply.fact(_rank, "rank"))

    @property
    def channels(self) -> Code:
        """The code of the channels that come in."""
        return self.find_channels()

    @property
    def in_channels(self) -> str:
        """The channels that come in, as Python."""
        return self.write(self.channels)

    def product(self, code: Code, name: str) -> str:
        """Code times an attribute, as Python."""
        if not self.symbolic(name) and isinstance(code, syntax.Number):
            return str(code.value * self.stored(name))
        factor = self.apply.attributes[name]
        if not self.symbolic(name):
            factor = syntax.Number(self.stored(name))
        return self.write(syntax.Binary("*", code, factor))

    def nodes(self) -> tuple[Node, ...]:
        """All that elaboration made of this place."""
        return tuple(one for one in self.apply.instances if isinstance(one, Node))

    def stored(self, name: str) -> Any:
        """The value of an attribute, on which all instances must agree."""
        return self.apply.fact(lambda node: node.attributes[name], name)

    def agreed(self, name: str, value: Any) -> bool:
        """Whether the attribute has this value in all instances."""
        return all(node.attributes[name] == value for node in self.nodes())

    def symbolic(self, name: str) -> bool:
        """Whether the code of an attribute depends on names, as a parameter's does."""
        code = self.apply.attributes.get(name)
        kinds = (syntax.Name, syntax.Attribute, syntax.Call)
        if code is None or not self.closed(code):
            return False
        return any(isinstance(part, kinds) for part in code.walk())

    def listed(self, name: str) -> bool:
        """Whether the code of an attribute gives a number for each axis."""
        code = self.apply.attributes[name]
        return bool(
            self.apply.fact(lambda node: not isinstance(self.evaluate(code, node), int), name)
        )

    def text(self, name: str) -> str:
        """An attribute as Python."""
        if self.symbolic(name):
            return self.write(self.apply.attributes[name])
        return constant(self.stored(name))

    def optional(self, name: str, default: Any) -> str | None:
        """The same, None where it is the framework's own default."""
        if not self.symbolic(name) and self.agreed(name, default):
            return None
        return self.text(name)

    def size(self, name: str) -> str:
        """A size for each spatial axis: one number where all are equal."""
        if self.symbolic(name):
            return self.write(self.apply.attributes[name])
        return sizes(self.stored(name))

    def optional_size(self, name: str, default: int | None) -> str | None:
        """The same, None where it is the framework's own default on every axis."""
        plain = not self.symbolic(name)
        if plain and all(_is_default(node.attributes[name], default) for node in self.nodes()):
            return None
        return self.size(name)


def _rank(node: Node) -> int:
    # A layer argument that is never used has a node without inputs.
    return len(node.inputs[0].shape) - 1 if node.inputs else 2


def _is_default(found: tuple[int, ...] | None, default: int | None) -> bool:
    return found is None if default is None else found is not None and set(found) <= {default}


def sizes(found: tuple[int, ...]) -> str:
    """One number for all axes, or a tuple.

    >>> sizes((3, 3)), sizes((1, 7))
    ('3', '(1, 7)')
    """
    return str(found[0]) if len(set(found)) == 1 else constant(tuple(found))


def constant(value: Any) -> str:
    """A constant as Python.

    >>> constant(1e-5), constant((1, 7))
    ('1e-5', '(1, 7)')
    """
    return python(literal(value))
