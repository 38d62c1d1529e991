"""archspec verify: proof that both frameworks compute the same."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace, _ArgumentGroup

from archspec.cli.output import complain
from archspec.cli.spec_arguments import add_spec_arguments, complain_about, open_spec, size

SUMMARY = "prove that the generated codes compute the same, gradients included"
EXAMPLES = """\
  archspec verify lenet5
  archspec verify resnet50 --full
  archspec verify model.arch --size 64x48 --trials 3 --seed 7 --json"""


def add_arguments(parser: ArgumentParser) -> None:
    """The arguments of the command."""
    add_spec_arguments(parser)
    sizes = parser.add_mutually_exclusive_group()
    _add_sizes(sizes)
    parser.add_argument(
        "--backends",
        metavar="A,B",
        default="torch,keras",
        help="which back ends to compare (default: torch,keras)",
    )
    parser.add_argument("--trials", type=_count, default=1, metavar="N", help="how often")
    parser.add_argument("--seed", type=int, default=0, metavar="S", help="of the first trial")
    parser.add_argument("--json", action="store_true", help="write JSON with stable keys")


def _add_sizes(group: _ArgumentGroup) -> None:
    group.add_argument(
        "--size",
        type=size,
        metavar="HxW",
        help="spatial size of the inputs; large networks are verified at a smaller one by default",
    )
    group.add_argument("--full", action="store_true", help="the network's own input size")


def _count(text: str) -> int:
    value = int(text)
    if value < 1:
        raise ValueError(text)
    return value


def run(arguments: Namespace) -> int:
    """Compare and print the table; 1 when anything differs."""
    compilation = open_spec(arguments)
    report = compilation.verify(
        overrides=arguments.overrides,
        backends=arguments.backends.split(","),
        size="full" if arguments.full else arguments.size,
        trials=arguments.trials,
        seed=arguments.seed,
        command=_typed(arguments),
    )
    code = complain_about(compilation)
    if report is None or code:
        return code or 1
    if arguments.json:
        import json

        print(json.dumps(report.json(), indent=2))
    else:
        print(report.text())
    if report.diagnostics and not arguments.json:
        for one in report.diagnostics:
            complain(one.message, one.help)
        return 2
    return 0 if report.passed else 1


def _typed(arguments: Namespace) -> list[str]:
    """The command line again, without the seed and the number of trials."""
    words = ["archspec", "verify", arguments.file]
    if arguments.network:
        words += ["--network", arguments.network]
    for one in arguments.overrides:
        words += ["--set", one]
    if arguments.full:
        words.append("--full")
    elif arguments.size:
        words += ["--size", "x".join(map(str, arguments.size))]
    if arguments.backends != "torch,keras":
        words += ["--backends", arguments.backends]
    return words
