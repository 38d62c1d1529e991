"""One lowering for each op that is one layer, in files by family."""

from __future__ import annotations

from archspec_keras.lowerings import (
    activation,
    adaptive,
    convolution,
    dense,
    join,
    normalisation,
    pooling,
    regularisation,
    separable,
    structure,
)
from archspec_keras.lowerings.lowering import Lowering

_FAMILIES = (
    activation,
    adaptive,
    convolution,
    dense,
    join,
    normalisation,
    pooling,
    regularisation,
    separable,
    structure,
)

LOWERINGS: dict[str, Lowering] = {
    name: lowering for family in _FAMILIES for name, lowering in family.LOWERINGS.items()
}
"""All lowerings by the name of their op, among them ops that have an expansion."""
