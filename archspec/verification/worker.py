"""The process in which one framework runs: `python -m archspec.verification.worker BACKEND GRAPH`.

Two frameworks in one process have been seen to end each other. The process reads one request
per line (JSON) and answers each with one line; tensors go through files.
"""

from __future__ import annotations

import faulthandler
import json
import os
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from archspec.lowering.backend import Model
from archspec.verification import graph_file, tensors
from archspec.verification.place import backend_at

PATIENCE = 1800.0
"""Seconds that one run may take."""


class Worker:
    """Builds the network when it is first asked for, and keeps the model of the last dtype."""

    def __init__(self, backend: str, graph: Path) -> None:
        self.backend = backend_at(backend)
        self.graph = graph_file.load(graph.read_bytes())
        self.model: Model | None = None
        self.dtype = ""

    def begin(self) -> None:
        """Build while nobody waits; what goes wrong is told when the network is asked for."""
        with suppress(Exception):
            self._model("float64")

    def answer(self, request: dict[str, Any]) -> dict[str, Any]:
        """Do what is asked for; what goes wrong becomes part of the answer."""
        try:
            model = self._model(request["dtype"])
        except ImportError as error:
            if (error.name or "").partition(".")[0].startswith("archspec"):
                # A module of our own is no framework that could be installed.
                return _failure("building the network", error)
            return {"missing": str(error)}
        except Exception as error:
            return _failure("building the network", error)
        try:
            self._run(model, request)
        except Exception as error:
            return _failure("running the network", error)
        return {}

    def _model(self, dtype: str) -> Model:
        if self.model is None or self.dtype != dtype:
            self.model = None
            self.model = self.backend.build(self.graph, dtype)
            self.dtype = dtype
        return self.model

    def _run(self, model: Model, request: dict[str, Any]) -> None:
        given = tensors.Tensors(Path(request["given"]))
        weights, inputs, cotangents = (
            {name: one.astype(self.dtype) for name, one in given.all(kind).items()}
            for kind in ("weights", "inputs", "cotangents")
        )
        training, result = bool(request["training"]), Path(request["result"])
        model.load(weights)
        if request["trace"]:
            traced = model.trace(inputs, training=training)
            tensors.write(result, {("values", name): one for name, one in traced.items()})
            return
        names = self.graph.output_names
        names += self.graph.training_output_names if training else ()
        # Without cotangents only the values are wanted.
        wanted = {name: cotangents[name] for name in names} if cotangents else None
        outcome = model.run(inputs, wanted, training=training)
        tensors.write(result, tensors.parts(outcome))


def _failure(doing: str, error: Exception) -> dict[str, Any]:
    text = "".join(traceback.format_exception(error))
    return {"failed": f"{doing}: {type(error).__name__}: {error}", "traceback": text}


def main(backend: str, graph: str) -> None:
    """Answer requests until there are no more."""
    # Frameworks print; what they print must not stand among the answers.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    worker = Worker(backend, Path(graph))
    with _patience():
        worker.begin()
    for line in sys.stdin:
        with _patience():
            answer = worker.answer(json.loads(line))
        print(json.dumps(answer), file=answers, flush=True)


@contextmanager
def _patience() -> Iterator[None]:
    """A framework that hangs ends with a trace of where it does, and that is a finding."""
    faulthandler.dump_traceback_later(PATIENCE, exit=True)
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()


if __name__ == "__main__":
    main(*sys.argv[1:])
