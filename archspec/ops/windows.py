"""What windowed ops share: the check that a window fits, and windows in NumPy."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from archspec.dimensions import Shape, show
from archspec.dimensions.window import Padding, amounts, places
from archspec.ops.op import Array, Problem

Sizes = tuple[int, ...]


def check_fits(
    attribute: str, padding: Padding, shape: Shape, kernel: Sizes, stride: Sizes, dilation: Sizes
) -> Iterator[Problem]:
    """The window that `attribute` describes must fit at least once on every axis."""
    sizes = tuple(shape[:-1])
    padded = amounts(padding, sizes, kernel, stride, dilation)
    if any(size < 1 for size in places(sizes, kernel, stride, dilation, padded)):
        reach = tuple(d * (k - 1) + 1 for k, d in zip(kernel, dilation, strict=True))
        seen = tuple(n + low + high for n, (low, high) in zip(sizes, padded, strict=True))
        added = "" if seen == sizes else f" padded to {show(seen)}"
        yield Problem(
            "size-not-positive",
            f"a window of {show(reach)} does not fit into {show(sizes)}{added}",
            attribute,
            input=0,
            help=f"use a smaller {attribute}, add padding, or reduce the size less before it",
        )


def pad(x: Array, padded: tuple[tuple[int, int], ...], value: float = 0.0) -> Array:
    """`x` with cells of `value` added on its spatial axes."""
    import numpy as np

    return np.pad(x, ((0, 0), *padded, (0, 0)), constant_values=value)


def windows(x: Array, kernel: Sizes, stride: Sizes, dilation: Sizes) -> Array:
    """All windows of `x` as a view: shape (batch, *places, channels, *kernel)."""
    import numpy as np

    reach = tuple(d * (k - 1) + 1 for k, d in zip(kernel, dilation, strict=True))
    axes = tuple(range(1, len(kernel) + 1))
    seen: Array = np.lib.stride_tricks.sliding_window_view(x, reach, axis=axes)
    at_places = tuple(slice(None, None, s) for s in stride)
    in_window = tuple(slice(None, None, d) for d in dilation)
    index: tuple[Any, ...] = (slice(None), *at_places, slice(None), *in_window)
    view: Array = seen[index]
    return view
