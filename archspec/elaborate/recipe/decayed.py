"""decayed: which weights a weight decay is about."""

from __future__ import annotations

from archspec.ir import Graph, Weight
from archspec.recipes.recipe import Choice


def decayed(graph: Graph, decay: Choice) -> frozenset[str]:
    """The canonical names of the weights that `decay` pulls.

    Of the weights that are trained: those that `on` says, in the layers and blocks of `layers`
    and not in those of `except`. Kernels have two or more axes; a learned value is none, since
    it has no input that it would be multiplied with.
    """
    attributes = decay.attributes
    only, without = attributes.layers, attributes["except"] or ()
    return frozenset(
        name
        for name, weight in graph.weights.items()
        if weight.trainable
        and (attributes.on == "all" or _is_kernel(weight))
        and (only is None or any(is_below(name, path) for path in only))
        and not any(is_below(name, path) for path in without)
    )


def is_below(name: str, path: str) -> bool:
    """Whether the weight belongs to the layer or block; both have dots throughout."""
    return name.startswith(f"{path}.")


def _is_kernel(weight: Weight) -> bool:
    return len(weight.shape) > 1 and any(node.inputs for node in weight.users)
