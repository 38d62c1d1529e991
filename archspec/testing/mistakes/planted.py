"""Planted: one thing that was made wrong in a valid network."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from archspec.diagnostics import Report
from archspec.dimensions import Shape
from archspec.frontends.dsl.parser import parse
from archspec.ir import Node as GraphNode
from archspec.ops.attributes import Attributes
from archspec.ops.op import Op
from archspec.source import SourceText
from archspec.syntax import Body, File, LayerCall, Network, Node, Statement, Step
from archspec.testing.compiled import print_file
from archspec.testing.networks import DrawnNetwork
from archspec.testing.scope import Drawing


@dataclass(frozen=True)
class Asked:
    """What the NumPy reference is asked, so that nothing is refused that would be meant well."""

    op: Op
    attributes: Attributes
    inputs: tuple[Shape, ...]


@dataclass(frozen=True)
class Planted:
    """A tree with one mistake: `at` is the node that is wrong, `codes` what may be said of it.

    `text` stands for trees that cannot be printed: a text with its wrong line.
    """

    what: str
    codes: tuple[str, ...]
    tree: File | None = None
    at: Node | None = None
    text: str = ""
    line: int = 0
    asked: Asked | None = None
    strict: str = ""


@dataclass(frozen=True)
class Mistake:
    """A text with exactly one thing wrong.

    `what` says what that is; a diagnostic with one of `codes` must stand on one of `lines`.
    `asked` is the call that the checker must refuse, where the mistake is one of numbers. `strict`
    is the reason where it is refused although frameworks may compute it.
    """

    text: str
    what: str
    codes: tuple[str, ...]
    lines: range
    asked: Asked | None = None
    strict: str = ""

    def __repr__(self) -> str:
        # What hypothesis shows of a failure is then a spec that can be pasted.
        return f"\n# {self.what}, line {self.lines.start}: {', '.join(self.codes)}\n{self.text}"


Plant = Callable[[Drawing, DrawnNetwork], Planted | None]


def located(planted: Planted) -> Mistake:
    """The text, and the lines on which the mistake stands in it."""
    if planted.tree is None or planted.at is None:
        lines = range(planted.line, planted.line + 1)
        return Mistake(planted.text, planted.what, planted.codes, lines)
    text = print_file(planted.tree)
    parsed = parse(SourceText("drawn.arch", text), Report())
    pairs = zip(planted.tree.walk(), parsed.walk(), strict=True)
    span = vars(next(there for here, there in pairs if here is planted.at))["span"]
    last = span.source.position(span.end)[0]
    lines = range(span.line, last + 1)
    return Mistake(text, planted.what, planted.codes, lines, planted.asked, planted.strict)


def replaced(tree: Node, old: Node, new: tuple[Node, ...]) -> Node:
    """The tree with other nodes in the place of one; several only where a tuple holds it.

    What does not hold it stays the very same nodes.
    """
    changed: dict[str, object] = {}
    for name, value in vars(tree).items():
        if value is old:
            (changed[name],) = new
        elif isinstance(value, Node):
            found = replaced(value, old, new)
            changed |= {name: found} if found is not value else {}
        elif isinstance(value, tuple):
            parts = [_within(one, old, new) for one in value]
            kept = tuple(part for several in parts for part in several)
            if len(kept) != len(value) or any(a is not b for a, b in zip(kept, value, strict=True)):
                changed[name] = kept
    return replace(tree, **changed) if changed else tree


def _within(one: object, old: Node, new: tuple[Node, ...]) -> tuple[object, ...]:
    if one is old:
        return new
    return (replaced(one, old, new),) if isinstance(one, Node) else (one,)


def sites(network: DrawnNetwork) -> list[GraphNode]:
    """The first use of every call of an op that stands in the text itself."""
    known = {id(node) for node in network.tree.walk()}
    found: dict[int, GraphNode] = {}
    for node in network.graph.nodes:
        site = node.site
        plain = isinstance(site, LayerCall) and site.name == node.op.name
        if plain and id(site) in known and len(node.outputs) == 1:
            found.setdefault(id(site), node)
    return list(found.values())


def after(network: DrawnNetwork, node: GraphNode, *steps: Step) -> File:
    """The tree with further steps behind the call that made the node."""
    site = node.site
    tree = replaced(network.tree, site, (site, *steps))
    assert isinstance(tree, File)
    return tree


def with_statements(network: DrawnNetwork, *statements: Statement) -> File:
    """The tree with further statements at the end of the network."""
    *others, net = network.tree.definitions
    assert isinstance(net, Network)
    body = Body((*net.body.statements, *statements))
    return File((*others, replace(net, body=body)))
