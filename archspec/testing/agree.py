"""assert_agreement: what a test of an op or a back end calls."""

from __future__ import annotations

from collections.abc import Sequence

from archspec.ir import Graph
from archspec.lowering.backend import Backend
from archspec.lowering.discovery import backends as known
from archspec.testing.compiled import graph_of
from archspec.testing.judge import judge
from archspec.testing.networks import DrawnNetwork
from archspec.testing.side import DTYPES, run_side
from archspec.testing.static import text_faults
from archspec.testing.wrong import Wrong

BACKENDS = ("torch", "keras")


def assert_agreement(
    network: DrawnNetwork | str,
    backends: Sequence[str | Backend] = BACKENDS,
    seed: int = 0,
    dtypes: Sequence[str] = DTYPES,
) -> None:
    """All that the back ends make of the network must be as the spec means it.

    Compared are shapes, counts and weights, outputs, gradients and running statistics, with each
    other and with the NumPy reference. A back end may refuse a network; it then takes no part.
    `AssertionError` tells what is wrong, and shows the text.
    """
    graph = network.graph if isinstance(network, DrawnNetwork) else graph_of(network)
    text = network.text if isinstance(network, DrawnNetwork) else network
    assert graph is not None, f"the checker refuses\n{text}"
    found = disagreements(graph, backends, seed, dtypes)
    if isinstance(network, DrawnNetwork):
        found += text_faults(network)
    assert not found, "\n".join([*map(str, found), text])


def disagreements(
    graph: Graph,
    backends: Sequence[str | Backend] = BACKENDS,
    seed: int = 0,
    dtypes: Sequence[str] = DTYPES,
) -> list[Wrong]:
    """Everything that is wrong, as a list."""
    named = [(one, known()[one]) if isinstance(one, str) else (one.name, one) for one in backends]
    found = _judged(graph, named, seed, dtypes, shakes=False)
    if any(one.kind == "disagreement" for one in found):
        # What rounding does to this network is asked only where it matters.
        found = _judged(graph, named, seed, dtypes, shakes=True)
    return found


def _judged(
    graph: Graph,
    named: Sequence[tuple[str, Backend]],
    seed: int,
    dtypes: Sequence[str],
    shakes: bool,
) -> list[Wrong]:
    sides = [run_side(name, one, graph, seed, dtypes, shakes) for name, one in named]
    return judge(graph, sides, seed)
