"""archspec weights show: what a file of weights holds."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from math import prod
from pathlib import Path

from archspec.cli.output import complain
from archspec.diagnostics.printable import printable

WIDEST = 100
"""Columns of names; longer ones stand out."""

SUMMARY = "list the tensors of a file with their shapes"
EXAMPLES = """\
  archspec weights show resnet50.safetensors
  archspec weights show model.keras"""


def add_arguments(parser: ArgumentParser) -> None:
    """The arguments of the part."""
    parser.add_argument("file", type=Path, metavar="FILE", help="a file that can be imported")


def run(arguments: Namespace) -> int:
    """Print a line for each tensor, and the total."""
    from archspec.weights.source import tensors

    try:
        found = tensors(arguments.file)
    except (ValueError, OSError, ImportError) as error:
        return complain(f"{arguments.file}: {error}")
    # Names come from a stranger: one that is very long would widen every line.
    width = min(max((len(name) for name in found), default=0), WIDEST)
    for name, shape in found.items():
        print(f"{printable(name):<{width}}  {list(shape)}")
    print(f"{len(found)} tensors, {sum(map(prod, found.values())):,} numbers")
    return 0
