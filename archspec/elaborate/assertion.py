"""assertion: `[56, 56, 64]` in a chain, what the text says the value is there."""

from __future__ import annotations

from archspec import syntax
from archspec.diagnostics import Label
from archspec.dimensions import show
from archspec.elaborate.frame import Frame
from archspec.elaborate.run import refuse
from archspec.elaborate.values import ABSENT, UNKNOWN, Values, describe
from archspec.ir import Value


def assertion(frame: Frame, step: syntax.ShapeAssertion, value: Values) -> Values:
    """The value itself, if it has the sizes; a mistake is reported and the value goes on."""
    sizes = [None if one is None else _size(one, frame) for one in step.sizes]
    if not frame.run.own_sizes:
        return value
    if len(value) != 1 or value[0] is ABSENT:
        message = f"a shape is said of one value, and there are {len(value)}"
        raise refuse(frame, "wrong-input-count", step.span, message)
    found = value[0]
    if found is UNKNOWN:
        # What the text promises is the best guess for what comes after a mistake.
        known = tuple(size for size in sizes if size is not None)
        return (Value(known, frame.path, step.span),) if len(known) == len(sizes) else value
    shape = found.shape
    if len(shape) != len(sizes) or any(
        wanted is not None and wanted != size for wanted, size in zip(sizes, shape, strict=True)
    ):
        wanted = "[" + ", ".join("_" if size is None else str(size) for size in sizes) + "]"
        refuse(
            frame,
            "shape-assertion",
            step.span,
            f"the value is {show(shape)}, not {wanted}",
            label=f"it is {show(shape)}",
            labels=[Label(found.span, f"made here as {show(shape)}")],
            help=f"write {show(shape)}, or change the layers before it",
        )
    return value


def _size(expression: syntax.Expression, frame: Frame) -> int | None:
    if isinstance(expression, syntax.Name) and expression.name == "_":
        return None
    size = frame.run.evaluate(expression, frame)
    if type(size) is not int:
        message = f"a size is a whole number, not {describe(size)}"
        raise refuse(frame, "wrong-type", expression.span, message)
    return size
