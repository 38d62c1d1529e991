"""The word `same`, which TensorFlow gets wrong where windows of volumes leave cells out.

On a CPU its convolutions and pooling of volumes do not stop at zero when they count the cells to
add. Where two cells or more lie behind the last window, half of them are cut off at the front
instead, so that every window is moved; a transposed convolution has its gradients from there. One
and two axes, other devices, and `valid` are right.
"""

from __future__ import annotations

from typing import Any

from archspec.dimensions.window import amounts
from archspec.ir import Node
from archspec.ops.attributes import Attributes
from archspec_keras.site import Layer, Site, Step, pairs

Amounts = tuple[tuple[int, int], ...]

HARMLESS = 1
"""As many cells behind the last window move nothing: half of them is none."""


def window_amounts(node: Node, kernel: str, word: Any = None) -> Amounts:
    """The cells added in one instance; `word` asks what another padding would add."""
    a: Attributes = node.attributes
    size, stride, dilation = _window(node, kernel)
    return amounts(
        a["padding"] if word is None else word, _sizes(node, kernel), size, stride, dilation
    )


def lower_same(
    site: Site, kernel: str, written: str = '"same"'
) -> tuple[tuple[Step, ...], tuple[str, ...]]:
    """The steps before the op, and its argument; `written` is the code of the padding."""
    if site.rank < 3 or not any(_leaves_out(node, kernel) for node in site.nodes):
        return (), (f"padding={written}",)
    site.fact(lambda node: _leaves_out(node, kernel), "windows that leave cells out")
    if not site.fact(lambda node: _adds(node, kernel), "whether cells are added"):
        # Windows of one cell need none at any size.
        single = site.constant(kernel) and set(site.stored(kernel)) == {1}
        return () if single else (site.sized(),), ()
    left: tuple[int, ...] = site.fact(lambda node: _left(node, kernel), "the cells left out")
    crop = Layer("layers.Cropping3D", (pairs(tuple((0, one) for one in left)),), "_cut")
    step = (crop,) if max(left) > HARMLESS else ()
    return (site.sized(), *step), ('padding="same"',)


def _window(node: Node, kernel: str) -> tuple[tuple[int, ...], ...]:
    a: Attributes = node.attributes
    size = a[kernel]
    stride = size if a["stride"] is None else a["stride"]
    return size, stride, dict(a.items()).get("dilation", (1,) * len(size))


def _sizes(node: Node, kernel: str) -> tuple[int, ...]:
    # The default of a parameter may be of no use to any instance.
    return tuple(node.inputs[0].shape[:-1]) if node.inputs else (1,) * len(node.attributes[kernel])


def _leaves_out(node: Node, kernel: str) -> bool:
    """Whether the windows of `same` move at some size."""
    if node.attributes["padding"] != "same":
        return False
    axes = zip(*_window(node, kernel), strict=True)
    return any(s - (d * (k - 1) + 1) > HARMLESS for k, s, d in axes)


def _adds(node: Node, kernel: str) -> bool:
    return any(map(any, window_amounts(node, kernel)))


def _left(node: Node, kernel: str) -> tuple[int, ...]:
    """The cells of each axis behind the last window."""
    axes = zip(_sizes(node, kernel), *_window(node, kernel), strict=True)
    return tuple(max(n - (-(-n // s) - 1) * s - d * (k - 1) - 1, 0) for n, k, s, d in axes)
