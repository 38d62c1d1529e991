"""Runs the benchmarks and prints each ratio beside its goal.

Ratios compare things measured in the same run, alternately, by their fastest rounds: the machine
may be busy, but then it is busy for both. Nothing here is asserted by a test.

    python benchmarks/run.py            all of them
    python benchmarks/run.py start scale
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

SECTIONS = {
    "start": "whole processes: check, generate, against the interpreter and other tools",
    "check": "checking ResNet-152 in one process, after the first time",
    "scale": "cost per layer from 100 to 20,000 layers, flat and nested",
    "weights": "importing the weights of ResNet-152, against reading their file",
    "train": "a step of a generated train.py, against the same training written by hand",
    "data": "images per second of a generated data.py, against PyTorch's and TensorFlow's own",
    "forward": "generated ResNet-50 against torchvision's",
}


def main() -> int:
    """Run the sections named on the command line, all by default."""
    sys.path.insert(0, str(Path(__file__).parent))
    wanted = sys.argv[1:] or list(SECTIONS)
    for name in wanted:
        if name not in SECTIONS:
            print(f"no benchmark {name!r}; there are {', '.join(SECTIONS)}", file=sys.stderr)
            return 2
    for name in wanted:
        print(f"\n{name}: {SECTIONS[name]}")
        for row in import_module(f"bench_{name}").rows():
            print(row)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
