"""archspec evaluate: how good a trained network is."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from archspec.cli.output import complain
from archspec.cli.run_arguments import add_run_arguments, opened
from archspec.cli.spec_arguments import complain_about

if TYPE_CHECKING:
    from archspec.training.evaluate import Evaluation

SUMMARY = "measure a trained network on data"
EXAMPLES = """\
  archspec evaluate runs/lenet5
  archspec evaluate runs/model --data test_images --picture confusion.png
  archspec evaluate runs/model --backend keras --json"""


def add_arguments(parser: ArgumentParser) -> None:
    """The arguments of the command."""
    add_run_arguments(parser)
    parser.add_argument(
        "--data",
        type=Path,
        metavar="PATH",
        help="a folder of images by class, or arrays (default: the run's validation data)",
    )
    parser.add_argument("--picture", type=Path, metavar="FILE", help="draw the confusion matrix")
    parser.add_argument("--json", action="store_true", help="write JSON with stable keys")


def run(arguments: Namespace) -> int:
    """Print metrics, report and confusion matrix."""
    found = opened(arguments.run)
    if found is None:
        return 2
    made = found.evaluate(arguments.data, arguments.backend)
    code = complain_about(found.spec)
    if made is None or code:
        return code or 1
    if arguments.picture is not None:
        if made.confusion is None:
            return complain(f"{found.training.graph.name} does not tell classes apart")
        from archspec.training.confusion import draw_confusion

        try:
            draw_confusion(made, arguments.picture)
        except OSError as error:
            return complain(f"cannot write {arguments.picture}: {error.strerror or error}")
    print(json.dumps(made.json(), indent=2) if arguments.json else text(made))
    return 0


def text(made: Evaluation) -> str:
    """The metrics, the report by class, and who was taken for whom."""
    width = max((len(name) for name in made.metrics), default=0)
    lines = [f"{name:<{width}}  {value:.4f}" for name, value in made.metrics.items()]
    if made.confusion is not None:
        names = list(made.classes)
        wide = max(len(str(made.confusion.max(initial=0))), *map(len, names))
        rows = [
            f"{name:<{wide}}  " + "  ".join(f"{count:>{wide}}" for count in row)
            for name, row in zip(names, made.confusion, strict=True)
        ]
        head = " " * wide + "  " + "  ".join(f"{name:>{wide}}" for name in names)
        lines += ["", made.report.rstrip(), "", "rows: classes, columns: answers", head, *rows]
    return "\n".join([f"{made.samples} samples", *lines])
