"""What generated code calls the outputs of a network, and what it knows about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from archspec.ir import Graph, Value
from archspec.lowering.names import Names
from archspec.recipes import Choice, Recipe
from archspec.recipes.record import Loss

USED = ("F", "batch", "index", "inputs", "loss", "penalty", "self", "share", "target", "targets")


@dataclass(frozen=True, slots=True)
class Output:
    """One output: its variable, the expression of its targets, and the kind of its numbers.

    `targets` are those of its loss. `labels` says whether targets of classes are their numbers,
    None where only the data tells. `probabilities` are made by the network itself. `training`
    outputs exist in training only.
    """

    name: str
    variable: str
    target: str
    loss: Choice
    targets: str
    channels: int
    places: bool
    labels: bool | None
    probabilities: bool
    training: bool

    def tensor(self, array: str) -> str:
        """Targets as a tensor in the layout of the output."""
        made = f"torch.from_numpy({array})"
        if not self.places or self.labels:
            return made
        moved = f"{made}.movedim(-1, 1)"
        floating = f"{moved} if {array}.dtype.kind == 'f' else {made}".replace("'", '"')
        return floating if self.labels is None else moved

    @property
    def numbers(self) -> str:
        """Targets with the type and shape of the output: a lone number gets its axis."""
        return f"{self.target}.to({self.variable}).view_as({self.variable})"


def outputs(graph: Graph, recipe: Recipe) -> tuple[Output, ...]:
    """All outputs in the order in which the network returns them."""
    names = Names(USED)
    always = list(zip(graph.output_names, graph.outputs, strict=True))
    extra = list(zip(graph.training_output_names, graph.training_outputs, strict=True))
    found = []
    for place, ((name, value), loss) in enumerate(zip(always + extra, recipe.losses, strict=True)):
        variable = names.take("output" if len(recipe.losses) == 1 else name)
        target = f"targets[{place}]" if len(always) > 1 else "target"
        found.append(_output(name, variable, target, value, loss, recipe, place >= len(always)))
    return tuple(found)


def main_outputs(found: Sequence[Output]) -> list[Output]:
    """Those that are always there."""
    return [one for one in found if not one.training]


def _output(
    name: str,
    variable: str,
    target: str,
    value: Value,
    loss: Choice,
    recipe: Recipe,
    training: bool,
) -> Output:
    record = loss.record
    assert isinstance(record, Loss)
    made = value.node.op.name if value.node is not None else ""
    labels: bool | None = record.targets == "labels"
    if record.targets == "classes":
        # Other sources than arrays know numbers of classes only.
        labels = None if recipe.data is None or recipe.data.name == "arrays" else True
    return Output(
        name=name,
        variable=variable,
        target=target,
        loss=loss,
        targets=record.targets,
        channels=int(value.shape[-1]),
        places=len(value.shape) > 1,
        labels=labels,
        probabilities=record.ending is None and made in ("softmax", "sigmoid"),
        training=training,
    )
