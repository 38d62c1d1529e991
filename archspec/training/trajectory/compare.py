"""Compares what one step did on all sides, with each other and with the definitions."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

from archspec.ir import Graph
from archspec.recipes import Recipe
from archspec.training.trajectory.expected import Expected
from archspec.training.trajectory.report import Parted, Row, TrajectoryReport
from archspec.verification.compare import Difference, difference
from archspec.verification.limits import SILENT
from archspec.verification.tensors import Tensors
from archspec.verification.trial import Arrays

SPEC = "spec"
LIMIT = 1e-5
"""Largest relative difference of weights and losses of two sides after any step, in float64."""

OWN = 1e-9
"""Largest relative difference between a side's weights and what one step should make of them."""

RATE = 1e-6
"""The same for learning rates, which schedules of frameworks compute in float32."""


class Comparing:
    """Keeps the weights before each step, and the rows of the report."""

    def __init__(
        self, graph: Graph, recipe: Recipe, report: TrajectoryReport, line: str, weights: Arrays
    ) -> None:
        self.graph = graph
        self.recipe = recipe
        self.report = report
        self.line = line
        self._before = dict.fromkeys(report.backends, weights)
        self._expected = {name: Expected(graph, recipe) for name in report.backends}
        self._rows: dict[tuple[str, str, str], Row] = {}

    def compare(self, step: int, rate: float, found: Mapping[str, Tensors]) -> None:
        """One step of all sides; the first thing that differs is a finding."""
        for name, one in found.items():
            loss = one.get("numbers", "loss")
            self.report.losses.setdefault(name, []).append(float("nan" if loss is None else loss))
        self.report.rates.append(rate)
        after = {name: one.all("weights") for name, one in found.items()}
        for name, one in found.items():
            self._with_spec(step, rate, name, one, after[name])
        for left, right in combinations(found, 2):
            self._pair(step, left, right, found, after)
        self._before = after

    def _with_spec(self, step: int, rate: float, name: str, found: Tensors, after: Arrays) -> None:
        import numpy as np

        apart = {"": difference(found.get("numbers", "rate"), np.asarray(rate))}
        self._take(step, "learning rate", name, SPEC, RATE, apart)
        gradients = found.all("gradients")
        missing = {
            one for one, weight in self.graph.weights.items() if weight.trainable
        }.symmetric_difference(gradients)
        if missing:
            self._find(step, f"{name} has no gradient of {', '.join(sorted(missing))}")
            return
        with np.errstate(all="ignore"):
            wanted = self._expected[name].step(self._before[name], gradients, rate)
        floor = SILENT * _largest(after)
        apart = {key: difference(after.get(key), one, floor) for key, one in wanted.items()}
        self._take(step, "weights after own gradients", name, SPEC, OWN, apart)

    def _pair(
        self,
        step: int,
        left: str,
        right: str,
        found: Mapping[str, Tensors],
        after: Mapping[str, Arrays],
    ) -> None:
        losses = [found[one].get("numbers", "loss") for one in (left, right)]
        self._take(step, "loss", left, right, LIMIT, {"": difference(losses[0], losses[1])})
        floor = SILENT * _largest(after[left])
        apart = {
            name: difference(after[left].get(name), after[right].get(name), floor)
            for name in self.graph.weights
        }
        for words, trained in (("weights", True), ("running statistics", False)):
            some = {
                name: one
                for name, one in apart.items()
                if self.graph.weights[name].trainable == trained
            }
            if some:
                self._take(step, words, left, right, LIMIT, some)

    def _take(
        self,
        step: int,
        compared: str,
        left: str,
        right: str,
        limit: float,
        apart: Mapping[str, Difference],
    ) -> None:
        key = compared, left, right
        if key not in self._rows:
            self._rows[key] = Row(compared, left, right, limit)
            self.report.rows.append(self._rows[key])
        for name, one in apart.items():
            if not self._rows[key].add(step, name, one.relative):
                what = f"the {compared} of `{name}`" if name else f"the {compared}"
                self._find(step, f"{left} and {right} differ in {what}", name, one, (left, right))
                return

    def _find(
        self,
        step: int,
        message: str,
        name: str = "",
        found: Difference | None = None,
        sides: tuple[str, str] = ("", ""),
    ) -> None:
        numbers = {}
        if found is not None and found.left is not None and found.right is not None:
            numbers = dict(zip(sides, (found.left, found.right), strict=True))
        how = (
            "" if found is None else f": {found.why or f'relative difference {found.relative:.1e}'}"
        )
        message = f"{message} after step {step}{how}"
        self.report.findings.append(Parted(message, self.line, step, name, numbers))


def _largest(weights: Arrays) -> float:
    import numpy as np

    return max((float(np.abs(one).max(initial=0)) for one in weights.values()), default=0.0)
