"""Compares every official model with the code generated for it, and prints a table.

Each model is built by its library with random weights, saved in the library's form, imported by
`archspec weights import`, and run by the generated PyTorch and Keras code on the same images.

    python compare.py                 all rows (make official)
    python compare.py torchvision/resnet50 keras/VGG16
"""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from rows import ROWS, Row, find
from values import Array

import archspec

HERE = Path(__file__).parent
REFERENCE = HERE.parents[1] / "build" / "reference"
BACKENDS = ("torch", "keras")
FLOAT64 = 1e-6
ROUNDINGS = 4.0
"""How often the official model's own rounding in float32 a difference in float32 may be."""


@dataclass
class Result:
    """What one row showed; `problems` is empty where all is as it should be."""

    row: Row
    parameters: int = 0
    macs: int = 0
    float64: dict[str, float] = field(default_factory=dict)
    roundings: dict[str, float] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def line(self) -> str:
        cells = [f"{self.row.spec:<31} {self.parameters:>11,} {self.macs:>14,}"]
        cells += [f"{self.float64.get(name, np.nan):>9.1e}" for name in BACKENDS]
        cells += [f"{self.roundings.get(name, np.nan):>7.2f}" for name in BACKENDS]
        return " ".join((*cells, "; ".join(self.problems) or "equal"))


HEAD = (
    f"{'':<31} {'parameters':>11} {'multiply-adds':>14} {'float64':^19} {'float32 / own':^15}\n"
    f"{'official model':<31} {'':>11} {'':>14} {'torch':>9} {'keras':>9} {'torch':>7} {'keras':>7}"
)


def compare(row: Row, folder: Path) -> Result:
    """Run one row in processes of their own: the frameworks and their memory stay apart."""
    result = Result(row)
    kind = "keras" if row.library == "keras" else "torch"
    if not _ran(result, folder, f"official_{kind}.py", row.spec, str(folder)):
        return result
    official = dict(np.load(folder / "official.npz"))
    if not _imported(result, folder, int(official["parameters"])):
        return result
    for name in BACKENDS:
        if not _ran(result, folder, "generated.py", row.spec, name, str(folder)):
            continue
        found = dict(np.load(folder / f"{name}.npz"))
        wide = [key for key in official if key == "float64" or key.startswith("training")]
        result.float64[name] = max(_distance(found[key], official[key]) for key in wide)
        result.roundings[name] = _roundings(found["float32"], official)
    _judge(result)
    return result


def _ran(result: Result, folder: Path, *command: str) -> bool:
    environment = {
        **os.environ,
        "OMP_NUM_THREADS": "1",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "PYTHONPATH": os.pathsep.join((str(REFERENCE), os.environ.get("PYTHONPATH", ""))),
    }
    script, *arguments = command
    done = subprocess.run(
        [sys.executable, HERE / script, *arguments],
        env=environment,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        result.problems.append(f"{script} failed: {last}")
    return done.returncode == 0


def _imported(result: Result, folder: Path, parameters: int) -> bool:
    """Import the official file, check the counts."""
    row = result.row
    compilation = archspec.load(row.spec)
    summary = compilation.summary()
    source = next(folder.glob("official.[!n]*"))
    imported = compilation.import_weights(source)
    if summary is None or imported is None or compilation.failed:
        result.problems += [one.message for one in compilation.diagnostics]
        return False
    imported.store(folder / "imported.safetensors")
    result.parameters, result.macs = summary.trainable_parameters, summary.macs
    counted = {"the model has": parameters, "published are": row.parameters}
    result.problems += [
        f"{what} {number:,} parameters"
        for what, number in counted.items()
        if number != summary.trainable_parameters
    ]
    if summary.macs != row.macs:
        result.problems.append(f"published are {row.macs:,} multiply-adds")
    return True


def _distance(found: Array, expected: Array) -> float:
    """The largest difference, relative to the largest value; NaN is never equal to anything."""
    if found.shape != expected.shape:
        return float("inf")
    difference = np.abs(found.astype("f8") - expected.astype("f8")).max()
    return float(difference / np.abs(expected).max())


def _roundings(found: Array, official: dict[str, Array]) -> float:
    """The distance in float32 over the official model's own rounding, the median of the images.

    What rounding does to one image is luck: two ways of rounding were seen six times apart.
    """
    narrow, wide = official["float32"], official["float64"]
    pairs = zip(found, narrow, wide, strict=True)
    return float(np.median([_distance(one, own) / _distance(own, ref) for one, own, ref in pairs]))


def _judge(result: Result) -> None:
    for name, value in result.float64.items():
        if not value <= FLOAT64:
            result.problems.append(f"{name} differs in float64")
    for name, value in result.roundings.items():
        if not value <= ROUNDINGS:
            result.problems.append(f"{name} differs in float32")


def main(wanted: list[str]) -> int:
    """Print a line for each row as soon as it is done; 1 where one differs."""
    print(HEAD, flush=True)
    failed = 0
    for row in [find(spec) for spec in wanted] or ROWS:
        with TemporaryDirectory() as folder:
            result = compare(row, Path(folder))
        print(result.line(), flush=True)
        failed += bool(result.problems)
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
