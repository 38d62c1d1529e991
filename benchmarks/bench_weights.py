"""Importing the weights of ResNet-152 against reading their file, and against copying it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from measure import call_seconds, ratio

import archspec
from archspec.weights import initial, read, store

GOAL = 2.0


def rows() -> Iterator[str]:
    """From a state dict of 240 MB to a file of canonical weights."""
    compilation = archspec.load("resnet152")
    graph = compilation.graph()
    with TemporaryDirectory() as folder:
        source, target = Path(folder) / "torch.safetensors", Path(folder) / "own.safetensors"
        compilation.export_weights(initial(graph), "torch", source)

        def copied() -> None:
            store(target, read(source))

        calls = {
            "reading the file": lambda: read(source),
            "reading and writing it": copied,
            "importing": lambda: archspec.load("resnet152").import_weights(source).store(target),
        }
        best = call_seconds(calls, rounds=5)
    for against in ("reading the file", "reading and writing it"):
        value = best["importing"] / best[against]
        yield ratio(f"importing / {against}, 240 MB", value, f"<= {GOAL:.0f}", value <= GOAL)
