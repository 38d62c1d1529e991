"""make fuzz: 100,000 hostile texts through the whole check, and 4,000 damaged files of weights.

Prints how many texts, tracebacks and hangs there were, the slowest one and the peak memory.
What fails is kept under `build/fuzz/`; the same seed and number make the same text again.
"""

from __future__ import annotations

import argparse
import gc
import multiprocessing
import resource
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from examine import Outcome, examine, show
from mutate import ROOT, corpus_files, made
from weights import corpus_weights, damaged

PATIENCE = 20
"""Seconds of processor time after which a text counts as a hang."""
KEPT = ROOT / "build" / "fuzz"


@dataclass
class Findings:
    """What one process saw."""

    texts: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    codes: Counter[int] = field(default_factory=Counter)
    troubles: list[str] = field(default_factory=list)
    slow: int = 0
    slowest: tuple[float, str] = (0.0, "")
    peak: int = 0


def _hang(*_: object) -> None:
    raise TimeoutError(f"no end after {PATIENCE} seconds")


def explore(first: int, step: int, count: int, files: int, seed: int, budget: float) -> Findings:
    """Every `step`-th text and file from `first` on, and the corpus in the first process."""
    found = Findings()
    signal.signal(signal.SIGPROF, _hang)
    inputs = [(path.suffix[1:], path.name, path.read_bytes()) for path in corpus_files("*.*")]
    inputs = [one for one in inputs if one[0] in ("arch", "json")] if first == 0 else []
    with tempfile.TemporaryDirectory() as folder:
        for kind, name, text in inputs:
            _note(found, kind, name, text, Path(folder), budget)
        for number in range(first, count, step):
            kind, text = made(seed, number)
            _note(found, kind, f"{seed}/{number}", text, Path(folder), budget)
            if number % 200 < step:
                gc.collect()
            if number % 10_000 < step:
                print(
                    f"at {number:,}: {len(found.troubles)} troubles, {found.slow} slow", flush=True
                )
        _explore_weights(found, range(first, files, step), seed, Path(folder), budget)
    found.peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return found


def _explore_weights(
    found: Findings, numbers: range, seed: int, folder: Path, budget: float
) -> None:
    """Damaged files of weights; undamaged ones first, which pay for the imports."""
    if not numbers:
        return
    for path in corpus_weights():
        show(path.suffix[1:], path.read_bytes(), folder)
    for number in numbers:
        kind, data = damaged(seed, number)
        _note(found, kind, f"weights/{seed}/{number}", data, folder, budget, show)


def _note(
    found: Findings,
    kind: str,
    name: str,
    text: bytes,
    folder: Path,
    budget: float,
    examine: Callable[[str, bytes, Path], Outcome] = examine,
) -> None:
    signal.setitimer(signal.ITIMER_PROF, PATIENCE)
    outcome = examine(kind, text, folder)
    signal.setitimer(signal.ITIMER_PROF, 0)
    if outcome.seconds > budget:
        # A second look: the first may have paid for imports, or for other processes' caches.
        outcome = min(outcome, examine(kind, text, folder), key=lambda one: one.seconds)
    found.texts += 1
    found.kinds[kind] += 1
    found.codes[outcome.code] += 1
    found.slowest = max(found.slowest, (outcome.seconds, f"{kind} {name}"))
    found.slow += outcome.seconds > budget
    if outcome.trouble or outcome.seconds > budget:
        KEPT.mkdir(parents=True, exist_ok=True)
        ending = kind if kind in ("json", "safetensors", "pth") else "arch"
        path = KEPT / f"{name.replace('/', '_').removesuffix('.' + ending)}.{ending}"
        path.write_bytes(text)
        if outcome.trouble:
            found.troubles.append(f"{path}:\n{outcome.trouble}")


def main() -> int:
    """Run it; 1 where anything is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--files", type=int, default=4_000, help="damaged files of weights")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=1.0, help="of processor time for a text")
    parser.add_argument("--megabytes", type=int, default=500, help="of memory for a process")
    wanted = parser.parse_args()
    shares = [
        (number, wanted.processes, wanted.count, wanted.files, wanted.seed, wanted.seconds)
        for number in range(wanted.processes)
    ]
    with multiprocessing.get_context("spawn").Pool(wanted.processes) as pool:
        found = pool.starmap(explore, shares)
    return tell(found, wanted.seconds, wanted.megabytes)


def tell(found: list[Findings], seconds: float, megabytes: int) -> int:
    """Print the figures; 1 where one is not as it must be."""
    troubles = [one for part in found for one in part.troubles]
    kinds = sum((part.kinds for part in found), Counter())
    codes = sum((part.codes for part in found), Counter())
    slow = sum(part.slow for part in found)
    slowest = max(part.slowest for part in found)
    peak = max(part.peak for part in found)
    for one in troubles[:10]:
        print(one)
    print(f"texts       {sum(part.texts for part in found):,}", dict(kinds.most_common()))
    print(f"tracebacks  {len(troubles)}")
    print(f"accepted    {codes[0]:,}; refused {codes[1] + codes[2]:,}")
    print(f"over {seconds:g} s    {slow} (processor time)")
    print(f"slowest     {slowest[0]:.2f} s, {slowest[1]}")
    print(f"peak memory {peak} MB for a process")
    return int(bool(troubles or slow or peak > megabytes))


if __name__ == "__main__":
    raise SystemExit(main())
