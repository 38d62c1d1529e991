"""What networks become: a heading, the spec, and every layer with its path, inputs and weights.

Run with `ARCHSPEC_REGENERATE=1` to write what comes out now into the file; then read the change.
Where the spec has mistakes, their codes and places stand there instead, each with its block path.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

import archspec
from archspec.dimensions import show
from archspec.ir import Graph, Node, Weight

FILE = Path(__file__).with_name("elaboration.md")
CASE = re.compile(r"^## (.+?)\n(.*?)^```text\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SPEC = re.compile(r"^```arch ?([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
CASES = {title: (source, listing) for title, source, listing in CASE.findall(FILE.read_text())}


def weight(one: Weight) -> str:
    return f"{one.name} {show(one.shape)}" + ("" if one.trainable else " (statistic)")


def line(node: Node) -> list[str]:
    inputs = ", ".join(value.name for value in node.inputs)
    outputs = ", ".join(show(value.shape) for value in node.outputs)
    return [f"{node.name} = {node.op.name}({inputs}): {outputs}"] + [
        f"    {weight(one)}" for one in node.weights.values()
    ]


def listing(graph: Graph) -> str:
    lines = [
        f"{name}: {show(value.shape)}"
        for name, value in zip(graph.input_names, graph.inputs, strict=True)
    ]
    for node in graph.nodes:
        lines += line(node)
    for names, values, when in (
        (graph.output_names, graph.outputs, ""),
        (graph.training_output_names, graph.training_outputs, " when training"),
    ):
        pairs = zip(names, values, strict=True)
        lines += [f"output {name} = {value.name}{when}" for name, value in pairs]
    return "\n".join(lines) + "\n"


def found(source: str) -> str:
    for name, text in SPEC.findall(source):
        Path(name or "model.arch").write_text(text)
    compilation = archspec.load("model.arch", network="net")
    graph = compilation.graph()
    problems = [
        f"{one.severity} {one.code} {one.span.line}:{one.span.column} {one.message}"
        + (f" [{one.trace}]" if one.trace else "")
        for one in compilation.diagnostics
    ]
    if graph is None:
        return "\n".join(problems) + "\n"
    return listing(graph) + "".join(f"{one}\n" for one in problems)


@pytest.mark.parametrize("title", CASES)
def test_elaboration(title: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    source, expected = CASES[title]
    now = found(source)
    if os.environ.get("ARCHSPEC_REGENERATE"):
        text = FILE.read_text()
        before = f"## {title}\n{source}```text\n"
        assert text.count(before + expected) == 1
        FILE.write_text(text.replace(before + expected, before + now))
        return
    assert now == expected
