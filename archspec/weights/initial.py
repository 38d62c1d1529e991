"""The values that training starts from, drawn without a framework."""

from __future__ import annotations

from collections.abc import Callable

from archspec.ir import Graph, Weight
from archspec.weights.draw import Array, Generator, generator

Draw = Callable[[Generator, Weight], Array]


def initial(graph: Graph, seed: int = 0, dtype: str = "float32") -> dict[str, Array]:
    """Initial values of all weights by canonical name.

    Drawn in float64 and then rounded, so that float32 and float64 start at the same values.
    """
    return {name: draw(weight, seed).astype(dtype) for name, weight in graph.weights.items()}


def draw(weight: Weight, seed: int) -> Array:
    """The initial values of one weight in float64."""
    return _DRAWS[weight.initializer.name](generator(seed, weight.name), weight)


def _filled(value: float) -> Draw:
    def fill(random: Generator, weight: Weight) -> Array:
        import numpy as np

        return np.full(weight.shape, value)

    return fill


def _constant(random: Generator, weight: Weight) -> Array:
    return _filled(weight.initializer.arguments[0])(random, weight)


def _normal(random: Generator, weight: Weight) -> Array:
    return random.normal(0.0, weight.initializer.arguments[0], weight.shape)


def _truncated_normal(random: Generator, weight: Weight) -> Array:
    """Normal, with values beyond two standard deviations drawn again."""
    import numpy as np

    values = np.asarray(random.standard_normal(weight.shape))
    while (outside := np.abs(values) > 2).any():
        values[outside] = random.standard_normal(int(outside.sum()))
    return values * weight.initializer.arguments[0]


def _uniform(random: Generator, weight: Weight) -> Array:
    limit = weight.initializer.arguments[0]
    return random.uniform(-limit, limit, weight.shape)


def _glorot(weight: Weight) -> float:
    return 2.0 / sum(weight.fans)


def _he(weight: Weight) -> float:
    return 2.0 / weight.fans[0]


def _he_out(weight: Weight) -> float:
    return 2.0 / weight.fans[1]


def _lecun(weight: Weight) -> float:
    return 1.0 / weight.fans[0]


def _scaled_uniform(variance: Callable[[Weight], float]) -> Draw:
    def scaled(random: Generator, weight: Weight) -> Array:
        limit = (3.0 * variance(weight)) ** 0.5
        return random.uniform(-limit, limit, weight.shape)

    return scaled


def _scaled_normal(variance: Callable[[Weight], float]) -> Draw:
    def scaled(random: Generator, weight: Weight) -> Array:
        return random.normal(0.0, variance(weight) ** 0.5, weight.shape)

    return scaled


_DRAWS: dict[str, Draw] = {
    "zeros": _filled(0.0),
    "ones": _filled(1.0),
    "constant": _constant,
    "normal": _normal,
    "truncated_normal": _truncated_normal,
    "uniform": _uniform,
    "glorot_uniform": _scaled_uniform(_glorot),
    "glorot_normal": _scaled_normal(_glorot),
    "he_uniform": _scaled_uniform(_he),
    "he_normal": _scaled_normal(_he),
    "he_out_normal": _scaled_normal(_he_out),
    "lecun_uniform": _scaled_uniform(_lecun),
    "lecun_normal": _scaled_normal(_lecun),
}
