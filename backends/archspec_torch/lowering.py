"""One op's way into PyTorch, and how the lowerings are found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Literal

from archspec.ir import Node, Scope
from archspec_torch.form import Form
from archspec_torch.site import Site

Lower = Callable[[Site], Form]

Order = Literal["breaks", "keeps", "takes", "flattens"]
KEEPS: Order = "keeps"
TAKES: Order = "takes"
FLATTENS: Order = "flattens"

FAMILIES = (
    "activation",
    "convolution",
    "dense",
    "join",
    "normalisation",
    "pooling",
    "regularisation",
    "structure",
)


@dataclass(frozen=True, slots=True)
class Lowering:
    """`lower` writes the op for one place.

    `order` tells what the op does with flat values whose elements stand in another order: it
    `keeps` the order (weights of one number per element are reordered with it), it `takes` it
    (its kernel's rows are reordered), or it `breaks`, because it needs the canonical order. An
    op that `flattens` may make such values. `stretches` says that an input with a batch axis of
    size 1 does for every sample. `owner` names the PyTorch class that has the kernel, for ops
    whose initial weights the spec chooses. `most_axes` is the number of spatial axes up to which
    PyTorch has the layer. `new` says that the result is a tensor of its own, which the gradient
    of the op does not read; `takes_inplace` that the module may be given `inplace=True`.
    `passes` says that the result is the input itself. `accumulates` is the operator by which a
    value may take up another instead (`+=`), `listed` writes a join of a list of equal shapes.
    """

    lower: Lower
    order: Order = "breaks"
    stretches: bool = False
    owner: Callable[[Node], str] | None = None
    most_axes: int | None = None
    new: bool = False
    takes_inplace: bool = False
    passes: bool = False
    accumulates: str | None = None
    listed: Callable[[str], str] | None = None

    def lacks(self, node: Node | Scope) -> bool:
        """Whether PyTorch has no such layer for as many axes."""
        if self.most_axes is None or not isinstance(node, Node) or not node.inputs:
            return False
        return len(node.inputs[0].shape) - 1 > self.most_axes


@cache
def _all() -> dict[str, Lowering]:
    found: dict[str, Lowering] = {}
    for family in FAMILIES:
        found.update(import_module(f"archspec_torch.lowerings.{family}").LOWERINGS)
    return found


def find(op: str) -> Lowering | None:
    """The lowering of an op, None where this back end has none."""
    return _all().get(op)
