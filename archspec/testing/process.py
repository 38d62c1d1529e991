"""A process that stays alive and runs one back end on text after text."""

from __future__ import annotations

import gc
import multiprocessing
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from archspec.testing.side import DTYPES, Side


@dataclass(frozen=True)
class Request:
    """The text of a network, and what `run_side` is to do with it.

    `unchecked` ones are run although the checker refuses them; the process that does so does not
    check anything from then on.
    """

    text: str
    seed: int = 0
    dtypes: tuple[str, ...] = DTYPES
    shakes: bool = False
    compiler: str = ""
    unchecked: bool = False


PATIENCE = 300.0
"""Seconds that one network may take."""


class SideProcess:
    """Sends texts ahead and gives back results in their order; a crash becomes a result."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.waiting: deque[Request] = deque()
        self._start()

    def _start(self) -> None:
        # Spawned: a fork of a process with a running framework may hang.
        context = multiprocessing.get_context("spawn")
        self._end, other = context.Pipe()
        self._running: Any = context.Process(target=_serve, args=(other, self.name), daemon=True)
        self._running.start()
        other.close()

    def ask(self, request: Request) -> None:
        """Send a text."""
        self.waiting.append(request)
        # Where it has crashed, `answer` tells.
        with suppress(OSError):
            self._end.send(request)

    def answer(self) -> Side:
        """Wait for the result of the first text that has none yet."""
        self.waiting.popleft()
        try:
            if not self._end.poll(PATIENCE):
                return self._again(f"no answer after {PATIENCE:g} seconds")
            found: Side = self._end.recv()
        except (EOFError, OSError):
            self._running.join(5)
            return self._again(f"the process ended with {self._running.exitcode}")
        return found

    def _again(self, why: str) -> Side:
        """Start anew with the texts that wait."""
        self.close()
        self._start()
        for request in self.waiting:
            self._end.send(request)
        return Side(self.name, failed=why, crashed=True)

    def close(self) -> None:
        """End the process."""
        self._running.kill()
        self._running.join()
        self._end.close()


def _serve(end: Connection, name: str) -> None:
    import os

    # One thread each: frameworks that use all cores would only take them from each other.
    for key in ("OMP_NUM_THREADS", "TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS"):
        os.environ[key] = "1"
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    frozen = False
    with suppress(EOFError):
        while True:
            end.send(_made(name, end.recv()))
            if not frozen:
                # Keras collects garbage for each model, and looks through all of TensorFlow.
                gc.freeze()
                frozen = True


def _made(name: str, request: Request) -> Side:
    from archspec.lowering.discovery import backends
    from archspec.testing.compiled import graph_of
    from archspec.testing.mistakes.unchecked import run_unchecked, stop_checking
    from archspec.testing.side import run_side

    backend = backends()[name]
    if request.unchecked:
        stop_checking()
        return run_unchecked(name, backend, request.text)
    graph = graph_of(request.text)
    if graph is None:
        return Side(name, failed="the text is not accepted again")
    how = request.seed, request.dtypes, request.shakes, request.compiler
    return run_side(name, backend, graph, *how)
