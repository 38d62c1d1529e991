"""Taking times fairly, and one way to print a ratio with its goal."""

from __future__ import annotations

import gc
import os
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence


def process_seconds(commands: Mapping[str, Sequence[str]], rounds: int) -> dict[str, float]:
    """Fastest wall-clock seconds of each command, run in turn `rounds` times.

    Byte code is kept, as in a normal installation. A command that fails raises
    `CalledProcessError` with its output.
    """
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    best = dict.fromkeys(commands, float("inf"))
    for _ in range(rounds):
        for name, command in commands.items():
            start = time.perf_counter()
            subprocess.run(command, check=True, capture_output=True, env=environment)
            best[name] = min(best[name], time.perf_counter() - start)
    return best


def call_seconds(calls: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Fastest seconds of each call, called in turn `rounds` times, garbage collected before."""
    best = dict.fromkeys(calls, float("inf"))
    for _ in range(rounds):
        for name, call in calls.items():
            gc.collect()
            start = time.perf_counter()
            call()
            best[name] = min(best[name], time.perf_counter() - start)
    return best


def ratio(what: str, value: float, goal: str, met: bool) -> str:
    """One line: what was compared, the ratio, the goal, and whether it was met."""
    return f"  {what:<58} {value:>8.2f}   goal {goal:<8} {'met' if met else 'MISSED'}"


def seconds(what: str, value: float) -> str:
    """One line with a time, for orientation only."""
    return f"  {what:<58} {value * 1000:>8.1f} ms"
