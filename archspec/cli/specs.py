"""archspec specs: the networks that come with archspec."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

SUMMARY = "list the shipped networks"
EXAMPLES = """\
  archspec specs
  archspec specs --json"""


def add_arguments(parser: ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("--json", action="store_true", help="write JSON with stable keys")


def run(arguments: Namespace) -> int:
    """Print each network with its size."""
    from archspec.compiler import load
    from archspec.source import shipped

    rows = []
    for name in shipped.names():
        summary = load(name).summary()
        if summary is None:
            continue
        shapes = [list(port.shape) for port in summary.inputs]
        rows.append((name, shapes, summary.parameters, summary.macs))
    if arguments.json:
        import json

        keys = ("network", "inputs", "parameters", "macs")
        print(json.dumps([dict(zip(keys, row, strict=True)) for row in rows], indent=2))
        return 0
    width = max(len(row[0]) for row in rows)
    print(f"{'network':<{width}}  {'input':<24}{'parameters':>14}{'multiply-adds':>18}")
    for name, shapes, parameters, macs in rows:
        inputs = ", ".join(map(str, shapes))
        print(f"{name:<{width}}  {inputs:<24}{parameters:>14,}{macs:>18,}")
    return 0
