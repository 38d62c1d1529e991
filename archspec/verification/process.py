"""One framework's process, as seen from the one that compares."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from threading import Timer
from time import monotonic
from typing import Any

from archspec.verification.limits import PATIENCE
from archspec.verification.tensors import Tensors

TAIL = 24
"""How many lines of a crashed process' last words are shown."""

GRACE = 10.0
"""Seconds that a process has for ending itself after its time, before it is ended from outside."""


WORKER = "archspec.verification.worker"
"""The module that the process runs."""


class FrameworkMissing(Exception):
    """The back end is there, but the framework it writes for is not installed."""


class RunFailed(Exception):
    """The framework refused, raised, crashed or hung; the text says how."""


class Process:
    """A running worker. `ask` only sends, so that several can work at once; `result` waits."""

    def __init__(
        self, backend: str, folder: Path, patience: float = PATIENCE, module: str = WORKER
    ) -> None:
        self.patience = patience
        self._log = (folder / "log.txt").open("w+b")
        self._running = subprocess.Popen(
            # -P: no file in the current folder may pass for a module.
            [
                sys.executable,
                "-P",
                "-m",
                module,
                backend,
                repr(patience),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
            encoding="utf-8",
        )

    def open(self, graph: Path) -> None:
        """Turn to another network; it is built while nobody waits."""
        self._send({"open": str(graph)})

    def ask(self, given: Path, dtype: str, do: str, result: Path) -> None:
        """Send one request: what to do with the given tensors, and the file for the result.

        `do` is `run`, `trace`, `random` or `begin`, a space, and `inference` or `training`.
        """
        self._send({"given": str(given), "dtype": dtype, "do": do, "result": str(result)})

    def _send(self, request: dict[str, Any]) -> None:
        assert self._running.stdin is not None
        # Where it has crashed, `result` finds no answer and tells.
        with suppress(OSError):
            self._running.stdin.write(json.dumps(request) + "\n")
            self._running.stdin.flush()

    def result(self, file: Path) -> Tensors:
        """Wait for the answer to one request; answers come in the order of the requests."""
        assert self._running.stdout is not None
        started = monotonic()
        # Building and running have their time each.
        watch = Timer(2 * self.patience + GRACE, self._running.kill)
        watch.daemon = True
        watch.start()
        try:
            line = self._running.stdout.readline()
        finally:
            watch.cancel()
        if not line:
            raise RunFailed(self._last_words(monotonic() - started))
        answer: dict[str, Any] = json.loads(line)
        if "missing" in answer:
            raise FrameworkMissing(answer["missing"])
        if "failed" in answer:
            raise RunFailed(f"{answer['failed']}\n{answer['traceback']}".rstrip())
        return Tensors(file)

    def _last_words(self, waited: float) -> str:
        code = self._running.wait()
        self._log.seek(0)
        lines = self._log.read().decode(errors="replace").splitlines()
        timed_out = any(line.startswith("Timeout (") for line in lines[-TAIL * 4 :])
        if timed_out or waited > 2 * self.patience:
            how = f"no answer after {self.patience:g} seconds, so the process was ended"
        else:
            how = f"the process ended with {_exit(code)}"
        return "\n".join([how, *lines[-TAIL:]])

    def close(self) -> None:
        """End the process; nothing that it still computes is wanted."""
        self._running.kill()
        self._running.wait()
        for stream in (self._running.stdin, self._running.stdout, self._log):
            if stream is not None:
                # A request that a crashed process never read is still in the buffer.
                with suppress(BrokenPipeError):
                    stream.close()


def _exit(code: int) -> str:
    if code >= 0:
        return f"exit code {code}"
    name = signal.Signals(-code).name
    return f"signal {name}" + (", as when memory runs out" if name == "SIGKILL" else "")
