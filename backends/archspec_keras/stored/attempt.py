"""attempt: read a file in a process of its own, with limits on time and memory."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SECONDS = 30
"""Of processor time for any file, and one more for each `RATE` bytes."""
RATE = 10_000_000
WAITING = 20
"""How many times longer to wait, since a busy machine gives each process little time."""
MEMORY = 2_000_000_000
"""Bytes of addresses for any file, and `TIMES` as many as it has."""
TIMES = 6
REFUSED = 3
"""The exit code for a file that was refused in words."""
OUT_OF_TIME = (-24, -9)
"""Those of a process that was ended for its processor time: SIGXCPU, then SIGKILL."""


def attempt(path: Path) -> None:
    """`ValueError` where reading the file comes to no end, needs too much, or crashes."""
    size = path.stat().st_size
    seconds = SECONDS + size // RATE
    limits = (str(seconds), str(MEMORY + TIMES * size))
    words = [sys.executable, "-P", "-m", __name__, str(path), *limits]
    try:
        done = subprocess.run(
            words,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=WAITING * seconds,
        )
    except subprocess.TimeoutExpired:
        raise _damaged(path, "comes to no end") from None
    if done.returncode == REFUSED:
        raise ValueError(done.stdout.strip())
    if done.returncode in OUT_OF_TIME:
        raise _damaged(path, f"takes more than {seconds} seconds")
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:] or ["without a word"]
        raise _damaged(path, f"ends the process ({done.returncode}: {last[0]})")


def _damaged(path: Path, how: str) -> ValueError:
    return ValueError(f"{path} is no complete file of Keras: reading it {how}")


def _limit(seconds: int, memory: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits; only the waiting ends there.
        return
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> int:
    """Read the file that is named on the command line, under the limits."""
    from archspec_keras.stored.read import read_here

    path, seconds, memory = sys.argv[1:]
    _limit(int(seconds), int(memory))
    try:
        read_here(Path(path))
    except ValueError as error:
        print(error)
        return REFUSED
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
