"""The steps of a chain: braces, choices, loops, assertions, and calls."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from archspec import syntax
from archspec.elaborate.assertion import assertion
from archspec.elaborate.evaluate import condition
from archspec.elaborate.frame import Frame
from archspec.elaborate.layer_call import layer_call
from archspec.elaborate.lists import bind, items_of
from archspec.elaborate.run import refuse
from archspec.elaborate.values import ABSENT, UNKNOWN, Refused, Values, describe

STEP = 5
"""How much longer a step takes, also one that makes nothing, than a small expression."""


def run_steps(frame: Frame, steps: tuple[syntax.Step, ...], value: Values) -> Values:
    """Take the value through the steps; one that fails makes it unknown, and the next go on."""
    frame.run.count(STEP * len(steps), frame, frame.site)
    for step in steps:
        frame.here = value
        try:
            value = _RULES[step.__class__](frame, step, value)
        except Refused:
            value = (UNKNOWN,)
    return value


def _group(frame: Frame, step: syntax.Group, value: Values) -> Values:
    inner = frame.inside("group", step, value)
    result = frame.run.body(inner, step.body, value)
    inner.outgoing = result
    pass_on(inner, frame)
    return result


def _if(frame: Frame, step: syntax.If, value: Values) -> Values:
    taken = condition(step.condition, frame)
    inner = frame.inside("choice", step, value)
    inner.taken = step.then if taken else step.otherwise
    result = value if inner.taken is None else frame.run.body(inner, inner.taken, value)
    inner.outgoing = result
    pass_on(inner, frame)
    return result


def pass_on(inner: Frame, outer: Frame) -> None:
    """Names of values inside braces are known after them."""
    for name in inner.lists or ():
        declare(outer, name, inner.bindings[name], None)


def declare(frame: Frame, name: str, value: Any, label: syntax.Label | None) -> None:
    """Bind the name of a value; None for a label that comes from inside."""
    if label is not None and name in frame.bindings and name not in (frame.lists or ()):
        message = f"`{name}` has a meaning here already"
        raise refuse(frame, "duplicate-name", label.span, message)
    frame.bindings[name] = value
    if label is None or frame.kind in ("group", "choice", "iteration"):
        if frame.lists is None:
            frame.lists = set()
        frame.lists.add(name)


def _for(frame: Frame, step: syntax.For, value: Values) -> Values:
    items = items_of(step.iterable, frame)
    return _rounds(frame, step, value, step.target, items)


def _repeat(frame: Frame, step: syntax.Repeat, value: Values) -> Values:
    count = frame.run.evaluate(step.count, frame)
    if type(count) is not int:
        message = f"`repeat` needs a whole number, not {describe(count)}"
        raise refuse(frame, "wrong-type", step.count.span, message)
    if count < 0:
        message = f"`repeat` cannot go {count} rounds"
        raise refuse(frame, "out-of-range", step.count.span, message)
    return _rounds(frame, step, value, None, range(count))


def _rounds(
    frame: Frame,
    step: syntax.For | syntax.Repeat,
    value: Values,
    target: syntax.Target | None,
    items: Any,
) -> Values:
    run = frame.run
    loop = frame.inside("loop", step, value)
    indices = frame.indices
    named: dict[str, list[Any]] = {}
    for number, item in enumerate(items):
        run.count(1, loop, step)
        inner = loop.inside("iteration", step, value)
        inner.indices = (*indices, number)
        if target is not None:
            bind(target, item, inner)
        value = run.body(inner, step.body, value)
        inner.outgoing = value
        for name in inner.lists or ():
            found = named.setdefault(name, [])
            found += [ABSENT] * (number - len(found))
            found.append(inner.bindings[name])
    if not loop.children:
        named = {name: [] for name in _labels(step.body)}
    for name, values in named.items():
        declare(frame, name, tuple(values), None)
    loop.outgoing = value
    return value


def _labels(body: syntax.Body) -> Iterator[str]:
    """The names that rounds of a loop pass on; without rounds they are empty lists."""
    for statement in body.statements:
        if not isinstance(statement, syntax.Chain):
            continue
        yield from [label.name for label in statement.labels]
        for step in () if statement.labels else statement.steps:
            if isinstance(step, syntax.Group | syntax.For | syntax.Repeat):
                yield from _labels(step.body)
            elif isinstance(step, syntax.If):
                yield from _labels(step.then)
                yield from _labels(step.otherwise or syntax.Body(()))


_RULES: dict[type, Callable[[Frame, Any, Values], Values]] = {
    syntax.LayerCall: layer_call,
    syntax.Group: _group,
    syntax.If: _if,
    syntax.For: _for,
    syntax.Repeat: _repeat,
    syntax.ShapeAssertion: assertion,
}
