"""Draws valid networks as texts: blocks, loops, choices, joins, shared layers, every op.

A text grows statement by statement; what the compiler does not accept is left out again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from agreement import read
from hypothesis import strategies as st
from steps import ACTIVATIONS, BLOCKS, DOCS, LABELS, PARAMETERS, keeping, preserving, spatial

MOST_CELLS = 4000
"""Larger values than this would only cost time."""


@dataclass
class Names:
    """What a body may speak of."""

    numbers: list[str] = field(default_factory=list)
    layers: list[str] = field(default_factory=list)
    values: list[str] = field(default_factory=list)


@dataclass
class Block:
    """A block that was drawn: its text, and how it may be called."""

    name: str
    text: str
    call: Callable[[], str]


class Writer:
    """Draws one network."""

    def __init__(self, random: Random, folder: Path) -> None:
        self.random = random
        self.folder = folder
        self.rank = random.choice((1, 2, 2, 2, 2, 3))
        self.definitions: list[str] = []
        self.blocks: list[Block] = []
        self.lines: list[str] = []
        self.taken: set[str] = set()
        self.names = Names()

    def pick(self, *options: str) -> str:
        return self.random.choice(options)

    def chance(self, probability: float) -> bool:
        return self.random.random() < probability

    def fresh(self, options: tuple[str, ...]) -> str:
        """A name that is not taken yet."""
        name = self.random.choice(options)
        while name in self.taken:
            name += self.pick("_2", "b", "_")
        self.taken.add(name)
        return name

    # Expressions

    def number(self, names: Names) -> str:
        """A number of channels."""
        if names.numbers and self.chance(0.6):
            one = self.random.choice(names.numbers)
            return self.pick(one, one, f"{one} * 2", f"{one} + 1", f"2 * ({one} + 1)")
        return self.pick("1", "2", "3", "4", "6", ".channels", "2 * .channels")

    def condition(self, names: Names) -> str:
        known = self.random.choice(names.numbers) if names.numbers else "3"
        return self.pick(
            f"{known} > 2",
            f"input.channels == {known}" if names is not self.names else f"{known} != 4",
            ".channels > 3",
            f"not ({known} == 2) and .channels < 7",
            "true",
            "false",
        )

    # Steps and chains

    def chain(self, names: Names, depth: int, most: int = 3, tame: bool = False) -> str:
        steps = [self.step(names, depth, tame) for _ in range(self.random.randint(1, most))]
        return " -> ".join(steps)

    def step(self, names: Names, depth: int, tame: bool) -> str:
        kind = self.random.random()
        if names.layers and kind < 0.2:
            return self.random.choice(names.layers)
        if self.blocks and kind < 0.35:
            return self.random.choice(self.blocks).call()
        if depth > 0 and kind < 0.5:
            return self.compound(names, depth - 1)
        if kind < 0.62:
            return keeping(self.random)
        if tame or kind < 0.8:
            return preserving(self.random, self.number(names))
        return spatial(self.random, self.rank, self.number(names))

    def compound(self, names: Names, depth: int) -> str:
        inner = [self.chain(names, depth, 2, tame=True) for _ in range(3)]
        filters = self.number(names)
        ends = [f"{one} -> conv({filters}, 1)" for one in inner]
        condition = self.condition(names)
        loop = self.pick("range(2)", "[1, 3]", "[2, 2, 1]")
        label = self.random.choice(LABELS)
        either = f"if {condition} {{ {inner[0]} }}"
        same = f"if {condition} {{ {ends[0]} }} else {{ {ends[1]} }}"
        return self.pick(
            f"concat {{ {inner[0]} | {inner[1]} }}",
            f"concat {{ | identity | {label}: {inner[1]} | {inner[2]} }}",
            f"{self.pick('add', 'average', 'maximum')} {{ | {ends[0]} | {ends[1]} }}",
            f"add {{ identity | {inner[0]} -> conv(.channels, 1) }} -> relu",
            f"add {{ | main: {inner[0]} -> dense({filters}) | {label}: if {condition} "
            f"{{ none }} else {{ dense({filters}) }} }}",
            f"add {{ | {ends[0]} | {same} | each r in {loop} {{ conv({filters}, 3, padding=half, "
            "dilation=r + 1) } }",
            "multiply { identity | global_avg_pool(keep=true) -> dense(.channels) -> sigmoid }",
            either,
            f"{either} else if {self.condition(names)} {{ {inner[1]} }}",
            same,
            f"repeat {self.random.randint(0, 2)} {{ {inner[0]} }}",
            f"for r in {loop} {{ conv(r + 1, 3, padding=same) -> {inner[0]} }}",
            f"for i, r in enumerate({loop}) {{ {inner[0]} if i > 0 {{ conv(r + 2, 1) }} }}",
            f"for i in range(2) {{ {label}: {{ {inner[0]} }} -> relu }}",
            f"concat {{ each r in {loop} {{ {inner[0]} -> conv(r + 1, 1) }} }}",
            f"relu -> {{ {inner[0]} }}",
        )

    # Definitions

    def block(self) -> None:
        """A block with parameters of several types, and calls with several arguments."""
        name = self.fresh(BLOCKS)
        number, other, act = self.random.sample(PARAMETERS, 3)
        kind = self.random.randrange(5)
        if kind == 0:
            wanted = [f"{act}: layer"]
            names = Names([], [act])
        elif kind == 1:
            wanted = [f"{number}: int", f"{act}: layer = {self.random.choice(ACTIVATIONS)}"]
            names = Names([number], [act])
        elif kind == 2:
            wanted = [f"{number}: int", f"{other}: size = 3", f"{act}: value"]
            names = Names([number], [])
        elif kind == 3:
            wanted = [f"{number}: int = 3", f"{other}: bool = {self.pick('true', 'false')}"]
            names = Names([number], [])
        else:
            wanted, names = [], Names(["input.channels"], [])
        body = self.block_body(names, kind, other, act)
        doc = f"## {self.random.choice(DOCS)}\n" if self.chance(0.3) else ""
        head = f"({', '.join(wanted)})" if wanted or self.chance(0.5) else ""

        def call() -> str:
            values = self.arguments(kind, number, other, act)
            if values is None:
                return f"{name} {{ {self.chain(self.names, 0, 2, tame=True)} }}"
            return f"{name}({values})" if values else name

        self.definitions.append(f"{doc}block {name}{head} {{\n{body}\n}}")
        self.blocks.append(Block(name, self.definitions[-1], call))

    def block_body(self, names: Names, kind: int, other: str, act: str) -> str:
        lines = []
        if self.chance(0.3):
            constant = self.pick("hidden", "width_2", "type", "F")
            lines.append(f"  let {constant} = {self.number(Names(names.numbers))} + 1")
            names = Names([*names.numbers, constant], names.layers)
        lines += [f"  {self.chain(names, 1)}" for _ in range(self.random.randint(1, 2))]
        if kind == 2:
            lines.append(f"  conv({self.number(names)}, {other}, padding=same)")
            lines.append(f"  concat {{ identity | from {act} -> relu }}")
        if kind == 3:
            lines.append(f"  if {other} {{ {self.chain(names, 1, 2)} }}")
        if kind == 0 or (kind == 1 and self.chance(0.5)):
            lines.append(f"  add {{ identity | {act} -> conv(.channels, 1) }}")
        return "\n".join(lines)

    def arguments(self, kind: int, number: str, other: str, act: str) -> str | None:
        count = self.number(self.names)
        if kind == 0:
            layer = self.pick(
                *ACTIVATIONS, "conv(4, 3, padding=same)", "{ conv(3, 1) -> relu -> batch_norm }"
            )
            return None if self.chance(0.3) else self.pick(layer, f"{act}={layer}")
        if kind == 1:
            layer = self.pick(*ACTIVATIONS, "batch_norm", "{ relu -> conv(2, 1) }")
            return self.pick(count, f"{count}, {act}={layer}", f"{number}={count}, {act}={layer}")
        if kind == 2:
            value = self.random.choice(self.names.values or ["input"])
            size = self.pick("", f"{other}=1, ", f"{other}=[{', '.join('132'[: self.rank])}], ")
            return f"{count}, {size}{act}={value}"
        if kind == 3:
            return self.pick("", count, f"{count}, {other}=true", f"{other}=false")
        return ""

    # Statements of the network

    def statement(self) -> str:
        random = self.random
        chain = self.chain(self.names, 2)
        kind = random.randrange(12)
        if kind == 0:
            return f"let {self.constant()} = {self.number(self.names)}"
        if kind == 1:
            return f"{self.label()}: {chain}"
        if kind == 2:
            count, label = random.randint(1, 2), self.label(False)
            return f"for i in range({count}) {{ {label}: {{ {chain} }} }}"
        if kind == 3:
            label, other = self.label(False), self.label(False)
            return (
                f"{label}: {chain}\n  {other}: {self.chain(self.names, 1, 2, tame=True)}\n"
                f"  {self.pick('concat', 'multiply')}({label}, {other})"
            )
        if kind == 4:
            return self.skips()
        if kind == 5:
            return self.shared()
        if kind == 6:
            return self.split()
        if kind == 7 and self.names.values:
            value = random.choice(self.names.values)
            return f"concat {{ identity | from {value} -> {chain} }}"
        if kind == 8:
            filters = self.number(self.names)
            return (
                f"for filters, depth in zip([2, {filters}], [1, 2]) {{\n"
                f"    stage: {{ repeat depth {{ {chain} -> conv(filters, 1) }} }}\n  }}"
            )
        return chain

    def label(self, keep: bool = True) -> str:
        name = self.fresh(LABELS)
        if keep:
            self.names.values.append(name)
        return name

    def constant(self) -> str:
        name = self.fresh(("depth", "k", "channels_2", "lambda_", "filters_1"))
        self.names.numbers.append(name)
        return name

    def skips(self) -> str:
        label = self.label(False)
        filters = self.number(self.names)
        steps = self.chain(self.names, 0, 2, tame=True)
        join = self.pick(f"concat(x_, {label}[i])", f"concat {{ | from {label}[i] | identity }}")
        if join.startswith("concat("):
            join = f"x_: relu\n    {join}"
        return (
            f"for i in range(2) {{\n    {label}: {steps} -> conv({filters} * (i + 1), 1)\n"
            f"    max_pool(2, padding=same)\n  }}\n  for i in reversed(range(2)) {{\n"
            f"    resize(size={label}_size[i], method=nearest)\n    {join}\n"
            f"    conv({filters}, 1) -> {self.pick('relu', 'tanh')}\n  }}"
        ).replace(f"size={label}_size[i]", f"scale={self.pick('2', '2', '1')}")

    def shared(self) -> str:
        name = self.fresh(("encoder", "shared", "layer_1", "block_"))
        inner = self.chain(Names(), 0, 2, tame=True)
        inner = self.pick(f"{{ {inner} -> conv(3, 1) }}", "conv(.channels, 3, padding=same)")
        uses = self.pick(
            f"conv(3, 1) -> {name} -> relu -> {name}",
            f"dense(3) -> add {{ {name} | tanh -> {name} }}",
            f"dense(3) -> repeat 2 {{ {name} -> relu }}",
        )
        return f"layer {name} = {inner}\n  {uses}".replace(".channels", "3")

    def split(self) -> str:
        left, right = self.label(), self.label()
        chain = self.chain(self.names, 1, 1, tame=True)
        return (
            f"{left}, {right}: dense(4) -> split(2)\n"
            f"  concat {{ from {left} -> {chain} | from {right} -> relu }}"
        )

    # The whole

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
