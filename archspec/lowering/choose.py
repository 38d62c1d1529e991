"""choose: the back end that is asked for, if it can express the network."""

from __future__ import annotations

from archspec.diagnostics import Report
from archspec.ir import Graph
from archspec.lowering.backend import Backend
from archspec.lowering.discovery import backends
from archspec.source import NOWHERE


def choose(name: str, graph: Graph, report: Report) -> Backend | None:
    """The back end called `name`, or None after reporting why it cannot be used."""
    try:
        found = backends()
    except ValueError as two_owners:
        report.add("duplicate-name", NOWHERE, str(two_owners), help="uninstall one of them")
        return None
    if name not in found:
        from archspec.diagnostics.suggest import did_you_mean

        message = f"no back end is called `{name}`"
        report.add("unknown-backend", NOWHERE, message, help=did_you_mean(name, found))
        return None
    refusals = Report()
    found[name].refusals(graph, refusals)
    report.extend(refusals)
    return None if refusals.failed else found[name]
