"""The record of a lowering: the steps of an op, where its weights live, when it is refused."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from archspec.ir import Node
from archspec.lowering.backend import NativeWeight
from archspec_keras.site import Site, Step

Steps = Callable[[Site], Sequence[Step]]


def _expressible(node: Node) -> str | None:
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lowering:
    """How one op is written in Keras.

    `weights` maps the op's weights to the layer's variables: a name, or a function that gives
    name and layout for one node. `refuses` tells why a node cannot be expressed. The layer that
    has the op's own path as its name is the one that holds the weights.
    """

    steps: Steps
    weights: dict[str, str | Callable[[Node], NativeWeight]] = field(default_factory=dict)
    refuses: Callable[[Node], str | None] = _expressible

    def native(self, node: Node, role: str, layer: str) -> NativeWeight:
        """Where the weight `role` of `node` lives, given the name of its layer."""
        place = self.weights[role]
        if isinstance(place, str):
            return NativeWeight(f"{layer}/{place}")
        found = place(node)
        return replace(found, key=f"{layer}/{found.key}")
