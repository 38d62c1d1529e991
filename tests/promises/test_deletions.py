"""No `->` and no `|` can be lost from a shipped spec without a word."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

import archspec
from archspec.ir import Graph

SPECS = Path(__file__).parents[2] / "specs"
CASES = [pytest.param(path, id=path.stem) for path in sorted(SPECS.rglob("*.arch"))]


def places(text: str) -> list[tuple[int, int]]:
    """Where each arrow and bar stands, comments left out."""
    bare = re.sub(r"#[^\n]*", lambda m: " " * len(m[0]), text)
    return [match.span() for match in re.finditer(r"->|\|", bare)]


def meaning(graph: Graph) -> list[Any]:
    """Everything that makes one network another: names, ops, attributes, wiring, weights."""
    rows: list[Any] = [
        (node.name, node.op.name, repr(node.attributes), [one.name for one in node.inputs])
        for node in graph.nodes
    ]
    rows.append([(weight.name, weight.shape) for weight in graph.weights.values()])
    rows.append([one.name for one in (*graph.outputs, *graph.training_outputs)])
    return rows


def silently_different(text: str, folder: Path, right: dict[str, list[Any]]) -> bool:
    path = folder / "changed.arch"
    path.write_text(text)
    changed = archspec.load(path)
    if changed.check():
        return False
    graphs = {name: changed.graph(name) for name in changed.networks}
    return {name: meaning(graph) for name, graph in graphs.items() if graph} != right


@pytest.mark.parametrize("path", CASES)
def test_a_lost_arrow_or_bar_is_told(path: Path, tmp_path: Path) -> None:
    text = path.read_text()
    whole = archspec.load(path)
    right = {name: meaning(graph) for name in whole.networks if (graph := whole.graph(name))}
    assert right, "the spec itself must be good"
    found = places(text)
    assert found
    lost = [
        text.count("\n", 0, start) + 1
        for start, end in found
        if silently_different(text[:start] + text[end:], tmp_path, right)
    ]
    assert not lost, f"silently another network: {path.name} lines {lost}"


def test_the_comparison_sees_another_network(tmp_path: Path) -> None:
    text = "network a() {\n  input x[4, 4, 1]\n  conv(2, 3) -> relu\n}\n"
    path = tmp_path / "a.arch"
    path.write_text(text)
    graph = archspec.load(path).graph()
    assert graph is not None
    right = {"a": meaning(graph)}
    assert not silently_different(text, tmp_path, right)
    assert silently_different(text.replace(" -> relu", ""), tmp_path, right)
