"""Cost per layer as networks grow."""

from __future__ import annotations

import tempfile
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

from measure import ratio

SIZES = (100, 1_000, 5_000, 20_000)
ROUNDS = 8


def flat(layers: int) -> str:
    """One long body, each layer written out."""
    lines = "\n".join("  conv(8, 3, padding=same) -> relu" for _ in range(layers // 2))
    return f"network deep() {{\n  input image[32, 32, 8]\n{lines}\n}}\n"


def nested(layers: int) -> str:
    """The same number of layers from blocks in loops."""
    stages = layers // 100
    return (
        "block unit() {\n  add { | identity | conv(8, 3, padding=same) -> relu }\n}\n"
        "network deep() {\n  input image[32, 32, 8]\n"
        f"  for i in range({stages}) {{\n    stage: {{ repeat 25 {{ unit }} }}\n  }}\n}}\n"
    )


def rows() -> Iterator[str]:
    """Time and memory per layer, the largest against the smallest of each kind."""
    for kind, write in (("flat", flat), ("nested", nested)):
        with tempfile.TemporaryDirectory() as folder:
            paths = {size: Path(folder, f"{size}.arch") for size in SIZES}
            for size, path in paths.items():
                path.write_text(write(size), encoding="utf-8")
            times = _times(paths)
            spent = {size: (times[size], *_memory(path)) for size, path in paths.items()}
        per_layer = {size: (t / n, m / n) for size, (t, m, n) in spent.items()}
        base = per_layer[SIZES[1]]
        for size in SIZES:
            time_ratio, memory_ratio = (a / b for a, b in zip(per_layer[size], base, strict=True))
            what = f"{kind}, {size:>6} layers, per layer against {SIZES[1]}"
            yield ratio(f"{what}: time", time_ratio, "<= 1.5", time_ratio <= 1.5)
            yield ratio(f"{what}: memory", memory_ratio, "<= 1.5", memory_ratio <= 1.5)


def _times(paths: dict[int, Path]) -> dict[int, float]:
    """The seconds of the fastest check of each size, all sizes in turn."""
    import archspec

    best = dict.fromkeys(paths, float("inf"))
    for _ in range(ROUNDS):
        for size, path in paths.items():
            # Short checks are repeated more often, or the machine's noise counts as their cost.
            for _ in range(SIZES[-1] // size):
                start = time.process_time()
                found = archspec.load(path).check()
                best[size] = min(best[size], time.process_time() - start)
                assert not found, found[0]
    return best


def _memory(path: Path) -> tuple[int, int]:
    """The most bytes at a time, and the layers."""
    import archspec

    tracemalloc.start()
    graph = archspec.load(path).graph()
    memory = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert graph is not None
    return memory, len(graph.nodes)
