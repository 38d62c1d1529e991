"""Whether NumPy agrees that a call makes no sense."""

from __future__ import annotations

from archspec.ops.op import Call
from archspec.testing.mistakes.planted import Asked

IMPOSSIBLE = (
    "window shape cannot be larger than input array shape",
    "all the input array",
    "array split does not result in an equal division",
    "cannot reshape array of size",
    "could not be broadcast together",
    "negative dimensions are not allowed",
    "zero-size array to reduction operation",
    "index can't contain negative values",
)
"""What NumPy says of sizes that do not fit, always as a `ValueError`."""


def refuses(asked: Asked) -> bool | None:
    """Whether the op's reference refuses or misbehaves too; None where it has none.

    To misbehave is to make nothing, something that is not finite, or another shape than the rule
    says. What NumPy says of something else than sizes is a mistake in the reference, and raised.
    """
    import numpy as np

    op = asked.op
    if op.reference is None:
        return None
    random = np.random.default_rng(0)
    weights = {
        one.name: random.normal(size=one.shape)
        for one in op.weights(asked.attributes, asked.inputs)
    }
    inputs = [random.normal(size=(2, *shape)) for shape in asked.inputs]
    stated = op.shape(asked.attributes, asked.inputs)
    try:
        made = op.reference(Call(asked.attributes, inputs, weights))
    except ValueError as error:
        if not any(one in str(error) for one in IMPOSSIBLE):
            raise
        return True
    return any(
        not one.size or not np.isfinite(one).all() or one.shape[1:] != tuple(shape)
        for one, shape in zip(made, stated, strict=True)
    )
