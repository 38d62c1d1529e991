"""The frameworks' processes of one verification; those that fail drop out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from archspec.diagnostics import Diagnostic, Report
from archspec.diagnostics.suggest import did_you_mean
from archspec.ir import Graph
from archspec.lowering.discovery import backends
from archspec.source import NOWHERE
from archspec.verification import graph_file
from archspec.verification.place import backend_at
from archspec.verification.process import FrameworkMissing, Process, RunFailed
from archspec.verification.tensors import Tensors

DISTRIBUTION = "archspec-nn"


class Sides:
    """The running processes by the name of their back end.

    `ask` runs the same in all of them at once. What keeps one from taking part at all becomes a
    diagnostic; what goes wrong while it runs is told to `failed`.
    """

    def __init__(self, folder: Path, failed: Callable[[str, str], None]) -> None:
        self.folder = folder
        self.running: dict[str, Process] = {}
        self.diagnostics: list[Diagnostic] = []
        self._failed = failed

    def start(self, graph: Graph, names: Sequence[str]) -> None:
        """Start a process for each back end that can express the network."""
        file = self.folder / "graph"
        for name in dict.fromkeys(names):
            report = Report()
            try:
                backend_at(name).refusals(graph, report)
            except KeyError:
                known = did_you_mean(name, backends())
                report.add(
                    "unknown-backend", NOWHERE, f"no back end is called `{name}`", help=known
                )
            self.diagnostics += report.diagnostics
            if report.failed:
                continue
            if not file.exists():
                file.write_bytes(graph_file.dump(graph))
            folder = self.folder / str(len(self.running))
            folder.mkdir()
            self.running[name] = Process(name, file, folder)

    def ask(
        self, given: Path, dtype: str, training: bool, trace: bool = False
    ) -> dict[str, Tensors]:
        """The results of all sides that could do it, by name."""
        asked = {
            name: process.ask(given, dtype, training, trace)
            for name, process in self.running.items()
        }
        found = {}
        for name, file in asked.items():
            try:
                found[name] = self.running[name].result(file)
            except FrameworkMissing as error:
                self.diagnostics.append(_not_installed(name, str(error)))
                self._drop(name)
            except RunFailed as error:
                self._failed(name, str(error))
                self._drop(name)
        return found

    def _drop(self, name: str) -> None:
        self.running.pop(name).close()

    def close(self) -> None:
        """End all processes."""
        for name in list(self.running):
            self._drop(name)


@contextmanager
def sides(
    graph: Graph, names: Sequence[str], failed: Callable[[str, str], None]
) -> Iterator[Sides]:
    """The processes for as long as they are needed."""
    with TemporaryDirectory(prefix="archspec-verify-") as folder:
        made = Sides(Path(folder), failed)
        try:
            made.start(graph, names)
            yield made
        finally:
            made.close()


def _not_installed(name: str, why: str) -> Diagnostic:
    from importlib.metadata import PackageNotFoundError, metadata

    try:
        extras = metadata(DISTRIBUTION).get_all("Provides-Extra") or []
    except PackageNotFoundError:
        extras = []
    known = f'install it with `pip install "{DISTRIBUTION}[{name}]"`'
    return Diagnostic(
        "backend-not-installed",
        f"the framework of back end `{name}` cannot be imported: {why}",
        NOWHERE,
        help=known if name in extras else f"install what the back end `{name}` needs",
    )
