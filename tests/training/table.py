"""Trains one small network with every optimizer, schedule and weight decay: `make trajectories`.

Prints a row for each pair of optimizer and schedule: the largest relative difference of the
frameworks' weights in 50 float64 steps without and with both forms of weight decay, or why a
recipe is refused. The network is as small as can be, for Keras takes its steps one operation at a
time: with four weights the table takes some ten minutes.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from archspec.compiler import load
from archspec.recipes.registry import names
from archspec.training.trajectory.run import WORKER, train_alike
from archspec.verification.pool import Pool, pool

NETWORK = """
network tiny() {
  input x[6]
  body: dense(4) -> tanh
  head: dense(3) -> softmax
}

train tiny {
  loss:       categorical_crossentropy
  validation: 0.1
  epochs:     10
  batch_size: 8
"""
STEPS = 50
MOMENTUM = {"sgd": ", momentum=0.9", "rmsprop": ", momentum=0.5"}
SCHEDULES = {
    "constant": "constant",
    "piecewise": "piecewise(epochs=[5], values=[0.01, 0.001])",
    "step": "step(epochs=5, factor=0.1)",
    "exponential": "exponential(factor=0.8)",
    "polynomial": "polynomial(power=2.0)",
    "cosine": "cosine",
    "warmup": "warmup(3, then=step(epochs=3, factor=0.1))",
    "reduce_on_plateau": "reduce_on_plateau(factor=0.1, patience=2)",
}
DECAYS = {
    "none": "",
    "l2": "  weight_decay: l2(1e-3, on=kernels)\n",
    "decoupled": "  weight_decay: decoupled(1e-2, on=all)\n",
}


def cells(processes: Pool, folder: Path) -> Iterator[tuple[str, str, str, str, bool]]:
    """Optimizer, schedule, decay, what came of it, and whether it is as it should be."""
    for optimizer in names("optimizers"):
        for schedule, written in SCHEDULES.items():
            for decay, line in DECAYS.items():
                rate = f"learning_rate=0.01{MOMENTUM.get(optimizer, '')}"
                path = folder / f"{optimizer}_{schedule}_{decay}.arch"
                lines = f"  optimizer: {optimizer}({rate})\n  schedule: {written}\n{line}}}\n"
                path.write_text(NETWORK + lines)
                yield optimizer, schedule, decay, *_cell(path, processes)


def _cell(path: Path, processes: Pool) -> tuple[str, bool]:
    spec = load(path)
    made = spec.training()
    if made is None:
        return f"refused: {spec.diagnostics[0].code}", True
    report = train_alike(made.logits, made.recipe, steps=STEPS, processes=processes)
    if report.diagnostics:
        return f"refused: {report.diagnostics[0].message}", True
    if report.findings:
        return f"DIFFERENT: {report.findings[0].message}", False
    (row,) = (row for row in report.rows if row.compared == "weights")
    return f"{row.difference:.0e}", report.passed


def main() -> int:
    """Print the table; 1 if anything differs."""
    assert set(SCHEDULES) == set(names("schedules"))
    wrong = 0
    rows: dict[tuple[str, str], dict[str, str]] = {}
    with pool(module=WORKER) as processes, TemporaryDirectory() as folder:
        for optimizer, schedule, decay, found, right in cells(processes, Path(folder)):
            row = rows.setdefault((optimizer, schedule), {})
            row[decay] = found
            wrong += not right
            if len(row) == len(DECAYS):
                shown = "  ".join(f"{name} {one:<8}" for name, one in row.items())
                print(f"{optimizer:<10}{schedule:<19}{shown}".rstrip(), flush=True)
    print(f"{len(rows) * len(DECAYS)} recipes of {STEPS} steps in float64, {wrong} wrong")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
