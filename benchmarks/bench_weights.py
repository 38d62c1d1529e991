"""Importing the weights of ResNet-152 against reading their file, and against copying it.

What a user compares an import with is the framework's own loading of the file, so that is the
first line. The others show the floor: an import must also write as much as it reads, and turn
every kernel. `weights.read` copies out of the mapped file into memory that the rounds before have
left warm; bytes that are read into fresh memory take longer than that.
"""

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
    import torch

    compilation = archspec.load("resnet152")
    graph = compilation.graph()
    with TemporaryDirectory() as folder:
        pickled, flat = Path(folder) / "torch.pth", Path(folder) / "torch.safetensors"
        for source in (pickled, flat):
            compilation.export_weights(initial(graph), "torch", source)
        target = Path(folder) / "own.safetensors"

        def imported(source: Path) -> None:
            archspec.load("resnet152").import_weights(source).store(target)

        best = call_seconds(
            {
                "torch.load of it": lambda: torch.load(pickled, weights_only=True),
                "importing .pth": lambda: imported(pickled),
                "reading its bytes": flat.read_bytes,
                "weights.read of it": lambda: read(flat),
                "weights.read and weights.store": lambda: store(target, read(flat)),
                "importing .safetensors": lambda: imported(flat),
            },
            rounds=7,
        )
    for kind, against in (
        (".pth", "torch.load of it"),
        (".safetensors", "reading its bytes"),
        (".safetensors", "weights.read of it"),
        (".safetensors", "weights.read and weights.store"),
    ):
        value = best[f"importing {kind}"] / best[against]
        yield ratio(f"importing {kind} / {against}", value, f"<= {GOAL:.0f}", value <= GOAL)
