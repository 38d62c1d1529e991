"""OpCall: one call of an op in the text, resolved once and applied for every instance."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from archspec import syntax
from archspec.diagnostics import Label
from archspec.elaborate.frame import Frame
from archspec.elaborate.op_arguments import OpArguments, argument_value
from archspec.elaborate.op_facts import Facts, check_loosely, facts_of
from archspec.elaborate.op_weights import add_weights
from archspec.elaborate.run import refuse
from archspec.elaborate.values import ABSENT, LOST, UNKNOWN, Values, describe
from archspec.ir import Node, Value
from archspec.ops.op import Op
from archspec.source import limits

Labels = Callable[[], Sequence[Label]]
"""Makes the labels that say where several inputs come from; called for errors only."""


class OpCall:
    """What is the same for all instances of a call: the arguments, and facts by input shapes."""

    __slots__ = ("arguments", "facts", "op", "site")

    def __init__(self, op: Op, arguments: OpArguments, site: syntax.LayerCall) -> None:
        self.op = op
        self.arguments = arguments
        self.site = site
        self.facts: dict[Any, Facts] = {}

    def apply(
        self,
        frame: Frame,
        segment: str,
        value: Values,
        frames: tuple[Frame, ...],
        labels: Labels | None = None,
    ) -> Values:
        """Add the node; `frames` are where the arguments are evaluated."""
        arguments = self.arguments
        if arguments.inputs:
            value = tuple([self._input(one, frames[k]) for one, k in arguments.inputs])
            labels = labels or (lambda: self._named(value))
        written = [argument_value(one, frames) for one in arguments.varying]
        for one in value:
            if one is UNKNOWN or one is ABSENT:
                return self._without(one, frame, written)
        shapes = (value[0].shape,) if len(value) == 1 else tuple([one.shape for one in value])
        key = (shapes, *map(_key, written)) if written else shapes
        facts = self.facts.get(key)
        if facts is None:
            facts = facts_of(self.op, arguments, self.site, written, value, frame, labels)
            self.facts[key] = facts
        return self._node(frame, segment, value, facts)

    def _node(self, frame: Frame, segment: str, inputs: Values, facts: Facts) -> Values:
        op, site, graph = self.op, self.site, frame.run.graph
        path = (*frame.path, (segment, frame.indices))
        node = Node(op, facts.attributes, inputs, (), {}, path, site.span, frame, site)
        positive = op.non_negative
        if not positive and op.keeps_sign:
            positive = all([one.non_negative for one in inputs])
        if len(facts.shapes) == 1:
            outputs: Values = (Value(facts.shapes[0], path, site.span, node, 0, positive),)
        else:
            outputs = tuple(
                [
                    Value(shape, path, site.span, node, number, positive)
                    for number, shape in enumerate(facts.shapes)
                ]
            )
        node.outputs = outputs
        if facts.weights:
            add_weights(node, facts.weights, segment, frame)
        frame.children.append(node)
        graph.nodes.append(node)
        if len(graph.nodes) > limits.LAYERS:
            frame.run.abandon(frame, site, f"the network has more than {limits.LAYERS:_} layers")
        return outputs

    def _without(self, value: Value, frame: Frame, written: list[Any]) -> Values:
        """The result for an input that is not known, or not there."""
        if value is UNKNOWN:
            check_loosely(self.arguments, written, frame)
            return LOST
        message = f"`{self.op.name}` has nothing to work on: the value is `none`"
        raise refuse(frame, "wrong-input-count", self.site.span, message)

    def _input(self, expression: syntax.Expression, frame: Frame) -> Value:
        found = frame.run.evaluate(expression, frame)
        if not isinstance(found, Value):
            message = f"`{self.op.name}` takes named values, not {describe(found)}"
            raise refuse(frame, "wrong-type", expression.span, message)
        return found

    def _named(self, value: Values) -> Sequence[Label]:
        from archspec.dimensions import show

        return [
            Label(expression.span, f"{one.name} is {show(one.shape)}")
            for (expression, _), one in zip(self.arguments.inputs, value, strict=True)
        ]


def _key(written: Any) -> Any:
    # 1, 1.0 and true are equal to Python, and different values to an op.
    kind = written.__class__
    return written if kind is int or kind is str else (kind, repr(written))
