"""The state of one elaboration, and how it reports."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from archspec import syntax
from archspec.diagnostics import Label, Report
from archspec.elaborate.budget import Budget
from archspec.elaborate.frame import Frame, Path
from archspec.elaborate.values import Abandoned, Refused, Values
from archspec.ir import Graph, Value
from archspec.source import Span, limits
from archspec.syntax.program import Program

if TYPE_CHECKING:
    from archspec.elaborate.callee import Callee
    from archspec.elaborate.module import Module
    from archspec.elaborate.op_facts import Facts


class Run:
    """One elaboration of one network.

    `own_sizes` says that the inputs have the sizes of the spec. `layer_names` are all names that
    may stand for a recipe. `plans` holds, for each call in the text, what it calls and where its
    arguments go, `direct` those whose name no recipe is bound to, `facts` what ops make of equal
    arguments; `segments` the names of sites, `labels` the labels of a definition where some name
    is unknown. `evaluate`, `body` and `chain` stand here because the parts of the elaborator need
    each other.
    """

    def __init__(self, program: Program, report: Report, budget: Budget | None = None) -> None:
        self.program = program
        self.report = report
        self.budget = budget or Budget()
        self.budget.begin(len(program.main.definitions))
        self.graph: Graph
        self.own_sizes = True
        self.sizes: dict[str, tuple[int, ...]] = {}
        self.overrides: dict[str, Any] = {}
        self.failed = False
        self.deepest = limits.NESTING
        self.layer_names: set[str] = set()
        self.plans: dict[Any, Any] = {}
        self.facts: dict[Any, dict[Any, Facts]] = {}
        self.direct: dict[syntax.LayerCall, Callee] = {}
        self.segments: dict[syntax.Node, str] = {}
        self.named: set[syntax.Body] = set()
        self.function_sizes: dict[syntax.Function, int] = {}
        self.labels: dict[syntax.Node, dict[str, Span]] = {}
        self.layer_calls: dict[syntax.Expression, tuple[syntax.LayerCall, str]] = {}
        self.results: dict[Frame, list[tuple[str, Value, bool]]] = {}
        self.feeds: dict[Frame, list[Value]] = {}
        self.until: list[tuple[Path, Span]] = []
        self.start: syntax.Step | None = None
        self.modules: dict[syntax.File, Module] = {}
        self.name = ""
        self.evaluate: Callable[[syntax.Expression, Frame], Any]
        self.body: Callable[[Frame, syntax.Body, Values], Values]
        self.chain: Callable[[Frame, syntax.Chain, Values], Values]

    def forget(self) -> None:
        """Let go of what only elaboration needs; the graph's scopes still hold the run."""
        for kept in (self.plans, self.direct, self.facts, self.results, self.feeds):
            kept.clear()

    def count(self, steps: int, frame: Frame, site: syntax.Node) -> None:
        """Account for work; past the limit the elaboration ends."""
        budget = self.budget
        budget.steps += steps
        if budget.steps > limits.EVALUATION_STEPS:
            message = f"{budget.what()} would take more than {limits.EVALUATION_STEPS:_} steps"
            self.abandon(frame, site, f"{message} of evaluation")

    def too_much(self, frame: Frame, site: syntax.Node) -> None:
        """Give up on nesting, or on scopes: they stay in memory even when they hold no layer."""
        if self.budget.scopes > limits.SCOPES:
            message = f"more than {limits.SCOPES:_} rounds, calls and branches"
            self.abandon(frame, site, f"{self.budget.what()} would have {message}")
        from archspec.elaborate.circle import circle

        names = circle(frame)
        if not names:
            self.abandon(frame, site, f"blocks are nested more than {limits.NESTING} levels deep")
        way = " -> ".join(f"`{name}`" for name in names)
        message = f"this comes to no end: {way}"
        help = "write repetition with `for` or `repeat`; every definition must come to an end"
        refuse(frame, "recursion", span_of(site), message, help=help)
        raise Abandoned

    def abandon(self, frame: Frame, site: syntax.Node, message: str) -> None:
        """Report an exceeded limit and end the elaboration."""
        refuse(frame, "limit-exceeded", span_of(site), message, help=self.budget.help())
        raise Abandoned


def span_of(node: Any) -> Span:
    """The span of a syntax node."""
    span: Span = node.span
    return span


def refuse(
    frame: Frame,
    code: str,
    span: Span,
    message: str,
    *,
    label: str = "",
    labels: Iterable[Label] = (),
    help: str = "",
) -> Refused:
    """Report an error with the block path of `frame`; raise what comes back to leave the step."""
    from archspec.elaborate.trace import trace

    frame.run.failed = True
    if frame.run.report.full:
        # Nothing that is found from here on can be told any more.
        raise Abandoned
    if frame.run.report.told(code, span):
        return again(frame)
    frame.run.report.add(
        code, span, message, label=label, labels=labels, trace=trace(frame), help=help
    )
    return Refused()


def again(frame: Frame) -> Refused:
    """For what was told of this place in an earlier round; too often, and the elaboration ends.

    What would be said, with the whole path, is left out.
    """
    frame.run.failed = True
    budget = frame.run.budget
    budget.repeated += 1
    if budget.repeated > limits.REPEATED:
        frame.run.report.truncated = True
        raise Abandoned
    return Refused()
