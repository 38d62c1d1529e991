"""What the text that is being drawn may speak of at one place."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, TypeVar

from archspec.dimensions import Shape, elements
from archspec.ops import registry
from archspec.ops.op import Op
from archspec.syntax import Definition

PARAMETERS = ("n", "x", "name", "self", "in_channels", "forward", "train_", "channels", "width")
BLOCKS = ("unit", "conv_bn", "layers", "nn", "keras", "Tensor", "super", "net_2", "residual", "tf")
LABELS = ("a", "main", "skip", "weight", "parameters", "class_", "modules", "x", "layers", "type")
DOCS = (
    "One line.",
    'A "quoted" text, it\'s one with \\ and \\n in it.',
    'Three quotes """ and {{ braces }} and {% more %}',
    'Größe, 大きさ, and a trailing quote"',
    "Two lines.\n\nThe second paragraph is long enough to be wrapped when it is indented.",
    "trailing backslash \\",
)
"""Names and texts that mean something in Python; the simple ones first, for shrinking."""

MOST_ELEMENTS = 500
"""Larger values would only cost time."""


T = TypeVar("T")
Below = Callable[[int], int]
"""Where all choices come from: a whole number from 0 to one less; smaller ones are simpler."""


@dataclass
class Scope:
    """Names of one body: numbers with their values, layer parameters, values with their shapes."""

    numbers: dict[str, int] = field(default_factory=dict)
    layers: list[str] = field(default_factory=list)
    values: dict[str, Shape] = field(default_factory=dict)

    def inner(self, numbers: Mapping[str, int] | None = None) -> Scope:
        """The names of a body inside this one, which may also read what stands around it."""
        return Scope({**self.numbers, **(numbers or {})}, list(self.layers), dict(self.values))


@dataclass
class Drawing:
    """One network that is being drawn: the source of choices, and what it defines so far."""

    below: Below
    ops: tuple[Op, ...]
    rank: int
    definitions: list[Definition] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)
    blocks: list[Any] = field(default_factory=list)

    def choose(self, options: Sequence[T]) -> T:
        """One of them; the first is the simplest."""
        return options[self.below(len(options))]

    def chance(self, percent: int) -> bool:
        """True that often; False is the simpler choice."""
        return self.below(100) >= 100 - percent

    def truth(self) -> bool:
        """True or false."""
        return self.below(2) == 1

    def pick(self, *options: str) -> str:
        """One of the words; the first is the simplest."""
        return self.choose(options)

    def whole(self, least: int, most: int) -> int:
        """A whole number; the least is the simplest."""
        return least + self.below(max(most - least, 0) + 1)

    def rounds(self) -> list[int]:
        """Numbers that a loop runs over."""
        return [self.whole(1, 3) for _ in range(self.whole(1, 3))]

    def fresh(self, options: tuple[str, ...]) -> str:
        """A name that is not taken yet."""
        name = found = self.choose(options)
        number = 2
        while found in self.taken:
            found = f"{name}_{number}"
            number += 1
        self.taken.add(found)
        return found


def small(shapes: tuple[Shape, ...]) -> bool:
    """Whether values of these shapes exist and cost little."""
    return all(min(one, default=1) > 0 and elements(one) <= MOST_ELEMENTS for one in shapes)


@cache
def known_ops() -> tuple[Op, ...]:
    """All ops of the registry, those of plug-ins too, the simplest first."""
    found = [op for name in registry.names() if (op := registry.find(name)) is not None]
    return tuple(sorted(found, key=lambda op: (len(op.attributes), op.name)))
