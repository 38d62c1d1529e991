"""What is drawn by chance: initial weights and what is dropped in training."""

from __future__ import annotations

from dataclasses import dataclass

from archspec.ir import Graph, Node
from archspec.verification.beginnings import wrongly_started
from archspec.verification.compare import INFINITE, Difference
from archspec.verification.locate import Parting, block_path, place
from archspec.verification.randomness import wrongly_dropped
from archspec.verification.report import Finding, VerifyReport
from archspec.verification.sides import Sides
from archspec.verification.tensors import Tensors
from archspec.verification.trial import many

SPEC = "spec"


@dataclass(slots=True)
class Chance:
    """Each side against the spec, whose distributions are known."""

    graph: Graph
    sides: Sides
    report: VerifyReport
    command: str
    seed: int

    def examine(self) -> None:
        """Initial weights of all sides, then what their random ops drop."""
        given = self.sides.folder / "chance.safetensors"
        trial = many(self.graph, self.seed)
        trial.store(given)
        for side, found in self.sides.ask(given, "float32", "begin inference").items():
            self._beginnings(side, found)
        if any(node.op.drops for node in self.graph.nodes):
            for side, found in self.sides.ask(given, "float32", "random training").items():
                self._drops(side, found)

    def _beginnings(self, side: str, found: Tensors) -> None:
        for name, weight in self.graph.weights.items():
            values = found.get("initial", name)
            wrong = "it has none" if values is None else wrongly_started(weight, values)
            if wrong:
                what = f"the initial values of `{name}`"
                self._tell(side, "initial_values", what, name, weight.users[0], wrong)
                return

    def _drops(self, side: str, found: Tensors) -> None:
        for node in self.graph.nodes:
            name, shape = node.outputs[0].name, node.outputs[0].shape
            came, went = found.get("came", name), found.get("went", name)
            if node.op.drops is None:
                continue
            if came is None or went is None:
                note = f"what `{name}` drops could not be seen in {side}"
                self.report.notes += [note] if note not in self.report.notes else []
                continue
            wrong = wrongly_dropped(came, went, *node.op.drops(node.attributes, shape))
            if wrong:
                self._tell(side, "randomness", f"what `{name}` drops", name, node, wrong)
                return

    def _tell(self, side: str, kind: str, what: str, name: str, node: Node, wrong: str) -> None:
        parting = Parting(name, node, node.span, Difference(INFINITE), (side, SPEC))
        self.report.findings.append(
            Finding(
                f"{side} differs from the spec in {what}: {wrong}",
                self.command,
                name,
                place=repr(place(parting)),
                trace=block_path(self.graph, node),
                kind=kind,
                dtype="float32",
                mode="training" if kind == "randomness" else "inference",
                op=node.op.name,
                seed=self.seed,
            )
        )
