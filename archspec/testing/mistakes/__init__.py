"""Almost-valid networks: one thing wrong, what it is, and where."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import strategies as st

from archspec.testing.mistakes.attributes import any_rank, broken_call
from archspec.testing.mistakes.definitions import broken_definition
from archspec.testing.mistakes.planted import Mistake, Planted, located
from archspec.testing.mistakes.steps import broken_step
from archspec.testing.mistakes.texts import broken_text
from archspec.testing.networks import DrawnNetwork, drawn_network
from archspec.testing.scope import Below, Drawing, known_ops

__all__ = ["Mistake", "drawn_mistake", "mistakes"]

PLANTS: tuple[Callable[[Drawing, DrawnNetwork], Planted | None], ...] = (
    broken_step,
    broken_step,
    broken_call,
    broken_call,
    any_rank,
    broken_definition,
    broken_text,
)


@st.composite
def mistakes(draw: st.DrawFn, size: int = 3) -> Mistake:
    """Networks that were valid before one thing in them was made wrong."""
    return drawn_mistake(lambda count: draw(st.integers(0, count - 1)), size)


def drawn_mistake(below: Below, size: int = 3) -> Mistake:
    """One of them, from choices that `below` makes."""
    network = drawn_network(below, size=size)
    drawing = Drawing(below, known_ops(), 2)
    planted = None
    while planted is None:
        planted = drawing.choose(PLANTS)(drawing, network)
    return located(planted)
