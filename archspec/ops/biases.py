"""What layers with a bias share: the check of how it starts."""

from __future__ import annotations

from collections.abc import Iterator

from archspec.ops.attributes import Attributes
from archspec.ops.initializer import SCALED
from archspec.ops.op import Problem, Shapes


def check_bias(attributes: Attributes, inputs: Shapes) -> Iterator[Problem]:
    """A bias has no inputs, so no initialiser that scales with their number."""
    start = attributes.bias_init
    if attributes.bias and start.name.startswith(SCALED):
        yield Problem(
            "out-of-range",
            f"`{start.name}` scales with the number of inputs, and a bias has none",
            "bias_init",
            help="use zeros, ones, constant, normal, truncated_normal or uniform",
        )
