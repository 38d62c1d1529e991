"""check_expectations: whether the finished network is what its `expect` lines say."""

from __future__ import annotations

from collections.abc import Iterator

from archspec import syntax
from archspec.analyses.totals import TOTALS
from archspec.diagnostics import Report
from archspec.elaborate.evaluate import evaluate
from archspec.elaborate.frame import Frame
from archspec.elaborate.module import module_of
from archspec.elaborate.values import Abandoned, Refused, describe, show
from archspec.ir import Graph

COMPARISONS = {
    "==": "expected {}",
    "!=": "expected another number",
    "<": "expected less than {}",
    "<=": "expected at most {}",
    ">": "expected more than {}",
    ">=": "expected at least {}",
}


def check_expectations(
    graph: Graph, definition: syntax.Network | syntax.Variant, report: Report
) -> None:
    """Report `expect-failed` for each condition of the definition that does not hold.

    The graph must be that of the definition at its own defaults. Only the totals that a
    condition names are computed.
    """
    lines = definition.body.statements if definition.body is not None else ()
    totals: dict[str, int] = {}
    for statement in lines:
        if not isinstance(statement, syntax.Expect):
            continue
        frame = _frame(graph, statement, totals)
        for condition in _conjuncts(statement.condition):
            try:
                holds = evaluate(condition, frame)
                if not isinstance(holds, bool):
                    _no_condition(graph, condition, holds, report)
                elif not holds:
                    _failed(graph, condition, frame, report)
            except Refused:
                # What is wrong with the condition itself has been reported.
                continue
            except Abandoned:
                # So has the limit that it exceeds, or there are findings enough.
                return


def _frame(graph: Graph, statement: syntax.Expect, totals: dict[str, int]) -> Frame:
    """Where the condition is evaluated: it sees the network's parameters and the totals.

    `totals` keeps those that were computed.
    """
    root = graph.root
    assert isinstance(root, Frame)
    module = module_of(root.run, root.run.program.main)
    frame = Frame("network", statement, None, root, module, root.run)
    for node in statement.condition.walk():
        if isinstance(node, syntax.Name) and node.name in TOTALS:
            if node.name not in totals:
                totals[node.name] = TOTALS[node.name](graph)
            frame.bindings[node.name] = totals[node.name]
    return frame


def _conjuncts(condition: syntax.Expression) -> Iterator[syntax.Expression]:
    """The parts of `a and b and c`, each reported by itself."""
    if isinstance(condition, syntax.Binary) and condition.operator == "and":
        yield from _conjuncts(condition.left)
        yield from _conjuncts(condition.right)
    else:
        yield condition


def _failed(graph: Graph, condition: syntax.Expression, frame: Frame, report: Report) -> None:
    span = condition.span
    message = f"`{' '.join(span.text.split())}` does not hold"
    label = ""
    help = f"`archspec summary {graph.name}` shows where the numbers come from"
    if isinstance(condition, syntax.Binary) and condition.operator in COMPARISONS:
        left, right = (evaluate(one, frame) for one in (condition.left, condition.right))
        if not isinstance(left, int | float) or not isinstance(right, int | float):
            left, right = show(left), show(right)
        else:
            label = _difference(left, right)
            left, right = f"{left:,}", f"{right:,}"
        what = " ".join(condition.left.span.text.split()) or "this"
        message = f"{what} is {left}, {COMPARISONS[condition.operator].format(right)}"
    report.add("expect-failed", span, message, label=label, trace=graph.name, help=help)


def _no_condition(
    graph: Graph, condition: syntax.Expression, value: object, report: Report
) -> None:
    report.add(
        "wrong-type",
        condition.span,
        f"an expectation is true or false, not {describe(value)}",
        trace=graph.name,
        help="compare it, such as `expect parameters == 61_706`",
    )


def _difference(left: float, right: float) -> str:
    if isinstance(left, bool) or isinstance(right, bool) or left == right:
        return ""
    return f"{abs(left - right):,} {'more' if left > right else 'less'}"
