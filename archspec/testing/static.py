"""What must hold of every network without running it: its text, its graph, its code."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from archspec.diagnostics import Report
from archspec.frontends.dsl.parser import parse
from archspec.ir import Graph
from archspec.lowering.backend import Generated
from archspec.source import SourceText
from archspec.syntax import File
from archspec.testing.compiled import graph_of, print_file
from archspec.testing.networks import DrawnNetwork
from archspec.testing.wrong import Wrong

Sources = Mapping[str, str]


def text_faults(network: DrawnNetwork) -> Iterator[Wrong]:
    """The text gives the tree again, and the order of definitions changes nothing."""
    again = parse(SourceText("again.arch", network.text), Report())
    if not again.same(network.tree):
        yield Wrong("text", "parsing the printed tree gives another tree")
    if print_file(again) != network.text:
        yield Wrong("text", "printing the parsed text gives another text")
    turned = graph_of(File(network.tree.definitions[::-1]))
    if turned is None or facts(turned) != facts(network.graph):
        yield Wrong("order", "the graph depends on the order of definitions")


def facts(graph: Graph) -> tuple[object, ...]:
    """All that the graph says, in plain data."""
    nodes = [
        (
            node.name,
            node.op.name,
            repr(node.attributes),
            tuple(value.name for value in node.inputs),
            tuple((value.name, value.shape) for value in node.outputs),
        )
        for node in graph.nodes
    ]
    weights = [(one.name, one.shape, one.initializer, one.fans) for one in graph.weights.values()]
    outputs = [(value.name, value.shape) for value in (*graph.outputs, *graph.training_outputs)]
    return tuple(nodes), tuple(weights), tuple(outputs), graph.output_names


def code_faults(name: str, first: Generated, second: Generated) -> Iterator[Wrong]:
    """The same bytes every time, and Python."""
    if first != second:
        yield Wrong("code", f"{name}: the code differs from time to time")
    for file, source in first.files.items():
        if file.endswith(".py"):
            try:
                ast.parse(source)
            except SyntaxError as error:
                yield Wrong("code", f"{name}: {file} is no Python: {error}")


def ruff_faults(sources: Sources) -> list[Wrong]:
    """What ruff says about generated files, by its own rules; nothing where it is missing."""
    with TemporaryDirectory() as folder:
        for file, source in sources.items():
            (Path(folder) / file).write_text(source, encoding="utf-8")
        found = [_ruff("format", "--check", folder), _ruff("check", "--select", "E,F,I,UP", folder)]
    return [Wrong("code", one) for one in found if one]


def _ruff(*arguments: str) -> str:
    command = [sys.executable, "-m", "ruff", *arguments, "--isolated", "--line-length", "100"]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    missing = "No module named ruff" in found.stderr
    return "" if found.returncode == 0 or missing else found.stdout + found.stderr
