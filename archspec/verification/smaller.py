"""Trees that are a little smaller than a given one: what a failing network is shrunk by.

A proposal need not make a valid network; whoever takes it elaborates it and sees.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from archspec import syntax

Way = tuple[tuple[str, int | None], ...]
"""From the root to a node: fields, and the place in those that hold several nodes."""


def proposals(file: syntax.File) -> Iterator[syntax.File]:
    """Smaller files, those that leave out most first."""
    ways = list(_ways(file))
    for propose in (_without_parts, _hoisted, _without_options, _as_identity, _with_less):
        for way, node in ways:
            for made in propose(node):
                yield _put(file, way, made)


def size(file: syntax.File) -> tuple[int, float]:
    """Nodes, and the sum of all numbers; what is smaller in this is taken."""
    nodes = list(file.walk())
    numbers = [abs(one.value) for one in nodes if isinstance(one, syntax.Number)]
    return len(nodes), float(sum(numbers))


def _ways(root: syntax.Node) -> Iterator[tuple[Way, syntax.Node]]:
    stack: list[tuple[Way, syntax.Node]] = [((), root)]
    while stack:
        way, node = stack.pop()
        yield way, node
        for name, value in vars(node).items():
            if isinstance(value, syntax.Node):
                stack.append(((*way, (name, None)), value))
            elif isinstance(value, tuple):
                stack += [
                    ((*way, (name, i)), one)
                    for i, one in enumerate(value)
                    if isinstance(one, syntax.Node)
                ]


def _put(node: Any, way: Way, made: syntax.Node) -> Any:
    """The tree with another node at the end of the way; only nodes on the way are copied."""
    if not way:
        return made
    (name, number), *rest = way
    below = getattr(node, name)
    if number is None:
        return _with(node, **{name: _put(below, tuple(rest), made)})
    inner = _put(below[number], tuple(rest), made)
    return _with(node, **{name: (*below[:number], inner, *below[number + 1 :])})


def _with(node: Any, **fields: Any) -> Any:
    made = copy.copy(node)
    vars(made).update(fields)
    return made


def _without_parts(node: syntax.Node) -> Iterator[syntax.Node]:
    """Without half of what a field holds, then without a quarter, down to single ones."""
    for name, value in vars(node).items():
        if not isinstance(value, tuple) or not value or not isinstance(value[0], syntax.Node):
            continue
        length = len(value)
        while length:
            for start in range(0, len(value), length):
                yield _with(node, **{name: (*value[:start], *value[start + length :])})
            length //= 2


def _hoisted(node: syntax.Node) -> Iterator[syntax.Node]:
    """What stands in a loop, a choice, a group or a branch, in the place of the whole."""
    if not isinstance(node, syntax.Chain):
        return
    for i, step in enumerate(node.steps):
        for inner in _inside(step):
            yield _with(node, steps=(*node.steps[:i], *inner, *node.steps[i + 1 :]))


def _inside(step: syntax.Step) -> Iterator[tuple[syntax.Step, ...]]:
    for value in vars(step).values():
        if isinstance(value, syntax.Body):
            # As a group it keeps several statements and their names.
            yield (syntax.Group(value),)
            for statement in value.statements:
                if isinstance(statement, syntax.Chain):
                    yield statement.steps
    if isinstance(step, syntax.LayerCall):
        for branch in step.branches or ():
            yield branch.chain.steps


def _without_options(node: syntax.Node) -> Iterator[syntax.Node]:
    """Without an `else`, an `each`, a word of documentation."""
    options: dict[type[syntax.Node], dict[str, object]] = {
        syntax.If: {"otherwise": None},
        syntax.Branch: {"target": None, "iterable": None},
        syntax.LayerCall: {"arguments": None, "through": None},
        syntax.Output: {"when_training": False},
        syntax.Variant: {"body": None},
    }
    for name, nothing in options.get(type(node), {}).items():
        if getattr(node, name) not in (None, False):
            yield _with(node, **{name: nothing})


def _as_identity(node: syntax.Node) -> Iterator[syntax.Node]:
    if isinstance(node, syntax.LayerCall) and node.name != "identity":
        yield syntax.LayerCall("identity")


def _with_less(node: syntax.Node) -> Iterator[syntax.Node]:
    if isinstance(node, syntax.Number) and isinstance(node.value, int):
        for value in sorted({1, 2, 3, node.value // 2, node.value - 1}):
            if 0 < value < node.value:
                yield syntax.Number(value)
