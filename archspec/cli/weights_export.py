"""archspec weights export: weights in the form that a framework's own loader takes."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from archspec.cli.output import refuse_taken
from archspec.cli.spec_arguments import add_spec_arguments, complain_about, open_spec

SUMMARY = "write weights for the generated PyTorch or Keras code"
EXAMPLES = """\
  archspec weights export resnet50 resnet50.safetensors --to torch -o resnet50.pth
  archspec weights export resnet50 resnet50.safetensors --to torch -o state_dict.safetensors
  archspec weights export resnet50 resnet50.safetensors --to keras -o resnet50.weights.h5"""


def add_arguments(parser: ArgumentParser) -> None:
    """The arguments of the part."""
    add_spec_arguments(parser)
    parser.add_argument("weights", metavar="WEIGHTS", help="a file that `weights import` wrote")
    parser.add_argument("--to", required=True, metavar="NAME", help="torch, or keras")
    parser.add_argument(
        "-o",
        "--output",
        required=True,
        type=Path,
        metavar="FILE",
        help="torch: .pth, .pt or .safetensors, a state dict; keras: .weights.h5 or .keras",
    )
    parser.add_argument("--force", action="store_true", help="overwrite the file if it exists")


def run(arguments: Namespace) -> int:
    """Write the file, whole or not at all."""
    if refuse_taken(arguments.output, arguments.force):
        return 2
    compilation = open_spec(arguments)
    done = compilation.export_weights(
        arguments.weights, arguments.to, arguments.output, overrides=arguments.overrides
    )
    code = complain_about(compilation)
    if code or not done:
        return code or 1
    print(arguments.output)
    return 0
