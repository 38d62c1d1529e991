"""What the reference shows of rounding inside a network."""

from __future__ import annotations

import pytest

from archspec.testing.compiled import graph_of
from archspec.verification.inside import Inside, inside
from archspec.verification.limits import INSIDE64
from archspec.verification.side import ReferenceResults
from archspec.verification.trial import make


def known(layers: str, training: bool = True) -> Inside:
    graph = graph_of(f"network net {{ input image[4, 4, 2] {layers} }}")
    assert graph is not None
    trial = make(graph, 0)
    return inside(graph, trial, training, ReferenceResults(graph, trial, training))


@pytest.mark.parametrize(
    ("layers", "least", "most"),
    [
        ("repeat 6 { conv(4, 3, padding=same) -> batch_norm -> relu }", 1, 1),
        ("conv(1, 1) -> softmax -> conv(3, 1) -> batch_norm", 50, 1e3),
        ("conv(1, 1) -> concat { identity | identity | identity } -> layer_norm", 50, 1e3),
        ("conv(1, 1) -> layer_norm", 50, 1e3),
        ("conv(4, 1) -> layer_norm", 1, 1),
        ("conv(1, 1) -> softmax -> repeat 2 { conv(3, 1) -> batch_norm }", 1e3, 1e6),
    ],
)
def test_rounding_grows_where_what_is_constant_is_normalised(
    layers: str, least: float, most: float
) -> None:
    assert least <= known(layers).growth() <= most


def test_what_rounding_moves() -> None:
    layers = "conv(1, 1) -> softmax -> conv(3, 1) -> batch_norm"
    trained, used = known(layers), known(layers, training=False)
    assert used.growth() == 1
    assert 1e-13 < trained.moved("outputs", "output", INSIDE64) < 1e-10
    assert used.moved("outputs", "output", INSIDE64) < 1e-14
    assert trained.moved_value("softmax", INSIDE64) < 1e-14
    assert trained.moved("weight_gradients", "conv.kernel", INSIDE64) > 1e-14
    assert Inside().growth() == 1
    assert Inside().moved("outputs", "output", INSIDE64) == 0
