"""archspec generate: framework code from a spec."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from archspec.cli.output import complain, write_files
from archspec.cli.spec_arguments import add_spec_arguments, complain_about, open_spec

SUMMARY = "write the network as PyTorch or Keras code"
EXAMPLES = """\
  archspec generate resnet50 --backend torch -o models
  archspec generate model.arch --network small --backend keras -o models --force"""


def add_arguments(parser: ArgumentParser) -> None:
    """The arguments of the command."""
    add_spec_arguments(parser)
    parser.add_argument(
        "--backend", required=True, metavar="NAME", help="torch, keras, or an installed plug-in"
    )
    parser.add_argument("-o", "--output", required=True, type=Path, metavar="DIR", help="folder")
    parser.add_argument("--force", action="store_true", help="overwrite files that differ")


def run(arguments: Namespace) -> int:
    """Write the files, whole or not at all."""
    compilation = open_spec(arguments)
    made = compilation.generate(arguments.backend, overrides=arguments.overrides)
    code = complain_about(compilation)
    if made is None or code:
        return code or 1
    try:
        paths = write_files(arguments.output, made.files, arguments.force)
    except FileExistsError as error:
        return complain(f"would overwrite {error}", "give --force, or another folder")
    except OSError as error:
        return complain(f"cannot write to {arguments.output}: {error.strerror or error}")
    for path in paths:
        print(path)
    return 0
