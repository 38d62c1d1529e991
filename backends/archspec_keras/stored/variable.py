"""Variables of stored layers, and the layers that they make for a network of ours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from archspec.lowering.backend import Array
from archspec.lowering.native_file import NativeFile, NativeTensor
from archspec_keras.lowerings.convolution import DEPTHWISE
from archspec_keras.official.order import official_order


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable as it is stored; `owner` is the class of its layer in small letters, if known."""

    key: str
    layer: str
    name: str
    array: Array
    owner: str = ""


def arranged(variables: Sequence[Variable], left_out: Mapping[str, int]) -> NativeFile:
    """The tensors, in the order of construction where that is known."""
    layers = list(dict.fromkeys(one.layer for one in variables))
    known = official_order(layers)
    if known is not None:
        place = {layer: i for i, layer in enumerate(known)}
        variables = sorted(variables, key=lambda one: place[one.layer])
    separable = {one.layer for one in variables if _is_separable(one)}
    tensors = [_tensor(one, separable) for one in variables]
    return NativeFile(tensors, known is not None, left_out)


def _is_separable(one: Variable) -> bool:
    return one.name == "pointwise_kernel" or one.owner.startswith("separable_conv")


def _tensor(one: Variable, separable: set[str]) -> NativeTensor:
    layer, name, kind, whole = one.layer, one.name, "", ""
    if layer in separable:
        # Such a layer is two of ours: the depthwise one, then a convolution with the bias.
        first = name in ("depthwise_kernel", "0")
        whole = "separable_conv"
        kind, name = (DEPTHWISE if first else ""), _part(name)
        layer = f"{layer}.{'depthwise_conv' if first else 'conv'}"
    elif name == "depthwise_kernel" or one.owner.startswith("depthwise_conv"):
        kind, name = DEPTHWISE, "kernel" if name == "depthwise_kernel" else name
    return NativeTensor(
        one.key, layer, name, tuple(one.array.shape), lambda: one.array, kind, whole
    )


def _part(name: str) -> str:
    if name.isdecimal():
        return str(max(int(name) - 1, 0))
    return "bias" if name == "bias" else "kernel"


def names_of(owner: str, scale: bool = True, center: bool = True) -> Iterator[str]:
    """The variables of a layer in the order in which they are numbered."""
    if owner.endswith("normalization"):
        yield from (["gamma"] if scale else []) + (["beta"] if center else [])
        if owner.startswith("batch"):
            yield from ("moving_mean", "moving_variance")
    elif owner.startswith("separable_conv"):
        yield from ("depthwise_kernel", "pointwise_kernel", "bias")
    else:
        yield from ("kernel", "bias")
