"""The statements of a body: chains, and what stands between them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from archspec import syntax
from archspec.elaborate.frame import Frame
from archspec.elaborate.inputs import declare_input
from archspec.elaborate.names_declared import name_place
from archspec.elaborate.outputs import output
from archspec.elaborate.run import refuse
from archspec.elaborate.segments import name_sites
from archspec.elaborate.steps import declare, run_steps
from archspec.elaborate.values import LOST, UNKNOWN, Refused, Values, describe
from archspec.ir import Recipe, Value


def run_body(frame: Frame, body: syntax.Body, value: Values) -> Values:
    """Elaborate the statements; each chain continues from the value before it."""
    for statement in body.statements:
        if statement.__class__ is syntax.Chain:
            if statement.labels:
                value = _labelled(frame, statement, value)
            else:
                value = run_steps(frame, statement.steps, _start(frame, statement, value))
        elif statement.__class__ is syntax.Input:
            value = declare_input(frame, statement)
        else:
            frame.here = value
            try:
                _RULES[statement.__class__](frame, statement)
            except Refused:
                continue
    frame.outgoing = value
    return value


def run_chain(frame: Frame, chain: syntax.Chain, value: Values) -> Values:
    """Elaborate a chain whose scope `frame` is."""
    frame.incoming = value = _start(frame, chain, value)
    frame.outgoing = value = run_steps(frame, chain.steps, value)
    return value


def _start(frame: Frame, chain: syntax.Chain, value: Values) -> Values:
    """What the chain starts from."""
    if not chain.origins:
        frame.run.start = chain.steps[0]
        return value
    frame.here = value
    try:
        return tuple([_origin(origin, frame) for origin in chain.origins])
    except Refused:
        return LOST


def _labelled(frame: Frame, chain: syntax.Chain, value: Values) -> Values:
    inner = frame.inside("label", chain, value)
    inner.enter(frame.run.segments[chain])
    result = run_chain(inner, chain, value)
    _name_results(frame, chain, result)
    if frame.run.until:
        from archspec.elaborate.network_call import reach

        reach(frame, inner.path, result)
    return result


def _name_results(frame: Frame, chain: syntax.Chain, result: Values) -> None:
    labels = chain.labels
    try:
        if result and result[0] is UNKNOWN:
            for label in labels:
                declare(frame, label.name, UNKNOWN, label)
        elif len(labels) == 1:
            single = result[0] if len(result) == 1 else result
            declare(frame, labels[0].name, single, labels[0])
        elif len(labels) != len(result):
            message = f"there are {len(labels)} names for {len(result)} value" + "s" * (
                len(result) > 1
            )
            help = "give each value one name, such as `left, right: split(2)`"
            place = labels[0].span.to(labels[-1].span)
            raise refuse(frame, "wrong-input-count", place, message, help=help)
        else:
            for label, one in zip(labels, result, strict=True):
                declare(frame, label.name, one, label)
    except Refused:
        for label in labels:
            frame.bindings.setdefault(label.name, UNKNOWN)


def _origin(expression: syntax.Expression, frame: Frame) -> Value:
    found = frame.run.evaluate(expression, frame)
    if isinstance(found, Value):
        return found
    many = type(found) is tuple and bool(found) and isinstance(found[0], Value)
    what = "a list of values" if many else describe(found)
    help = "choose one, such as `from down[0]`" if many else "name a value with `name:`"
    raise refuse(
        frame,
        "wrong-type",
        expression.span,
        f"a chain starts from a named value, not {what}",
        help=help,
    )


def _let(frame: Frame, statement: syntax.Let) -> None:
    if statement.name in frame.bindings:
        message = f"`{statement.name}` has a meaning here already"
        raise refuse(frame, "duplicate-name", name_place(statement, statement.name), message)
    try:
        # Its own value still sees what the name means further out.
        value = frame.run.evaluate(statement.value, frame)
    except Refused:
        frame.bindings[statement.name] = UNKNOWN
        raise
    frame.bindings[statement.name] = value
    if value.__class__ is Recipe:
        frame.run.layer_names.add(statement.name)


def _instance(frame: Frame, statement: syntax.LayerInstance) -> None:
    if statement.name in frame.bindings:
        # Its uses are right, whatever the other meaning is.
        frame.bindings[statement.name] = UNKNOWN
        message = f"`{statement.name}` has a meaning here already"
        raise refuse(frame, "duplicate-name", name_place(statement, statement.name), message)
    name_sites(statement.body, frame.run)
    frame.bindings[statement.name] = Recipe(None, statement.body, frame, statement.name, frame)


def _nothing(frame: Frame, statement: syntax.Expect) -> None:
    """Expectations are looked at when the whole network is known."""


def _not_supported(frame: Frame, statement: Any) -> None:
    name = type(statement).__name__.lower()
    message = f"`{name}` is not supported yet"
    raise refuse(frame, "not-supported", statement.span, message)


_RULES: dict[type, Callable[[Frame, Any], None]] = {
    syntax.Let: _let,
    syntax.LayerInstance: _instance,
    syntax.Output: output,
    syntax.Expect: _nothing,
    syntax.Load: _not_supported,
    syntax.Freeze: _not_supported,
}
