"""add_weights: the tensors of a node, named by their place or by the layer that shares them."""

from __future__ import annotations

from collections.abc import Sequence

from archspec.diagnostics import Label
from archspec.dimensions import show
from archspec.elaborate.frame import Frame
from archspec.elaborate.run import refuse, span_of
from archspec.elaborate.values import Refused
from archspec.ir import Node, Scope, Weight
from archspec.ops.op import WeightSpec
from archspec.source import Span


def add_weights(node: Node, specs: Sequence[WeightSpec], segment: str, frame: Frame) -> None:
    """Make the weights, or use those that an earlier use of a shared layer has made."""
    before = frame.weight_prefix() if frame.prefix is None else frame.prefix
    prefix = f"{before}{segment}."
    if frame.indices:
        prefix += "".join([f"{index}." for index in frame.indices])
    graph = frame.run.graph.weights
    for spec in specs:
        role = spec.name
        name = prefix + role
        if name in graph:
            weight = graph[name]
            _check_shared(weight, node, spec, frame)
            weight.users.append(node)
        else:
            weight = graph[name] = Weight(
                name, role, spec.shape, spec.initializer, spec.fans, spec.trainable, [node]
            )
        node.weights[role] = weight


def _check_shared(weight: Weight, node: Node, spec: WeightSpec, frame: Frame) -> None:
    first = weight.users[0]
    before = first.scope
    if frame.owner is None or not isinstance(before, Frame) or before.owner is None:
        message = f"two layers would have a weight called `{weight.name}`"
        labels = [Label(first.span, "the first is here")]
        help = "give the layer that is declared with `layer` a name of its own"
        raise refuse(frame, "duplicate-name", node.span, message, labels=labels, help=help)
    if weight.shape == spec.shape:
        return
    came = ", ".join(show(one.shape) for one in first.inputs)
    comes = ", ".join(show(one.shape) for one in node.inputs)
    refuse(
        frame,
        "shape-mismatch",
        _use(frame),
        f"the shared layer's `{spec.name}` would need another shape than before",
        label=f"{comes} comes in, which needs {show(spec.shape)}",
        labels=[Label(_use(first.scope), f"{came} came in, which made it {show(weight.shape)}")],
        help="give both uses values of one shape, or write two layers",
    )
    raise Refused


def _use(scope: Scope) -> Span:
    """The place where the shared layer is used, from a scope inside it."""
    while isinstance(scope.parent, Frame) and scope.parent.owner is not None:
        scope = scope.parent
    return span_of(scope.site)
