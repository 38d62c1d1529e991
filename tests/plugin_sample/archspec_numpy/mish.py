"""mish: x * tanh(softplus(x)), an op that the language lacks."""

from __future__ import annotations

from archspec.ops.op import Array, Call, Example, Op


def reference(call: Call) -> tuple[Array, ...]:
    import numpy as np

    x = call.inputs[0]
    return (x * np.tanh(np.logaddexp(0, x)),)


OP = Op(
    name="mish",
    family="activation",
    summary="A smooth, self-gated activation.",
    doc="x * tanh(log(1 + exp(x))), element by element.",
    source="Misra (2019), Mish: a self regularized non-monotonic activation function.",
    attributes=(),
    shape=lambda attributes, inputs: (inputs[0],),
    reference=reference,
    examples=(Example("mish", ((4, 4, 3),), (4, 4, 3)),),
    activation=True,
)
