"""attribute: `.channels` and its like; the_input: what came into a definition."""

from __future__ import annotations

from typing import Any

from archspec import syntax
from archspec.dimensions import axis, show
from archspec.dimensions.shape import AXES
from archspec.elaborate.frame import Frame
from archspec.elaborate.run import refuse
from archspec.elaborate.values import ABSENT, UNKNOWN, Refused, describe
from archspec.ir import Value


def the_input(expression: syntax.Expression, frame: Frame) -> Value:
    """What came into the block or network that this text belongs to."""
    incoming = frame.definition_frame().incoming
    if len(incoming) == 1:
        if incoming[0] is UNKNOWN:
            raise Refused
        return incoming[0]
    if not incoming:
        raise refuse(frame, "no-input", expression.span, "nothing comes in here")
    raise refuse(
        frame,
        "several-inputs",
        expression.span,
        f"there are {len(incoming)} inputs",
        help="use the name of the input that is meant",
    )


def attribute(expression: syntax.Attribute, frame: Frame) -> int:
    """The size of one axis of a value."""
    value = _base(expression, frame)
    if value is UNKNOWN:
        raise Refused
    if not isinstance(value, Value):
        message = f"only a value of the network has `.{expression.name}`, not {describe(value)}"
        raise refuse(frame, "unknown-attribute", expression.span, message)
    if value is ABSENT:
        raise refuse(frame, "unknown-attribute", expression.span, "this value is `none`")
    found = axis(value.shape, expression.name)
    if found is None:
        known = ", ".join(f"`{name}`" for name in AXES.get(len(value.shape), ("channels",)))
        raise refuse(
            frame,
            "unknown-attribute",
            expression.span,
            f"`{expression.name}` is no axis of {show(value.shape)}",
            label=f"the value is {show(value.shape)}",
            help=f"its axes are {known}",
        )
    return int(value.shape[found])


def _base(expression: syntax.Attribute, frame: Frame) -> Any:
    if expression.base is not None:
        return frame.run.evaluate(expression.base, frame)
    if len(frame.here) == 1:
        return frame.here[0]
    count = len(frame.here) or "no"
    raise refuse(
        frame,
        "wrong-input-count",
        expression.span,
        f"`.{expression.name}` needs one value at this point, and there are {count} values",
    )
