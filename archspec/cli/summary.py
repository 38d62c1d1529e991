"""archspec summary: what every layer makes and costs."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from archspec.cli.spec_arguments import add_spec_arguments, complain_about, open_spec

SUMMARY = "table of layers: shape, parameters, multiply-adds, memory"
EXAMPLES = """\
  archspec summary resnet50
  archspec summary vgg16 --set classes=10
  archspec summary lenet5 --json"""


def add_arguments(parser: ArgumentParser) -> None:
    """The arguments of the command."""
    add_spec_arguments(parser)
    parser.add_argument("--json", action="store_true", help="write JSON with stable keys")


def run(arguments: Namespace) -> int:
    """Print the table; findings go to the error stream."""
    compilation = open_spec(arguments)
    summary = compilation.summary(overrides=arguments.overrides)
    code = complain_about(compilation)
    if summary is None or code:
        return code or 1
    if arguments.json:
        import json

        print(json.dumps(summary.to_json(), indent=2))
    else:
        print(summary)
    return 0
