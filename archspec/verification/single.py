"""A network and all that it uses, as one file that needs no arguments."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from archspec import syntax
from archspec.elaborate.frame import Frame
from archspec.ir import Graph

LEFT_OUT = (syntax.Use, syntax.Train)


def single(graph: Graph) -> syntax.File:
    """The tree of one file: with the arguments in force as defaults, and the sizes of the inputs.

    Without what has no part in the computation: expectations, assertions, documentation.
    """
    assert isinstance(graph.root, Frame)
    run = graph.root.run
    files = dict.fromkeys([*run.program.used.values(), run.program.main])
    definitions = [
        one for file in files for one in file.definitions if not isinstance(one, LEFT_OUT)
    ]
    sizes = dict(zip(graph.input_names, (one.shape for one in graph.inputs), strict=True))
    made = []
    for one in definitions:
        if one is graph.definition:
            one = _sized(one, sizes)
        if vars(one).get("name") == graph.name:
            one = _given(one, run.overrides)
        made.append(_bare(one))
    return syntax.File(tuple(made))


def _sized(network: Any, sizes: dict[str, tuple[int, ...]]) -> Any:
    """The network with numbers for the sizes of its inputs."""

    def changed(statement: syntax.Statement) -> syntax.Statement:
        if not isinstance(statement, syntax.Input) or statement.name not in sizes:
            return statement
        numbers = tuple(syntax.Number(size) for size in sizes[statement.name])
        return syntax.Input(statement.name, numbers)

    statements = tuple(map(changed, network.body.statements))
    return _with(network, body=syntax.Body(statements))


def _given(network: Any, overrides: dict[str, syntax.Expression]) -> Any:
    """The network with the values that came from outside."""
    if isinstance(network, syntax.Variant):
        kept = [one for one in network.arguments if one.name not in overrides]
        more = [syntax.Argument(name, value) for name, value in overrides.items()]
        return _with(network, arguments=(*kept, *more))
    parameters = tuple(
        _with(one, default=overrides.get(one.name, one.default)) for one in network.parameters
    )
    return _with(network, parameters=parameters)


def _bare(node: Any) -> Any:
    """The node without expectations, assertions and documentation, all the way down."""
    fields: dict[str, Any] = {}
    for name, value in vars(node).items():
        if isinstance(value, syntax.Node):
            fields[name] = _bare(value)
        elif isinstance(value, tuple):
            fields[name] = tuple(_kept(value))
        elif name == "doc":
            fields[name] = None
    return _with(node, **fields)


def _kept(items: tuple[Any, ...]) -> Iterator[Any]:
    for one in items:
        if not isinstance(one, syntax.Node):
            yield one
        elif not isinstance(one, (syntax.Expect, syntax.ShapeAssertion)):
            yield _bare(one)


def _with(node: Any, **fields: Any) -> Any:
    made = copy.copy(node)
    vars(made).update(fields)
    return made
