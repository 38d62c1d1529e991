"""plan and write: from a graph to the plan of its code, made as fine as a writer needs it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from archspec.ir import Graph
from archspec.lowering.plan import Disagreement, Plan
from archspec.lowering.planning.decisions import Again, Decisions, NotLowerable, drop_ghosts, refine
from archspec.lowering.planning.ghosts import ghosts_of
from archspec.lowering.planning.planner import Planner

T = TypeVar("T")

ROUNDS = 10_000
"""Each round splits something; a network has fewer things to split than this."""


def plan(graph: Graph, decisions: Decisions | None = None) -> Plan:
    """The plan of the graph's code, as coarse as its own facts allow."""
    return write(graph, lambda found: found, decisions)


def write(graph: Graph, writer: Callable[[Plan], T], decisions: Decisions | None = None) -> T:
    """What the writer makes of a plan that is fine enough for it.

    Where the writer meets a fact that differs among instances (`Disagreement`), the plan is made
    again with these instances apart. `NotLowerable` where that cannot be done.
    """
    made = Decisions(ghosts=ghosts_of(graph)) if decisions is None else decisions
    for _ in range(ROUNDS):
        planner = Planner(graph, made)
        try:
            return writer(planner.plan())
        except Again:
            continue
        except Disagreement as found:
            instances = found.element.instances
            keys = [found.key(one) for one in instances]
            if not drop_ghosts(made, instances, keys):
                refine(made, instances, keys, planner.places.stops)
    raise AssertionError("planning did not end")


__all__ = ["NotLowerable", "plan", "write"]
