"""Tensors by the layer that owns them, on the side of a network as on that of a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from archspec.ir import Graph, Node, Scope
from archspec.lowering.backend import NativeWeight
from archspec.lowering.native import native_shape
from archspec.lowering.native_file import NativeTensor

S = TypeVar("S", "Wanted", NativeTensor)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A weight of the network as the framework of the file would hold it."""

    name: str
    layer: str
    variable: str
    shape: tuple[int, ...]
    kind: str
    part_of: str
    native: NativeWeight


@dataclass(slots=True)
class Layer(Generic[S]):
    """A layer with its tensors, in their order."""

    name: str
    tensors: list[S] = field(default_factory=list)

    def kind(self, wholes: Set[str]) -> tuple[str, ...]:
        """What two layers must have in common to be of one kind: which tensors there are.

        `wholes` are the ops whose parts are kinds of their own.
        """
        first = self.tensors[0]
        whole = first.part_of if first.part_of in wholes else ""
        return (first.kind, whole, *sorted(str(len(one.shape)) for one in self.tensors))

    def signature(self, numbered: bool) -> tuple[object, ...]:
        """What two layers must have in common to be the same one: names and shapes of tensors.

        `numbered` leaves the names out, where one side has numbers for them.
        """
        if numbered:
            return tuple(one.shape for one in self.tensors)
        return tuple(sorted((one.variable, one.shape) for one in self.tensors))


def by_layer(tensors: Iterable[S]) -> list[Layer[S]]:
    """The layers in the order of their first tensors."""
    found: dict[str, Layer[S]] = {}
    for one in tensors:
        found.setdefault(one.layer, Layer(one.layer)).tensors.append(one)
    return list(found.values())


def split_key(key: str) -> tuple[str, str]:
    """Layer and variable of a native key.

    >>> split_key("stem.0.conv.weight"), split_key("stem.conv/kernel")
    (('stem.0.conv', 'weight'), ('stem.conv', 'kernel'))
    """
    layer, _, variable = key.rpartition("/" if "/" in key else ".")
    return layer, variable


def _block(node: Node) -> str:
    """The block that a node stands in, which may be the expansion of an op."""
    scope: Scope | None = node.scope
    while scope is not None and scope.kind != "block":
        scope = scope.parent
    return scope.definition.name if scope is not None and scope.definition is not None else ""


def wanted(graph: Graph, native: Mapping[str, NativeWeight]) -> list[Wanted]:
    """All weights of the network in the order of its text."""
    return [
        Wanted(
            name,
            *split_key(native[name].key),
            native_shape(weight.shape, native[name]),
            native[name].kind,
            _block(weight.users[0]),
            native[name],
        )
        for name, weight in graph.weights.items()
    ]
