"""Pooling over windows and over all places."""

from __future__ import annotations

from collections.abc import Callable

from archspec.dimensions.window import places
from archspec.ir import Node
from archspec_torch.form import Form, Module, atom, call
from archspec_torch.lowering import Lowering
from archspec_torch.padding import Padding, Pairs, describe, pad_layer, resolved, window
from archspec_torch.site import Site, sizes


def _fits(site: Site, padding: Padding) -> bool:
    """PyTorch takes padding up to half a window."""
    return all(
        2 * amount <= k
        for node in site.nodes()
        for pair, k in zip(resolved(node), window(node)[0], strict=True)
        for amount in pair
    )


def _holds_windows(site: Site) -> bool:
    """Whether the cells alone hold a window: `avg_pool3d` asks for that, whatever is padded."""
    return site.rank < 3 or all(
        n >= k
        for node in site.nodes()
        for n, k in zip(node.inputs[0].shape[:-1], window(node)[0], strict=True)
    )


def _ceil_mode(node: Node) -> tuple[int, ...] | None:
    """The low padding with which PyTorch's `ceil_mode` sees the same windows, if there is one."""
    size, stride, dilation = window(node)
    pairs, given = resolved(node), tuple(node.inputs[0].shape[:-1])
    low = tuple(one for one, _ in pairs)
    if any(2 * one > k for one, k in zip(low, size, strict=True)):
        return None
    wanted = places(given, tuple(size), tuple(stride), tuple(dilation), pairs)
    for n, k, s, before, count, (_, high) in zip(
        given, size, stride, low, wanted, pairs, strict=True
    ):
        found = -(-(n + 2 * before - k) // s) + 1
        if (found - 1) * s >= n + before:
            found -= 1
        if found != count or high < before:
            return None
    return low


def _arguments(site: Site, *more: str | None, **named: str | None) -> str:
    text = call("", site.size("size"), *more, stride=site.optional_size("stride", None), **named)
    return text[1:-1]


def _pool(site: Site, kind: str, padding: Padding, arguments: str, before: Pairs | None) -> Form:
    module, function = f"nn.{kind.title()}Pool{site.rank}d", f"F.{kind}_pool{site.rank}d"
    pool = Module(f"{module}({arguments})", "", lambda x: f"{function}({x}, {arguments})")
    fixed = padding.fixed_size
    if before is None:
        return Form((pool,), pool.function, fixed_size=fixed)
    pad = pad_layer(site.rank, before, float("-inf") if kind == "max" else 0.0)
    return Form((pad, pool), fixed_size=fixed)


def _max_pool(site: Site) -> Form:
    padding = describe(site, "size")
    if padding.argument == '"same"':
        padding = Padding(pairs=site.apply.fact(resolved, "padding"))
    if padding.argument is not None and _fits(site, padding):
        return _pool(site, "max", padding, _arguments(site, padding=padding.argument), None)
    if padding.argument is None and padding.pairs is None:
        return _pool(site, "max", padding, _arguments(site), None)
    low = site.apply.fact(_ceil_mode, "padding") if padding.fixed_size else None
    if low is not None:
        amount = sizes(low) if any(low) else None
        arguments = _arguments(site, padding=amount, ceil_mode="True")
        return _pool(site, "max", padding, arguments, None)
    pairs = padding.pairs or site.apply.fact(resolved, "padding")
    return _pool(site, "max", padding, _arguments(site), pairs)


def _avg_pool(site: Site) -> Form:
    padding = describe(site, "size")
    if padding.argument == '"same"':
        padding = Padding(pairs=site.apply.fact(resolved, "padding"))
    if padding.argument is None and padding.pairs is None:
        return _pool(site, "avg", padding, _arguments(site), None)
    counted, inside = bool(site.stored("count_padding")), _holds_windows(site)
    if padding.argument is not None and inside and _fits(site, padding):
        count = "True" if counted else "False"
        arguments = _arguments(site, padding=padding.argument, count_include_pad=count)
        return _pool(site, "avg", padding, arguments, None)
    pairs: Pairs = padding.pairs or site.apply.fact(resolved, "padding")
    if counted:
        return _pool(site, "avg", padding, _arguments(site), pairs)
    low = site.apply.fact(_ceil_mode, "padding") if padding.fixed_size and inside else None
    if low is not None:
        amount = sizes(low) if any(low) else None
        arguments = _arguments(site, padding=amount, ceil_mode="True", count_include_pad="False")
        return _pool(site, "avg", padding, arguments, None)
    return _mean_of_real_cells(site, pairs, padding.fixed_size)


def _mean_of_real_cells(site: Site, pairs: Pairs, fixed_size: bool) -> Form:
    arguments, layer = _arguments(site), pad_layer(site.rank, pairs)
    pad = layer.function
    assert pad is not None

    def function(x: str) -> str:
        mean = f"F.avg_pool{site.rank}d"
        real = f"{mean}({pad(f'torch.ones_like({x})')}, {arguments})"
        return f"{mean}({pad(x)}, {arguments}) / {real}"

    return Form((), function, fixed_size=fixed_size)


def _global(module: str, method: str) -> Callable[[Site], Form]:
    def lower(site: Site) -> Form:
        axes = tuple(range(2, 2 + site.rank))
        dim = f"dim={axes if len(axes) > 1 else axes[0]}"
        pool = Module(f"nn.{module}{site.rank}d(1)")
        if site.stored("keep"):
            return Form((pool,), lambda x: f"{atom(x)}.{method}({dim}, keepdim=True)")
        return Form((pool, Module("nn.Flatten()")), lambda x: f"{atom(x)}.{method}({dim})")

    return lower


def _adaptive(kind: str) -> Callable[[Site], Form]:
    def lower(site: Site) -> Form:
        size = site.size("size")
        module = Module(f"nn.Adaptive{kind.title()}Pool{site.rank}d({size})")
        return Form((module,), lambda x: f"F.adaptive_{kind}_pool{site.rank}d({x}, {size})")

    return lower


LOWERINGS = {
    "max_pool": Lowering(_max_pool),
    "avg_pool": Lowering(_avg_pool),
    "global_avg_pool": Lowering(_global("AdaptiveAvgPool", "mean")),
    "global_max_pool": Lowering(_global("AdaptiveMaxPool", "amax")),
    "adaptive_avg_pool": Lowering(_adaptive("avg")),
    "adaptive_max_pool": Lowering(_adaptive("max")),
}
