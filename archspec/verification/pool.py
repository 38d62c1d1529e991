"""The frameworks' processes; they outlive a verification, since starting one takes seconds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from archspec.verification.limits import PATIENCE
from archspec.verification.process import WORKER, Process


class Pool:
    """Processes by the name of their back end; one that ended is started again when asked for."""

    def __init__(self, folder: Path, patience: float = PATIENCE, module: str = WORKER) -> None:
        self.folder = folder
        self.patience = patience
        self.module = module
        self._running: dict[str, Process] = {}
        self._numbers = count()

    def place(self) -> Path:
        """A new folder for files that processes exchange."""
        made = self.folder / str(next(self._numbers))
        made.mkdir()
        return made

    def process(self, backend: str) -> Process:
        """The process of that back end."""
        if backend not in self._running:
            self._running[backend] = Process(backend, self.place(), self.patience, self.module)
        return self._running[backend]

    def drop(self, backend: str) -> None:
        """End one process."""
        self._running.pop(backend).close()

    def close(self) -> None:
        """End all processes."""
        for backend in list(self._running):
            self.drop(backend)


@contextmanager
def pool(patience: float = PATIENCE, module: str = WORKER) -> Iterator[Pool]:
    """Processes for several verifications; `patience` are the seconds that one run may take.

    `module` is what the processes run.
    """
    with TemporaryDirectory(prefix="archspec-verify-") as folder:
        made = Pool(Path(folder), patience, module)
        try:
            yield made
        finally:
            made.close()
