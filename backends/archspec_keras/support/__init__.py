"""Small layers that Keras lacks; a generated file carries those that it uses."""

from __future__ import annotations

from archspec_keras.support import (
    after,
    approximate_gelu,
    learned_value,
    local_response_normalization,
    planar_max_pooling,
    uncounted_average_pooling,
)

CLASSES: dict[str, str] = {
    "After": after.SOURCE,
    "ApproximateGELU": approximate_gelu.SOURCE,
    "LearnedValue": learned_value.SOURCE,
    "LocalResponseNormalization": local_response_normalization.SOURCE,
    "PlanarMaxPooling3D": planar_max_pooling.SOURCE,
    **uncounted_average_pooling.SOURCES,
}
"""Source of each class by its name."""
