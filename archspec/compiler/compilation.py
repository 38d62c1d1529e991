"""A spec on its way through all phases."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from archspec.compiler.checked import Overrides, Size
from archspec.compiler.written import Written
from archspec.diagnostics import Report
from archspec.source.garbage import put_off

if TYPE_CHECKING:
    from archspec.training.trajectory.report import TrajectoryReport
    from archspec.verification import VerifyReport


def load(target: str | Path, network: str | None = None) -> Compilation:
    """Read the spec at a path, or the shipped spec with the network of that name.

    Whatever is wrong stands in the result's `diagnostics`.

    >>> load("lenet5").summary().parameters
    61706
    """
    from archspec.frontends.locate import locate

    report = Report()
    file, found = locate(target, report)
    if file is None:
        return Compilation(str(target), None, report)
    from archspec.frontends.load import load_program

    with put_off():
        program = load_program(file, report)
        if program is None:
            return Compilation(str(target), None, report)
        if report.failed:
            from archspec.elaborate.names_recovered import check_names_recovered

            check_names_recovered(program, report)
            return Compilation(str(target), None, report)
        from archspec.elaborate.names import check_names

        names = check_names(program, report)
        return Compilation(str(target), program, report, names, network or found)


class Compilation(Written):
    """A spec on its way through the phases; each result is made when it is asked for."""

    def verify(
        self,
        network: str | None = None,
        overrides: Overrides | None = None,
        backends: Sequence[str] = ("torch", "keras"),
        size: Size = None,
        trials: int = 1,
        seed: int = 0,
        timeout: float | None = None,
    ) -> VerifyReport | None:
        """Compare the back ends with each other and with NumPy on the same numbers.

        `size` are spatial sizes for all inputs, or `"full"` for the network's own; by default a
        large network is verified at the smallest size that fits it. `timeout` are the seconds
        that a framework may take to build the network, or for one run of it.
        """
        from archspec.lowering.make import generate
        from archspec.verification import verify
        from archspec.verification.command import command, texts
        from archspec.verification.limits import PATIENCE
        from archspec.verification.place import installed

        graph = self._sized(network, overrides, size)
        # What cannot be written is told here, and not by the processes that would run it.
        known = installed(backends)
        if graph is None or not all(generate(name, graph, self.report) for name in known):
            return None
        name = network or self.network
        return verify(
            graph,
            backends,
            trials=trials,
            seed=seed,
            command=command(self.target, name, texts(overrides or ()), size, backends),
            patience=PATIENCE if timeout is None else timeout,
        )

    def verify_training(
        self,
        network: str | None = None,
        overrides: Overrides | None = None,
        backends: Sequence[str] = ("torch", "keras"),
        size: Size = None,
        steps: int = 50,
        seed: int = 0,
        timeout: float | None = None,
    ) -> TrajectoryReport | None:
        """Train in all back ends on the same batches, and compare them after every step.

        `size` is as for `verify`; `timeout` are the seconds that a framework may take for a step.
        """
        from archspec.lowering.make import generate
        from archspec.training.trajectory.run import train_alike
        from archspec.verification.command import command, texts
        from archspec.verification.limits import PATIENCE
        from archspec.verification.place import installed

        graph = self._sized(network, overrides, size)
        made = None if graph is None else self._training(graph, overrides)
        if made is None:
            return None
        known = installed(backends)
        if not all(generate(name, made.logits, self.report) for name in known):
            return None
        words = command(
            self.target, network or self.network, texts(overrides or ()), size, backends
        )
        return train_alike(
            made.logits,
            made.recipe,
            backends,
            steps=steps,
            seed=seed,
            command=[*words, "--train", "--steps", str(steps)],
            patience=PATIENCE if timeout is None else timeout,
        )
