"""Makes a finding: where two sides part, with both numbers, and who is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from archspec.ir import Graph
from archspec.verification.compare import difference
from archspec.verification.kinds import Compared
from archspec.verification.limits import FLOAT64
from archspec.verification.locate import Parting, block_path, by_weight, first_value
from archspec.verification.report import Finding
from archspec.verification.side import REFERENCE, Array, ReferenceResults, Results
from archspec.verification.sides import Sides

WORDS = {
    "outputs": "output",
    "statistics": "running statistic",
    "weight_gradients": "the gradient of",
    "input_gradients": "the gradient of input",
}
"""What a tensor of each kind is called, before its name."""

Arrays = Mapping[str, Array | None]


@dataclass(slots=True)
class Teller:
    """Knows how to look inside the sides in one mode."""

    graph: Graph
    sides: Sides
    command: str
    given: Path
    training: bool

    def finding(
        self,
        dtype: str,
        pair: tuple[str, str],
        kind: str,
        compared: Compared,
        results: Mapping[str, Results],
    ) -> Finding:
        """The finding for tensors of one kind that differ."""
        parting: Parting | None = None
        arrays: Arrays = {}
        if kind == "outputs" and dtype == "float64":
            parting, arrays = self._inside(pair, results)
        what = "value"
        if parting is None:
            what = WORDS[kind]
            parting = self._outside(kind, compared)
            arrays = {side: one.get(kind, parting.name) for side, one in results.items()}
        mode = "training" if self.training else "inference"
        node = parting.node
        return Finding(
            f"{pair[0]} and {pair[1]} differ in {mode} ({dtype}), first in {what}"
            f" `{parting.name}`: {_amount(parting)}",
            self.command,
            parting.name,
            parting.difference.index,
            _numbers(parting, pair, arrays),
            repr(node.span) if node is not None else "",
            block_path(self.graph, node) if node is not None else "",
            _verdict(parting, pair, arrays),
        )

    def _inside(
        self, pair: tuple[str, str], results: Mapping[str, Results]
    ) -> tuple[Parting | None, Arrays]:
        """The first value that differs, with what each side has for it."""
        traced: dict[str, Mapping[str, Array]] = {
            side: one.all("values")
            for side, one in self.sides.ask(self.given, "float64", self.training, True).items()
        }
        reference = results.get(REFERENCE)
        if isinstance(reference, ReferenceResults):
            traced[REFERENCE] = reference.values
        if not set(pair) <= set(traced):
            return None, {}
        parting = first_value(self.graph, traced[pair[0]], traced[pair[1]])
        if parting is None:
            return None, {}
        return parting, {side: values.get(parting.name) for side, values in traced.items()}

    def _outside(self, kind: str, compared: Compared) -> Parting:
        """The tensor to name where the values inside say nothing."""
        if kind in ("statistics", "weight_gradients"):
            return by_weight(self.graph, compared.over, last=kind == "weight_gradients")
        name, found = next(iter(compared.over.items()))
        values = dict(zip(self.graph.output_names, self.graph.outputs, strict=True))
        return Parting(name, values[name].node if name in values else None, found)


def _amount(parting: Parting) -> str:
    found = parting.difference
    amount = found.why or f"relative difference {found.relative:.1e}"
    if not parting.hidden:
        return amount
    before = ", ".join(f"`{name}`" for name in parting.hidden)
    return f"{amount}; before it {before} could not be seen"


def _numbers(parting: Parting, pair: tuple[str, str], arrays: Arrays) -> dict[str, float]:
    found = parting.difference
    if found.left is None or found.right is None:
        return {}
    numbers = {pair[0]: found.left, pair[1]: found.right}
    reference = arrays.get(REFERENCE)
    if reference is not None and REFERENCE not in pair:
        numbers[REFERENCE] = float(reference[found.index])
    return numbers


def _verdict(parting: Parting, pair: tuple[str, str], arrays: Arrays) -> str:
    """With which of the two sides the NumPy reference agrees."""
    reference = arrays.get(REFERENCE)
    if reference is None or REFERENCE in pair:
        return ""
    right = [side for side in pair if difference(arrays.get(side), reference).relative <= FLOAT64]
    if len(right) == 1:
        wrong = pair[0] if right[0] == pair[1] else pair[1]
        return f"the NumPy reference agrees with {right[0]}, so {wrong} is wrong"
    return f"the NumPy reference agrees with {'both' if right else 'neither'}"
