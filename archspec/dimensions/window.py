"""Sliding windows: how padding is resolved and how many places a window has on an axis."""

from __future__ import annotations

from typing import Any

Padding = str | tuple[tuple[int, int], ...]
"""`"valid"`, `"same"`, `"half"`, or explicit (before, after) amounts for each spatial axis."""


def amounts(
    padding: Padding,
    sizes: tuple[Any, ...],
    kernel: tuple[Any, ...],
    stride: tuple[Any, ...],
    dilation: tuple[Any, ...],
) -> tuple[tuple[Any, Any], ...]:
    """Cells added (before, after) on each spatial axis.

    `same` is TensorFlow's: as many as make the output ceil(size / stride), the odd one after.
    `half` is symmetric: dilation * (kernel - 1) // 2 on both sides.

    >>> amounts("same", (8,), (3,), (2,), (1,))
    ((0, 1),)
    """
    if padding == "valid":
        return tuple((0, 0) for _ in kernel)
    if padding == "half":
        return tuple((d * (k - 1) // 2,) * 2 for k, d in zip(kernel, dilation, strict=True))
    if padding == "same":
        both = []
        for n, k, s, d in zip(sizes, kernel, stride, dilation, strict=True):
            total = max((-(-n // s) - 1) * s + d * (k - 1) + 1 - n, 0)
            both.append((total // 2, total - total // 2))
        return tuple(both)
    if isinstance(padding, str):
        raise ValueError(f"unknown padding {padding!r}")
    return padding


def places(
    sizes: tuple[Any, ...],
    kernel: tuple[Any, ...],
    stride: tuple[Any, ...],
    dilation: tuple[Any, ...],
    padded: tuple[tuple[Any, Any], ...],
) -> tuple[Any, ...]:
    """Output size of each spatial axis; zero or negative where the window does not fit.

    >>> places((227,), (11,), (4,), (1,), ((0, 0),))
    (55,)
    """
    return tuple(
        (n + low + high - d * (k - 1) - 1) // s + 1
        for n, k, s, d, (low, high) in zip(sizes, kernel, stride, dilation, padded, strict=True)
    )


def outputs(
    padding: Padding,
    sizes: tuple[Any, ...],
    kernel: tuple[Any, ...],
    stride: tuple[Any, ...],
    dilation: tuple[Any, ...],
) -> tuple[Any, ...]:
    """Output sizes by arithmetic alone, so that sizes may be symbols.

    With `same` that is ceil(size / stride): asking how many cells are added would need a
    comparison.

    >>> outputs("same", (7, 8), (3, 3), (2, 2), (1, 1))
    (4, 4)
    """
    if padding == "same":
        return tuple((n + s - 1) // s for n, s in zip(sizes, stride, strict=True))
    return places(
        sizes, kernel, stride, dilation, amounts(padding, sizes, kernel, stride, dilation)
    )
