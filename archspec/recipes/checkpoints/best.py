"""best: the weights of the best epoch are kept."""

from __future__ import annotations

from archspec.ops.attributes import Attributes
from archspec.recipes._monitor import MONITOR, improves
from archspec.recipes.record import Better, Checkpoint, State


def keep(attributes: Attributes, state: State, value: float, better: Better) -> bool:
    if not improves(value, state.get("best"), 0.0, better):
        return False
    state["best"] = value
    return True


PART = Checkpoint(
    name="best",
    kind="checkpoints",
    summary="The weights of the best epoch are kept, and are the result.",
    doc=(
        "After each epoch whose monitored number is better than all before, its weights are kept;"
        " of equal epochs the first. At the end they are the result of the training. The last"
        " checkpoint, from which a training is resumed, is kept in any case."
    ),
    source="Prechelt (1998), Early stopping, but when?, 1.",
    attributes=(MONITOR,),
    example="checkpoint: best(monitor=validation_accuracy)",
    keep=keep,
)
