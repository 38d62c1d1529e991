"""What is zero but for rounding."""

from __future__ import annotations

from archspec.verification import limits
from archspec.verification.compare import largest
from archspec.verification.side import Array


def vain_of(kind: str, size: float) -> float:
    """What is rounding of what cancels among values of that size.

    A gradient sums over products of two values, so its rounding goes with the square.
    """
    return limits.VAIN * (max(size, 1.0) ** 2 if "gradients" in kind else size)


def is_silent(found: Array | None, least: float) -> bool:
    """Whether a tensor is zero but for rounding; then it has no size of its own."""
    return found is not None and largest(found) < least
