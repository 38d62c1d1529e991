"""archspec weights: weights from official models and other files, and back into frameworks."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from importlib import import_module

SUMMARY = "import weights from official models, export them to a framework"
EXAMPLES = """\
  archspec weights import torchvision/resnet50 --from torchvision:resnet50 -o resnet50.safetensors
  archspec weights import model.arch --from trained.pth -o model.safetensors --report
  archspec weights export model.arch model.safetensors --to keras -o model.weights.h5
  archspec weights show model.safetensors"""

PARTS = ("import", "export", "show")
"""Each is a module `weights_…` of this package that fits `Command`."""


def add_arguments(parser: ArgumentParser) -> None:
    """One parser for each part."""
    parts = parser.add_subparsers(dest="part", metavar="PART", required=True)
    for name in PARTS:
        module = import_module(f"archspec.cli.weights_{name}")
        part = parts.add_parser(
            name,
            help=module.SUMMARY,
            description=module.SUMMARY,
            epilog=f"examples:\n{module.EXAMPLES}",
            formatter_class=RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )
        module.add_arguments(part)


def run(arguments: Namespace) -> int:
    """Run the part."""
    code: int = import_module(f"archspec.cli.weights_{arguments.part}").run(arguments)
    return code
