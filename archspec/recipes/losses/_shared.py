"""What losses share: their common attributes, and the steps from logits to probabilities."""

from __future__ import annotations

from archspec.ops.attribute import Attribute
from archspec.ops.attributes import Attributes
from archspec.recipes.record import Array

OUTPUT = Attribute(
    "output", "word", "output that the loss is about; may be left out if there is one", default=None
)
WEIGHT = Attribute(
    "weight", "float", "factor of this loss in the sum", default=1.0, exclusive_minimum=0
)
LOGITS = Attribute(
    "logits",
    "bool",
    "whether the network's own result is what would go into the softmax or sigmoid",
    default=False,
)


def smoothing(doc: str) -> Attribute:
    """The attribute `label_smoothing`."""
    return Attribute("label_smoothing", "float", doc, default=0.0, minimum=0, exclusive_maximum=1)


def log_softmax(logits: Array) -> Array:
    """log(softmax(logits)) over the last axis, without overflow."""
    import numpy as np

    moved = logits - logits.max(axis=-1, keepdims=True)
    found: Array = moved - np.log(np.exp(moved).sum(axis=-1, keepdims=True))
    return found


def smoothed(attributes: Attributes, targets: Array) -> Array:
    """Targets of classes, of which each class gets an equal part of the smoothing."""
    amount = attributes.label_smoothing
    found: Array = (1 - amount) * targets + amount / targets.shape[-1]
    return found


def one_hot(labels: Array, like: Array) -> Array:
    """Numbers of classes as 1 for the class and 0 for the others."""
    import numpy as np

    found: Array = np.eye(like.shape[-1], dtype=like.dtype)[labels]
    return found


def places(logits: Array) -> int:
    """How many distributions there are: samples times places."""
    return int(logits.size // logits.shape[-1])
