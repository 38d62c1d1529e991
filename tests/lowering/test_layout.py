"""Long lines are wrapped as the formatter wraps them: its output is the oracle."""

from __future__ import annotations

import subprocess
import sys
from random import Random

import pytest

from archspec.lowering.layout import layout

WORDS = ("x", "width", "channels", "in_channels", "self.stage_with_a_name", "depthwise_convolution")


class Drawn:
    """Draws statements such as generated code has, on one line each, of many lengths."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)

    def name(self) -> str:
        return self.random.choice(WORDS)

    def sequence(self, depth: int, least: int = 0) -> list[str]:
        return [self.value(depth - 1) for _ in range(self.random.randint(least, 3))]

    def call(self, depth: int) -> str:
        named = [
            f"{self.random.choice(('name', 'stride', 'padding'))}{k}={self.value(depth - 1)}"
            for k in range(self.random.randint(0, 2))
        ]
        return f"{self.name()}({', '.join([*self.sequence(depth), *named])})"

    def chain(self, depth: int) -> str:
        links = (
            f".flatten({', '.join(self.sequence(depth))})"
            for _ in range(self.random.choice((1, 1, 2)))
        )
        return f"{self.call(depth)}{''.join(links)}"

    def operand(self, depth: int) -> str:
        return self.random.choice((self.name, self.number, lambda: self.call(depth - 1)))()

    def number(self) -> str:
        return self.random.choice(("0", "1e-5", "224", '"same"', "True"))

    def sum(self, depth: int) -> str:
        parts = [self.operand(depth)]
        for _ in range(self.random.randint(1, 3)):
            parts += [self.random.choice(("+", "-", "*", "//")), self.operand(depth)]
        return " ".join(parts)

    def bracketed_sum(self, depth: int) -> str:
        # Parentheses that change nothing would be kept by the formatter, and are not written.
        return f"({self.operand(depth)} + {self.operand(depth)}) * {self.operand(depth)}"

    def condition(self, depth: int) -> str:
        parts = [f"{self.operand(depth)} == {self.operand(depth)}" for _ in range(2)]
        return self.random.choice((" and ", " or ")).join(parts)

    def choice(self, depth: int) -> str:
        return f"{self.operand(depth)} if {self.condition(depth)} else {self.operand(depth)}"

    def listing(self, depth: int) -> str:
        return f"[{', '.join(self.sequence(depth))}]"

    def row(self, depth: int) -> str:
        return f"({', '.join([*self.sequence(depth, least=2), '1'])})"

    def comprehension(self, depth: int) -> str:
        return f"[{self.value(depth - 1)} for _ in {self.operand(depth)}]"

    def generated(self, depth: int) -> str:
        return f"tuple({self.value(depth - 1)} for _ in {self.operand(depth)})"

    def part(self, depth: int) -> str:
        ends = self.random.choices(("x", "width", "channels"), k=self.random.randint(2, 3))
        return f"{self.name()}[{':'.join(ends)}]"

    def unpacked(self, depth: int) -> str:
        return f"nn.Sequential(*{self.comprehension(depth)})"

    def item(self, depth: int) -> str:
        return f"{self.name()}[{self.operand(depth)}]"

    def value(self, depth: int) -> str:
        if depth <= 0:
            return self.random.choice((self.name, self.number))()
        return self.random.choice(
            (
                self.call,
                self.call,
                self.chain,
                self.sum,
                self.bracketed_sum,
                self.condition,
                self.choice,
                self.listing,
                self.row,
                self.comprehension,
                self.generated,
                self.part,
                self.unpacked,
                self.item,
            )
        )(depth)

    def header(self) -> str:
        types = ("int", "Sequence[int]", "Callable[[], nn.Module]")
        defaults = ("", " = 1000", " = (3, 4, 6, 3)", " = nn.ReLU")
        parameters = [
            f"{word}_{k}: {self.random.choice(types)}{self.random.choice(defaults)}"
            for k, word in enumerate(("in_channels", "x", "growth_rate", "classes"))
        ]
        given = sorted(parameters[: self.random.randint(0, 4)], key=lambda one: " = " in one)
        if given and self.random.random() < 0.3:
            given.append("*, name: str")
        result = self.random.choice(("None", "tuple[Tensor, Tensor]", "keras.Model"))
        name = f"build_{'a_' * self.random.randint(0, 30)}network"
        return f"def {name}({', '.join(given)}) -> {result}:\n    pass\n"

    def statement(self) -> str:
        value = self.value(self.random.randint(1, 3))
        comment = self.random.choice(("", "", "  # (N, 64, 56, 56)"))
        kind = self.random.randrange(7)
        if kind == 0:
            return f"    return {value}{comment}"
        if kind == 1:
            return f"    if {self.condition(2)}:\n        pass"
        if kind == 2:
            names = ", ".join(self.name() for _ in range(self.random.randint(2, 7)))
            return f"    for {names} in enumerate({value}):\n        pass"
        if kind == 3:
            return f"    {self.call(3)}{comment}"
        if kind == 4:
            return f"    layers: list[nn.Module] = {value}"
        return f"    {self.name()} = {value}{comment}"


def formatted(text: str) -> str:
    command = [sys.executable, "-m", "ruff", "format", "--isolated", "--line-length", "100", "-"]
    return subprocess.run(command, input=text, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("seed", range(4))
def test_statements(seed: int) -> None:
    drawn = Drawn(seed)
    bodies = "\n".join(drawn.statement() for _ in range(150))
    text = f"def function() -> None:\n{bodies}\n"
    ours, theirs = layout(text), formatted(text)
    assert ours == theirs


def test_headers() -> None:
    drawn = Drawn(0)
    text = "\n\n".join(drawn.header() for _ in range(200))
    assert layout(text) == formatted(text)
