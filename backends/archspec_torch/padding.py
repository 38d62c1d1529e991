"""How padding is written: as PyTorch's own argument where it can be, else as a layer before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from archspec.dimensions.window import amounts
from archspec.ir import Node
from archspec.lowering.plan import Code
from archspec.syntax import Binary, Index, ListOf, Number
from archspec_torch.form import Module, call
from archspec_torch.site import Site, constant, sizes

Pairs = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Padding:
    """`argument` is the text for `padding=`, None where PyTorch's own padding cannot say it.

    `pairs` are the amounts, where all instances agree on numbers: without `argument` they go into a
    layer before. Nothing is padded where both are None.
    """

    argument: str | None = None
    pairs: Pairs | None = None
    fixed_size: bool = False


def window(node: Node) -> tuple[Sequence[int], Sequence[int], Sequence[int]]:
    """Size, stride and dilation of a node's window."""
    a = node.attributes
    size = a["kernel"] if "kernel" in a else a["size"]
    stride = size if a["stride"] is None else a["stride"]
    return size, stride, a["dilation"] if "dilation" in a else (1,) * len(size)


def resolved(node: Node) -> Pairs:
    """Cells added on each spatial axis of the node's input."""
    size, stride, dilation = window(node)
    found = amounts(
        node.attributes["padding"],
        tuple(node.inputs[0].shape[:-1]),
        tuple(size),
        tuple(stride),
        tuple(dilation),
    )
    return tuple((int(low), int(high)) for low, high in found)


def describe(site: Site, size: str) -> Padding:
    """The padding of a window op whose window size is the attribute `size`."""
    nodes = site.nodes()
    words = {node.attributes["padding"] for node in nodes}
    found = {resolved(node) for node in nodes}
    if any(isinstance(word, str) for word in words):
        if len(words) > 1 and size == "kernel" and _own_words(site):
            return Padding(site.write(site.apply.attributes["padding"]))
        # Words are PyTorch's own only in part, so a parameter cannot hand them on elsewhere.
        word = site.apply.fact(lambda node: node.attributes["padding"], "padding")
        if word == "same":
            return _same(site, size, found)
        if word == "half" and (site.symbolic(size) or site.symbolic("dilation")):
            return Padding(_half(site, size))
    elif site.symbolic("padding") and all(_uniform(pairs) is not None for pairs in found):
        return Padding(site.write(site.apply.attributes["padding"]))
    return _numbers(site.apply.fact(resolved, "padding"))


def _own_words(site: Site) -> bool:
    """Whether all words mean to PyTorch's convolutions what they mean here."""

    def means_the_same(node: Node) -> bool:
        kernel, stride, _ = window(node)
        word = node.attributes["padding"]
        natural = set(stride) == {1} and all(k % 2 for k in kernel)
        return word == "valid" or (word == "same" and natural)

    return site.symbolic("padding") and all(map(means_the_same, site.nodes()))


def _numbers(pairs: Pairs, fixed_size: bool = False) -> Padding:
    if not any(map(any, pairs)):
        return Padding(fixed_size=fixed_size)
    if all(low == high for low, high in pairs):
        return Padding(sizes(tuple(low for low, _ in pairs)), pairs, fixed_size)
    return Padding(None, pairs, fixed_size)


def _uniform(pairs: Pairs) -> int | None:
    return pairs[0][0] if len({one for pair in pairs for one in pair}) == 1 else None


def _same(site: Site, size: str, found: set[Pairs]) -> Padding:
    """TensorFlow's `same`: free of the sizes only where the stride is 1."""
    unit = all(set(window(node)[1]) == {1} for node in site.nodes())
    if not unit:
        return _numbers(site.apply.fact(resolved, "padding"), fixed_size=True)
    odd = all(k % 2 for node in site.nodes() for k in window(node)[0])
    constant_size = not site.symbolic(size) and not site.symbolic("dilation") and len(found) == 1
    if constant_size or not odd:
        # PyTorch's own word for it warns at run time where a window is even.
        return _numbers(site.apply.fact(resolved, "padding"))
    return Padding('"same"' if site.symbolic("stride") else _half(site, size))


def _half(site: Site, size: str) -> str:
    """`kernel // 2` where all kernels are odd, else dilation * (kernel - 1) // 2."""
    kernel = site.apply.attributes[size]
    plain = "dilation" not in site.nodes()[0].attributes or (
        not site.symbolic("dilation") and all(set(window(n)[2]) == {1} for n in site.nodes())
    )
    odd = all(k % 2 for node in site.nodes() for k in window(node)[0])
    if site.symbolic(size) and site.listed(size):
        if plain and odd:
            axes = [Binary("//", Index(kernel, Number(n)), Number(2)) for n in range(site.rank)]
            return site.write(ListOf(tuple(axes)))
        return constant(tuple(low for low, _ in site.apply.fact(resolved, "padding")))
    listed = site.symbolic("dilation") and site.listed("dilation")
    if listed or not site.apply.fact(lambda node: len(set(resolved(node))) == 1, "padding"):
        return constant(tuple(low for low, _ in site.apply.fact(resolved, "padding")))
    if plain and odd:
        return site.write(Binary("//", kernel, Number(2)))
    if plain:
        return site.write(Binary("//", Binary("-", kernel, Number(1)), Number(2)))
    return site.write(_dilated(site, size))


def _dilated(site: Site, size: str) -> Code:
    kernel, dilation = site.apply.attributes[size], site.apply.attributes["dilation"]
    if not site.symbolic("dilation"):
        step = int(site.stored("dilation")[0])
        if step % 2 == 0:
            reach_code: Code = Binary("-", kernel, Number(1))
            return reach_code if step == 2 else Binary("*", Number(step // 2), reach_code)
    if not site.symbolic(size):
        reach = int(site.stored(size)[0]) - 1
        if reach == 2:
            return dilation
        if reach % 2 == 0:
            return Binary("*", Number(reach // 2), dilation)
    return Binary("//", Binary("*", dilation, Binary("-", kernel, Number(1))), Number(2))


def pad_layer(rank: int, pairs: Pairs, value: float = 0.0) -> Module:
    """A layer that adds cells (or cuts them off, where amounts are negative)."""
    flat = tuple(one for pair in reversed(pairs) for one in pair)
    if value == 0:
        text = f"nn.ZeroPad{rank}d({sizes(flat)})"
        return Module(text, "pad", lambda x: f"F.pad({x}, {constant(flat)})")
    filling = 'float("-inf")' if value == float("-inf") else constant(value)
    text = call(f"nn.ConstantPad{rank}d", sizes(flat), filling)
    return Module(text, "pad", lambda x: f"F.pad({x}, {constant(flat)}, value={filling})")
