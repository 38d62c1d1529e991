"""elaborate: the typed tree becomes one graph in which every size is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from archspec.diagnostics import Report
from archspec.elaborate.budget import Budget
from archspec.elaborate.evaluate import evaluate
from archspec.elaborate.room import room
from archspec.elaborate.root import root_network
from archspec.elaborate.run import Run
from archspec.elaborate.statements import run_body, run_chain
from archspec.elaborate.values import Abandoned, Refused
from archspec.ir import Graph
from archspec.source import limits
from archspec.syntax.program import Program


def elaborate(
    program: Program,
    network: str,
    report: Report,
    overrides: Mapping[str, Any] | None = None,
    sizes: Mapping[str, Sequence[int]] | None = None,
    budget: Budget | None = None,
) -> Graph | None:
    """The network with all its layers, or None where something is wrong and reported.

    `overrides` are values of parameters, as Python values or expressions. `sizes` replaces
    shapes of inputs by name; assertions of shapes, which are about the spec's own, then do not
    apply. Networks with one `budget` share the limits.
    """
    run = Run(program, report, budget)
    run.evaluate, run.body, run.chain = evaluate, run_body, run_chain
    run.sizes = {name: tuple(shape) for name, shape in (sizes or {}).items()}
    run.own_sizes = not sizes
    run.overrides = dict(overrides or {})
    try:
        with room():
            return root_network(run, network, run.overrides)
    except (Refused, Abandoned):
        return None
    except RecursionError:
        message = f"the text is nested more than {limits.NESTING} levels deep"
        report.add("limit-exceeded", program.main.span, message)
        return None
    finally:
        run.forget()
