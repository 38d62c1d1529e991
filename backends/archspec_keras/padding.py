"""Padding of windows: Keras' own word where it means the same, else a layer that pads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isinf
from typing import Any

from archspec import syntax
from archspec.ir import Node
from archspec.lowering.python import number
from archspec_keras.same import Amounts, lower_same, window_amounts
from archspec_keras.site import Function, Layer, Site, Step, factor, pairs

PAD = "_pad"
"""Stands behind the name of the op in that of the layer that pads for it."""


@dataclass(frozen=True, slots=True)
class Window:
    """The names that an op has for the parts of its window, and what padded cells hold.

    `counts` says that padded cells take part (so that Keras' `same` pooling, which leaves them
    out, is no way to write it). `planar` says that the op takes volumes by their planes, so that
    TensorFlow's `same` is right for them.
    """

    site: Site
    kernel: str
    fill: float = 0.0
    counts: bool = False
    planar: bool = False


def lower_padding(window: Window) -> tuple[tuple[Step, ...], tuple[str, ...]]:
    """The steps before the op, and the op's own argument for its padding."""
    site = window.site
    if not site.constant("padding"):
        return _given(window)
    return _symmetric(window, site.stored("padding"))


def _given(window: Window) -> tuple[tuple[Step, ...], tuple[str, ...]]:
    """The padding is a parameter: pass Keras' own words on, pad by a number."""
    site = window.site
    written = site.element.attributes["padding"]
    kind = site.fact(
        lambda node: _kind(window, site.plan.evaluate(written, node)), "the kind of padding"
    )
    code = site.text(written)
    if kind == "number":
        return (_step(window, code, (code, code)),), ()
    if kind == "word":
        return _same(window, code)
    return _symmetric(window, site.stored("padding"))


def _same(window: Window, code: str = '"same"') -> tuple[tuple[Step, ...], tuple[str, ...]]:
    if window.planar:
        return (), (f"padding={code}",)
    return lower_same(window.site, window.kernel, code)


def _kind(window: Window, value: Any) -> str:
    """How a padding can be handed on."""
    if isinstance(value, int):
        return "number"
    return "word" if value in ("valid", "same") and not window.counts else "other"


def _symmetric(window: Window, stored: Any) -> tuple[tuple[Step, ...], tuple[str, ...]]:
    site = window.site
    if stored == "valid":
        return (), ()
    if stored == "same":
        return _explicit(window, "same") if window.counts else _same(window)
    names = [name for name in (window.kernel, "stride", "dilation") if _has(site, name)]
    if all(site.constant(name) for name in names) or not isinstance(stored, str):
        return _explicit(window, None)
    strided = any(set(node.attributes["stride"] or (2,)) != {1} for node in site.nodes)
    natural = _natural(window)
    if natural and not strided and site.constant("stride"):
        return (), ('padding="same"',)
    if not all(site.whole(name) for name in names):
        # Those with one size for all axes need no numbers.
        site.fact(lambda node: _square(node, names), "having one size for all axes")
        return _explicit(window, None)
    amount = _half(window)
    if not natural or site.constant("stride"):
        return (_step(window, amount, (amount, amount)),), ()
    code = site.element.attributes["stride"]
    if not isinstance(code, syntax.Name):
        return (_step(window, amount, (amount, amount)),), ()
    return _by_stride(window, site.text(code), amount)


def _square(node: Node, names: Sequence[str]) -> bool:
    return all(len(set(node.attributes[name] or (1,))) == 1 for name in names)


def _by_stride(
    window: Window, stride: str, amount: str
) -> tuple[tuple[Step, ...], tuple[str, ...]]:
    """At stride 1 Keras' `same` is symmetric; else the padding is a layer."""
    site = window.site
    when = f"{stride} > 1"
    tiny = any(set(node.attributes[window.kernel]) == {1} for node in site.nodes)
    if tiny and not site.constant(window.kernel):
        when += f" and {factor(site.size(window.kernel))} > 1"
    step = _step(window, amount, (amount, amount), when=when)
    return (step,), (f'padding="same" if {stride} == 1 else "valid"',)


def _explicit(window: Window, word: Any) -> tuple[tuple[Step, ...], tuple[str, ...]]:
    """The amounts as numbers, which all instances must agree on."""
    site = window.site
    found: Amounts = site.fact(
        lambda node: window_amounts(node, window.kernel, word), "the amounts of padding"
    )
    if not any(map(any, found)):
        return (), ()
    constant = site.constant(window.kernel) and site.constant("stride")
    if word is None and constant and _natural(window):
        strides = site.fact(lambda node: node.attributes["stride"], "the stride")
        if set(strides or (2,)) == {1}:
            return (), ('padding="same"',)
    step = _step(window, pairs(found), *found)
    return ((step,) if word is None or _by_single_cells(site) else (site.sized(), step)), ()


def _by_single_cells(site: Site) -> bool:
    """Whether the window moves by single cells, so that `same` adds as much at any size."""
    strides = (node.attributes["stride"] for node in site.nodes)
    return site.constant("stride") and all(set(one or (2,)) == {1} for one in strides)


def _natural(window: Window) -> bool:
    """Whether Keras' `same` at stride 1 would add what the instances add, at any size."""
    if window.counts:
        return False
    for node in window.site.nodes:
        a = dict(node.attributes.items())
        dilation = a.get("dilation", (1,) * len(a[window.kernel]))
        found = window_amounts(node, window.kernel)
        for (low, high), k, d in zip(found, a[window.kernel], dilation, strict=True):
            if low != high or low + high != d * (k - 1):
                return False
    return True


def _half(window: Window) -> str:
    """`kernel // 2` where every instance is odd, else the general form."""
    site = window.site
    kernel = site.size(window.kernel)
    dilation = site.size("dilation") if _has(site, "dilation") else "1"
    if kernel.isdigit() and dilation.isdigit():
        return str(int(dilation) * (int(kernel) - 1) // 2)
    odd = all(size % 2 for node in site.nodes for size in node.attributes[window.kernel])
    kernel = factor(kernel)
    if dilation == "1":
        return f"{kernel} // 2" if odd else f"({kernel} - 1) // 2"
    times = factor(dilation)
    return f"{times} * ({kernel} // 2)" if odd else f"{times} * ({kernel} - 1) // 2"


def _has(site: Site, name: str) -> bool:
    return name in site.element.attributes


def _step(window: Window, text: str, *amounts: tuple[Any, Any], when: str | None = None) -> Step:
    rank = window.site.rank
    if window.fill == 0:
        return Layer(f"layers.ZeroPadding{rank}D", (text,), PAD, when)
    return _filled(amounts if len(amounts) == rank else amounts * rank, window.fill, when)


def _filled(amounts: Sequence[tuple[Any, Any]], value: float, when: str | None = None) -> Step:
    inside = ", ".join(f"[{low}, {high}]" for low, high in amounts)
    filler = f'float("{value}")' if isinf(value) else number(value)
    template = f"ops.pad({{x}}, [[0, 0], {inside}, [0, 0]], constant_values={filler})"
    return Function(template, when)


def pad_cells(amounts: Amounts, value: float = 0.0, suffix: str = PAD) -> tuple[Step, ...]:
    """The step that adds cells of one value around, none where there is nothing to add."""
    if not any(map(any, amounts)):
        return ()
    if value == 0:
        return (Layer(f"layers.ZeroPadding{len(amounts)}D", (pairs(amounts),), suffix),)
    return (_filled(amounts, value),)
