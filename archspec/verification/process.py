"""One framework's process, as seen from the one that compares."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from archspec.verification.tensors import Tensors

TAIL = 24
"""How many lines of a crashed process' last words are shown."""


class FrameworkMissing(Exception):
    """The back end is there, but the framework it writes for is not installed."""


class RunFailed(Exception):
    """The framework refused, raised or crashed; the text says how."""


class Process:
    """A running worker. `ask` only sends, so that several can work at once; `result` waits."""

    def __init__(self, backend: str, graph: Path, folder: Path) -> None:
        self.backend = backend
        self.folder = folder
        self.count = 0
        self._log = (folder / "log.txt").open("w+b")
        self._running = subprocess.Popen(
            # -P: no file in the current folder may pass for a module.
            [sys.executable, "-P", "-m", "archspec.verification.worker", backend, str(graph)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
            encoding="utf-8",
        )

    def ask(self, given: Path, dtype: str, training: bool, trace: bool = False) -> Path:
        """Send one request; returns the file that the result will be in."""
        self.count += 1
        result = self.folder / f"{self.count}.safetensors"
        request = {
            "given": str(given),
            "dtype": dtype,
            "training": training,
            "trace": trace,
            "result": str(result),
        }
        assert self._running.stdin is not None
        try:
            self._running.stdin.write(json.dumps(request) + "\n")
            self._running.stdin.flush()
        except OSError:
            # It has crashed; `result` finds no answer and tells.
            pass
        return result

    def result(self, file: Path) -> Tensors:
        """Wait for the answer to one request; answers come in the order of the requests."""
        assert self._running.stdout is not None
        line = self._running.stdout.readline()
        if not line:
            raise RunFailed(self._last_words())
        answer: dict[str, Any] = json.loads(line)
        if "missing" in answer:
            raise FrameworkMissing(answer["missing"])
        if "failed" in answer:
            raise RunFailed(f"{answer['failed']}\n{answer['traceback']}".rstrip())
        return Tensors(file)

    def _last_words(self) -> str:
        code = self._running.wait()
        self._log.seek(0)
        lines = self._log.read().decode(errors="replace").splitlines()
        return "\n".join([f"the process ended with exit code {code}", *lines[-TAIL:]])

    def close(self) -> None:
        """End the process; nothing that it still computes is wanted."""
        self._running.kill()
        self._running.wait()
        for stream in (self._running.stdin, self._running.stdout, self._log):
            if stream is not None:
                # A request that a crashed process never read is still in the buffer.
                with suppress(BrokenPipeError):
                    stream.close()
