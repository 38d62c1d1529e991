"""Importing the weights of ResNet-152 against reading their file, and against copying it.

What a user compares an import with is the framework's own loading of the file, so that is the
first line: every tensor of the file has found its place in the network. The next line is the same
without the cost of pickles. The others write the weights too, beside the floor of that: as much
must be written as was read, and every kernel is turned. `weights.read` copies out of the mapped
file into memory that the rounds before have left warm; bytes that are read into fresh memory take
longer than that.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from measure import call_seconds, ratio

import archspec
from archspec.weights import initial, read, store
from archspec.weights.importing import Imported

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

        def imported(source: Path) -> Imported:
            return archspec.load("resnet152").import_weights(source)

        best = call_seconds(
            {
                "torch.load of it": lambda: torch.load(pickled, weights_only=True),
                "importing .pth": lambda: imported(pickled),
                "importing and writing .pth": lambda: imported(pickled).store(target),
                "reading its bytes": flat.read_bytes,
                "weights.read of it": lambda: read(flat),
                "weights.read and weights.store": lambda: store(target, read(flat)),
                "importing .safetensors": lambda: imported(flat),
                "importing and writing .safetensors": lambda: imported(flat).store(target),
            },
            rounds=7,
        )
    for what, against in (
        ("importing .pth", "torch.load of it"),
        ("importing .safetensors", "weights.read of it"),
        ("importing and writing .pth", "torch.load of it"),
        ("importing and writing .safetensors", "reading its bytes"),
        ("importing and writing .safetensors", "weights.read and weights.store"),
    ):
        value = best[what] / best[against]
        yield ratio(f"{what} / {against}", value, f"<= {GOAL:.0f}", value <= GOAL)
