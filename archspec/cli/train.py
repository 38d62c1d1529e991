"""archspec train: the recipe of a spec, on real data."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from archspec.cli.numbers import count
from archspec.cli.output import complain
from archspec.cli.spec_arguments import add_spec_arguments, complain_about, open_spec

if TYPE_CHECKING:
    from archspec.training.run import Options

SUMMARY = "train a network by the recipe in its spec"
EXAMPLES = """\
  archspec train lenet5 --backend torch -o runs/lenet5
  archspec train model.arch --backend keras --data images -o runs/model
  archspec train runs/model --resume"""

DATA_HELP = "a folder of images by class, or a file of arrays (.npz), instead of the recipe's data"


def add_arguments(parser: ArgumentParser) -> None:
    """The arguments of the command."""
    add_spec_arguments(parser)
    parser.add_argument("--backend", metavar="NAME", help="torch or keras")
    parser.add_argument("-o", "--output", type=Path, metavar="RUN", help="new folder of the run")
    parser.add_argument("--data", type=Path, metavar="PATH", help=DATA_HELP)
    parser.add_argument("--epochs", type=count, metavar="N", help="instead of the recipe's")
    parser.add_argument("--devices", type=count, metavar="N", help="how many train together")
    parser.add_argument("--strategy", choices=("ddp", "fsdp"), help="how they do (torch)")
    parser.add_argument(
        "--fast-dev-run", action="store_true", help="one batch, to see that it runs"
    )
    parser.add_argument("--resume", action="store_true", help="go on with the run in folder FILE")


def run(arguments: Namespace) -> int:
    """Train; the exit code is the script's, or says that nothing was trained."""
    from archspec.training.run import Options

    options = Options(
        arguments.data,
        arguments.epochs,
        arguments.devices,
        arguments.strategy,
        arguments.fast_dev_run,
    )
    if arguments.resume:
        return _resume(arguments, options)
    if arguments.backend is None or arguments.output is None:
        missing = "--backend" if arguments.backend is None else "--output"
        return complain(f"{missing} is missing", "archspec train --help shows examples")
    return _train(arguments, options)


def _train(arguments: Namespace, options: Options) -> int:
    from archspec.runs import train

    spec = open_spec(arguments)
    try:
        code = train(
            spec, arguments.backend, arguments.output, options, overrides=arguments.overrides
        )
    except FileExistsError:
        help = "name a new folder, or go on with the run in it: archspec train RUN --resume"
        return complain(f"{arguments.output} is not empty", help)
    except OSError as error:
        return complain(f"cannot write to {arguments.output}: {error.strerror or error}")
    wrong = complain_about(spec)
    if code is None or wrong:
        return wrong or 1
    if code == 0:
        print(arguments.output)
    return code


def _resume(arguments: Namespace, options: Options) -> int:
    from archspec.runs import open_run

    given = {
        "--backend": arguments.backend,
        "--output": arguments.output,
        "--data": arguments.data,
        "--set": arguments.overrides or None,
        "--network": arguments.network,
    }
    odd = [name for name, value in given.items() if value is not None]
    if odd:
        return complain(f"a run goes on as it began: leave out {', '.join(odd)}")
    found = open_run(Path(arguments.file))
    if found is None:
        return complain(f"{arguments.file} is no folder of a run")
    code = found.resume(options)
    return complain_about(found.spec) or (1 if code is None else code)
