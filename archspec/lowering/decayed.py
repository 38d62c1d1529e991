"""Which weights a weight decay is about."""

from __future__ import annotations

from archspec.ir import Graph, Weight
from archspec.recipes import Choice


def decayed(graph: Graph, decay: Choice) -> frozenset[str]:
    """The canonical names of the weights that `decay` pulls.

    Of the weights that are trained: those that `on` says, in the layers and blocks of `layers`
    and not in those of `except`. Kernels have two or more axes; a learned value is none, since
    it has no input that it would be multiplied with.
    """
    attributes = decay.attributes
    return frozenset(
        name
        for name, weight in graph.weights.items()
        if weight.trainable
        and (attributes.on == "all" or _is_kernel(weight))
        and (attributes.layers is None or _below(name, attributes.layers))
        and not _below(name, attributes["except"] or ())
    )


def _is_kernel(weight: Weight) -> bool:
    return len(weight.shape) > 1 and any(node.inputs for node in weight.users)


def _below(name: str, paths: tuple[str, ...]) -> bool:
    return any(name.startswith(f"{path}.") for path in paths)
