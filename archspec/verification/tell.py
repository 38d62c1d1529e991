"""Makes a finding: where two sides part, with both numbers, and who is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from archspec.ir import Graph, Value
from archspec.verification.compare import difference
from archspec.verification.kinds import Compared
from archspec.verification.limits import FLOAT64
from archspec.verification.locate import Parting, block_path, by_weight, first_value, place
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

REFERENCED = ("outputs", "statistics")
"""What the NumPy reference computes too."""

Arrays = Mapping[str, Array | None]


@dataclass(slots=True)
class Teller:
    """Knows how to look inside the sides in one mode."""

    graph: Graph
    sides: Sides
    command: str
    given: Path
    training: bool
    seed: int

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
            parting = self._outside(kind, pair, compared)
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
            repr(where) if (where := place(parting)) is not None else "",
            block_path(self.graph, node) if node is not None else self.graph.name,
            _verdict(pair, [side for side in pair if _agrees(side, kind, compared, results)])
            if kind in REFERENCED and REFERENCE in results and REFERENCE not in pair
            else "",
            kind,
            dtype,
            mode,
            node.op.name if node is not None else "",
            self.seed,
        )

    def _inside(
        self, pair: tuple[str, str], results: Mapping[str, Results]
    ) -> tuple[Parting | None, Arrays]:
        """The first value that differs, with what each side has for it.

        A side that shows more than the other is also compared with the reference, which shows
        all values.
        """
        do = f"trace {'training' if self.training else 'inference'}"
        traced: dict[str, Mapping[str, Array]] = {
            side: {**one.all("values"), **self._outputs(results[side])}
            for side, one in self.sides.ask(self.given, "float64", do).items()
        }
        reference = results.get(REFERENCE)
        if isinstance(reference, ReferenceResults):
            traced[REFERENCE] = reference.values
        if not set(pair) <= set(traced):
            return None, {}
        pairs = [pair]
        if REFERENCE in traced and REFERENCE not in pair:
            pairs += [(side, REFERENCE) for side in pair]
        parting = first_value(self.graph, traced, pairs)
        if parting is None:
            return None, {}
        return parting, {side: values.get(parting.name) for side, values in traced.items()}

    def _outputs(self, results: Results) -> dict[str, Array]:
        """What came out of a side, as values of the graph."""
        found = results.all("outputs")
        return {value.name: found[name] for name, value in self._named() if name in found}

    def _named(self) -> list[tuple[str, Value]]:
        graph = self.graph
        named = list(zip(graph.output_names, graph.outputs, strict=True))
        if self.training:
            named += zip(graph.training_output_names, graph.training_outputs, strict=True)
        return named

    def _outside(self, kind: str, pair: tuple[str, str], compared: Compared) -> Parting:
        """The tensor to name where the values inside say nothing."""
        if kind in ("statistics", "weight_gradients"):
            last = kind == "weight_gradients"
            return by_weight(self.graph, pair, compared.over, last=last)
        name, found = next(iter(compared.over.items()))
        values = dict(self._named() if kind == "outputs" else self._inputs())
        value = values.get(name)
        if value is None:
            return Parting(name, None, None, found, pair)
        return Parting(name, value.node, value.span, found, pair)

    def _inputs(self) -> list[tuple[str, Value]]:
        return list(zip(self.graph.input_names, self.graph.inputs, strict=True))


def _amount(parting: Parting) -> str:
    found = parting.difference
    amount = found.why or f"relative difference {found.relative:.1e}"
    if not parting.hidden:
        return amount
    before = ", ".join(f"`{name}`" for name in parting.hidden)
    return f"{amount}; before it {before} could not be seen"


def _numbers(parting: Parting, pair: tuple[str, str], arrays: Arrays) -> dict[str, float]:
    """The numbers of all sides that have the tensor, at the place of the difference."""
    found = parting.difference
    if found.left is None or found.right is None:
        return {}
    numbers = dict(zip(parting.pair, (found.left, found.right), strict=True))
    for side in (*pair, REFERENCE):
        array = arrays.get(side)
        if side not in numbers and array is not None:
            numbers[side] = float(array[found.index])
    return {side: numbers[side] for side in (*pair, REFERENCE) if side in numbers}


def _agrees(side: str, kind: str, compared: Compared, results: Mapping[str, Results]) -> bool:
    """Whether what differs between the sides is on this one as the reference has it."""
    return all(
        difference(results[side].get(kind, name), results[REFERENCE].get(kind, name)).relative
        <= FLOAT64
        for name in compared.over
    )


def _verdict(pair: tuple[str, str], right: Sequence[str]) -> str:
    """With which of the two sides the NumPy reference agrees."""
    if len(right) == 1:
        wrong = pair[0] if right[0] == pair[1] else pair[1]
        return f"the NumPy reference agrees with {right[0]}, so {wrong} is wrong"
    return f"the NumPy reference agrees with {'both' if right else 'neither'}"
