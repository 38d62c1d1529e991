"""Convolutions: kernels (*window, in / groups, out) become (out, in / groups, *window)."""

from __future__ import annotations

from collections.abc import Callable

from archspec.ir import Node
from archspec.ops.convolution.transposed_conv import crops
from archspec_torch.form import Form, Module, Piece, Sizes, call
from archspec_torch.lowering import Lowering
from archspec_torch.padding import Padding, Pairs, describe, pad_layer
from archspec_torch.site import Site, sizes

Reshape = Callable[[Sizes], Sizes] | None


def _form(site: Site, text: str, kernel: Piece, padding: Padding) -> Form:
    layer = Module(text, weights={"kernel": kernel, "bias": Piece("bias")})
    if padding.argument is None and padding.pairs is not None:
        return Form((pad_layer(site.rank, padding.pairs), layer), fixed_size=padding.fixed_size)
    return Form((layer,), fixed_size=padding.fixed_size)


def _sliding(
    site: Site, filters: str, groups: str | None, axes: tuple[int, ...], reshape: Reshape = None
) -> Form:
    """The layer that `nn.Conv2d` is at rank 2."""
    padding = describe(site, "kernel")
    text = call(
        f"nn.Conv{site.rank}d",
        site.in_channels,
        filters,
        site.size("kernel"),
        stride=site.optional_size("stride", 1),
        padding=padding.argument,
        dilation=site.optional_size("dilation", 1),
        groups=groups,
        bias=site.optional("bias", True),
    )
    return _form(site, text, Piece("weight", axes, reshape), padding)


def _conv(site: Site) -> Form:
    axes = (site.rank + 1, site.rank, *range(site.rank))
    return _sliding(site, site.text("filters"), site.optional("groups", 1), axes)


def _depthwise_conv(site: Site) -> Form:
    filters = channels = site.in_channels
    if site.optional("multiplier", 1) is not None:
        filters = site.product(site.channels, "multiplier")

    def reshape(shape: Sizes) -> Sizes:
        return (shape[-2] * shape[-1], 1, *shape[:-2])

    axes = (site.rank, site.rank + 1, *range(site.rank))
    return _sliding(site, filters, channels, axes, reshape)


def _transposed_conv(site: Site) -> Form:
    rank = site.rank
    cut: Pairs = site.apply.fact(_crops, "padding")
    low = tuple(max(before, 0) for before, _ in cut)
    # PyTorch crops `low` on both sides and adds `more` at the high end.
    more = tuple(before - after for before, after in cut)
    strides: Sizes = site.apply.fact(lambda node: node.attributes["stride"], "stride")
    added = tuple(max(one, 0) for one in more)
    fits = all(one < s for one, s in zip(added, strides, strict=True))
    if not fits:
        low, added = (0,) * rank, (0,) * rank
    left = tuple(
        (low_n - before, -(after - low_n + added_n))
        for (before, after), low_n, added_n in zip(cut, low, added, strict=True)
    )
    text = call(
        f"nn.ConvTranspose{rank}d",
        site.in_channels,
        site.text("filters"),
        site.size("kernel"),
        stride=site.optional_size("stride", 1),
        padding=sizes(low) if any(low) else None,
        output_padding=sizes(added) if any(added) else None,
        bias=site.optional("bias", True),
    )
    kernel = Piece("weight", (rank, rank + 1, *range(rank)))
    layer = Module(text, weights={"kernel": kernel, "bias": Piece("bias")})
    if not any(map(any, left)):
        return Form((layer,))
    crop = pad_layer(rank, left)
    return Form((layer, Module(crop.text, "crop", crop.function)))


def _crops(node: Node) -> Pairs:
    return tuple((int(low), int(high)) for low, high in crops(node.attributes))


def _owner(name: str) -> Callable[[Node], str]:
    return lambda node: f"nn.{name}{len(node.inputs[0].shape) - 1}d"


LOWERINGS = {
    "conv": Lowering(_conv, owner=_owner("Conv"), new=True),
    "depthwise_conv": Lowering(_depthwise_conv, owner=_owner("Conv"), new=True),
    "transposed_conv": Lowering(_transposed_conv, owner=_owner("ConvTranspose"), new=True),
}
