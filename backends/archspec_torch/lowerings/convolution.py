"""Convolutions: kernels (*window, in / groups, out) become (out, in / groups, *window)."""

from __future__ import annotations

from collections.abc import Callable

from archspec.ir import Node
from archspec.ops.convolution.transposed_conv import crops
from archspec_torch.form import Form, Module, Piece, Sizes, call
from archspec_torch.lowering import Lowering
from archspec_torch.padding import Padding, Pairs, describe, pad_layer
from archspec_torch.site import Site, sizes


def _bias(site: Site) -> str | None:
    return site.optional("bias", True) if site.symbolic("bias") else _false(site, "bias")


def _false(site: Site, name: str) -> str | None:
    return None if site.stored(name) else "False"


def _form(site: Site, text: str, kernel: Piece, padding: Padding) -> Form:
    layer = Module(text, weights={"kernel": kernel, "bias": Piece("bias")})
    if padding.argument is None and padding.pairs is not None:
        return Form((pad_layer(site.rank, padding.pairs), layer), fixed_size=padding.fixed_size)
    return Form((layer,), fixed_size=padding.fixed_size)


def _conv(site: Site) -> Form:
    rank, padding = site.rank, describe(site, "kernel")
    text = call(
        f"nn.Conv{rank}d",
        site.in_channels,
        site.text("filters"),
        site.size("kernel"),
        stride=site.optional_size("stride", 1),
        padding=padding.argument,
        dilation=site.optional_size("dilation", 1),
        groups=site.optional("groups", 1),
        bias=_bias(site),
    )
    return _form(site, text, Piece("weight", (rank + 1, rank, *range(rank))), padding)


def _depthwise_conv(site: Site) -> Form:
    rank, padding = site.rank, describe(site, "kernel")
    channels = site.in_channels
    filters = channels
    if site.optional("multiplier", 1) is not None:
        filters = site.product(site.channels, "multiplier")
    text = call(
        f"nn.Conv{rank}d",
        channels,
        filters,
        site.size("kernel"),
        stride=site.optional_size("stride", 1),
        padding=padding.argument,
        dilation=site.optional_size("dilation", 1),
        groups=channels,
        bias=_bias(site),
    )

    def reshape(shape: Sizes) -> Sizes:
        return (shape[-2] * shape[-1], 1, *shape[:-2])

    return _form(site, text, Piece("weight", (rank, rank + 1, *range(rank)), reshape), padding)


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
        bias=_bias(site),
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
