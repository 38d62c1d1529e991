"""The process in which one framework runs: `python -m archspec.verification.worker NAME SECONDS`.

Two frameworks in one process have been seen to end each other. The process of the back end NAME
reads one request per line (JSON) and answers each with one line, but for those that open a
network; tensors go through files. SECONDS are what one request may take.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from archspec.ir import Graph
from archspec.lowering.backend import Backend, Model
from archspec.verification import graph_file, tensors
from archspec.verification.place import backend_at
from archspec.verification.serve import failure, serve

Arrays = dict[str, Any]


class Worker:
    """Builds the network when it is first asked for, and keeps the model of the last dtype."""

    def __init__(self, backend: str) -> None:
        self.name = backend
        self.backend: Backend | None = None
        self.file = Path()
        self.graph: Graph | None = None
        self.model: Model | None = None
        self.dtype = ""

    def open(self, graph: Path) -> None:
        """Build while nobody waits; what goes wrong is told when the network is asked for."""
        self.file = graph
        self.graph = self.model = None
        with suppress(Exception):
            self._model("float64")

    def answer(self, request: dict[str, Any]) -> dict[str, Any]:
        """Do what is asked for; what goes wrong becomes part of the answer."""
        try:
            model = self._model(request["dtype"])
        except ImportError as error:
            if (error.name or "").partition(".")[0].startswith("archspec"):
                # A module of our own is no framework that could be installed.
                return failure("building the network", error)
            return {"missing": str(error)}
        except Exception as error:
            return failure("building the network", error)
        try:
            self._run(model, request)
        except Exception as error:
            return failure("running the network", error)
        return {}

    def _model(self, dtype: str) -> Model:
        if self.backend is None:
            self.backend = backend_at(self.name)
        if self.graph is None:
            self.graph = graph_file.load(self.file.read_bytes())
        if self.model is None or self.dtype != dtype:
            self.model = None
            self.model = self.backend.build(self.graph, dtype)
            self.dtype = dtype
        return self.model

    def _run(self, model: Model, request: dict[str, Any]) -> None:
        given = tensors.Tensors(Path(request["given"]))
        if request["do"].startswith("begin "):
            # The model of an earlier request has other weights than it began with.
            self.model = None
            saved = self._model(self.dtype).save()
            tensors.write(
                Path(request["result"]), {("initial", name): one for name, one in saved.items()}
            )
            return
        # Nothing else holds them: with those of the model, memory may not take them twice.
        model.load(given.all("weights", self.dtype))
        inputs, cotangents = (given.all(kind, self.dtype) for kind in ("inputs", "cotangents"))
        found = self._done(model, request["do"], inputs, cotangents)
        tensors.write(Path(request["result"]), found)

    def _done(
        self, model: Model, do: str, inputs: Arrays, cotangents: Arrays
    ) -> dict[tuple[str, str], Any]:
        assert self.graph is not None
        what, _, mode = do.partition(" ")
        training = mode == "training"
        if what == "random":
            pairs = model.random(inputs)
            return {
                (part, name): one
                for name, both in pairs.items()
                for part, one in zip(("came", "went"), both, strict=True)
            }
        if what == "trace":
            traced = model.trace(inputs, training=training)
            return {("values", name): one for name, one in traced.items()}
        names = self.graph.output_names
        names += self.graph.training_output_names if training else ()
        # Without cotangents only the values are wanted.
        wanted = {name: cotangents[name] for name in names} if cotangents else None
        try:
            return tensors.parts(model.run(inputs, wanted, training=training))
        except Exception:
            # Outputs of a wrong shape fit no cotangents; which value is wrong says more.
            found = model.run(inputs, None, training=training)
            if not wanted or _fit(found.outputs, wanted):
                raise
            return tensors.parts(found)


def _fit(outputs: Arrays, cotangents: Arrays) -> bool:
    return all(outputs[name].shape == one.shape for name, one in cotangents.items())


if __name__ == "__main__":
    serve(Worker(sys.argv[1]), float(sys.argv[2]))
