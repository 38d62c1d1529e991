"""Canonical weights in the form that a framework's own loader takes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from archspec.diagnostics import Report
from archspec.ir import Graph
from archspec.lowering.choose import choose
from archspec.lowering.planner import NotLowerable
from archspec.source import NOWHERE
from archspec.weights.draw import Array
from archspec.weights.files import replacing


def export_weights(
    graph: Graph, weights: Mapping[str, Array], backend: str, path: Path, report: Report
) -> bool:
    """Write `weights` for the code that `backend` generates; False after reporting why not."""
    found = choose(backend, graph, report)
    if found is None:
        return False
    if found.files is None or not path.name.endswith(tuple(found.files.writes)):
        endings = ", ".join(found.files.writes) if found.files else ""
        message = f"the back end {backend} does not write files called {path.name}"
        help = f"it writes {endings}" if endings else ""
        report.add("weights-unreadable", NOWHERE, message, help=help)
        return False
    try:
        with replacing(path) as unfinished:
            found.files.write(unfinished, graph, weights)
        return True
    except NotLowerable as problem:
        report.add("not-lowerable", problem.span, f"{backend}: {problem}")
    except ImportError as error:
        report.add("backend-not-installed", NOWHERE, f"{path} cannot be written: {error}")
    except OSError as error:
        message = f"{path} cannot be written: {error.strerror or error}"
        report.add("weights-unreadable", NOWHERE, message)
    return False
