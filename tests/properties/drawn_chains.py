"""Draws expressions, steps and chains as texts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from steps import LABELS, keeping, preserving, spatial


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


class Chains:
    """What one drawing needs everywhere, and the chains of its bodies."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.rank = random.choice((1, 2, 2, 2, 2, 3))
        self.blocks: list[Block] = []
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
