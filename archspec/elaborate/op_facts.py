"""Facts: what an op makes of its attributes and input shapes, the same for equal instances."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from archspec import syntax
from archspec.diagnostics import Label
from archspec.dimensions import Shape, elements, show
from archspec.elaborate.frame import Frame
from archspec.elaborate.op_arguments import OpArguments
from archspec.elaborate.run import refuse
from archspec.elaborate.values import Refused, Values, describe
from archspec.ir import Recipe, Value
from archspec.ops.attribute import Attribute
from archspec.ops.attributes import Attributes
from archspec.ops.initializer import Initializer, OutOfRange
from archspec.ops.op import Op, WeightSpec
from archspec.source import limits

Places = dict[str, syntax.Argument]
"""The argument that gives each attribute that is not left to the op's default."""


class Facts:
    """Attributes as stored, output shapes, and the weights to make."""

    __slots__ = ("attributes", "shapes", "weights")

    def __init__(
        self, attributes: Attributes, shapes: tuple[Shape, ...], weights: Sequence[WeightSpec]
    ) -> None:
        self.attributes = attributes
        self.shapes = shapes
        self.weights = weights


def facts_of(
    op: Op,
    arguments: OpArguments,
    site: syntax.LayerCall,
    written: Sequence[Any],
    inputs: Values,
    frame: Frame,
    labels: Callable[[], Sequence[Label]] | None,
) -> Facts:
    """Check one instance of a call; whatever is wrong is reported, then `Refused` is raised."""
    least, most = op.inputs
    if len(inputs) < least or (most is not None and len(inputs) > most):
        from archspec.elaborate.op_problems import wrong_count

        raise wrong_count(op, site, inputs, frame)
    shapes = tuple([one.shape for one in inputs])
    rank = len(shapes[0]) - 1 if shapes else 0
    if op.ranks is not None and rank not in op.ranks:
        from archspec.elaborate.op_problems import wrong_rank

        raise wrong_rank(op, site, inputs[0], frame)
    attributes = _stored(op, arguments, written, rank, frame)
    problems = list(op.check(attributes, shapes))
    if problems:
        from archspec.elaborate.op_problems import report_problem

        places = _places(arguments)
        for problem in problems:
            report_problem(problem, op, site, places, inputs, frame, labels)
        raise Refused
    found = op.shape(attributes, shapes)
    weights = op.weights(attributes, shapes)
    for spec in weights:
        if isinstance(spec.initializer, str):
            spec.initializer = Initializer.make(spec.initializer, {})
    _check_sizes(op, site, found, inputs, frame)
    _check_sizes(op, site, tuple([spec.shape for spec in weights]), inputs, frame)
    return Facts(attributes, found, weights)


def _stored(
    op: Op, arguments: OpArguments, written: Sequence[Any], rank: int, frame: Frame
) -> Attributes:
    failed = False
    values = arguments.stored.get(rank)
    if values is None:
        values = {}
        for attribute, value, argument in arguments.fixed:
            try:
                values[attribute.name] = _store(attribute, value, argument, rank, frame)
            except Refused:
                failed = True
        if not failed:
            arguments.stored[rank] = values
    # In the order of the op's declaration, which the defaults have.
    values = {**_defaults(op, rank), **values}
    for one, value in zip(arguments.varying, written, strict=True):
        try:
            values[one.attribute.name] = _store(one.attribute, value, one.argument, rank, frame)
        except Refused:
            failed = True
    if failed:
        raise Refused
    return Attributes(values)


_DEFAULTS: dict[tuple[str, int], dict[str, Any]] = {}


def _defaults(op: Op, rank: int) -> dict[str, Any]:
    """The defaults of an op as stored, made once; `REQUIRED` where there is none."""
    found = _DEFAULTS.get((op.name, rank))
    if found is None:
        found = {one.name: one.default_value(rank) for one in op.attributes}
        _DEFAULTS[op.name, rank] = found
    return found


def _places(arguments: OpArguments) -> Places:
    places: Places = {attribute.name: argument for attribute, _, argument in arguments.fixed}
    return places | {one.attribute.name: one.argument for one in arguments.varying}


def _store(
    attribute: Attribute, value: Any, argument: syntax.Argument, rank: int, frame: Frame
) -> Any:
    if isinstance(value, (Value, Recipe)):
        message = f"`{attribute.name}` cannot be {describe(value)}"
        help = f"it is the {attribute.doc.removeprefix('the ')}"
        raise refuse(frame, "wrong-type", argument.value.span, message, help=help)
    try:
        return attribute.store(value, rank)
    except ValueError as problem:
        code = "out-of-range" if isinstance(problem, OutOfRange) else "wrong-type"
        message = f"`{attribute.name}` {problem}"
        help = f"it is the {attribute.doc.removeprefix('the ')}"
        raise refuse(frame, code, argument.value.span, message, help=help) from None


def check_loosely(arguments: OpArguments, written: Sequence[Any], frame: Frame) -> None:
    """Check what does not depend on the input, which an error has left unknown."""
    pairs = zip(arguments.varying, written, strict=True)
    given = [*arguments.fixed, *[(one.attribute, value, one.argument) for one, value in pairs]]
    for attribute, value, argument in given:
        if attribute.kind in ("int", "float", "bool", "choice", "initializer"):
            _store(attribute, value, argument, 1, frame)


def _check_sizes(
    op: Op, site: syntax.LayerCall, shapes: Sequence[Shape], inputs: Values, frame: Frame
) -> None:
    for shape in shapes:
        if min(shape, default=1) < 1:
            message = f"`{op.name}` would make {show(shape)}"
            labels = [Label(one.span, f"comes in as {show(one.shape)}") for one in inputs]
            raise refuse(frame, "size-not-positive", site.span, message, labels=labels)
        if elements(shape) > limits.TENSOR_ELEMENTS:
            message = f"`{op.name}` would make {show(shape)}, more numbers than any machine holds"
            raise refuse(frame, "limit-exceeded", site.span, message)
