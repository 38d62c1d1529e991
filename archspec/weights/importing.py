"""Weights of an official model, or of any file, under the names and in the layout of a spec."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from archspec.diagnostics import Report
from archspec.diagnostics.printable import printable
from archspec.ir import Graph
from archspec.lowering.backend import NativeWeight
from archspec.lowering.discovery import backends
from archspec.lowering.make import generate
from archspec.lowering.native import canonical_view
from archspec.lowering.native_file import NativeFile
from archspec.source import NOWHERE
from archspec.weights.draw import Array
from archspec.weights.files import store
from archspec.weights.layers import wanted
from archspec.weights.matching import Match, match
from archspec.weights.mismatch import leftovers, report_mismatch
from archspec.weights.safetensors import views
from archspec.weights.source import (
    CANONICAL,
    OWN,
    canonical_file,
    canonical_map,
    is_canonical,
    locate,
    reader,
)


@dataclass(slots=True)
class Imported:
    """All weights of a network from one source.

    `weights` has them by canonical name; they may be views of the file, and are read-only then.
    Where the source does not fit, `weights` is empty and `match` says what is left over.
    """

    graph: Graph
    source: str
    match: Match
    left_out: Mapping[str, int]
    weights: Mapping[str, Array]

    def store(self, path: str | Path) -> None:
        """Write a safetensors file; it appears under its name when it is complete."""
        store(path, self.weights, {"network": self.graph.name, "from": self.source})

    def table(self) -> Iterator[str]:
        """A line for each pair of names, and for each tensor that is left over."""
        width = max((len(one.name) for one, _ in self.match.pairs), default=0)
        for ours, theirs in self.match.pairs:
            yield f"{ours.name:<{width}}  {printable(theirs.key)}  {list(theirs.shape)}"
        yield from map(printable, leftovers(self.match))

    def summary(self) -> Sequence[str]:
        """By which rule the tensors were matched, and what was left out."""
        rule = {"names": "by their names", "order": "by kind, shape and order of the layers"}
        pairs = len(self.match.pairs)
        found = [f"{pairs} tensors of {self.source}, matched {rule[self.match.how]}"]
        found += [f"left out: {count} {reason}" for reason, count in self.left_out.items()]
        return found


def import_weights(graph: Graph, source: str | Path, report: Report) -> Imported | None:
    """The weights in a file or in a library's pretrained file; None after reporting why not."""
    path = locate(str(source), report)
    if path is None:
        return None
    try:
        found = _read(graph, path, report)
        return found and _matched(graph, path.name, *found, report)
    except ImportError as error:
        report.add("backend-not-installed", NOWHERE, f"{path} cannot be read: {error}")
    except (ValueError, OSError, MemoryError) as problem:
        report.add("weights-unreadable", NOWHERE, _in_words(path, problem))
    return None


def import_arrays(
    graph: Graph, tensors: Mapping[str, Array], layout: str, report: Report
) -> Imported | None:
    """The same from tensors in memory, in the order of their network.

    `layout` is `canonical`, or the name of the back end whose names and layouts they have.
    """
    if layout == CANONICAL:
        return _matched(graph, "memory", canonical_file(tensors), canonical_map(graph), report)
    made = generate(layout, graph, report)
    files = None if made is None else backends()[layout].files
    if made is None:
        return None
    if files is None:
        message = f"the back end {layout} does not say how its tensors become weights"
        report.add("weights-unreadable", NOWHERE, message)
        return None
    return _matched(graph, "memory", files.arrange(tensors), made.weights, report)


def _read(
    graph: Graph, path: Path, report: Report
) -> tuple[NativeFile, Mapping[str, NativeWeight]] | None:
    """What the file holds, and where its framework would hold the weights of the network."""
    if path.suffix == OWN:
        tensors = views(path)
        if is_canonical(graph, tensors):
            return canonical_file(tensors), canonical_map(graph)
    backend = reader(path)
    made = generate(backend.name, graph, report)
    if made is None or backend.files is None:
        return None
    return backend.files.read(path), made.weights


def _matched(
    graph: Graph,
    source: str,
    file: NativeFile,
    native: Mapping[str, NativeWeight],
    report: Report,
) -> Imported | None:
    found = match(wanted(graph, native), file)
    imported = Imported(graph, source, found, file.left_out, {})
    if not found.complete:
        report_mismatch(source, graph, found, report)
        return imported
    imported.weights = {
        ours.name: canonical_view(theirs.load(), ours.native, graph.weights[ours.name].shape)
        for ours, theirs in found.pairs
    }
    return imported


def _in_words(path: Path, problem: Exception) -> str:
    text = problem.strerror if isinstance(problem, OSError) else str(problem)
    text = (text or type(problem).__name__).splitlines()[0]
    return text if str(path) in text else f"{path} cannot be read: {text}"
