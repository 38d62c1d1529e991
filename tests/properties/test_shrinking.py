"""A wrong lowering is found by drawing, and shown in a network of a few lines."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

import archspec_torch
from archspec.ir import Graph
from archspec.testing import DrawnNetwork, assert_agreement, disagreements, networks, reduced
from archspec.testing.campaign import drawn
from archspec.testing.compiled import graph_of
from archspec_torch.emitted import Emitted

MOST_LINES = 8


class Faulty(archspec_torch.Backend):
    """A back end that writes one activation for another."""

    def emit(self, graph: Graph) -> Emitted:
        from dataclasses import replace

        made = super().emit(graph)
        name = f"{made.generated.module}.py"
        source = made.generated.files[name].replace("F.silu(", "F.gelu(").replace("SiLU", "GELU")
        files = {**made.generated.files, name: source.replace("GELU(inplace=True)", "GELU()")}
        changed = {name: one.replace(", inplace=True)", ")") for name, one in files.items()}
        return replace(made, generated=replace(made.generated, files=changed))


def wrong(text: str) -> bool:
    graph = graph_of(text)
    return graph is not None and bool(disagreements(graph, [Faulty()], dtypes=["float64"]))


@pytest.mark.filterwarnings("ignore")
def test_what_hypothesis_shows_is_short() -> None:
    shown: list[str] = []

    @seed(0)
    @settings(
        max_examples=20,
        deadline=None,
        database=None,
        suppress_health_check=[*HealthCheck],
        phases=[Phase.generate, Phase.shrink],
    )
    @given(networks(ops=["silu"], size=2))
    def agree(network: DrawnNetwork) -> None:
        try:
            assert_agreement(network, [Faulty()], dtypes=["float64"])
        except AssertionError:
            shown.append(network.text)
            raise

    with pytest.raises(AssertionError, match="NumPy"):
        agree()
    assert len(shown[-1].splitlines()) <= MOST_LINES, shown[-1]


@pytest.mark.filterwarnings("ignore")
def test_the_reducer_leaves_what_matters() -> None:
    text = next(text for number in range(50) if wrong(text := drawn(0, number, ops=["silu"]).text))
    short = reduced(text, wrong)
    assert len(short.splitlines()) <= 4, short
    assert "silu" in short
