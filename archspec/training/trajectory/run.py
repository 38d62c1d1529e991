"""Training in all back ends at once, step by step, and comparing after each."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from pathlib import Path

from archspec.diagnostics import Report
from archspec.ir import Graph
from archspec.lowering.trainer import trainer_in
from archspec.recipes import Recipe
from archspec.training.trajectory.batches import batch
from archspec.training.trajectory.compare import Comparing
from archspec.training.trajectory.rates import Rates, monitored
from archspec.training.trajectory.report import Parted, TrajectoryReport
from archspec.training.trajectory.stored import store_recipe
from archspec.verification import limits
from archspec.verification.command import BACKENDS
from archspec.verification.place import found_at
from archspec.verification.pool import Pool, pool
from archspec.verification.sides import Sides, sides
from archspec.verification.tensors import Tensors, write
from archspec.verification.trial import Arrays
from archspec.weights.draw import Array
from archspec.weights.perturbed import perturbed

WORKER = "archspec.training.trajectory.worker"
STEPS = 50
DTYPE = "float64"


def train_alike(
    graph: Graph,
    recipe: Recipe,
    backends: Sequence[str] = BACKENDS,
    *,
    steps: int = STEPS,
    seed: int = 0,
    command: Sequence[str] = (),
    patience: float = limits.PATIENCE,
    processes: Pool | None = None,
) -> TrajectoryReport:
    """Give all back ends the same weights and batches, and compare them after every step.

    `graph` is the network whose outputs are logits. Compared are the loss, the learning rate, all
    weights and running statistics, in float64; and each side's weights with what the definitions
    make of its own gradients. An epoch is as short as the number of steps allows, so that they
    reach as much of the schedule as they can. `patience` are the seconds that one step may take.
    """
    if processes is None:
        with pool(patience, WORKER) as processes:
            return train_alike(
                graph,
                recipe,
                backends,
                steps=steps,
                seed=seed,
                command=command,
                processes=processes,
            )
    per_epoch = max(1, steps // recipe.epochs)
    report = TrajectoryReport(graph.name, tuple(backends), seed, steps, per_epoch)
    line = shlex.join([*command, "--seed", str(seed)])

    def failed(name: str, why: str) -> None:
        report.findings.append(Parted(f"{name} failed: {why}", line))

    able = [name for name in backends if _can(name, graph, recipe, report)]
    with sides(processes, graph, able, failed) as running:
        store_recipe(running.folder, recipe)
        _Run(graph, recipe, running, report, line).run(steps, per_epoch, seed)
        report.diagnostics += running.diagnostics
    return report


def _can(name: str, graph: Graph, recipe: Recipe, report: TrajectoryReport) -> bool:
    """Whether a back end can express the recipe; what it cannot becomes a diagnostic."""
    found = Report()
    backend = found_at(name, found)
    trainer = None if backend is None else trainer_in(backend, found)
    if trainer is not None:
        trainer.refusals(graph, recipe, found)
    report.diagnostics += found.diagnostics
    return trainer is not None and not found.failed


class _Run:
    """All steps of one comparison."""

    def __init__(
        self, graph: Graph, recipe: Recipe, running: Sides, report: TrajectoryReport, line: str
    ) -> None:
        self.graph = graph
        self.recipe = recipe
        self.sides = running
        self.report = report
        self.line = line
        self.given = running.folder / "given.safetensors"

    def run(self, steps: int, per_epoch: int, seed: int) -> None:
        """Begin, take the steps, tell what epochs gave."""
        rates = Rates(self.recipe, per_epoch)
        weights = perturbed(self.graph, seed)
        write(self.given, {("weights", name): one for name, one in weights.items()})
        self._ask("begin")
        comparing = Comparing(self.graph, self.recipe, self.report, self.line, weights)
        for step in range(steps):
            if not self.sides.running or self.sides.diagnostics or self.report.findings:
                return
            self._give(batch(self.graph, self.recipe, seed, step))
            comparing.compare(step, rates.rate(step), self._ask(f"step {per_epoch}"))
            epoch, rest = divmod(step + 1, per_epoch)
            if not rest:
                rates.ended(epoch - 1, monitored(epoch - 1))
                self._ask(f"epoch {monitored(epoch - 1)!r}")

    def _give(self, given: tuple[Arrays, list[Array]]) -> None:
        inputs, targets = given
        found = {("inputs", name): one for name, one in inputs.items()}
        found |= {("targets", str(number)): one for number, one in enumerate(targets)}
        write(self.given, found)

    def _ask(self, do: str) -> Mapping[str, Tensors]:
        found = self.sides.ask(self.given, DTYPE, do)
        # They are open, so they can still be read; 50 steps of a large network fill a disk.
        for file in Path(self.sides.folder).glob("[0-9]*.safetensors"):
            file.unlink()
        return found
