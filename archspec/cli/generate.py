"""archspec generate: framework code from a spec."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from archspec.cli.output import complain, write_files
from archspec.cli.spec_arguments import add_spec_arguments, complain_about, open_spec

if TYPE_CHECKING:
    from archspec.compiler import Compilation

SUMMARY = "write the network as PyTorch or Keras code"
EXAMPLES = """\
  archspec generate resnet50 --backend torch -o models
  archspec generate lenet5 --backend torch --train -o lenet5
  archspec generate model.arch --network small --backend keras -o models --force"""


def add_arguments(parser: ArgumentParser) -> None:
    """The arguments of the command."""
    add_spec_arguments(parser)
    parser.add_argument(
        "--backend", required=True, metavar="NAME", help="torch, keras, or an installed plug-in"
    )
    parser.add_argument("-o", "--output", required=True, type=Path, metavar="DIR", help="folder")
    parser.add_argument(
        "--train",
        action="store_true",
        help="write the network to train, whose outputs are logits, with data.py and train.py",
    )
    parser.add_argument("--force", action="store_true", help="overwrite files that differ")


def run(arguments: Namespace) -> int:
    """Write the files, whole or not at all."""
    compilation = open_spec(arguments)
    files = _files(compilation, arguments)
    code = complain_about(compilation)
    if files is None or code:
        return code or 1
    try:
        paths = write_files(arguments.output, files, arguments.force)
    except FileExistsError as error:
        return complain(f"would overwrite {error}", "give --force, or another folder")
    except OSError as error:
        return complain(f"cannot write to {arguments.output}: {error.strerror or error}")
    for path in paths:
        print(path)
    return 0


def _files(compilation: Compilation, arguments: Namespace) -> Mapping[str, str] | None:
    """What to write, by file name."""
    if arguments.train:
        return compilation.scripts(arguments.backend, overrides=arguments.overrides)
    made = compilation.generate(arguments.backend, overrides=arguments.overrides)
    return None if made is None else made.files
