"""archspec predict: what a trained network says about files."""

from __future__ import annotations

import csv
import io
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from archspec.cli.output import complain, write_files
from archspec.cli.run_arguments import add_run_arguments, opened
from archspec.cli.spec_arguments import complain_about

SUMMARY = "label files with a trained network"
EXAMPLES = """\
  archspec predict runs/model cat.jpg dog.jpg
  archspec predict runs/lenet5 digits.npy -o labels.csv"""


def add_arguments(parser: ArgumentParser) -> None:
    """The arguments of the command."""
    add_run_arguments(parser)
    parser.add_argument(
        "files", nargs="+", type=Path, metavar="FILE", help="images, or an array of samples (.npy)"
    )
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="a new .csv file")


def run(arguments: Namespace) -> int:
    """Write a row for each sample: its name, its label, the probability of each class."""
    from archspec.training.source import Unusable

    found = opened(arguments.run)
    if found is None:
        return 2
    answers = found.predict(arguments.files, arguments.backend)
    code = complain_about(found.spec)
    if answers is None or code:
        return code or 1
    try:
        table = _table(answers, found.classes)
    except Unusable as problem:
        return complain(str(problem))
    if arguments.output is None:
        sys.stdout.write(table)
        return 0
    try:
        write_files(arguments.output.parent, {arguments.output.name: table}, force=False)
    except FileExistsError as error:
        return complain(f"would overwrite {error}", "give the name of a new file")
    except OSError as error:
        return complain(f"cannot write {arguments.output}: {error.strerror or error}")
    print(arguments.output)
    return 0


def _table(answers: Iterable[tuple[str, Any]], classes: Sequence[str]) -> str:
    """The answers as CSV; outputs that are no classes have their numbers for names."""
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\n")
    for number, (name, output) in enumerate(answers):
        flat = [float(one) for one in output.ravel()]
        several = len(flat) == len(classes)
        if not number:
            names = list(classes) if several else [f"output_{i}" for i in range(len(flat))]
            writer.writerow(["file", *(["label"] if classes else []), *names])
        label = _label(flat, classes)
        writer.writerow([name, *([label] if classes else []), *(f"{one:.6g}" for one in flat)])
    return made.getvalue()


def _label(output: Sequence[float], classes: Sequence[str]) -> str:
    """The class with the largest probability; of two, one output is the second's."""
    if len(output) == 1 and len(classes) == 2:
        return classes[int(output[0] > 0.5)]
    if len(output) != len(classes):
        return ""
    return classes[max(range(len(output)), key=output.__getitem__)]
