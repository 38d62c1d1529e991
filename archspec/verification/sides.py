"""The frameworks' processes of one verification; those that fail drop out."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from archspec.diagnostics import Diagnostic, Report
from archspec.ir import Graph
from archspec.source import NOWHERE
from archspec.verification import graph_file
from archspec.verification.place import found_at
from archspec.verification.pool import Pool
from archspec.verification.process import FrameworkMissing, RunFailed
from archspec.verification.tensors import Tensors

DISTRIBUTION = "archspec-nn"


class Sides:
    """Those of a pool's processes that work on one network, by the name of their back end.

    `ask` runs the same in all of them at once. What keeps one from taking part at all becomes a
    diagnostic; what goes wrong while it runs is told to `failed`.
    """

    def __init__(self, pool: Pool, failed: Callable[[str, str], None]) -> None:
        self.pool = pool
        self.folder = pool.place()
        self.running: list[str] = []
        self.diagnostics: list[Diagnostic] = []
        self._failed = failed
        self._numbers = count()

    def start(self, graph: Graph, names: Sequence[str]) -> None:
        """Take a process for each back end that can express the network."""
        file = self.folder / "graph"
        for name in dict.fromkeys(names):
            report = Report()
            found = found_at(name, report)
            if found is not None:
                found.refusals(graph, report)
            self.diagnostics += report.diagnostics
            if report.failed:
                continue
            if not file.exists():
                file.write_bytes(graph_file.dump(graph))
            self.pool.process(name).open(file)
            self.running.append(name)

    def ask(self, given: Path, dtype: str, do: str) -> dict[str, Tensors]:
        """The results of all sides that could do it, by name."""
        asked = {name: self.folder / f"{next(self._numbers)}.safetensors" for name in self.running}
        for name, file in asked.items():
            self.pool.process(name).ask(given, dtype, do, file)
        found = {}
        for name, file in asked.items():
            try:
                found[name] = self.pool.process(name).result(file)
            except FrameworkMissing as error:
                self.diagnostics.append(_not_installed(name, str(error)))
                self._drop(name)
            except RunFailed as error:
                self._failed(name, str(error))
                self._drop(name)
        return found

    def _drop(self, name: str) -> None:
        self.running.remove(name)
        self.pool.drop(name)


@contextmanager
def sides(
    pool: Pool, graph: Graph, names: Sequence[str], failed: Callable[[str, str], None]
) -> Iterator[Sides]:
    """The processes for as long as they are needed."""
    made = Sides(pool, failed)
    try:
        made.start(graph, names)
        yield made
    finally:
        shutil.rmtree(made.folder)


def _not_installed(name: str, why: str) -> Diagnostic:
    from importlib.metadata import PackageNotFoundError, metadata

    try:
        extras = metadata(DISTRIBUTION).get_all("Provides-Extra") or []
    except PackageNotFoundError:
        extras = []
    parts = [part for part in name.split(":") if part in extras]
    known = f'install it with `pip install "{DISTRIBUTION}[{",".join(parts)}]"`'
    return Diagnostic(
        "backend-not-installed",
        f"the framework of back end `{name}` cannot be imported: {why}",
        NOWHERE,
        help=known if parts else f"install what the back end `{name}` needs",
    )
