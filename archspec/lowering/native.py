"""Turns canonical weights into a framework's layout and back, bit for bit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from archspec.lowering.backend import NativeWeight

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]
else:
    Array = Any

LARGE = 1 << 18
"""Bytes from which on an array does not fit the cache that matters."""

STRIP = 16
"""Measured best for kernels of 1 to 9 MB; it gains a factor of 2 to 5."""

ROWS = 64
"""The same for strips that are brought into the cache first."""

APART = 16
"""Elements between rows in the cache: rows whole powers of two apart would share its lines."""


def to_native(array: Array, native: NativeWeight) -> Array:
    """The canonical `array` as the framework keeps it: rows, then axes, then shape.

    >>> import numpy as np
    >>> to_native(np.zeros((3, 5, 8, 16)), NativeWeight("conv.weight", axes=(3, 2, 0, 1))).shape
    (16, 8, 3, 5)
    """
    import numpy as np

    found = array
    if native.rows is not None:
        found = found[np.asarray(native.rows)]
    if native.axes is not None:
        found = found.transpose(native.axes)
    if native.shape is not None:
        found = found.reshape(native.shape)
    return in_order(found)


def in_order(array: Array) -> Array:
    """The array itself if its memory lies in order, else a copy whose memory does.

    The copy goes by strips of the last axis: a transposed kernel is read in long steps, and
    without strips each step of a large one misses the cache.
    """
    import numpy as np

    if array.flags.c_contiguous or array.ndim < 2 or array.nbytes < LARGE:
        return np.asarray(array, order="C")
    found = np.empty(array.shape, array.dtype)
    order = sorted(range(array.ndim), key=lambda axis: -array.strides[axis])
    rows = array.transpose(order)
    if order[0] == array.ndim - 1 and rows.flags.c_contiguous:
        _by_rows(rows, found, order)
        return found
    for start in range(0, array.shape[-1], STRIP):
        found[..., start : start + STRIP] = array[..., start : start + STRIP]
    return found


def _by_rows(rows: Array, found: Array, order: Sequence[int]) -> None:
    """Fill `found` from the same array as it lies in memory, `order` being its axes there.

    Kernels of PyTorch have the last axis of ours first. A strip is read in one go, and turned
    while it lies in the cache.
    """
    import numpy as np

    flat = rows.reshape(len(rows), -1)
    cache = np.empty((ROWS, flat.shape[1] + APART), rows.dtype)[:, : flat.shape[1]]
    for start in range(0, len(rows), ROWS):
        strip = cache[: len(rows) - start]
        strip[:] = flat[start : start + ROWS]
        turned = strip.reshape(-1, *rows.shape[1:]).transpose(np.argsort(order))
        found[..., start : start + ROWS] = turned


def from_native(array: Array, native: NativeWeight, shape: tuple[int, ...] | None = None) -> Array:
    """The canonical form of a framework's `array`; undoes `to_native`.

    `shape` is the canonical shape, which must be given where the native one is a reshape.
    """
    return in_order(canonical_view(array, native, shape))


def canonical_view(
    array: Array, native: NativeWeight, shape: tuple[int, ...] | None = None
) -> Array:
    """The same without a copy where there need not be one; the memory may lie in any order."""
    import numpy as np

    found = array
    if native.shape is not None:
        if shape is None:
            raise ValueError(f"the canonical shape of {native.key!r} must be given")
        found = found.reshape(shape if native.axes is None else [shape[i] for i in native.axes])
    if native.axes is not None:
        found = found.transpose(np.argsort(native.axes))
    if native.rows is not None:
        found = found[np.argsort(native.rows)]
    return found


def native_shape(shape: tuple[int, ...], native: NativeWeight) -> tuple[int, ...]:
    """The shape that `to_native` gives an array of that canonical shape.

    >>> native_shape((3, 5, 8, 16), NativeWeight("conv.weight", axes=(3, 2, 0, 1)))
    (16, 8, 3, 5)
    """
    if native.shape is not None:
        return native.shape
    return shape if native.axes is None else tuple(shape[i] for i in native.axes)
