"""Draws valid networks as texts: blocks, loops, choices, joins, shared layers, every op.

A text grows statement by statement; what the compiler does not accept is left out again.
"""

from __future__ import annotations

from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from agreement import read
from drawn_statements import Statements
from hypothesis import strategies as st
from steps import PARAMETERS

MOST_CELLS = 4000
"""Larger values than this would only cost time."""


class Writer(Statements):
    """Draws one network."""

    def __init__(self, random: Random, folder: Path) -> None:
        super().__init__(random)
        self.folder = folder
        self.lines: list[str] = []

    def text(self, closing: str = "") -> str:
        head = "\n\n".join(self.definitions)
        body = "\n  ".join([*self.lines, *([closing] if closing else [])])
        return f"{head}\n\nnetwork net{self.parameters} {{\n  {body}\n}}\n".lstrip()

    def accepts(self, closing: str = "") -> bool:
        try:
            graph = read(self.text(closing), self.folder)
        except ValueError:
            return False
        largest = max(_cells(value.shape) for node in graph.nodes for value in node.outputs)
        return largest < MOST_CELLS and len(graph.nodes) < 90

    def attempt(self, line: str) -> bool:
        self.lines.append(line)
        if self.accepts():
            return True
        self.lines.pop()
        return False

    def write(self) -> str:
        number = self.random.choice(PARAMETERS)
        self.parameters = f"({number}: int = {self.random.randint(1, 5)})"
        self.names.numbers.append(number)
        most = 9 if self.rank == 3 else 12
        cells = ", ".join(str(self.random.randint(5, most)) for _ in range(self.rank))
        self.taken |= {"image", "input", number}
        self.lines = [f"input image[{cells}, {self.random.randint(1, 5)}]"]
        self.lines.append(f"conv({number} + 1, {self.pick('1', '2', '3')})")
        if not self.accepts():
            self.lines[-1] = f"conv({number} + 1, 1)"
        for _ in range(self.random.randint(0, 3)):
            self.block()
            if not self.accepts():
                self.definitions.pop()
                self.blocks.pop()
        for _ in range(self.random.randint(2, 7)):
            before = len(self.names.values), len(self.names.numbers)
            if not self.attempt(self.statement()):
                del self.names.values[before[0] :]
                del self.names.numbers[before[1] :]
        self.end()
        return self.text()

    def end(self) -> None:
        heads = (
            "global_avg_pool -> dense(3) -> softmax",
            "flatten -> dense(4)",
            "flatten -> dense(2, bias=false) -> sigmoid",
            "head: global_max_pool -> layer_norm",
            "flatten",
            "reshape([.channels * .width]) -> dense(2)",
            "result: flatten -> dense(3)\n  output result",
            "result: flatten -> dense(3)\n  extra: from {0} -> global_avg_pool -> dense(2)\n"
            "  output result\n  output extra when training",
            "result: flatten -> dense(3)\n  output result, {0}",
        )
        if self.chance(0.7):
            value = self.random.choice(self.names.values or ["image"])
            self.attempt(self.random.choice(heads).format(value))


def _cells(shape: tuple[int, ...]) -> int:
    found = 1
    for size in shape:
        found *= size
    return found


def draw(random: Random) -> str:
    """The text of one network, `net`."""
    with TemporaryDirectory() as folder:
        return Writer(random, Path(folder)).write()


networks = st.randoms(use_true_random=False).map(draw)
