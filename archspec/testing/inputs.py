"""inputs: numbers that let no mistake hide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from archspec.dimensions import Shape
from archspec.ir import Graph

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]
else:
    Array = Any

LEAST_SAMPLES, MOST_SAMPLES = 2, 4
"""More than one sample, so that mixing samples up is seen."""


@st.composite
def arrays(draw: st.DrawFn, shape: Shape, samples: int = 3) -> Array:
    """Float64 numbers for values of this shape: `(samples, *shape)`.

    They have both signs and a mean far from 0, so that padding with 0 and dropped biases show; no
    two are equal, so that a maximum has one place; each sample has a scale of its own.
    """
    import numpy as np

    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    mean = draw(st.sampled_from((0.75, -0.75, 3.0)))
    found: Array = random.normal(mean, 1.0, (samples, *shape))
    found *= np.arange(1, samples + 1).reshape(-1, *(1,) * len(shape)) / samples + 0.5
    # As float32 holds them, so that both dtypes get the same numbers.
    return found.astype("float32").astype("float64")


@st.composite
def inputs(draw: st.DrawFn, graph: Graph) -> dict[str, Array]:
    """Inputs for a network by name, with more than one sample."""
    samples = draw(st.integers(LEAST_SAMPLES, MOST_SAMPLES))
    ports = zip(graph.input_names, graph.inputs, strict=True)
    return {name: draw(arrays(value.shape, samples)) for name, value in ports}
