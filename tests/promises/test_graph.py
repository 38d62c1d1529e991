"""What every elaborated network keeps: order, names, scopes that mirror the text, weights."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import archspec
from archspec.ir import Graph, Node, Scope, dotted

SPECS = sorted((Path(__file__).parents[2] / "specs").rglob("*.arch"))
CASES = Path(__file__).parents[1] / "spec" / "elaboration.md"
SPEC = re.compile(r"^## (.+?)\n\n```arch\n(.*?)^```$", re.MULTILINE | re.DOTALL)
WRITTEN = {
    title: text
    for title, text in SPEC.findall(CASES.read_text())
    if "use " not in text and "mistake" not in title
}


def check(graph: Graph) -> None:
    names = [node.name for node in graph.nodes]
    assert len(set(names)) == len(names)
    assert [found.name for found in graph.root.walk() if isinstance(found, Node)] == names
    known = set(graph.inputs)
    for node in graph.nodes:
        assert known.issuperset(node.inputs)
        known.update(node.outputs)
    assert known.issuperset([*graph.outputs, *graph.training_outputs])
    check_scope(graph.root)
    check_weights(graph)


def check_scope(root: Scope) -> None:
    for scope in root.walk():
        for child in getattr(scope, "children", ()):
            assert child.path[: len(scope.path)] == scope.path
            assert child in scope.at(child.site)
            assert (child.scope if isinstance(child, Node) else child.parent) is scope
        if isinstance(scope, Scope) and scope.kind == "choice":
            assert scope.taken is not None or scope.outgoing == scope.incoming
        if isinstance(scope, Scope) and scope.kind in ("loop", "label", "group", "branch"):
            assert scope.outgoing or not scope.children


def above(node: Node) -> list[Scope]:
    """The scopes around a node."""
    found: list[Scope] = []
    scope: Scope | None = node.scope
    while scope is not None:
        found.append(scope)
        scope = scope.parent
    return found


def check_weights(graph: Graph) -> None:
    used = [(node, name, one) for node in graph.nodes for name, one in node.weights.items()]
    assert {one.name for _, _, one in used} == set(graph.weights)
    for node, name, one in used:
        assert graph.weights[one.name] is one
        assert node in one.users
        assert one.role == name
        if one.name != f"{dotted(node.path)}.{name}":
            assert any(scope.kind == "layer" for scope in above(node))


@pytest.mark.parametrize("file", SPECS, ids=lambda file: file.stem)
def test_shipped(file: Path) -> None:
    compilation = archspec.load(file)
    for name in compilation.networks:
        graph = compilation.graph(name)
        assert graph is not None
        check(graph)


@pytest.mark.parametrize("title", WRITTEN)
def test_constructs(title: str, tmp_path: Path) -> None:
    path = tmp_path / "model.arch"
    path.write_text(WRITTEN[title])
    graph = archspec.load(path, network="net").graph()
    if graph is not None:
        check(graph)


def test_enough_constructs_are_looked_at() -> None:
    assert len(WRITTEN) > 15
