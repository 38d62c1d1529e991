"""Where rounding chooses among equal numbers, float32 has no gradient to be compared."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from archspec.ir import Graph
from archspec.lowering.discovery import backends
from archspec.testing.choices import chooses
from archspec.testing.compiled import graph_of
from archspec.testing.judge import judge
from archspec.testing.side import Side, run_side
from archspec.verification.side import ReferenceResults
from archspec.verification.trial import make

SATURATED = "scale(100.0) -> hard_sigmoid -> conv(2, 1)"


def network(layers: str) -> Graph:
    graph = graph_of(f"network net {{ input image[4, 4, 2] {layers} }}")
    assert graph is not None
    return graph


@pytest.mark.parametrize(
    ("layers", "expected"),
    [
        (f"{SATURATED} -> max_pool(2)", True),
        (f"{SATURATED} -> global_max_pool", True),
        (f"{SATURATED} -> maximum {{ | conv(2, 1) | avg_pool(1) }}", False),
        (f"{SATURATED} -> avg_pool(2)", False),
        ("conv(2, 1) -> max_pool(2)", False),
        ("conv(2, 1) -> relu -> max_pool(2)", False),
        ("conv(2, 3) -> batch_norm -> gelu -> layer_norm -> softmax", False),
    ],
)
@pytest.mark.parametrize("training", [False, True])
def test_only_equal_numbers_are_chosen_among(layers: str, expected: bool, training: bool) -> None:
    graph = network(layers)
    trial = make(graph, 0)
    assert chooses(graph, trial, training, ReferenceResults(graph, trial, training)) == expected


@pytest.mark.filterwarnings("ignore")
def test_gradients_are_undecided_there_and_nothing_else() -> None:
    for layers, kinds in ((f"{SATURATED} -> max_pool(2)", {"undecided"}), ("conv(2, 1)", WRONG)):
        graph = network(layers)
        side = run_side("torch", backends()["torch"], graph, shakes=True)
        assert not judge(graph, [side, replace(side, name="same")])
        for part, found in (("weight_gradients", kinds), ("outputs", WRONG)):
            other = replace(side, name="other", outcomes=_halved(side, part))
            assert {one.kind for one in judge(graph, [side, other])} == found


WRONG = {"disagreement"}


def _halved(side: Side, part: str) -> dict[Any, Any]:
    """The outcomes with one part wrong in float32."""
    return {
        run: replace(one, **{part: {name: x / 2 for name, x in getattr(one, part).items()}})
        if run[0] == "float32"
        else one
        for run, one in side.outcomes.items()
    }
