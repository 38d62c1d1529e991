"""The separable convolution, which the language makes of two ops and Keras has as one layer."""

from __future__ import annotations

from collections.abc import Sequence

from archspec.ir import Node
from archspec.ops.initializer import Initializer
from archspec_keras.initial import depthwise
from archspec_keras.lowerings.lowering import Lowering
from archspec_keras.padding import Window, lower_padding
from archspec_keras.site import Layer, Site, Step, factor

START = Initializer("glorot_uniform")
"""How both kernels start; the op has no attribute for it."""


def _separable(site: Site) -> Sequence[Step]:
    before, padding = lower_padding(Window(site, "kernel"))
    start = depthwise(START, "{x}.shape[-1]", factor(site.written("multiplier")))
    arguments = (
        site.written("filters"),
        site.window("kernel"),
        *site.size_option("strides", "stride"),
        *padding,
        *site.size_option("dilation_rate", "dilation"),
        *site.option("depth_multiplier", "multiplier", 1),
        *site.option("use_bias", "bias", True),
        *(() if start == '"glorot_uniform"' else (f"depthwise_initializer={start}",)),
    )
    return (*before, Layer(f"layers.SeparableConv{site.rank}D", arguments))


def _refused(node: Node) -> str | None:
    a = node.attributes
    if len(a["kernel"]) == 3:
        return "there is no such layer for volumes"
    if len(set(a["stride"])) > 1:
        return "it takes one stride for both axes"
    if max(a["stride"]) > 1 and max(a["dilation"]) > 1:
        return "it is not strided and dilated at once"
    return None


LOWERINGS = {"separable_conv": Lowering(steps=_separable, refuses=_refused)}
