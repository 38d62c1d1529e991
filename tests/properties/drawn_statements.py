"""Draws the statements of a network as texts."""

from __future__ import annotations

from drawn_blocks import Blocks
from drawn_chains import Names
from steps import LABELS


class Statements(Blocks):
    """Draws statements with labels, loops, shared layers and values read again."""

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
