"""archspec curves: what runs measured after each epoch, in one picture."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from archspec.cli.output import complain

SUMMARY = "draw the curves of runs side by side"
EXAMPLES = """\
  archspec curves runs/torch runs/keras -o curves.png"""


def add_arguments(parser: ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("runs", nargs="+", type=Path, metavar="RUN", help="folders of runs")
    parser.add_argument(
        "-o", "--output", required=True, type=Path, metavar="FILE", help="the picture, a .png file"
    )
    parser.add_argument("--force", action="store_true", help="overwrite a picture")


def run(arguments: Namespace) -> int:
    """Draw one panel for each thing measured, a colour for each run."""
    from archspec.training.curves import NoTable, draw_curves
    from archspec.training.run import METRICS

    picture: Path = arguments.output
    if picture.exists() and not arguments.force:
        return complain(f"would overwrite {picture}", "give --force, or another name")
    tables = {str(folder): folder / METRICS for folder in arguments.runs}
    for folder, table in tables.items():
        if not table.is_file():
            return complain(f"{folder} is no folder of a run: it has no {METRICS}")
    try:
        draw_curves(tables, picture)
    except NoTable as error:
        return complain(str(error))
    except OSError as error:
        return complain(f"cannot write {picture}: {error.strerror or error}")
    print(picture)
    return 0
