"""OpCall: one call of an op in the text, resolved once and applied for every instance."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from archspec import syntax
from archspec.diagnostics import Label
from archspec.dimensions import Shape, show
from archspec.elaborate.argument_value import argument_value
from archspec.elaborate.frame import Frame
from archspec.elaborate.op_arguments import OpArguments
from archspec.elaborate.op_facts import Facts, check_loosely, facts_of
from archspec.elaborate.op_weights import add_weights
from archspec.elaborate.run import Run, refuse
from archspec.elaborate.values import ABSENT, LOST, UNKNOWN, Refused, Values, describe
from archspec.ir import Node, Value
from archspec.ops.op import Op
from archspec.source import limits

FACTS = 40
"""Steps of evaluation that take as long as one use of an op with sizes not met before."""

Labels = Callable[[], Sequence[Label]]
"""Makes the labels that say where several inputs come from; called for errors only."""


class OpCall:
    """What is the same for all instances of a call: the arguments, and facts by input shapes."""

    __slots__ = ("arguments", "facts", "op", "refused", "segment", "site")

    def __init__(self, op: Op, arguments: OpArguments, site: syntax.LayerCall, run: Run) -> None:
        self.op = op
        self.arguments = arguments
        self.site = site
        self.segment = run.segments[site]
        # Calls that say the same, here or elsewhere in the text, share what was found out.
        fixed = tuple([(one.name, _key(value)) for one, value, _ in arguments.fixed])
        varying = tuple([one.attribute.name for one in arguments.varying])
        self.refused: set[Any] = set()
        self.facts: dict[Any, Facts] = run.facts.setdefault((op.name, fixed, varying), {})

    def apply(
        self,
        frame: Frame,
        value: Values,
        frames: tuple[Frame, ...],
        labels: Labels | None = None,
    ) -> Values:
        """Add the node; `frames` are where the arguments are evaluated."""
        found = self.examine(frame, value, frames, labels)
        if found is None:
            return LOST
        value, facts = found
        op, site, graph = self.op, self.site, frame.run.graph
        path = (*frame.path, (self.segment, frame.indices))
        node = Node(op, facts.attributes, value, (), {}, path, site.span, frame, site)
        node.outputs = outputs = _outputs(node, facts.shapes)
        if facts.weights:
            add_weights(node, facts.weights, self.segment, frame)
        frame.children.append(node)
        graph.nodes.append(node)
        budget = frame.run.budget
        budget.layers += 1
        if budget.layers > limits.LAYERS:
            message = f"{budget.what()} would have more than {limits.LAYERS:_} layers"
            frame.run.abandon(frame, site, message)
        return outputs

    def examine(
        self, frame: Frame, value: Values, frames: tuple[Frame, ...], labels: Labels | None = None
    ) -> tuple[Values, Facts] | None:
        """The inputs, and what the op makes of them; None where an error left them unknown."""
        arguments = self.arguments
        if arguments.inputs:
            value = self._inputs(frames)
            labels = labels or (lambda: self._named(value))
        elif len(value) > 1 and self.op.join:
            value = tuple([one for one in value if one is not ABSENT])
        varying = arguments.varying
        written = [argument_value(one, frames) for one in varying] if varying else ()
        for one in value:
            if one is UNKNOWN or one is ABSENT:
                self._without(one, frame, written)
                return None
        shapes = (value[0].shape,) if len(value) == 1 else tuple([one.shape for one in value])
        key = (shapes, *map(_key, written)) if written else shapes
        facts = self.facts.get(key)
        if facts is None:
            if key in self.refused:
                # One more instance of what has been told.
                raise Refused
            self.refused.add(key)
            frame.run.count(FACTS, frame, self.site)
            facts = facts_of(self.op, arguments, self.site, written, value, frame, labels)
            self.refused.discard(key)
            self.facts[key] = facts
        return value, facts

    def _without(self, value: Value, frame: Frame, written: Sequence[Any]) -> None:
        """Check what can be checked for an input that is not known; refuse one that is absent."""
        if value is UNKNOWN:
            key = (UNKNOWN, *map(_key, written))
            if key not in self.refused:
                self.refused.add(key)
                check_loosely(self.arguments, written, frame)
            return
        message = f"`{self.op.name}` has nothing to work on: the value is `none`"
        raise refuse(frame, "wrong-input-count", self.site.span, message)

    def _inputs(self, frames: tuple[Frame, ...]) -> Values:
        """The values that the arguments name; those that are `none` are absent branches."""
        found = [self._input(one, frames[source]) for one, source in self.arguments.inputs]
        return tuple([one for one in found if one is not ABSENT or not self.op.join])

    def _input(self, expression: syntax.Expression, frame: Frame) -> Value:
        found = frame.run.evaluate(expression, frame)
        if not isinstance(found, Value):
            message = f"`{self.op.name}` takes named values, not {describe(found)}"
            spelled = expression.span.text
            help = (
                f"join all of them with `{self.op.name} {{ each one in {spelled} {{ from one }} }}`"
            )
            help = help if type(found) is tuple and self.op.join else ""
            raise refuse(frame, "wrong-type", expression.span, message, help=help)
        return found

    def _named(self, value: Values) -> Sequence[Label]:
        places = [expression.span for expression, _ in self.arguments.inputs]
        if len(places) != len(value):
            return ()
        return [
            Label(place, f"{place.text} is {show(one.shape)}")
            for place, one in zip(places, value, strict=True)
        ]


def _outputs(node: Node, shapes: tuple[Shape, ...]) -> Values:
    op = node.op
    positive = op.non_negative
    if op.keeps_sign and not positive:
        positive = all([one.non_negative for one in node.inputs])
    if len(shapes) == 1:
        return (Value(shapes[0], node.path, node.span, node, 0, positive),)
    return tuple(
        [
            Value(shape, node.path, node.span, node, number, positive)
            for number, shape in enumerate(shapes)
        ]
    )


def _key(written: Any) -> Any:
    # 1, 1.0 and true are equal to Python, and different values to an op.
    kind = written.__class__
    return written if kind is int or kind is str else (kind, repr(written))
