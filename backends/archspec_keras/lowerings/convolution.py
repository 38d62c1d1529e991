"""Convolutions, depthwise and transposed ones."""

from __future__ import annotations

from collections.abc import Sequence

from archspec.ir import Node
from archspec.lowering.backend import NativeWeight
from archspec.ops.convolution.transposed_conv import crops
from archspec_keras.initial import depthwise, initializer
from archspec_keras.lowerings.dense import bias, started
from archspec_keras.lowerings.lowering import Lowering
from archspec_keras.padding import Window, lower_padding, pad_cells
from archspec_keras.same import HARMLESS, window_amounts
from archspec_keras.site import Layer, Site, Step, factor, pairs

DEPTHWISE = "depthwise"
"""The kind of a layer whose kernel looks like that of a convolution."""


def _conv(site: Site) -> Sequence[Step]:
    before, padding = lower_padding(Window(site, "kernel"))
    kernel = started(site, "kernel_init", "kernel_initializer", "glorot_uniform")
    arguments: tuple[str, ...] = (site.written("filters"), site.window("kernel"))
    groups = site.option("groups", "groups", 1)
    if _skips(site):
        return _subsampled(
            site, f"layers.Conv{site.rank}D", arguments, (*groups, *bias(site), *kernel)
        )
    strides = site.size_option("strides", "stride")
    dilation = site.size_option("dilation_rate", "dilation")
    arguments += (*strides, *padding, *dilation, *groups, *bias(site), *kernel)
    return (*before, Layer(f"layers.Conv{site.rank}D", arguments))


def _skipping(node: Node) -> bool:
    """Strided and dilated at once, which Keras' convolutions refuse."""
    return bool(max(node.attributes["stride"]) > 1 and max(node.attributes["dilation"]) > 1)


def _skips(site: Site) -> bool:
    if not any(map(_skipping, site.nodes)):
        return False
    return bool(site.fact(_skipping, "being strided and dilated at once"))


def _subsampled(
    site: Site, call: str, arguments: tuple[str, ...], rest: tuple[str, ...]
) -> Sequence[Step]:
    """Convolves at stride 1, then keeps every stride-th place: the same values."""
    amounts = site.fact(lambda node: window_amounts(node, "kernel"), "the amounts of padding")
    pad = pad_cells(amounts)
    dilation = (f"dilation_rate={site.size('dilation')}",)
    keep = Layer(
        f"layers.MaxPooling{site.rank}D", ("1", f"strides={site.size('stride')}"), "_places"
    )
    check = (site.sized(),) if site.stored("padding") == "same" else ()
    return (*check, *pad, Layer(call, (*arguments, *dilation, *rest)), keep)


def _grouped(node: Node) -> bool:
    """Whether a depthwise convolution is written as a grouped one.

    Keras has no depthwise layer for volumes, and TensorFlow's takes one stride for both axes.
    """
    return len(node.attributes["kernel"]) == 3 or len(set(node.attributes["stride"])) > 1


def _depthwise(site: Site) -> Sequence[Step]:
    grouped = site.fact(_grouped, "needing a grouped convolution")
    before, padding = lower_padding(Window(site, "kernel"))
    strides = site.size_option("strides", "stride")
    dilation = site.size_option("dilation_rate", "dilation")
    start = site.stored("kernel_init")
    multiplier = factor(site.written("multiplier"))
    if grouped:
        many = "{x}.shape[-1]" if multiplier == "1" else f"{{x}}.shape[-1] * {multiplier}"
        groups = ("groups={x}.shape[-1]",)
        given = initializer(start)
        kernel = () if given == '"glorot_uniform"' else (f"kernel_initializer={given}",)
        arguments = (many, site.size("kernel"))
        call = f"layers.Conv{site.rank}D"
        if _skips(site):
            return _subsampled(site, call, arguments, (*groups, *bias(site), *kernel))
        rest = (*strides, *padding, *dilation, *groups, *bias(site), *kernel)
        return (*before, Layer(call, (*arguments, *rest)))
    given = depthwise(start, "{x}.shape[-1]", multiplier)
    kernel = () if given == '"glorot_uniform"' else (f"depthwise_initializer={given}",)
    times = site.option("depth_multiplier", "multiplier", 1)
    arguments = (site.window("kernel"), *strides, *padding, *times, *dilation, *bias(site), *kernel)
    return (*before, Layer(f"layers.DepthwiseConv{site.rank}D", arguments))


def _depthwise_kernel(node: Node) -> NativeWeight:
    if not _grouped(node):
        return NativeWeight("kernel", kind=DEPTHWISE)
    *window, channels, multiplier = node.weights["kernel"].shape
    return NativeWeight("kernel", shape=(*window, 1, channels * multiplier))


def _transposed(site: Site) -> Sequence[Step]:
    start = initializer(site.stored("kernel_init"), swapped=True)
    kernel = () if start == '"glorot_uniform"' else (f"kernel_initializer={start}",)
    arguments = (
        site.written("filters"),
        site.size("kernel"),
        *site.size_option("strides", "stride"),
    )
    call = f"layers.Conv{site.rank}DTranspose"
    if site.stored("padding") == "same" and not any(map(_gaps, site.nodes)):
        return (Layer(call, (*arguments, 'padding="same"', *bias(site), *kernel)),)
    cut = site.fact(lambda node: _cut(node), "the cells that are cut off")
    layer = Layer(call, (*arguments, *bias(site), *kernel))
    if not any(map(any, cut)):
        return (layer,)
    return (layer, Layer(f"layers.Cropping{site.rank}D", (pairs(cut),), "_crop"))


def _gaps(node: Node) -> bool:
    """Whether TensorFlow's gradients go wrong with `same`, which then is as long as `valid`."""
    axes = zip(node.attributes["kernel"], node.attributes["stride"], strict=True)
    return len(node.attributes["kernel"]) == 3 and any(s - k > HARMLESS for k, s in axes)


def _cut(node: Node) -> tuple[tuple[int, int], ...]:
    """What is cut off Keras' full output, which is never shorter than size * stride."""
    a = node.attributes
    found = zip(crops(a), a["kernel"], a["stride"], strict=True)
    return tuple((low, high + max(s - k, 0)) for (low, high), k, s in found)


def _transposed_kernel(node: Node) -> NativeWeight:
    rank = len(node.attributes["kernel"])
    return NativeWeight("kernel", axes=(*range(rank), rank + 1, rank))


LOWERINGS = {
    "conv": Lowering(steps=_conv, weights={"kernel": "kernel", "bias": "bias"}),
    "depthwise_conv": Lowering(
        steps=_depthwise, weights={"kernel": _depthwise_kernel, "bias": "bias"}
    ),
    "transposed_conv": Lowering(
        steps=_transposed, weights={"kernel": _transposed_kernel, "bias": "bias"}
    ),
}
