"""Smaller inputs for verification, where a network's own would take minutes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from archspec.analyses.totals import macs
from archspec.dimensions import show
from archspec.ir import Graph

SMALL_ENOUGH = 200_000_000
"""Multiply-adds up to which a network is verified at its own input size."""

STEPS = (16, 32, 48, 64, 80, 96, 112, 128, 160, 192, 224, 256)


def smaller(inputs: Mapping[str, Sequence[int]]) -> Iterator[dict[str, tuple[int, ...]]]:
    """Input sizes to try, the smallest first, all smaller than the network's own.

    Spatial axes get sizes that differ from each other, odd and even, because mistakes in padding
    and layout hide behind square and even inputs. Channels stay.

    >>> next(smaller({"image": (224, 224, 3)}))
    {'image': (17, 20, 3)}
    """
    for step in STEPS:
        changed = {
            name: (*(min(size, step + 1 + 3 * k) for k, size in enumerate(sizes[:-1])), sizes[-1])
            for name, sizes in inputs.items()
        }
        if any(tuple(sizes) != changed[name] for name, sizes in inputs.items()):
            yield changed


def reduced(graph: Graph, at_sizes: Callable[[dict[str, tuple[int, ...]]], Graph | None]) -> Graph:
    """The same network on the smallest inputs that fit, where its own take minutes.

    `at_sizes` makes the network for other sizes of inputs, or None where they do not fit.
    """
    if macs(graph) <= SMALL_ENOUGH:
        return graph
    own = {name: one.shape for name, one in zip(graph.input_names, graph.inputs, strict=True)}
    made = (at_sizes(sizes) for sizes in smaller(own))
    return next((found for found in made if found is not None), graph)


def unfit(graph: Graph, size: Sequence[int]) -> str:
    """Why no input can have spatial sizes like these, in words; empty where one can.

    >>> import archspec
    >>> unfit(archspec.load("lenet5").graph(), (64, 48, 3))
    'the size 64x48x3 fits no input: image [28, 28, 1]'
    """
    spatial = [len(one.shape) - 1 for one in graph.inputs]
    if len(size) in spatial or (len(size) == 1 and any(spatial)):
        return ""
    ports = zip(graph.input_names, graph.inputs, strict=True)
    inputs = ", ".join(f"{name} {show(one.shape)}" for name, one in ports)
    return f"the size {'x'.join(map(str, size))} fits no input: {inputs}"


def resized(graph: Graph, size: Sequence[int]) -> dict[str, tuple[int, ...]]:
    """All inputs with new spatial sizes; one number serves every spatial axis."""

    def changed(shape: Sequence[int]) -> tuple[int, ...]:
        spatial = len(shape) - 1
        return (*(size if len(size) == spatial else (size[0],) * spatial), shape[-1])

    ports = zip(graph.input_names, graph.inputs, strict=True)
    return {name: changed(one.shape) for name, one in ports}
