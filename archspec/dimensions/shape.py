"""Shapes: channels last, without the batch axis; a size is an int or a symbolic expression.

`[features]`, `[time, channels]`, `[height, width, channels]`, `[depth, height, width, channels]`.
Rules compute sizes with plain arithmetic, so the same rule serves numbers (checking) and symbols
(emission, `archspec.dimensions.symbol`).
"""

from __future__ import annotations

from typing import Any

Shape = tuple[Any, ...]
"""Sizes of all axes but the batch axis. In a checked graph every size is an int."""

AXES: dict[int, tuple[str, ...]] = {
    1: ("channels",),
    2: ("time", "channels"),
    3: ("height", "width", "channels"),
    4: ("depth", "height", "width", "channels"),
}
"""Names of the axes by the number of axes; `channels` is always the last."""


def axis(shape: Shape, name: str) -> int | None:
    """Position of the axis called `name`, or None where such a shape has none.

    >>> axis((56, 48, 64), "width")
    1
    """
    if name in ("channels", "features"):
        return len(shape) - 1 if shape else None
    names = AXES.get(len(shape), ())
    return names.index(name) if name in names else None


def show(shape: Shape) -> str:
    """The shape as people read it.

    >>> show((56, 56, 64))
    '[56, 56, 64]'
    """
    return "[" + ", ".join(map(str, shape)) + "]"


def elements(shape: Shape) -> int:
    """How many numbers one sample of this shape holds."""
    count = 1
    for size in shape:
        count *= size
    return count
