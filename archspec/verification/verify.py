"""verify: proof by numbers that all back ends compute what the spec means."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial

from archspec.analyses.totals import node_macs
from archspec.ir import Graph
from archspec.verification import limits
from archspec.verification.chance import Chance
from archspec.verification.command import BACKENDS, command_of
from archspec.verification.examine import Examination
from archspec.verification.inside import inside
from archspec.verification.pool import Pool, pool
from archspec.verification.report import Finding, VerifyReport
from archspec.verification.side import ReferenceResults, Results
from archspec.verification.sides import Sides, sides
from archspec.verification.tell import Teller
from archspec.verification.trial import Arrays, Trial, calibrate, make, shaken


def verify(
    graph: Graph,
    backends: Sequence[str] = BACKENDS,
    *,
    trials: int = 1,
    seed: int = 0,
    command: Sequence[str] = (),
    patience: float = limits.PATIENCE,
    processes: Pool | None = None,
) -> VerifyReport:
    """Run the network in every back end and in NumPy, with the same numbers, and compare.

    Compared are outputs, gradients of inputs and of weights, and running statistics after one
    pass in training mode; in float64 and in float32. A back end is given by its name, or as
    `module:Class` where it is not installed. Each framework runs in a process of its own.
    `trials` use the seeds from `seed` on. `command` is what the user typed to get here, for the
    line that reproduces a finding; without it one is made from the graph. `patience` are the
    seconds that a framework may take for one step. `processes` are used where they are given, so
    that several verifications start the frameworks once.
    """
    if processes is None:
        with pool(patience) as processes:
            return verify(
                graph, backends, trials=trials, seed=seed, command=command, processes=processes
            )
    report = VerifyReport(graph.name, tuple(dict.fromkeys(backends)), seed, trials, graph=graph)
    typed = list(command) or command_of(graph, backends)

    def failed(name: str, why: str) -> None:
        line = shlex.join([*typed, "--seed", str(seed)])
        report.findings.append(Finding(f"{name} failed: {why}", line))

    with sides(processes, graph, backends, failed) as running:
        for number in range(seed, seed + trials):
            if not running.diagnostics:
                line = shlex.join([*typed, "--seed", str(number)])
                _Trials(graph, running, report, line).run(number)
        if running.running and not running.diagnostics:
            line = shlex.join([*typed, "--seed", str(seed)])
            Chance(graph, running, report, line, seed).examine()
        report.diagnostics += running.diagnostics
    return report


class _Trials:
    """One trial: the runs, and what is compared with what."""

    def __init__(self, graph: Graph, running: Sides, report: VerifyReport, command: str) -> None:
        self.graph = graph
        self.sides = running
        self.report = report
        self.command = command
        self.given = running.folder / "given.safetensors"

    def run(self, seed: int) -> None:
        trial = make(self.graph, seed)
        statistics = any(not weight.trainable for weight in self.graph.weights.values())
        if statistics:
            calibrate(self.graph, trial, seed, self._train)
        trial.store(self.given)
        modes = (False, True) if statistics or self.graph.training_outputs else (False,)
        # All of one dtype first: a process keeps only one model.
        results = {
            (dtype, training): self._ask(dtype, training)
            for dtype in ("float64", "float32")
            for training in modes
        }
        if self.sides.diagnostics:
            return
        for training in modes:
            reference = self._reference(trial, training)
            teller = Teller(self.graph, self.sides, self.command, self.given, training, seed)
            wide = results["float64", training]
            shake = cache(partial(self._shake, trial, seed))
            shaken = partial(self._shaken, shake)
            Examination(self.graph, teller, self.report, seed, training, shaken).examine(
                wide,
                results["float32", training],
                reference,
                inside(self.graph, trial, training, reference),
            )

    def _shaken(
        self, shake: Callable[[bool, int], dict[str, Results]], training: bool
    ) -> Iterator[dict[str, Results]]:
        """The results in float64 of numbers moved a little, further each time."""
        numbers = range(limits.SHAKES + limits.FARTHEST)
        return (shake(training, number) for number in numbers)

    def _shake(self, trial: Trial, seed: int, training: bool, number: int) -> dict[str, Results]:
        shaken(trial, seed, number).store(self.given)
        found = self._ask("float64", training)
        trial.store(self.given)
        return found

    def _ask(self, dtype: str, training: bool) -> dict[str, Results]:
        do = f"run {'training' if training else 'inference'}"
        return dict(self.sides.ask(self.given, dtype, do))

    def _train(self, trial: Trial) -> Arrays:
        """The running statistics after one pass in training mode."""
        reference = self._reference(trial, training=True)
        if reference is not None:
            return reference.all("statistics")
        trial.store(self.given)
        for result in self._ask("float64", training=True).values():
            return result.all("statistics")
        return {}

    def _reference(self, trial: Trial, training: bool) -> ReferenceResults | None:
        if sum(map(node_macs, self.graph.nodes)) > limits.REFERENCE_MACS:
            return None
        try:
            return ReferenceResults(self.graph, trial, training)
        except Exception as error:
            # An op of a plug-in may lack a reference, or have a wrong one.
            note = f"the NumPy reference took no part: {type(error).__name__}: {error}"
            if note not in self.report.notes:
                self.report.notes.append(note)
            return None
