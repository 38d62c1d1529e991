"""Draws blocks and their calls as texts."""

from __future__ import annotations

from random import Random

from drawn_chains import Block, Chains, Names
from steps import ACTIVATIONS, BLOCKS, DOCS, PARAMETERS


class Blocks(Chains):
    """Draws definitions of blocks; each knows how it may be called."""

    def __init__(self, random: Random) -> None:
        super().__init__(random)
        self.definitions: list[str] = []

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
