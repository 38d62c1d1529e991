"""declare_input: a value that comes into a network."""

from __future__ import annotations

from archspec import syntax
from archspec.diagnostics import Label
from archspec.dimensions import elements, show
from archspec.elaborate.frame import Frame
from archspec.elaborate.names_declared import name_place
from archspec.elaborate.run import refuse
from archspec.elaborate.values import LOST, UNKNOWN, Refused, Values, describe
from archspec.ir import Value
from archspec.source import limits


def declare_input(frame: Frame, statement: syntax.Input) -> Values:
    """Bind the input; what chains start from is the only input, or nothing if there are several."""
    if frame.kind != "network":
        message = "an input belongs to a network, outside of all braces"
        refuse(frame, "misplaced-statement", statement.span, message)
        return LOST
    try:
        value = _value(frame, statement)
    except Refused:
        value = UNKNOWN
    if statement.name in frame.bindings:
        message = f"`{statement.name}` has a meaning here already"
        refuse(frame, "duplicate-name", name_place(statement, statement.name), message)
    frame.bindings[statement.name] = value
    frame.incoming = (*frame.incoming, value)
    return frame.incoming if len(frame.incoming) == 1 else ()


def _value(frame: Frame, statement: syntax.Input) -> Value:
    run = frame.run
    if frame.parent is None:
        given = run.sizes.get(statement.name)
        shape = given if given is not None else _sizes(frame, statement)
        return Value(tuple(shape), ((statement.name, ()),), statement.span)
    wanted = _sizes(frame, statement)
    feeds = run.feeds[frame]
    if not feeds:
        name = frame.definition.name if frame.definition else ""
        message = f"nothing comes into the input `{statement.name}` of `{name}`"
        site = frame.site
        assert isinstance(site, syntax.LayerCall)
        raise refuse(frame, "wrong-input-count", site.span, message)
    value = feeds.pop()
    if value is not UNKNOWN and value.shape != wanted and run.own_sizes:
        raise _mismatch(frame, statement, value, wanted)
    return value


def _sizes(frame: Frame, statement: syntax.Input) -> tuple[int, ...]:
    found = []
    for expression in statement.sizes:
        size = frame.run.evaluate(expression, frame)
        if type(size) is not int:
            message = f"a size is a whole number, not {describe(size)}"
            raise refuse(frame, "wrong-type", expression.span, message)
        if size < 1:
            message = f"the size {size} is not positive"
            raise refuse(frame, "size-not-positive", expression.span, message)
        found.append(size)
    if elements(tuple(found)) > limits.TENSOR_ELEMENTS:
        message = f"{show(tuple(found))} has more numbers than any machine holds"
        raise refuse(frame, "limit-exceeded", statement.span, message)
    return tuple(found)


def _mismatch(
    frame: Frame, statement: syntax.Input, value: Value, wanted: tuple[int, ...]
) -> Refused:
    site = frame.site
    assert isinstance(site, syntax.LayerCall)
    name = frame.definition.name if frame.definition else ""
    return refuse(
        frame,
        "shape-mismatch",
        site.span,
        f"`{name}` takes {show(wanted)}, and {show(value.shape)} comes in",
        labels=[Label(statement.span, f"`{statement.name}` is {show(wanted)}")],
        help=f"give `{name}` a parameter for the size of its input",
    )
