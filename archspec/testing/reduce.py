"""reduced: the smallest text that still shows a fault, found by leaving parts of the tree out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from archspec.diagnostics import Report
from archspec.frontends.dsl.parser import parse
from archspec.source import SourceText
from archspec.syntax import (
    Attribute,
    Body,
    Chain,
    Expression,
    File,
    For,
    Group,
    If,
    LayerCall,
    Name,
    Node,
    Number,
    Repeat,
    Step,
)
from archspec.testing.compiled import print_file

OPTIONAL = ("doc", "otherwise", "arguments", "default", "condition", "body")
"""Fields that may be absent."""


def reduced(text: str, shows: Callable[[str], bool]) -> str:
    """A smaller text for which `shows` is true too; every text that it is asked for parses.

    >>> reduced("network net { input a[3] relu tanh }", lambda text: "tanh" in text).split()[-1]
    'tanh'
    """
    tree = parse(SourceText("drawn.arch", text), Report())
    seen = {text}
    found = True
    while found:
        found = False
        for one in smaller(tree):
            shorter = _printed(one)
            if shorter not in seen and _parses(shorter) and shows(shorter):
                assert isinstance(one, File)
                tree, found = one, True
                break
            seen.add(shorter)
    return print_file(tree)


def _printed(tree: Node) -> str:
    """The text of a tree, or none where what was left out cannot be left out."""
    assert isinstance(tree, File)
    try:
        return print_file(tree)
    except (AttributeError, TypeError):
        return ""


def _parses(text: str) -> bool:
    report = Report()
    parse(SourceText("drawn.arch", text), report)
    return not report.failed


def smaller(node: Node) -> Iterator[Node]:
    """The tree with one part left out, or one part put in the place of what holds it.

    What holds much comes before what it holds, so that large parts go first.
    """
    fields = {name: one for name, one in vars(node).items() if not name.endswith("span")}
    for name, value in fields.items():
        for one in _without(name, value):
            yield replace(node, **{name: one})
    if isinstance(node, Expression):
        yield from _simpler(node)
    for name, value in fields.items():
        for one in _within(value):
            yield replace(node, **{name: one})


def _without(name: str, value: object) -> Iterator[object]:
    """The value of a field with something left out."""
    if isinstance(value, tuple):
        for count in range(len(value), 1, -1):
            # Neighbours go together: a value, and the output that names it.
            for start in range(len(value) - count + 1):
                yield (*value[:start], *value[start + count :])
        for number, item in enumerate(value):
            for instead in ((), *_hoisted(item)):
                yield (*value[:number], *instead, *value[number + 1 :])
    elif value is not None and name in OPTIONAL:
        yield None


def _within(value: object) -> Iterator[object]:
    """The value of a field with something smaller in it."""
    if isinstance(value, Node):
        yield from smaller(value)
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            for one in smaller(item) if isinstance(item, Node) else ():
                yield (*value[:number], one, *value[number + 1 :])


def _simpler(node: Expression) -> Iterator[Node]:
    if isinstance(node, Name | Attribute):
        yield from (Number(one) for one in (1, 2, 3))
    if not isinstance(node, Number):
        yield from (one for one in node.children() if isinstance(one, Expression))
    elif isinstance(node.value, int) and node.value > 1:
        yield from (Number(one) for one in dict.fromkeys((1, node.value // 2, node.value - 1)))


def _hoisted(item: object) -> Iterator[tuple[Step, ...]]:
    """The steps of a body in the place of the step that holds it."""
    bodies: list[Body] = []
    if isinstance(item, If):
        bodies = [one for one in (item.then, item.otherwise) if one is not None]
    elif isinstance(item, For | Repeat | Group):
        bodies = [item.body]
    elif isinstance(item, LayerCall):
        yield from (one.chain.steps for one in item.branches or () if one.chain.steps)
        bodies = [item.body] if item.body is not None else []
    for body in bodies:
        chains = [one for one in body.statements if isinstance(one, Chain)]
        if len(chains) == 1 and chains[0].steps:
            yield chains[0].steps
