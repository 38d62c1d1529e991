"""Verifies networks with planted faults; the frameworks start once for all of them.

`python tests/faults/catch.py` prints the table of all faults, or of those named.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import planted
from fault import Off
from faults import FAULTS

from archspec.compiler import load
from archspec.ir import Graph
from archspec.verification import Finding, VerifyReport, verify
from archspec.verification.pool import Pool, pool

FOLDER = Path(__file__).parent
SIDES = {"torch": "planted:Torch", "keras": "planted:Keras"}


@contextmanager
def processes() -> Iterator[Pool]:
    """Processes that know the planted faults."""
    before = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = os.pathsep.join([str(FOLDER), *([before] if before else [])])
    try:
        with pool() as made:
            yield made
    finally:
        os.environ.pop("PYTHONPATH")
        if before is not None:
            os.environ["PYTHONPATH"] = before


def network(name: str, folder: Path) -> Graph:
    """The network that the fault is planted in; `Vacuous` where it changes nothing."""
    fault = FAULTS[name]
    path = folder / f"{name}.arch"
    path.write_text(f"{fault.blocks}\nnetwork {name} {{ {fault.spec} }}\n")
    compilation = load(path)
    graph = compilation.graph()
    assert graph is not None, compilation.diagnostics
    assert not compilation.failed, compilation.diagnostics
    if not isinstance(fault.edit, Off):
        backend = {"torch": planted.Torch, "keras": planted.Keras}[fault.side]()
        backend.generate(graph)
    return graph


def report(name: str, folder: Path, running: Pool) -> VerifyReport:
    """What verify says of the network with the fault."""
    return verify(network(name, folder), list(SIDES.values()), processes=running)


def complaint(name: str, found: VerifyReport) -> str:
    """What is not as it should be with the finding; empty where the fault was caught."""
    fault = FAULTS[name]
    if not found.findings:
        return "survived"
    first: Finding = found.findings[0]
    wrong = SIDES[fault.side]
    checks = {
        f"kind {first.kind}": first.kind == fault.kind,
        f"value {first.value}": first.value == fault.value,
        first.message: not fault.hidden or f"`{fault.hidden}`" in first.message,
        f"verdict {first.verdict}": not first.verdict
        or first.verdict.endswith(f"{wrong} is wrong"),
        f"place {first.place}": f"{name}.arch:" in first.place,
    }
    return "; ".join(words for words, good in checks.items() if not good)


def row(name: str, found: VerifyReport) -> str:
    """One line of the table."""
    fault, first = FAULTS[name], found.findings[0] if found.findings else None
    cells = [name.replace("_", " "), fault.side]
    if first is not None:
        cells += [f"{first.mode} {first.dtype}", first.kind, first.value]
        cells += [f"(not shown: {fault.hidden})"] if fault.hidden else []
    return "  ".join(f"{cell:{width}}" for cell, width in zip(cells, WIDTHS, strict=False)).rstrip()


WIDTHS = (52, 5, 17, 16, 24, 0)


def main(names: list[str]) -> int:
    """Print the table; 1 where a fault survives."""
    wrong = 0
    with processes() as running, TemporaryDirectory() as folder:
        for name in names or FAULTS:
            found = report(name, Path(folder), running)
            said = complaint(name, found)
            wrong += bool(said)
            print(row(name, found) + (f"  WRONG: {said}" if said else ""), flush=True)
    print(f"\n{len(names or FAULTS) - wrong} of {len(names or FAULTS)} faults caught")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
