"""No `->` and no `|` can be lost from a shipped spec without a word."""

from __future__ import annotations

import re
import shutil
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


def builders(path: Path) -> list[Path]:
    """The file itself where it has networks, else the files that use its blocks."""
    if archspec.load(path).networks:
        return [path]
    return [one for one in path.parents[1].glob("*.arch") if f'/{path.name}"' in one.read_text()]


def meanings(files: list[Path]) -> dict[tuple[str, str], list[Any]] | None:
    """What all networks of the files compute; None where one of the files has findings."""
    found = {}
    for file in files:
        spec = archspec.load(file)
        if spec.check():
            return None
        graphs = {name: spec.graph(name) for name in spec.networks}
        found.update({(file.stem, one): meaning(made) for one, made in graphs.items() if made})
    return found


@pytest.mark.parametrize("path", CASES)
def test_a_lost_arrow_or_bar_is_told(path: Path, tmp_path: Path) -> None:
    # In a copy of all specs, because some use blocks of others.
    changed = shutil.copytree(SPECS, tmp_path / "specs") / path.relative_to(SPECS)
    text, files = path.read_text(), builders(changed)
    right = meanings(files)
    assert right, "the specs themselves must be good"
    found = places(text)
    assert found
    lost = []
    for start, end in found:
        changed.write_text(text[:start] + text[end:])
        if meanings(files) not in (None, right):
            lost.append(text.count("\n", 0, start) + 1)
    assert not lost, f"silently another network: {path.name} lines {lost}"
