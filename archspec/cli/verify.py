"""archspec verify: proof that both frameworks compute the same."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace, _ArgumentGroup
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archspec.cli.numbers import count, seconds, seed
from archspec.cli.output import complain, taken
from archspec.cli.spec_arguments import add_spec_arguments, complain_about, open_spec, size

if TYPE_CHECKING:
    from archspec.training.trajectory.report import TrajectoryReport
    from archspec.verification import VerifyReport

SUMMARY = "prove that the generated codes compute the same, gradients included"
EXAMPLES = """\
  archspec verify lenet5
  archspec verify resnet50 --full
  archspec verify model.arch --size 64x48 --trials 3 --seed 7 --json
  archspec verify model.arch --minimal small.arch
  archspec verify lenet5 --train --steps 100
  archspec verify lenet5 --backends keras:tensorflow,keras:jax"""


def add_arguments(parser: ArgumentParser) -> None:
    """The arguments of the command."""
    add_spec_arguments(parser)
    sizes = parser.add_mutually_exclusive_group()
    _add_sizes(sizes)
    parser.add_argument(
        "--backends",
        metavar="A,B",
        default="torch,keras",
        help="which back ends to compare (default: torch,keras); keras:jax is one on an engine",
    )
    parser.add_argument("--trials", type=count, default=1, metavar="N", help="how often")
    parser.add_argument("--seed", type=seed, default=0, metavar="S", help="of the first trial")
    parser.add_argument(
        "--minimal",
        type=Path,
        metavar="FILE",
        help="where something differs, write a small spec that still shows it",
    )
    parser.add_argument(
        "--timeout",
        type=seconds,
        metavar="SECONDS",
        help="how long a framework may take for one step (default: 1800)",
    )
    parser.add_argument(
        "--train",
        action="store_true",
        help="compare training by the spec's recipe, step by step, instead",
    )
    parser.add_argument(
        "--steps", type=count, default=50, metavar="N", help="of training (default: 50)"
    )
    parser.add_argument("--json", action="store_true", help="write JSON with stable keys")


def _add_sizes(group: _ArgumentGroup) -> None:
    group.add_argument(
        "--size",
        type=size,
        metavar="HxW",
        help="spatial size of the inputs; large networks are verified at a smaller one by default",
    )
    group.add_argument("--full", action="store_true", help="the network's own input size")


def run(arguments: Namespace) -> int:
    """Compare and print the table; 1 when anything differs."""
    if arguments.minimal is not None and taken(arguments.minimal):
        return complain(f"would overwrite {arguments.minimal}", "give the name of a new file")
    if arguments.train:
        return _train(arguments)
    compilation = open_spec(arguments)
    report = compilation.verify(
        overrides=arguments.overrides,
        backends=arguments.backends.split(","),
        size="full" if arguments.full else arguments.size,
        trials=arguments.trials,
        seed=arguments.seed,
        timeout=arguments.timeout,
    )
    code = complain_about(compilation)
    if report is None or code:
        return code or 1
    small = None if arguments.minimal is None else _write_minimal(report, arguments)
    _show(report, small, arguments.json)
    if report.diagnostics:
        return 2
    return 0 if report.passed else 1


def _train(arguments: Namespace) -> int:
    """Train in all back ends and print the table; 1 when anything differs."""
    if arguments.minimal is not None or arguments.trials != 1:
        return complain("--train takes neither --minimal nor --trials")
    compilation = open_spec(arguments)
    report = compilation.verify_training(
        overrides=arguments.overrides,
        backends=arguments.backends.split(","),
        size="full" if arguments.full else arguments.size,
        steps=arguments.steps,
        seed=arguments.seed,
        timeout=arguments.timeout,
    )
    code = complain_about(compilation)
    if report is None or code:
        return code or 1
    _show(report, None, arguments.json)
    if report.diagnostics:
        return 2
    return 0 if report.passed else 1


def _show(
    report: VerifyReport | TrajectoryReport, small: dict[str, Any] | None, as_json: bool
) -> None:
    if as_json:
        import json

        print(json.dumps({**report.json(), "minimal": small}, indent=2))
        return
    print(report.text())
    if small is not None:
        print(
            f"\n{small['file']}: a network of {small['lines']} lines with the same finding, after"
            f" {small['steps']} steps ({small['verified']} networks verified)\n"
            f"  to reproduce: {small['command']}"
        )
    for one in report.diagnostics:
        complain(one.message, one.help)


def _write_minimal(report: VerifyReport, arguments: Namespace) -> dict[str, Any] | None:
    """The figures of the small spec that was written; None without a finding."""
    import shlex

    from archspec.cli.output import write_files
    from archspec.verification.command import command
    from archspec.verification.limits import PATIENCE
    from archspec.verification.minimal import minimal
    from archspec.verification.pool import pool

    if not report.findings or report.graph is None:
        return None
    print("shrinking the network; this takes minutes", file=sys.stderr)
    with pool(arguments.timeout or PATIENCE) as processes:
        found = minimal(report.graph, report, processes)
    if found is None:
        complain("the finding does not show in a file of its own, so no small spec was written")
        return None
    path: Path = arguments.minimal
    try:
        write_files(path.parent, {path.name: found.text}, force=False)
    except OSError as error:
        # What took minutes to find is not lost with the file.
        complain(f"cannot write {path}: {error.strerror or error}")
        print(found.text)
        return None
    words = command(str(path), report.network, (), "full", report.backends)
    return {
        "file": str(path),
        "lines": len(found.text.splitlines()),
        "steps": found.steps,
        "verified": found.verified,
        "tried": found.tried,
        "complete": found.complete,
        "command": shlex.join([*words, "--seed", str(report.findings[0].seed)]),
    }
