"""What generated code calls the outputs of a network, and what it knows about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from archspec.ir import Graph, Value
from archspec.lowering.names import Names
from archspec.lowering.targets import Kind, targets_of
from archspec.recipes import Choice, Recipe
from archspec.recipes.record import Loss

USED = ("F", "batch", "index", "inputs", "loss", "penalty", "self", "share", "target", "targets")


@dataclass(frozen=True, slots=True)
class Output:
    """One output: its variable, the expression of its targets, and the kind of its numbers.

    `targets` is what the data gives; of `classes` that is the numbers. `probabilities` are made
    by the network itself. `training` outputs exist in training only.
    """

    name: str
    variable: str
    target: str
    loss: Choice
    targets: Kind
    channels: int
    places: bool
    probabilities: bool
    training: bool

    @property
    def ending(self) -> str | None:
        """The function that the loss applies itself, because the output is what goes into it."""
        assert isinstance(self.loss.record, Loss)
        return self.loss.record.ending

    def tensor(self, array: str) -> str:
        """Targets as a tensor in the layout of the output."""
        made = f"torch.from_numpy({array})"
        moved = self.places and self.targets not in ("classes", "labels")
        return f"{made}.movedim(-1, 1)" if moved else made


def outputs(graph: Graph, recipe: Recipe) -> tuple[Output, ...]:
    """All outputs in the order in which the network returns them."""
    names = Names(USED)
    always = list(zip(graph.output_names, graph.outputs, strict=True))
    extra = list(zip(graph.training_output_names, graph.training_outputs, strict=True))
    found = []
    for place, ((name, value), loss) in enumerate(zip(always + extra, recipe.losses, strict=True)):
        variable = names.take("output" if len(recipe.losses) == 1 else name)
        target = f"targets[{place}]" if len(always) > 1 else "target"
        assert isinstance(loss.record, Loss)
        kind = targets_of(loss.record, recipe, graph)
        found.append(_output(name, variable, target, value, loss, kind, place >= len(always)))
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
    targets: Kind,
    training: bool,
) -> Output:
    assert isinstance(loss.record, Loss)
    made = value.node.op.name if value.node is not None else ""
    return Output(
        name=name,
        variable=variable,
        target=target,
        loss=loss,
        targets=targets,
        channels=int(value.shape[-1]),
        places=len(value.shape) > 1,
        probabilities=loss.record.ending is None and made in ("softmax", "sigmoid"),
        training=training,
    )
