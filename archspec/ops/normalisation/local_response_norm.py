"""local_response_norm: divides by the strength of neighbouring channels."""

from __future__ import annotations

from collections.abc import Iterator

from archspec.dimensions import Shape
from archspec.ops.attribute import Attribute
from archspec.ops.attributes import Attributes
from archspec.ops.op import Array, Call, Example, Op, Problem, Shapes


def check(attributes: Attributes, inputs: Shapes) -> Iterator[Problem]:
    size = attributes.size
    if size % 2 == 0:
        yield Problem(
            "out-of-range",
            f"size must be odd, so that as many channels count on both sides, not {size}",
            "size",
            help=f"use {size - 1} or {size + 1}",
        )


def shape(attributes: Attributes, inputs: Shapes) -> tuple[Shape, ...]:
    return (inputs[0],)


def reference(call: Call) -> tuple[Array, ...]:
    import numpy as np

    a, x = call.attributes, call.inputs[0]
    half = a.size // 2
    squares = np.pad(x * x, ((0, 0),) * (x.ndim - 1) + ((half, half),))
    around = np.lib.stride_tricks.sliding_window_view(squares, a.size, axis=-1).sum(axis=-1)
    return (x / (a.bias + a.alpha * around) ** a.beta,)


OP = Op(
    name="local_response_norm",
    family="normalisation",
    summary="Normalises each value by its neighbours in other channels.",
    doc=(
        "x / (bias + alpha * s) ** beta, where s is the sum of squares over the `size` channels"
        " around, fewer at the first and last channels. Alpha is the paper's: it is not divided by"
        " the size, as PyTorch's is."
    ),
    source="Krizhevsky et al. (2012), ImageNet classification, 3.3 (there k, n, alpha and beta).",
    attributes=(
        Attribute(
            "size",
            "int",
            "odd number of channels that count",
            default=5,
            minimum=1,
            strict=(
                "an even number has no middle: PyTorch takes one channel more before than after,"
                " the paper's n / 2 on both sides makes n + 1, and TensorFlow has no such windows"
            ),
        ),
        Attribute("alpha", "float", "factor of the sum of squares", default=1e-4, minimum=0),
        Attribute("beta", "float", "exponent", default=0.75, minimum=0),
        Attribute("bias", "float", "added to the sum", default=1.0, minimum=1e-12),
    ),
    ranks=(1, 2, 3),
    check=check,
    shape=shape,
    reference=reference,
    examples=(
        Example("local_response_norm", ((6, 5, 8),), (6, 5, 8)),
        Example("local_response_norm(3, alpha=0.5, bias=2.0)", ((9, 2),), (9, 2)),
    ),
    keeps_sign=True,
)
