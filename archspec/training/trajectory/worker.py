"""The process that trains in one framework (`python -m` this module, NAME and SECONDS)."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from archspec.diagnostics import Report
from archspec.ir import Graph
from archspec.lowering.trainer import Steps, trainer_in
from archspec.training.trajectory.stored import load_recipe
from archspec.verification import graph_file, tensors
from archspec.verification.place import backend_at
from archspec.verification.serve import failure, serve


class Worker:
    """Takes the steps of one recipe after another.

    Requests: `begin` loads the weights in the given file and starts the optimizer anew, `step`
    with the steps of an epoch takes one with the batch in the given file, `epoch` with a number
    tells what an epoch gave.
    """

    def __init__(self, backend: str) -> None:
        self.name = backend
        self.file = Path()
        self.steps: Steps | None = None

    def open(self, graph: Path) -> None:
        """Turn to another network and recipe, which are read when steps are asked for."""
        self.file = graph
        self.steps = None

    def answer(self, request: dict[str, Any]) -> dict[str, Any]:
        """Do what is asked for; what goes wrong becomes part of the answer."""
        try:
            self._do(request)
        except ImportError as error:
            if (error.name or "").partition(".")[0].startswith("archspec"):
                # A module of our own is no framework that could be installed.
                return failure("training the network", error)
            return {"missing": str(error)}
        except Exception as error:
            return failure("training the network", error)
        return {}

    def _do(self, request: dict[str, Any]) -> None:
        what, _, argument = request["do"].partition(" ")
        given, result = Path(request["given"]), Path(request["result"])
        found: dict[tuple[str, str], Any] = {}
        if what == "begin":
            self.steps = self._steps(request["dtype"])
            self.steps.load(tensors.Tensors(given).all("weights"))
        elif what == "epoch":
            self._ready().epoch_ended(float(argument))
        else:
            found = self._step(tensors.Tensors(given), int(argument))
        tensors.write(result, found)

    def _step(self, given: tensors.Tensors, steps_per_epoch: int) -> dict[tuple[str, str], Any]:
        found = given.all("targets")
        several = tuple(found[str(number)] for number in range(len(found)))
        targets = several if len(several) > 1 else several[0]
        step = self._ready().step(given.all("inputs"), targets, steps_per_epoch)
        parts: dict[str, dict[str, Any]] = {
            "numbers": {"loss": step.loss, "rate": step.rate},
            "gradients": step.gradients,
            "weights": step.weights,
        }
        return {(kind, name): one for kind, of in parts.items() for name, one in of.items()}

    def _ready(self) -> Steps:
        if self.steps is None:
            raise ValueError("steps were asked for before the weights were given")
        return self.steps

    def _steps(self, dtype: str) -> Steps:
        graph: Graph = graph_file.load(self.file.read_bytes())
        recipe = load_recipe(self.file.parent)
        trainer = trainer_in(backend_at(self.name), Report())
        if trainer is None:
            raise ValueError(f"the back end `{self.name}` cannot train")
        return trainer.steps(graph, recipe, dtype)


if __name__ == "__main__":
    serve(Worker(sys.argv[1]), float(sys.argv[2]))
