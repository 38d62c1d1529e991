"""Code or a model from a back end, its refusals as diagnostics."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archspec.diagnostics import Report
from archspec.ir import Graph
from archspec.lowering.choose import choose
from archspec.lowering.planner import NotLowerable
from archspec.source import NOWHERE

if TYPE_CHECKING:
    from archspec.lowering.backend import Generated, Model


def generate(backend: str, graph: Graph, report: Report) -> Generated | None:
    """The source code that the back end of that name writes; None after reporting why not."""
    found = choose(backend, graph, report)
    try:
        return None if found is None else found.generate(graph)
    except NotLowerable as problem:
        _refused(backend, problem, report)
    return None


def build(backend: str, graph: Graph, dtype: str, report: Report) -> Model | None:
    """The framework's model, made by running the code; None after reporting why not."""
    found = choose(backend, graph, report)
    try:
        return None if found is None else found.build(graph, dtype)
    except NotLowerable as problem:
        _refused(backend, problem, report)
    except ImportError as error:
        report.add(
            "backend-not-installed",
            NOWHERE,
            f"the framework of back end `{backend}` cannot be imported: {error}",
            help=f'install it with `pip install "archspec-nn[{backend}]"`',
        )
    return None


def _refused(backend: str, problem: NotLowerable, report: Report) -> None:
    report.add("not-lowerable", problem.span, f"{backend}: {problem}")
