"""What windowed ops share: the check that a window fits, and padding in NumPy."""

from __future__ import annotations

from collections.abc import Iterator
from math import prod
from typing import Any

from archspec.dimensions import show
from archspec.dimensions.window import amounts, places
from archspec.ops.attributes import Attributes
from archspec.ops.op import Array, Call, Problem, Shapes


def check_places(attributes: Attributes, inputs: Shapes) -> Iterator[Problem]:
    """The window must fit at least once on every axis.

    Reads `kernel`, `stride`, `padding` and, where the op has it, `dilation`.
    """
    sizes = tuple(inputs[0][:-1])
    a = attributes
    dilation = a.dilation if "dilation" in a else (1,) * len(sizes)
    padded = amounts(a.padding, sizes, a.kernel, a.stride, dilation)
    found = places(sizes, a.kernel, a.stride, dilation, padded)
    if any(size < 1 for size in found):
        reach = tuple(d * (k - 1) + 1 for k, d in zip(a.kernel, dilation, strict=True))
        yield Problem(
            "size-not-positive",
            f"a window of {show(reach)} does not fit into {show(sizes)}",
            "kernel",
            help="use a smaller kernel, add padding, or reduce the size less before this layer",
        )


def pad(x: Array, padded: tuple[tuple[int, int], ...], value: float = 0.0) -> Array:
    """`x` with cells of `value` added on its spatial axes."""
    import numpy as np

    return np.pad(x, ((0, 0), *padded, (0, 0)), constant_values=value)


def windows(x: Array, kernel: Any, stride: Any, dilation: Any) -> Array:
    """All windows of `x`: shape (batch, *places, channels, *kernel)."""
    import numpy as np

    rank = len(kernel)
    reach = tuple(d * (k - 1) + 1 for k, d in zip(kernel, dilation, strict=True))
    seen = np.lib.stride_tricks.sliding_window_view(x, reach, axis=tuple(range(1, rank + 1)))
    steps = (slice(None), *(slice(None, None, s) for s in stride), slice(None))
    return np.asarray(seen[(*steps, *(slice(None, None, d) for d in dilation))])


def reference_conv(call: Call) -> Array:
    """Grouped convolution by summing over every window."""
    import numpy as np

    a, x, kernel = call.attributes, call.inputs[0], call.weights["kernel"]
    padded = amounts(a.padding, x.shape[1:-1], a.kernel, a.stride, a.dilation)
    seen = windows(pad(x, padded), a.kernel, a.stride, a.dilation)
    rank, depth = len(a.kernel), kernel.shape[-2]
    per_group = kernel.shape[-1] // a.groups
    parts = []
    for g in range(a.groups):
        part = seen[(..., slice(g * depth, (g + 1) * depth), *(slice(None),) * rank)]
        chosen = np.moveaxis(kernel[..., g * per_group : (g + 1) * per_group], -2, 0)
        flat = part.reshape(*part.shape[: rank + 1], depth * prod(a.kernel))
        parts.append(flat @ chosen.reshape(-1, per_group))
    out = np.concatenate(parts, axis=-1)
    return out + call.weights["bias"] if "bias" in call.weights else out
