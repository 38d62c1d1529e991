"""What commands about a run share."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import TYPE_CHECKING

from archspec.cli.output import complain

if TYPE_CHECKING:
    from archspec.runs import Run


def add_run_arguments(parser: ArgumentParser) -> None:
    """RUN, `--backend`."""
    parser.add_argument("run", type=Path, metavar="RUN", help="the folder of a run")
    parser.add_argument(
        "--backend", metavar="NAME", help="torch or keras (default: the one it was trained in)"
    )


def opened(folder: Path) -> Run | None:
    """The run in the folder, or None after saying that there is none."""
    from archspec.runs import open_run

    found = open_run(folder)
    if found is None:
        complain(f"{folder} is no folder of a run", "train first: archspec train SPEC -o RUN")
    return found
