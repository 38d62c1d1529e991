"""Values for tests that let no mistake hide."""

from __future__ import annotations

from archspec.ir import Graph, Weight
from archspec.weights.draw import Array, generator
from archspec.weights.initial import draw

CONSTANT = {"zeros": 0.0, "ones": 1.0}


def perturbed(graph: Graph, seed: int = 0, dtype: str = "float64") -> dict[str, Array]:
    """Weights for which every part of the network matters, by canonical name.

    Kernels are drawn at the scale that keeps the size of values from layer to layer, whatever
    their initialiser; what would start at one constant is moved away from it, each element by
    another amount: biases and running means are not 0, scales and running variances not 1.
    """
    return {name: _values(weight, seed).astype(dtype) for name, weight in graph.weights.items()}


def _values(weight: Weight, seed: int) -> Array:
    random = generator(seed, f"perturbed {weight.name}")
    if weight.fans != (1, 1):
        return random.normal(0.0, (2.0 / weight.fans[0]) ** 0.5, weight.shape)
    centre = _centre(weight)
    if centre is None:
        return draw(weight, seed)
    if centre == 0:
        signs: Array = random.choice([-1.0, 1.0], weight.shape)
        return random.uniform(0.1, 0.5, weight.shape) * signs
    return centre * random.uniform(0.7, 1.4, weight.shape)


def _centre(weight: Weight) -> float | None:
    """The one value that all elements start at, if there is one."""
    if weight.initializer.name == "constant":
        return weight.initializer.arguments[0]
    return CONSTANT.get(weight.initializer.name)
