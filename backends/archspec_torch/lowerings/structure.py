"""Ops that move, cut or repeat values; channels stand on axis 1, right after the batch."""

from __future__ import annotations

from math import prod

from archspec import syntax
from archspec.ir import Node
from archspec_torch.form import Form, Module, Piece, atom, factor, first_factor
from archspec_torch.initial import parameter
from archspec_torch.lowering import FLATTENS, KEEPS, Lowering
from archspec_torch.lowerings._resize import resize
from archspec_torch.padding import Pairs, pad_layer
from archspec_torch.site import Site, constant


def _to_last(rank: int) -> str:
    """The permutation that brings the channels to the end."""
    return f".permute({', '.join(map(str, (0, *range(2, rank + 2), 1)))})" if rank else ""


def _to_first(rank: int) -> str:
    """The permutation that brings the channels back to axis 1."""
    return f".permute({', '.join(map(str, (0, rank + 1, *range(1, rank + 1))))})" if rank else ""


def moves(node: Node) -> bool:
    """Whether flattening gives another order with channels first than with channels last."""
    *sizes, channels = node.inputs[0].shape
    return channels > 1 and prod(sizes) > 1


def _flatten(site: Site) -> Form:
    rank = site.rank
    if rank == 0:
        return _identity(site)
    if site.apply.fact(lambda node: not moves(node) or site.deferred(node), "order"):
        return Form((Module("nn.Flatten()"),), lambda x: f"{atom(x)}.flatten(1)")
    return Form((), lambda x: f"{atom(x)}{_to_last(rank)}.flatten(1)")


def _reshape(site: Site) -> Form:
    rank = site.rank
    new = site.apply.fact(lambda node: len(node.attributes["shape"]) - 1, "shape")
    if new == 0:
        return _flatten(site)
    shape = constant(tuple(site.stored("shape")))[1:-1]
    if site.symbolic("shape"):
        shape = f"*{site.text('shape')}"

    def function(x: str) -> str:
        return f"{atom(x)}{_to_last(rank)}.reshape(-1, {shape}){_to_first(new)}"

    return Form((), function)


def _pad(site: Site) -> Form:
    layer = pad_layer(site.rank, site.stored("amount"), site.stored("value"))
    return Form((layer,), layer.function)


def _crop(site: Site) -> Form:
    amount: Pairs = site.stored("amount")
    layer = pad_layer(site.rank, tuple((-low, -high) for low, high in amount))

    def function(x: str) -> str:
        parts = [f"{low or ''}:{-high or ''}" for low, high in amount]
        return f"{atom(x)}[:, :, {', '.join(parts)}]"

    return Form((Module(layer.text),), function)


def _split(site: Site) -> Form:
    if site.stored("parts") == 1:
        # `chunk` would give a tuple of one.
        return Form((), lambda x: x)
    return Form((), lambda x: f"{atom(x)}.chunk({site.text('parts')}, dim=1)")


def _identity(site: Site) -> Form:
    return Form((Module("nn.Identity()"),), lambda x: x)


def _scale(site: Site) -> Form:
    by = site.text("by")

    def function(x: str) -> str:
        return f"{first_factor(by)} * {factor(x)}"

    return Form((Module(f"Scale({by})"),), function, helpers=("Scale",))


def _sizes(site: Site) -> list[str]:
    """The sizes of a learned value, channels last."""
    code = site.apply.attributes["shape"]
    if site.symbolic("shape") and isinstance(code, syntax.ListOf):
        return [site.write(one) for one in code.items]
    return [str(one) for one in site.stored("shape")]


def _weight(site: Site) -> Form:
    shape = _sizes(site)
    axes = (len(shape) - 1, *range(len(shape) - 1)) if len(shape) > 1 else None
    piece = Piece("", axes, lambda canonical: (1, canonical[-1], *canonical[:-1]))
    sizes = ", ".join(("1", shape[-1], *shape[:-1]))
    start = site.apply.fact(lambda node: parameter(node.weights["value"], sizes), "init")
    return Form(parameter=(f"nn.Parameter({start})", piece))


LOWERINGS = {
    "flatten": Lowering(_flatten, FLATTENS),
    "reshape": Lowering(_reshape, FLATTENS),
    "pad": Lowering(_pad),
    "crop": Lowering(_crop),
    "split": Lowering(_split),
    "resize": Lowering(resize),
    "identity": Lowering(_identity, KEEPS, takes_inplace=True, passes=True),
    "scale": Lowering(_scale, KEEPS),
    "weight": Lowering(_weight),
}
