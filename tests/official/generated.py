"""Runs the generated code of one back end on the official input with the imported weights.

python generated.py SPEC BACKEND FOLDER
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from rows import find

import archspec
from archspec.weights import read


def main(spec: str, backend: str, folder: Path) -> None:
    row = find(spec)
    if backend == "torch":
        import torch

        torch.set_num_threads(1)
        # Its fast kernels round up to five times as coarsely as TensorFlow's; the limit is four.
        torch.backends.mkldnn.set_flags(row.library != "keras")
    x = np.load(folder / "official.npz")["input"]
    weights = read(folder / "imported.safetensors")
    results = {}
    for dtype in ("float32", "float64"):
        compilation = archspec.load(spec)
        model = compilation.build(backend, dtype=dtype)
        assert model is not None, compilation.diagnostics
        graph = compilation.graph()
        assert graph is not None
        model.load(weights)
        given = {graph.input_names[0]: x.astype(dtype)}
        results[dtype] = model.run(given).outputs[graph.output_names[0]]
        if row.auxiliary and dtype == "float64":
            outputs = model.run(given, training=True).outputs
            names = (*graph.output_names, *graph.training_output_names)
            results |= {f"training_{i}": outputs[name] for i, name in enumerate(names)}
    np.savez(folder / f"{backend}.npz", **results)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]))
