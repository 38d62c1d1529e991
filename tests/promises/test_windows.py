"""The references of windowed ops compute what the definitions in words say, cell by cell.

Each definition is written out as loops over places and cells, with nothing shared with the code
under test: padding is a cell that is outside, not an array that was padded.
"""

from __future__ import annotations

import itertools
from math import ceil, floor
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archspec.ops import registry
from archspec.ops.attributes import Attributes
from archspec.ops.op import Array, Call

few = settings(derandomize=True, max_examples=80, deadline=None, database=None)
Drawn = dict[str, Any]


@st.composite
def drawn_windows(draw: st.DrawFn) -> Drawn:
    """An input shape and a window on it, each axis with numbers of its own."""
    rank = draw(st.integers(1, 3))
    most = (7, 5, 4)[rank - 1]

    def each(low: int, high: int) -> tuple[int, ...]:
        return tuple(draw(st.integers(low, high)) for _ in range(rank))

    explicit = [[draw(st.integers(0, 2)), draw(st.integers(0, 2))] for _ in range(rank)]
    padding = draw(st.sampled_from(["valid", "same", "half", explicit]))
    return {
        "sizes": each(1, most),
        "window": each(1, 3),
        "stride": each(1, 3),
        "dilation": each(1, 2),
        "padding": padding,
        "groups": draw(st.integers(1, 2)),
        "depth": draw(st.integers(1, 2)),
        "filters": draw(st.integers(1, 2)),
        "bias": draw(st.booleans()),
    }


def call(name: str, shape: tuple[int, ...], **given: Any) -> Call | None:
    """A call on random numbers; None where the op refuses the shape."""
    op, rank = registry.find(name), len(shape) - 1
    assert op is not None
    values = {one.name: one.default_value(rank) for one in op.attributes}
    for key, value in given.items():
        attribute = op.attribute(key)
        assert attribute is not None
        values[key] = attribute.store(value, rank)
    attributes = Attributes(values)
    if list(op.check(attributes, (shape,))):
        return None
    rng = np.random.default_rng(sum(shape))
    weights = {w.name: rng.normal(size=w.shape) for w in op.weights(attributes, (shape,))}
    return Call(attributes, [rng.normal(-4, 3, size=(2, *shape))], weights)


def agrees(name: str, made: Call, expected: Array) -> None:
    """The reference gives `expected`, the shape rule its shape, float32 stays float32."""
    op = registry.find(name)
    assert op is not None
    assert op.reference is not None
    (found,) = op.reference(made)
    np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-12)
    assert op.shape(made.attributes, [made.inputs[0].shape[1:]]) == (expected.shape[1:],)
    single = [x.astype(np.float32) for x in made.inputs]
    weights = {key: value.astype(np.float32) for key, value in made.weights.items()}
    (rough,) = op.reference(Call(made.attributes, single, weights))
    assert rough.dtype == np.float32
    np.testing.assert_allclose(rough, expected, rtol=1e-4, atol=1e-4)


