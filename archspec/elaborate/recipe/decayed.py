"""decayed: which weights a weight decay is about."""

from __future__ import annotations

from collections.abc import Iterator

from archspec.ir import Graph, Weight
from archspec.recipes.recipe import Choice


def decayed(graph: Graph, decay: Choice) -> frozenset[str]:
    """The canonical names of the weights that `decay` pulls.

    Of the weights that are trained: those that `on` says, in the layers and blocks of `layers`
    and not in those of `except`. Kernels have two or more axes; a learned value is none, since
    it has no input that it would be multiplied with.
    """
    attributes = decay.attributes
    only, without = attributes.layers, frozenset(attributes["except"] or ())
    kept = None if only is None else frozenset(only)
    return frozenset(
        name
        for name, weight in graph.weights.items()
        if weight.trainable
        and (attributes.on == "all" or _is_kernel(weight))
        and (kept is None or not kept.isdisjoint(above(name)))
        and (not without or without.isdisjoint(above(name)))
    )


def above(name: str) -> Iterator[str]:
    """The paths of all layers and blocks that a weight belongs to.

    >>> list(above("stage.0.conv.kernel"))
    ['stage', 'stage.0', 'stage.0.conv']
    """
    place = name.find(".")
    while place >= 0:
        yield name[:place]
        place = name.find(".", place + 1)


def _is_kernel(weight: Weight) -> bool:
    # Layers that share a weight are of one kind.
    return len(weight.shape) > 1 and bool(weight.users[0].inputs)
