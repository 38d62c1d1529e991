"""archspec weights import: the weights of a file under the names and layouts of a spec."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from archspec.cli.output import complain, refuse_taken
from archspec.cli.spec_arguments import add_spec_arguments, complain_about, open_spec

SUMMARY = "take weights from an official model or a file, each tensor exactly once"
EXAMPLES = """\
  archspec weights import keras/ResNet50 --from keras:ResNet50 -o resnet50.safetensors
  archspec weights import timm/inception_v4 --from timm:inception_v4 -o inception.safetensors
  archspec weights import model.arch --from model.keras --set classes=10 -o model.safetensors"""

FROM_HELP = (
    "torchvision:MODEL, timm:MODEL or keras:MODEL for that library's pretrained file on this"
    " machine (nothing is downloaded), or a FILE: .safetensors, .pth, .pt, .keras, .h5"
)


def add_arguments(parser: ArgumentParser) -> None:
    """The arguments of the part."""
    add_spec_arguments(parser)
    parser.add_argument("--from", required=True, dest="source", metavar="SOURCE", help=FROM_HELP)
    parser.add_argument(
        "-o", "--output", required=True, type=Path, metavar="FILE", help="a .safetensors file"
    )
    parser.add_argument("--force", action="store_true", help="overwrite the file if it exists")
    parser.add_argument("--report", action="store_true", help="print which tensor became which")


def run(arguments: Namespace) -> int:
    """Write the file, whole or not at all; 1 where a tensor is left over."""
    if arguments.output.suffix != ".safetensors":
        return complain(f"{arguments.output} is no .safetensors file", "choose that ending")
    if refuse_taken(arguments.output, arguments.force):
        return 2
    compilation = open_spec(arguments)
    found = compilation.import_weights(arguments.source, overrides=arguments.overrides)
    if found is not None and arguments.report:
        print("\n".join(found.table()))
    code = complain_about(compilation)
    if found is None or code:
        return code or 1
    try:
        found.store(arguments.output)
    except OSError as error:
        return complain(f"cannot write {arguments.output}: {error.strerror or error}")
    print("\n".join((*found.summary(), str(arguments.output))))
    return 0
