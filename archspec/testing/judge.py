"""Compares what back ends make of a network with each other, with NumPy, and with the spec."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import combinations
from typing import Any

from archspec.analyses.totals import macs
from archspec.dimensions import elements
from archspec.ir import Graph, Node, Value
from archspec.testing.parts import Parts
from archspec.testing.side import Side
from archspec.testing.wrong import Wrong
from archspec.verification.compare import INFINITE, difference
from archspec.verification.inside import Inside, inside
from archspec.verification.kinds import Compared, compare32, compare64
from archspec.verification.limits import FLOAT64, INSIDE64, ROUNDING, VAIN
from archspec.verification.side import ReferenceResults
from archspec.verification.trial import make, samples

KINDS = ("outputs", "statistics", "weight_gradients", "input_gradients")
FORWARD = KINDS[:2]


def judge(graph: Graph, sides: Sequence[Side], seed: int = 0) -> list[Wrong]:
    """Everything that is wrong with what the back ends made; those that refused are left out."""
    taking = [one for one in sides if not one.refused]
    found = [Wrong("failure", f"{one.name}: {one.failed}") for one in taking if one.failed]
    taking = [one for one in taking if not one.failed]
    for side in taking:
        found += [*_counts(graph, side), *_weights(side), *side.detours]
    return [*found, *_numbers(graph, taking, seed)]


def _counts(graph: Graph, side: Side) -> Iterator[Wrong]:
    wanted = [0, 0]
    for weight in graph.weights.values():
        wanted[not weight.trainable] += elements(weight.shape)
    if side.counted is not None and side.counted != tuple(wanted):
        yield Wrong("count", f"{side.name} counts {side.counted}, not {tuple(wanted)}")
    made, wanted_adds = side.multiply_adds, macs(graph)
    # Keras takes no stride in dilated windows, so it makes all places and keeps some of them.
    more = any(map(_skips, graph.nodes)) and made is not None and made > wanted_adds
    if made is not None and made != wanted_adds and not more:
        counted = f"{side.multiply_adds} multiply-adds, not {macs(graph)}"
        yield Wrong("count", f"{side.name} makes {counted}")


def _skips(node: Node) -> bool:
    """Whether a window is dilated and moves by more than one cell."""
    steps = [one for name, one in node.attributes.items() if name in ("stride", "dilation")]
    return len(steps) == 2 and all(one is not None and max(one) > 1 for one in steps)


def _weights(side: Side) -> Iterator[Wrong]:
    if side.changed:
        yield Wrong("weights", f"{side.name} changes {', '.join(sorted(set(side.changed)))}")


def _values(graph: Graph) -> dict[str, Value]:
    found = {value.name: value for node in graph.nodes for value in node.outputs}
    inputs = zip(graph.input_names, graph.inputs, strict=True)
    return found | dict(inputs)


def _numbers(graph: Graph, sides: Sequence[Side], seed: int) -> Iterator[Wrong]:
    trial = make(graph, seed)
    for training in (False, True):
        reference: Any = ReferenceResults(graph, trial, training)
        known = inside(graph, trial, training, reference)
        if not training:
            for side in sides:
                yield from _traced(graph, side, reference.values, known)
        for side in sides:
            yield from _shapes(graph, side, training)
            wide = Parts(side.outcomes["float64", training])
            for kind in FORWARD:
                found = compare64(kind, reference.names(kind), wide, reference, known)
                yield from _over(found, f"{_mode(training)} {kind} of {side.name} and NumPy")
        for left, right in combinations(sides, 2):
            yield from _pair(left, right, training, known)


def _mode(training: bool) -> str:
    return "training" if training else "inference"


def _pair(left: Side, right: Side, training: bool, known: Inside) -> Iterator[Wrong]:
    wide = [Parts(one.outcomes["float64", training]) for one in (left, right)]
    who = f"of {left.name} and {right.name}"
    for kind in KINDS:
        names = sorted({*wide[0].names(kind), *wide[1].names(kind)})
        found = compare64(kind, names, wide[0], wide[1], known)
        yield from _over(found, f"{_mode(training)} {kind} {who}")
        if ("float32", training) in left.outcomes and not found.over:
            narrow = [Parts(one.outcomes["float32", training]) for one in (left, right)]
            pairs = (narrow[0], wide[0]), (narrow[1], wide[1])
            moved = partial(_shaken, left, right, training)
            found = compare32(kind, names, *pairs, moved, known)
            what = f"float32 {_mode(training)} {kind} {who}"
            yield from _over(found, what)


def _shaken(left: Side, right: Side, training: bool) -> list[tuple[Parts, Parts]]:
    runs = zip(left.shaken.get(training, []), right.shaken.get(training, []), strict=True)
    return [(Parts(one), Parts(other)) for one, other in runs]


def _over(found: Compared, what: str) -> Iterator[Wrong]:
    for name, one in found.over.items():
        shown = one.why or f"{one.left!r} and {one.right!r} at {list(one.index)}"
        limits = f"{one.relative:.1e} apart"
        yield Wrong("disagreement", f"{what}, {name}: {limits}, {shown}")


def _shapes(graph: Graph, side: Side, training: bool) -> Iterator[Wrong]:
    names = (*graph.output_names, *graph.training_output_names)
    values = (*graph.outputs, *graph.training_outputs)
    made = side.outcomes["float64", training].outputs
    shown = names if training else graph.output_names
    if set(made) != set(shown):
        yield Wrong("shape", f"{side.name} gives {sorted(made)}, not {sorted(shown)}")
    for name, value in zip(names, values, strict=True):
        if name in made and made[name].shape != (samples(graph), *value.shape):
            yield Wrong("shape", f"{side.name}: {name} is {made[name].shape}, not {value.shape}")


def _traced(graph: Graph, side: Side, reference: dict[str, Any], known: Inside) -> Iterator[Wrong]:
    values, floor = _values(graph), VAIN * known.size
    for name, array in side.traced.items():
        shape = values[name].shape
        if array.shape[1:] != shape:
            yield Wrong("shape", f"{side.name}: value {name} is {array.shape[1:]}, not {shape}")
            return
        found, limit = difference(array, reference.get(name, array), floor), FLOAT64
        if limit < found.relative < INFINITE:
            limit = max(limit, ROUNDING * known.moved_value(name, INSIDE64, floor))
        if found.relative > limit:
            yield Wrong("disagreement", f"value {name} of {side.name}: {found}")
            return
