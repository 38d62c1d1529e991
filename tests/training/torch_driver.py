"""Runs generated train.py files in forks of one process, some to be killed midway.

`python torch_driver.py killed=FOLDER dry=FOLDER …` with a train.py in each folder.
"""

from __future__ import annotations

import errno
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path


def run(output: Path, *arguments: str, before: Callable[[], None] | None = None) -> int:
    """The exit status of one training, negative where a signal ended it."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    sys.argv = ["train.py", "--output", str(output), *arguments]
    if before is not None:
        before()
    try:
        train.main()
        assert "tensorflow" not in sys.modules
    except SystemExit as error:
        print(error.code, flush=True)
        os._exit(1)
    except BaseException:
        sys.excepthook(*sys.exc_info())
        os._exit(2)
    os._exit(0)


def dies_at_step(number: int) -> Callable[[], None]:
    """SIGKILL in the middle of that step of the process."""

    def patch() -> None:
        original, taken = train.Training.training_step, [0]

        def step(self: object, batch: object, index: int) -> object:
            taken[0] += 1
            if taken[0] == number:
                os.kill(os.getpid(), signal.SIGKILL)
            return original(self, batch, index)

        train.Training.training_step = step

    return patch


def at_write(name: str, number: int, do: Callable[[], None]) -> Callable[[], None]:
    """Does something when the file of that name is being written for the given time."""

    def patch() -> None:
        original, seen = train.write, [0]

        def write(path: Path, content: bytes) -> None:
            if path.name == name:
                seen[0] += 1
                if seen[0] == number:
                    train.os.fsync = lambda _: do()
            original(path, content)

        train.write = write

    return patch


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def full() -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def same(one: Path, other: Path) -> None:
    """The results of two trainings are equal to the bit."""
    for name in ("metrics.csv", "weights.pth"):
        assert (one / name).read_bytes() == (other / name).read_bytes(), name
    assert not list(other.rglob("new_*")), "left over"


def killed(folder: Path) -> None:
    """Killed wherever it hurts, and resumed each time, a training ends as if nothing had been."""
    whole, pieces = folder / "whole", folder / "pieces"
    assert run(whole) == 0
    rows = (whole / "metrics.csv").read_text().splitlines()
    assert [row.split(",")[0] for row in rows[1:]] == ["0", "1", "2", "3"], rows

    assert run(pieces, before=dies_at_step(20)) == -signal.SIGKILL
    assert run(pieces, "--resume", before=at_write("last.ckpt", 1, die)) == -signal.SIGKILL
    kept = (pieces / "checkpoints" / "last.ckpt").read_bytes()
    # It says so in one line: another status than that of a traceback.
    assert run(pieces, "--resume", before=at_write("last.ckpt", 1, full)) == 1
    assert (pieces / "checkpoints" / "last.ckpt").read_bytes() == kept
    assert run(pieces, "--resume", "--workers", "1", before=dies_at_step(15)) == -signal.SIGKILL
    assert run(pieces, "--resume", before=at_write("weights.pth", 1, die)) == -signal.SIGKILL
    assert not (pieces / "weights.pth").exists()
    assert run(pieces, "--resume") == 0
    same(whole, pieces)


def dry(folder: Path) -> None:
    """One batch, and nothing is written."""
    assert run(folder / "run", "--fast-dev-run") == 0
    assert not (folder / "run").exists()


def plain(folder: Path) -> None:
    """One training from given weights."""
    assert run(folder / "run", "--weights", str(folder / "first.pth")) == 0


def mixed(folder: Path) -> None:
    """Layers compute in half precision, weights are whole ones, and the network learns."""

    def patch() -> None:
        original = train.Training.training_step

        def step(self: object, batch: object, index: int) -> object:
            # For CPUs Lightning takes bfloat16 where float16 was asked for.
            assert torch.is_autocast_enabled("cpu")
            assert torch.get_autocast_dtype("cpu") == torch.bfloat16
            assert all(weight.dtype == torch.float32 for weight in self.network.parameters())
            return original(self, batch, index)

        train.Training.training_step = step

    assert run(folder / "run", before=patch) == 0
    last = (folder / "run" / "metrics.csv").read_text().splitlines()[-1].split(",")
    assert float(last[2]) > 0.7, last


if __name__ == "__main__":
    # Everything that scripts import is there before they are run in forks.
    import lightning
    import lightning.pytorch.loggers
    import torch
    import torchmetrics.classification

    assert lightning
    assert torchmetrics
    for argument in sys.argv[1:]:
        what, _, name = argument.partition("=")
        if os.fork() == 0:
            os.chdir(name)
            sys.path.insert(0, name)
            import train

            {"killed": killed, "dry": dry, "mixed": mixed, "plain": plain}[what](Path(name))
            print("done", what, Path(name).name, flush=True)
            os._exit(0)
        os.wait()
