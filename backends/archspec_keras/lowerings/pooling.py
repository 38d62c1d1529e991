"""Windowed and global pooling."""

from __future__ import annotations

from collections.abc import Sequence

from archspec.ir import Node
from archspec_keras.lowerings.lowering import Lowering
from archspec_keras.padding import PAD, Window, lower_padding
from archspec_keras.same import window_amounts
from archspec_keras.site import Layer, Site, Step


def _strides(site: Site) -> tuple[str, ...]:
    if "stride" not in site.element.attributes:
        return ()
    text = site.size("stride")
    return () if text == site.size("size") else (f"strides={text}",)


def _non_negative(node: Node) -> bool:
    return bool(node.inputs) and node.inputs[0].non_negative


def max_pooling(rank: int) -> str:
    """The layer that pools maxima; TensorFlow has the gradients of two axes at most right."""
    return "PlanarMaxPooling3D" if rank > 2 else f"layers.MaxPooling{rank}D"


def _max_pool(site: Site) -> Sequence[Step]:
    # Zeros never win over values that are not negative, and Keras has a layer to add them.
    fill = 0.0 if all(map(_non_negative, site.nodes)) else float("-inf")
    before, padding = lower_padding(Window(site, "size", fill, planar=True))
    arguments = (site.size("size"), *_strides(site), *padding)
    return (*before, Layer(max_pooling(site.rank), arguments))


def _avg_pool(site: Site) -> Sequence[Step]:
    padded = any(any(map(any, window_amounts(node, "size"))) for node in site.nodes)
    counts = padded and site.fact(
        lambda node: bool(node.attributes["count_padding"]), "whether padding counts"
    )
    window = Window(site, "size", counts=counts)
    before, padding = lower_padding(window)
    added = [step for step in before if isinstance(step, Layer) and step.suffix == PAD]
    if added and not counts:
        return _inside(site, added[0])
    arguments = (site.size("size"), *_strides(site), *padding)
    return (*before, Layer(f"layers.AveragePooling{site.rank}D", arguments))


def _inside(site: Site, padding: Layer) -> Sequence[Step]:
    """Keras leaves padded cells out of the mean only for its own kinds of padding."""
    stride = site.size("stride") if "stride" in site.element.attributes else site.size("size")
    arguments = (site.size("size"), f"strides={stride}", f"around={padding.arguments[0]}")
    return (Layer(f"UncountedAveragePooling{site.rank}D", arguments),)


def _global(call: str) -> Lowering:
    def steps(site: Site) -> Sequence[Step]:
        keep = site.option("keepdims", "keep", False)
        return (Layer(f"layers.{call}{site.rank}D", keep),)

    return Lowering(steps=steps)


LOWERINGS = {
    "max_pool": Lowering(steps=_max_pool),
    "avg_pool": Lowering(steps=_avg_pool),
    "global_avg_pool": _global("GlobalAveragePooling"),
    "global_max_pool": _global("GlobalMaxPooling"),
}
