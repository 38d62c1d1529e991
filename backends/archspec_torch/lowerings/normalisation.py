"""Normalisations; epsilon and momentum are always written, because defaults differ."""

from __future__ import annotations

from archspec.syntax import Binary, Number
from archspec_torch.form import Form, Module, Piece, call
from archspec_torch.lowering import KEEPS, Lowering
from archspec_torch.site import Site, constant

AFFINE = {"scale": Piece("weight"), "offset": Piece("bias")}
STATISTICS = {"mean": Piece("running_mean"), "variance": Piece("running_var")}


def _batch_norm(site: Site) -> Form:
    rank = max(site.rank, 1)
    scale, offset = bool(site.stored("scale")), bool(site.stored("offset"))
    if site.symbolic("momentum"):
        momentum = site.write(Binary("-", Number(1), site.apply.attributes["momentum"]))
    else:
        # The part that PyTorch calls momentum is that of the new value.
        momentum = constant(round(1 - site.stored("momentum"), 12))
    name = f"nn.BatchNorm{rank}d"
    helpers: tuple[str, ...] = ()
    if scale != offset:
        name = f"BatchNorm{rank}dWithout{'Offset' if scale else 'Scale'}"
        helpers = (name,)
    text = call(
        name,
        site.in_channels,
        eps=site.text("epsilon"),
        momentum=momentum,
        affine=None if scale or offset else "False",
    )
    return Form((Module(text, weights={**AFFINE, **STATISTICS}),), helpers=helpers)


def _layer_norm(site: Site) -> Form:
    scale, offset = bool(site.stored("scale")), bool(site.stored("offset"))
    name = "nn.LayerNorm"
    helpers: tuple[str, ...] = ()
    if site.rank > 0:
        name, helpers = "ChannelNorm", ("ChannelNorm",)
    arguments = {"elementwise_affine": None if scale or offset else "False"}
    if scale and not offset:
        arguments["bias"] = "False"
    if offset and not scale:
        name += "WithoutScale"
        name = name.removeprefix("nn.")
        helpers = (*helpers, name)
    text = call(name, site.in_channels, eps=site.text("epsilon"), **arguments)
    return Form((Module(text, weights=AFFINE),), helpers=helpers)


def _local_response_norm(site: Site) -> Form:
    # PyTorch divides alpha by the size, the paper does not.
    if site.symbolic("alpha") or site.symbolic("size"):
        code = Binary("*", site.apply.attributes["alpha"], site.apply.attributes["size"])
        alpha = site.write(code)
    else:
        alpha = constant(float(f"{site.stored('alpha') * site.stored('size'):.12g}"))
    text = call(
        "nn.LocalResponseNorm",
        site.text("size"),
        alpha=alpha,
        beta=site.text("beta"),
        k=site.text("bias"),
    )
    return Form((Module(text),))


LOWERINGS = {
    "batch_norm": Lowering(_batch_norm, KEEPS, most_axes=3, new=True),
    "layer_norm": Lowering(_layer_norm, KEEPS),
    "local_response_norm": Lowering(_local_response_norm),
}
