"""Resizing: `interpolate`, but for the sizes at which its rounding goes astray."""

from __future__ import annotations

from archspec.ir import Node
from archspec_torch.form import Form, Module, atom, call
from archspec_torch.site import Site

BILINEAR = {1: "linear", 2: "bilinear", 3: "trilinear"}


def resize(site: Site) -> Form:
    """Half-pixel centres, no antialiasing."""
    method = site.stored("method")
    if method == "nearest" and site.apply.fact(_astray, "size"):
        return _indexed(site)
    arguments = call(
        "",
        size=site.optional_size("size", None),
        scale_factor=site.optional_size("scale", None),
        mode='"nearest-exact"' if method == "nearest" else f'"{BILINEAR[site.rank]}"',
        align_corners=None if method == "nearest" else "False",
    )[1:-1]
    module = Module(f"nn.Upsample({arguments})")
    return Form((module,), lambda x: f"F.interpolate({x}, {arguments})")


def _axes(node: Node) -> tuple[tuple[int, int], ...]:
    """Old and new size of each spatial axis."""
    return tuple(zip(node.inputs[0].shape[:-1], node.outputs[0].shape[:-1], strict=True))


def _astray(node: Node) -> bool:
    return any(_rounds(old, new) for old, new in _axes(node))


def _rounds(old: int, new: int) -> bool:
    """Whether a centre falls on a border of old cells, and the scale is no binary fraction.

    PyTorch multiplies with the rounded scale and may then land on either side.

    >>> _rounds(2, 61), _rounds(2, 6)
    (True, False)
    """
    ties = any((2 * i + 1) * old % (2 * new) == 0 for i in range(new))
    return ties and old * 2**30 % new != 0


def _indexed(site: Site) -> Form:
    axes = site.apply.fact(_axes, "size")

    def function(x: str) -> str:
        text = atom(x)
        for axis, (old, new) in enumerate(axes):
            cells = f"(2 * torch.arange({new}) + 1) * {old} // {2 * new}"
            text += f"[:{', :' * (axis + 1)}, {cells}]"
        return text

    return Form((), function, fixed_size=True)
