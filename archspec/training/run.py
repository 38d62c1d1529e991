"""A run: a folder with the scripts, what they were made from, and what they gave."""

from __future__ import annotations

import json
import platform
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from archspec.diagnostics import Report
from archspec.frontends.dsl.printer import print_file
from archspec.training.curves import draw_curves
from archspec.training.training import Training
from archspec.verification.single import single
from archspec.weights.exporting import export_weights
from archspec.weights.files import store
from archspec.weights.importing import import_weights
from archspec.weights.initial import initial

SPEC, RECIPE, RUN, ENVIRONMENT = "spec.arch", "recipe.json", "run.json", "environment.json"
WEIGHTS, METRICS, CURVES = "weights.safetensors", "metrics.csv", "curves.png"
NATIVE = {
    "torch": ("initial.pth", "weights.pth"),
    "keras": ("initial.weights.h5", "weights.weights.h5"),
}
"""The files of a framework's own weights: those that training starts from, and its result."""

NAMED = ("archspec-nn", "torch", "lightning", "keras", "tensorflow", "jax", "numpy")
"""Distributions whose versions are noted."""


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line says beside the spec; the scripts' own options by the same names."""

    data: Path | None = None
    epochs: int | None = None
    devices: int | None = None
    strategy: str | None = None
    fast_dev_run: bool = False

    def words(self) -> list[str]:
        """As the scripts take them."""
        found = []
        for name, value in (
            ("data", self.data),
            ("epochs", self.epochs),
            ("devices", self.devices),
        ):
            found += [] if value is None else [f"--{name}", str(value)]
        if self.strategy is not None:
            found += ["--strategy", self.strategy]
        return [*found, "--fast-dev-run"] if self.fast_dev_run else found


def prepare(
    training: Training, backend: str, folder: Path, files: Mapping[str, str], classes: list[str]
) -> None:
    """Write all that a run starts from; `FileExistsError` where the folder holds something.

    The folder appears under its name when it is complete. `OSError` where it cannot be written.
    """
    if folder.exists() and any(folder.iterdir()):
        raise FileExistsError(str(folder))
    new = folder.with_name(f".{folder.name}.new")
    new.mkdir(parents=True, exist_ok=True)
    texts = {
        **files,
        SPEC: print_file(single(training.graph)),
        RECIPE: _json(training.recipe.json()),
        RUN: _json({"network": training.graph.name, "backend": backend, "classes": classes}),
        ENVIRONMENT: _json(environment()),
    }
    for name, text in texts.items():
        (new / name).write_text(text, encoding="utf-8", newline="\n")
    if folder.exists():
        folder.rmdir()
    new.replace(folder)


def environment() -> dict[str, Any]:
    """What a run depends on besides its files."""
    found: dict[str, Any] = {"python": platform.python_version(), "platform": platform.platform()}
    for name in NAMED:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def begin(training: Training, backend: str, folder: Path, report: Report) -> bool:
    """Draw the initial weights, the same for every framework, into the framework's own file."""
    weights = initial(training.logits, training.recipe.seed)
    return export_weights(training.logits, weights, backend, folder / NATIVE[backend][0], report)


def train(folder: Path, backend: str, options: Options, resume: bool = False) -> int:
    """Run the script of a folder, with its output on ours; its exit code."""
    words = [sys.executable, "train.py", "--output", ".", *options.words()]
    # A run that ended before its first checkpoint begins again.
    words += ["--weights", NATIVE[backend][0], *(["--resume"] if resume else [])]
    return subprocess.run(words, cwd=folder, check=False).returncode


def finish(training: Training, backend: str, folder: Path, report: Report) -> bool:
    """Turn the framework's weights into canonical ones, and draw the curves."""
    found = import_weights(training.logits, folder / NATIVE[backend][1], report)
    if found is None:
        return False
    store(folder / WEIGHTS, found.weights, {"network": training.graph.name, "from": backend})
    draw_curves({backend: folder / METRICS}, folder / CURVES)
    return True


def _json(found: Any) -> str:
    return json.dumps(found, indent=2) + "\n"
