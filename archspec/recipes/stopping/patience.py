"""patience: the end of the training, where the results no longer get better."""

from __future__ import annotations

from archspec.ops.attribute import Attribute
from archspec.ops.attributes import Attributes
from archspec.recipes._monitor import MINIMUM_CHANGE, MONITOR, improves
from archspec.recipes.record import Better, State, Stopping


def stop(attributes: Attributes, state: State, value: float, better: Better) -> bool:
    if improves(value, state.get("best"), attributes.minimum_change, better):
        state["best"], state["waited"] = value, 0
        return False
    state["waited"] = state.get("waited", 0) + 1
    return bool(state["waited"] >= attributes.patience)


PART = Stopping(
    name="patience",
    kind="stopping",
    summary="Training ends after so many epochs without anything better.",
    doc=(
        "After each epoch the monitored number is compared with the best so far. It is better when"
        " it differs from it by more than `minimum_change` in the good direction. After `patience`"
        " epochs in a row that were not, training ends; with `restore_best` the network then has"
        " the weights of the best epoch, the first of equals, else those of the last."
    ),
    source="Prechelt (1998), Early stopping, but when?, 2.1, the third class of criteria.",
    attributes=(
        Attribute("patience", "int", "epochs without anything better", minimum=1),
        MONITOR,
        MINIMUM_CHANGE,
        Attribute(
            "restore_best",
            "bool",
            "whether the weights of the best epoch are the result",
            default=False,
        ),
    ),
    example="early_stopping: patience(10)",
    stop=stop,
)
