"""Whether NumPy agrees that a call makes no sense."""

from __future__ import annotations

from archspec.ops.op import Call
from archspec.testing.mistakes.planted import Asked


def refuses(asked: Asked) -> bool | None:
    """Whether the op's reference raises or misbehaves too; None where it has none.

    To misbehave is to make nothing, something that is not finite, or another shape than the rule
    says.
    """
    import numpy as np

    op = asked.op
    if op.reference is None:
        return None
    random = np.random.default_rng(0)
    try:
        weights = {
            one.name: random.normal(size=one.shape)
            for one in op.weights(asked.attributes, asked.inputs)
        }
        inputs = [random.normal(size=(2, *shape)) for shape in asked.inputs]
        made = op.reference(Call(asked.attributes, inputs, weights))
        stated = op.shape(asked.attributes, asked.inputs)
    except Exception:
        return True
    return any(
        not one.size or not np.isfinite(one).all() or one.shape[1:] != tuple(shape)
        for one, shape in zip(made, stated, strict=True)
    )