def added(d: Drawn, dilation: tuple[int, ...]) -> list[tuple[int, int]]:
    """Cells before and after each axis, from the definitions of the padding words."""
    both = []
    for i, n in enumerate(d["sizes"]):
        reach = dilation[i] * (d["window"][i] - 1)
        if d["padding"] == "valid":
            both.append((0, 0))
        elif d["padding"] == "half":
            both.append((reach // 2, reach // 2))
        elif d["padding"] == "same":
            total = max((ceil(n / d["stride"][i]) - 1) * d["stride"][i] + reach + 1 - n, 0)
            both.append((total // 2, total - total // 2))
        else:
            both.append(tuple(d["padding"][i]))
    return both


def cells(d: Drawn, dilation: tuple[int, ...]) -> tuple[tuple[int, ...], Any]:
    """Number of places on each axis, and a function from a place to its cells.

    That function gives pairs of (place in the kernel, place in the input or None outside).
    """
    pads = added(d, dilation)
    axes = range(len(d["sizes"]))
    counts = []
    for i in axes:
        last = d["sizes"][i] + sum(pads[i]) - dilation[i] * (d["window"][i] - 1) - 1
        counts.append(len(range(0, last + 1, d["stride"][i])))

    def at(place: tuple[int, ...]) -> Any:
        for cell in itertools.product(*map(range, d["window"])):
            spot = [place[i] * d["stride"][i] + cell[i] * dilation[i] - pads[i][0] for i in axes]
            inside = all(0 <= spot[i] < d["sizes"][i] for i in axes)
            yield cell, tuple(spot) if inside else None

    return tuple(counts), at


@few
@given(drawn_windows())
def test_convolution_sums_over_the_window_and_its_group(d: Drawn) -> None:
    groups, depth = d["groups"], d["depth"]
    filters = groups * d["filters"]
    keys = {key: d[key] for key in ("stride", "padding", "dilation", "groups", "bias")}
    shape = (*d["sizes"], groups * depth)
    made = call("conv", shape, filters=filters, kernel=d["window"], **keys)
    counts, at = cells(d, d["dilation"])
    assert (made is None) == (0 in counts)
    if made is None:
        return
    x, kernel = made.inputs[0], made.weights["kernel"]
    expected = np.zeros((2, *counts, filters))
    for b, *place, f in np.ndindex(*expected.shape):
        total = made.weights["bias"][f] if d["bias"] else 0.0
        first = f // d["filters"] * depth
        for cell, spot in at(place):
            for c in range(depth if spot else 0):
                total += x[(b, *spot, first + c)] * kernel[(*cell, c, f)]
        expected[(b, *place, f)] = total
    agrees("conv", made, expected)


@few
@given(drawn_windows())
def test_depthwise_convolution_keeps_channels_apart(d: Drawn) -> None:
    channels, multiplier = d["groups"] + d["depth"], d["filters"]
    keys = {key: d[key] for key in ("stride", "padding", "dilation", "bias")}
    shape = (*d["sizes"], channels)
    made = call("depthwise_conv", shape, kernel=d["window"], multiplier=multiplier, **keys)
    counts, at = cells(d, d["dilation"])
    assert (made is None) == (0 in counts)
    if made is None:
        return
    x, kernel = made.inputs[0], made.weights["kernel"]
    expected = np.zeros((2, *counts, channels * multiplier))
    for b, *place, f in np.ndindex(*expected.shape):
        total = made.weights["bias"][f] if d["bias"] else 0.0
        c, m = divmod(f, multiplier)
        for cell, spot in at(place):
            total += x[(b, *spot, c)] * kernel[(*cell, c, m)] if spot else 0.0
        expected[(b, *place, f)] = total
    agrees("depthwise_conv", made, expected)


def cropped(d: Drawn) -> list[tuple[int, int]]:
    """First cell kept of the full output, and number of cells kept, on each axis."""
    kept = []
    for i, n in enumerate(d["sizes"]):
        k, s = d["window"][i], d["stride"][i]
        full = (n - 1) * s + k
        if d["padding"] == "same":
            kept.append((max(k - s, 0) // 2, n * s))
        else:
            low, high = added(d, (1, 1, 1))[i]
            kept.append((low, full - low - high))
    return kept


@few
@given(drawn_windows())
def test_transposed_convolution_spreads_every_cell(d: Drawn) -> None:
    channels, filters = d["depth"], d["filters"]
    keys = {key: d[key] for key in ("stride", "padding", "bias")}
    shape = (*d["sizes"], channels)
    made = call("transposed_conv", shape, filters=filters, kernel=d["window"], **keys)
    kept = cropped(d)
    assert (made is None) == any(count < 1 for _, count in kept)
    if made is None:
        return
    x, kernel = made.inputs[0], made.weights["kernel"]
    expected = np.zeros((2, *(count for _, count in kept), filters))
    for b, *source, c in np.ndindex(*x.shape):
        for *cell, f in np.ndindex(*d["window"], filters):
            spot = tuple(
                p * s + k - low
                for p, s, k, (low, _) in zip(source, d["stride"], cell, kept, strict=True)
            )
            if all(0 <= p < count for p, (_, count) in zip(spot, kept, strict=True)):
                expected[(b, *spot, f)] += x[(b, *source, c)] * kernel[(*cell, c, f)]
    agrees("transposed_conv", made, expected + (made.weights["bias"] if d["bias"] else 0.0))


@pytest.mark.parametrize("kind", ["max", "real", "all"])
@few
@given(d=drawn_windows())
def test_pooling_takes_the_cells_of_the_window(kind: str, d: Drawn) -> None:
    name = "max_pool" if kind == "max" else "avg_pool"
    extra = {} if kind == "max" else {"count_padding": kind == "all"}
    keys = {"size": d["window"], "stride": d["stride"], "padding": d["padding"], **extra}
    made = call(name, (*d["sizes"], d["depth"]), **keys)
    counts, at = cells(d, (1, 1, 1))
    empty = any(max(pair) >= k for pair, k in zip(added(d, (1, 1, 1)), d["window"], strict=True))
    assert (made is None) == (0 in counts or empty)
    if made is None:
        return
    x = made.inputs[0]
    expected = np.zeros((2, *counts, d["depth"]))
    for b, *place, c in np.ndindex(*expected.shape):
        values = [None if spot is None else x[(b, *spot, c)] for _, spot in at(place)]
        real = [value for value in values if value is not None]
        number = len(values) if kind == "all" else len(real)
        expected[(b, *place, c)] = max(real) if kind == "max" else sum(real) / number
    agrees(name, made, expected)


def mixture(i: int, n: int, m: int, method: str) -> dict[int, float]:
    """Old cells with their shares in new cell i, for an axis of n cells that becomes m."""
    if method == "nearest":
        return {(2 * i + 1) * n // (2 * m): 1.0}
    at = min(max((i + 0.5) * n / m - 0.5, 0.0), n - 1.0)
    shares = {floor(at): 1 - at % 1}
    if at % 1:
        shares[floor(at) + 1] = at % 1
    return shares


@few
@given(drawn_windows(), st.sampled_from(["nearest", "bilinear"]), st.booleans(), st.data())
def test_resizing_mixes_the_nearest_centres(
    d: Drawn, method: str, scaled: bool, data: st.DataObject
) -> None:
    sizes = d["sizes"]
    wanted = tuple(data.draw(st.integers(1, 3 if scaled else 9)) for _ in sizes)
    key = {"scale": wanted} if scaled else {"size": wanted}
    made = call("resize", (*sizes, d["depth"]), method=method, **key)
    assert made is not None
    found = tuple(n * f for n, f in zip(sizes, wanted, strict=True)) if scaled else wanted
    x, expected = made.inputs[0], np.zeros((2, *found, d["depth"]))
    for place in np.ndindex(*found):
        mixed = [mixture(*axis, method) for axis in zip(place, sizes, found, strict=True)]
        for spot in itertools.product(*mixed):
            share = np.prod([shares[at] for shares, at in zip(mixed, spot, strict=True)])
            expected[(slice(None), *place)] += share * x[(slice(None), *spot)]
    agrees("resize", made, expected)


@pytest.mark.parametrize("kind", ["max", "avg"])
@few
@given(d=drawn_windows(), data=st.data())
def test_adaptive_pooling_takes_a_share_of_each_axis(
    kind: str, d: Drawn, data: st.DataObject
) -> None:
    sizes = d["sizes"]
    wanted = tuple(data.draw(st.integers(1, 9)) for _ in sizes)
    made = call(f"adaptive_{kind}_pool", (*sizes, d["depth"]), size=wanted)
    assert made is not None
    x, expected = made.inputs[0], np.zeros((2, *wanted, d["depth"]))
    for b, *place, c in np.ndindex(*expected.shape):
        spots = itertools.product(
            *(
                [cell for cell in range(n) if cell + 1 > i * n / m and cell < (i + 1) * n / m]
                for i, n, m in zip(place, sizes, wanted, strict=True)
            )
        )
        values = [x[(b, *spot, c)] for spot in spots]
        expected[(b, *place, c)] = max(values) if kind == "max" else sum(values) / len(values)
    agrees(f"adaptive_{kind}_pool", made, expected)
