"""What arms of choices would be that no instance takes, so that they can be written too.

Such an arm is elaborated aside, with the names and values of each instance that came by. The
graph does not change: nothing of a ghost is among its nodes or weights.
"""

from __future__ import annotations

from collections.abc import Iterator

from archspec import syntax
from archspec.diagnostics import Report
from archspec.elaborate.frame import Frame
from archspec.elaborate.network_call import Reached
from archspec.elaborate.values import ABSENT, UNKNOWN, Abandoned, Refused
from archspec.ir import Graph, Scope

DEPTH = 3
"""How deep in arms that nobody takes further arms are looked for."""

MOST = 16
"""Instances of one arm; more would say the same."""

Ghosts = dict[Scope, Frame]
"""By the scope of a choice: the arm that it did not take."""


def ghosts_of(graph: Graph) -> Ghosts:
    """The arms that no instance takes, as far as they can be elaborated."""
    found: Ghosts = {}
    tried: dict[syntax.If, int] = {}
    roots: list[Scope] = [graph.root]
    for _ in range(DEPTH):
        choices = [one for root in roots for one in _choices(root)]
        taken = {(one.site, one.taken) for one in choices}
        roots = []
        for one in choices:
            step = one.site
            assert isinstance(step, syntax.If)
            other = step.otherwise if one.taken is step.then else step.then
            if other is None or (step, other) in taken or tried.get(step, 0) >= MOST:
                continue
            tried[step] = tried.get(step, 0) + 1
            ghost = _elaborated(graph, one, step, other)
            if ghost is not None:
                found[one] = ghost
                roots.append(ghost)
    return found


def _choices(root: Scope) -> Iterator[Frame]:
    for one in root.walk():
        if isinstance(one, Frame) and one.kind == "choice":
            yield one


def _elaborated(graph: Graph, choice: Frame, step: syntax.If, body: syntax.Body) -> Frame | None:
    parent = choice.parent
    assert isinstance(parent, Frame)
    run = choice.run
    report, failed, start, until = run.report, run.failed, run.start, run.until
    nodes, weights = len(graph.nodes), {name: len(w.users) for name, w in graph.weights.items()}
    lists, indices, here = parent.lists, parent.indices, parent.here
    run.report, run.failed, run.until = Report(), False, []
    ghost = parent.inside("choice", step, choice.incoming)
    ghost.taken, ghost.indices = body, choice.indices
    try:
        ghost.outgoing = run.body(ghost, body, choice.incoming)
        good = not run.failed and not {UNKNOWN, ABSENT} & set(ghost.outgoing)
    except (Refused, Abandoned, Reached, RecursionError):
        good = False
    parent.children.remove(ghost)
    parent.lists, parent.indices, parent.here = lists, indices, here
    run.report, run.failed, run.start, run.until = report, failed, start, until
    del graph.nodes[nodes:]
    for name in [one for one in graph.weights if one not in weights]:
        del graph.weights[name]
    for name, count in weights.items():
        del graph.weights[name].users[count:]
    return ghost if good else None
