"""A small spec that still shows what is wrong with a large one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from archspec import syntax
from archspec.diagnostics import Report
from archspec.elaborate.elaborate import elaborate
from archspec.elaborate.names import check_names
from archspec.frontends.dsl.printer import print_file
from archspec.frontends.load import load_program
from archspec.ir import Graph
from archspec.verification.pool import Pool, pool
from archspec.verification.report import Finding, VerifyReport
from archspec.verification.single import single
from archspec.verification.smaller import proposals, size
from archspec.verification.verify import verify

VERIFIED = 200
"""How many smaller networks are verified at most."""

TRIED = 20_000
"""How many smaller texts are tried at most; most make no network."""


@dataclass(frozen=True, slots=True)
class Minimal:
    """The text of a spec with the finding of a larger one.

    `steps` smaller networks were taken one after the other, of `verified` that were verified and
    `tried` texts. `complete` says that no smaller one was left to try.
    """

    text: str
    steps: int
    verified: int
    tried: int
    complete: bool


def minimal(graph: Graph, found: VerifyReport, processes: Pool | None = None) -> Minimal | None:
    """Shrink the network while its first finding stays; None where one file does not show it.

    The finding stays where the same kind of numbers differs first at the same op, or where the
    same side fails in the same way.
    """
    if processes is None:
        with pool() as processes:
            return minimal(graph, found, processes)
    with TemporaryDirectory(prefix="archspec-minimal-") as folder:
        return _Search(graph.name, found, processes, Path(folder)).run(single(graph))


class _Search:
    """Greedy: the first smaller network that still fails is the next one to shrink."""

    def __init__(self, name: str, found: VerifyReport, processes: Pool, folder: Path) -> None:
        self.name = name
        self.backends: Sequence[str] = found.backends
        self.wanted = _signature(found.findings[0])
        self.seed = found.findings[0].seed
        self.processes = processes
        self.path = folder / "minimal.arch"
        self.steps = self.verified = self.tried = 0
        self.seen: set[str] = set()

    def run(self, file: syntax.File) -> Minimal | None:
        if not self._fails(file):
            return None
        while (smaller := next(self._better(file), None)) is not None:
            file = smaller
            self.steps += 1
        left = self.verified < VERIFIED and self.tried < TRIED
        return Minimal(print_file(file), self.steps, self.verified, self.tried, left)

    def _better(self, file: syntax.File) -> Iterator[syntax.File]:
        own = size(file)
        for proposed in proposals(file):
            if self.verified >= VERIFIED or self.tried >= TRIED:
                return
            if size(proposed) < own and self._fails(proposed):
                yield proposed

    def _fails(self, file: syntax.File) -> bool:
        graph = self._graph(file)
        if graph is None:
            return False
        self.verified += 1
        report = verify(graph, self.backends, seed=self.seed, processes=self.processes)
        return any(_signature(one) == self.wanted for one in report.findings)

    def _graph(self, file: syntax.File) -> Graph | None:
        try:
            text = print_file(file)
        except (TypeError, ValueError, IndexError):
            # Not every tree that lacks something has a text.
            return None
        if text in self.seen:
            return None
        self.seen.add(text)
        self.tried += 1
        self.path.write_text(text, encoding="utf-8")
        report = Report()
        program = load_program(self.path, report)
        if program is None or report.failed:
            return None
        names = check_names(program, report)
        if report.failed or self.name not in {one.name for one in program.networks}:
            return None
        graph = elaborate(program, self.name, report) if names.safe(self.name) else None
        return None if report.failed else graph


def _signature(finding: Finding) -> tuple[str, ...]:
    """What makes two findings the same in networks of different size."""
    if finding.kind != "failure":
        return finding.kind, finding.dtype, finding.op
    # `torch failed: running the network: RuntimeError: …`: the side, what it did, the exception.
    return tuple(finding.message.splitlines()[0].split(": ")[:3])
