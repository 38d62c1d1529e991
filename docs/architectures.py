"""What the page of architectures says, from the shipped specs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import archspec
from archspec.analyses.depth import depth
from archspec.analyses.meaning import meaning
from archspec.analyses.totals import macs, parameters, running_statistics
from archspec.ir import Graph
from archspec.source import shipped

OFFICIAL = {
    "torchvision": "torchvision 0.29.2",
    "timm": "timm 1.0.31",
    "keras": "keras.applications 3.15.1",
}
"""The folders of official implementations, with the release that the specs follow."""


@dataclass(frozen=True)
class Row:
    """One network."""

    name: str
    doc: str
    input: str
    parameters: int
    statistics: int
    macs: int
    depth: int
    same: str


def sections() -> Iterator[dict[str, object]]:
    """All shipped files that have networks, and in each the networks that share one text."""
    graphs = {file: dict(_graphs(file)) for file in shipped.files()}
    official = {
        meaning(graph, bare=True): f"{OFFICIAL[name.split('/')[0]]} `{name.split('/')[1]}`"
        for found in graphs.values()
        for name, graph in found.items()
        if "/" in name
    }
    for file, found in graphs.items():
        rows = [_row(name, graph, official) for name, graph in found.items()]
        groups = [
            {"doc": doc, "rows": list(rows)} for doc, rows in groupby(rows, lambda row: row.doc)
        ]
        if groups:
            yield {"file": file.relative_to(shipped.root()).as_posix(), "groups": groups}


def _graphs(file: Path) -> Iterator[tuple[str, Graph]]:
    folder = file.parent.relative_to(shipped.root()).as_posix()
    compilation = archspec.load(file)
    for name in compilation.networks:
        graph = compilation.graph(name)
        assert graph is not None, f"{file}: {name}"
        yield (name if folder == "." else f"{folder}/{name}"), graph


def _row(name: str, graph: Graph, official: dict[str, str]) -> Row:
    ports = zip(graph.input_names, graph.inputs, strict=True)
    shapes = [(port, " x ".join(map(str, value.shape))) for port, value in ports]
    return Row(
        name=name,
        doc=graph.doc or "",
        input=", ".join(shape if len(shapes) == 1 else f"{port} {shape}" for port, shape in shapes),
        parameters=parameters(graph),
        statistics=running_statistics(graph),
        macs=macs(graph),
        depth=depth(graph),
        same=official.get(meaning(graph, bare=True), ""),
    )
