"""The loop of a process that runs one framework: requests come as lines, answers go as lines."""

from __future__ import annotations

import faulthandler
import json
import os
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Protocol


class Answering(Protocol):
    """What works on one network at a time."""

    def open(self, graph: Path) -> None:
        """Turn to the network in that file; nobody waits for an answer."""
        ...

    def answer(self, request: dict[str, Any]) -> dict[str, Any]:
        """Do what is asked for; what goes wrong becomes part of the answer."""
        ...


def failure(doing: str, error: Exception) -> dict[str, Any]:
    """The answer where something went wrong."""
    text = "".join(traceback.format_exception(error))
    return {"failed": f"{doing}: {type(error).__name__}: {error}", "traceback": text}


def serve(worker: Answering, patience: float) -> None:
    """Answer requests (JSON) until there are no more; one may take `patience` seconds."""
    # Where memory runs out, this process ends and not the one that tells what happened.
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")
    # Frameworks print; what they print must not stand among the answers.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    for line in sys.stdin:
        request = json.loads(line)
        with _limited(patience):
            if "open" in request:
                worker.open(Path(request["open"]))
                continue
            answer = worker.answer(request)
        print(json.dumps(answer), file=answers, flush=True)


@contextmanager
def _limited(seconds: float) -> Iterator[None]:
    """A framework that hangs ends with a trace of where it does, and that is a finding."""
    faulthandler.dump_traceback_later(seconds, exit=True)
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()
