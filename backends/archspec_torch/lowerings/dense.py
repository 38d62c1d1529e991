"""Dense layers: `nn.Linear` on features, a convolution with one cell where there are places."""

from __future__ import annotations

from archspec.ir import Node
from archspec_torch.form import Form, Module, Piece, call
from archspec_torch.lowering import TAKES, Lowering
from archspec_torch.site import Site


def _dense(site: Site) -> Form:
    rank = site.rank
    bias = site.optional("bias", True)
    units = site.text("units")
    if rank == 0:
        text = call("nn.Linear", site.in_channels, units, bias=bias)
        kernel = Piece("weight", (1, 0))
    else:
        # The channels stand on axis 1, where nn.Linear would need them on the last one.
        text = call(f"nn.Conv{rank}d", site.in_channels, units, "1", bias=bias)
        kernel = Piece("weight", (1, 0), lambda shape: (shape[1], shape[0], *(1,) * rank))
    return Form((Module(text, weights={"kernel": kernel, "bias": Piece("bias")}),))


def _owner(node: Node) -> str:
    rank = len(node.inputs[0].shape) - 1
    return f"nn.Conv{rank}d" if rank else "nn.Linear"


LOWERINGS = {"dense": Lowering(_dense, TAKES, owner=_owner, most_axes=3, new=True)}
