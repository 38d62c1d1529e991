"""What a block or network results in: its `output` statements, or else its last value."""

from __future__ import annotations

from archspec import syntax
from archspec.elaborate.frame import Frame
from archspec.elaborate.run import refuse
from archspec.elaborate.values import ABSENT, UNKNOWN, Refused, Values, describe
from archspec.ir import Value
from archspec.source import limits


def output(frame: Frame, statement: syntax.Output) -> None:
    """Note the results that an `output` names."""
    run = frame.run
    target = frame.definition_frame()
    inner: Frame | None = frame
    while inner is not None:
        if inner.kind in ("layer", "branch"):
            message = "an output belongs to a block or network, not to a branch or layer in braces"
            raise refuse(frame, "misplaced-statement", statement.span, message)
        inner = inner.outer
    if statement.when_training and target.parent is not None:
        message = "only the network that is built can have outputs for training"
        help = "switch them off with a parameter where the network is used as a layer"
        raise refuse(frame, "not-supported", statement.span, message, help=help)
    results = run.results.setdefault(target, [])
    for expression in statement.values:
        try:
            value = run.evaluate(expression, frame)
        except Refused:
            # What it would be is not known, but that it is an output is.
            results.append(("", UNKNOWN, statement.when_training))
            raise
        if not isinstance(value, Value):
            message = f"an output is a value, not {describe(value)}"
            raise refuse(frame, "wrong-type", expression.span, message)
        name = _name(expression, frame)
        if len(results) == limits.PARTS:
            message = f"a network or block has at most {limits.PARTS} outputs"
            run.abandon(frame, expression, message)
        if any(name == other for other, _, _ in results):
            message = f"the output `{name}` is named twice"
            help = "name it once; what is trained on is also a result of inference"
            raise refuse(frame, "duplicate-name", expression.span, message, help=help)
        if value is not ABSENT:
            results.append((name, value, statement.when_training))


def _name(expression: syntax.Expression, frame: Frame) -> str:
    """`aux` for the value `aux`, `down_0` for `down[0]`."""
    if isinstance(expression, syntax.Name):
        return expression.name
    if isinstance(expression, syntax.Index):
        number = frame.run.evaluate(expression.index, frame)
        if number < 0:
            number += len(frame.run.evaluate(expression.base, frame))
        return f"{_name(expression.base, frame)}_{number}"
    return "output"


def results_of(frame: Frame, last: Values) -> Values:
    """The values that the block results in."""
    results = frame.run.results.get(frame)
    if results is None:
        return last
    return tuple(value for _, value, training in results if not training)


def result_name(body: syntax.Body) -> str:
    """The name of a result that no `output` names: the label of the last chain, or `output`."""
    for statement in reversed(body.statements):
        if isinstance(statement, syntax.Chain):
            return statement.labels[0].name if len(statement.labels) == 1 else "output"
    return "output"
