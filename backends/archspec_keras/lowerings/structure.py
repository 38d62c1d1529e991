"""Flatten, reshape, padding, cropping, splitting, resizing, scaling and learned values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from archspec.ir import Node
from archspec_keras.initial import initializer
from archspec_keras.lowerings.lowering import Lowering
from archspec_keras.padding import pad_cells
from archspec_keras.site import Function, Layer, Site, Step, factor, pairs, sizes


def _identity(site: Site) -> Sequence[Step]:
    return ()


def _flatten(site: Site) -> Sequence[Step]:
    return (Layer("layers.Flatten"),)


def _reshape(site: Site) -> Sequence[Step]:
    return (Layer("layers.Reshape", (site.sequence("shape"),)),)


def _amounts(site: Site, name: str) -> tuple[tuple[int, int], ...]:
    found: tuple[tuple[int, int], ...] = site.stored(name)
    return found


def _one_number(site: Site, name: str) -> str | None:
    """The code of an amount that is one number for all sides, if it is one with names."""
    if site.constant(name) or not all(isinstance(one, int) for one in site.values(name)):
        return None
    return site.text(site.element.attributes[name])


def _pad(site: Site) -> Sequence[Step]:
    value = site.stored("value")
    code = _one_number(site, "amount")
    if code is not None and value == 0:
        return (Layer(f"layers.ZeroPadding{site.rank}D", (code,)),)
    return pad_cells(_amounts(site, "amount"), value, suffix="")


def _crop(site: Site) -> Sequence[Step]:
    code = _one_number(site, "amount") or pairs(_amounts(site, "amount"))
    return (Layer(f"layers.Cropping{site.rank}D", (code,)),)


def _split(site: Site) -> Sequence[Step]:
    if site.stored("parts") == 1:
        # `ops.split` would give a list of one.
        return ()
    return (Function(f"ops.split({{x}}, {site.written('parts')}, axis=-1)"),)


def _scale(site: Site) -> Sequence[Step]:
    return (Layer("layers.Rescaling", (site.written("by"),)),)


def _weight(site: Site) -> Sequence[Step]:
    start = initializer(site.stored("init"))
    given = () if start == '"zeros"' else (f"initializer={start}",)
    return (Layer("LearnedValue", (site.sequence("shape"), *given)),)


def _factors(node: Node) -> tuple[int, ...] | None:
    """Whole factors by which every axis grows, None where there are none."""
    pairs = list(zip(node.inputs[0].shape[:-1], node.outputs[0].shape[:-1], strict=True))
    if any(new % old for old, new in pairs):
        return None
    return tuple(new // old for old, new in pairs)


def _image(size: str, method: str) -> Function:
    # `layers.Resizing` takes itself to be in training where nothing is said, and with it all layers
    # behind it: batch statistics would then be used in inference.
    return Function(f'ops.image.resize({{x}}, {size}, interpolation="{method}")')


def _resize(site: Site) -> Sequence[Step]:
    method, rank = site.stored("method"), site.rank
    interpolation = () if method == "nearest" else (f'interpolation="{method}"',)
    grows = "scale" in site.element.attributes
    if rank == 2 and grows:
        return (Layer("layers.UpSampling2D", (site.size("scale"), *interpolation)),)
    if rank == 2:
        new = site.fact(lambda node: node.outputs[0].shape[:-1], "the new size")
        return (_image(repr(tuple(new)), method),)
    if method == "nearest" and grows:
        return (Layer(f"layers.UpSampling{rank}D", (site.size("scale"),)),)
    if method == "nearest":
        factors: Any = site.fact(_factors, "the factors of the sizes")
        if factors is not None:
            return (site.sized(), Layer(f"layers.UpSampling{rank}D", (sizes(factors),)))
    size = f"{{x}}.shape[1] * {_factor(site)}" if grows else site.size("size")
    return (
        Layer("layers.Reshape", ("(-1, 1, {x}.shape[-1])",), "_image"),
        _image(f"({size}, 1)", method),
        Layer("layers.Reshape", ("(-1, {x}.shape[-1])",), "_sequence"),
    )


def _factor(site: Site) -> str:
    """The only number of `scale`, as part of a product."""
    text = factor(site.size("scale"))
    listed = not site.constant("scale") and isinstance(site.values("scale")[0], tuple)
    return f"{text}[0]" if listed else text


def _cannot_resize(node: Node) -> str | None:
    if len(node.inputs[0].shape) != 4:
        return None
    if node.attributes["method"] != "nearest":
        return "Keras has no linear interpolation of volumes"
    if _factors(node) is None:
        return "Keras resizes volumes by whole factors only"
    return None


LOWERINGS = {
    "identity": Lowering(steps=_identity),
    "flatten": Lowering(steps=_flatten),
    "reshape": Lowering(steps=_reshape),
    "pad": Lowering(steps=_pad),
    "crop": Lowering(steps=_crop),
    "split": Lowering(steps=_split),
    "scale": Lowering(steps=_scale),
    "weight": Lowering(steps=_weight, weights={"value": "value"}),
    "resize": Lowering(steps=_resize, refuses=_cannot_resize),
}
