"""Whether weights start from values of the distribution that the spec says."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from archspec.ir import Weight
from archspec.verification.compare import difference
from archspec.weights.draw import generator
from archspec.weights.initial import draw

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]
else:
    Array = Any

LEAST = 20_000
"""How many values of our own a weight's are compared with at least; otherwise as many as it has."""

MOST = 1_000_000
"""How many values are looked at on either side at most, drawn from all where there are more."""

SURE = 3.9
"""Kolmogorov's bound for the distance of two samples; chance exceeds it once in 10**13 times."""

SIGMAS = 8.0
"""How many standard deviations the spread of the values may be off."""


def wrongly_started(weight: Weight, found: Array) -> str:
    """What is wrong with the initial values of a weight, in words; empty where nothing is.

    Few values say little: the distance that chance explains falls with the root of their number.
    """
    import numpy as np

    # Each value is drawn for itself, from the fans alone, so any number of them will do.
    count = min(max(LEAST, found.size), MOST)
    ours = np.sort(draw(replace(weight, shape=(count,)), 0))
    if ours[0] == ours[-1]:
        wanted = float(ours[0])
        wrong = difference(found, np.full_like(found, wanted), floor=1.0).relative > 1e-6
        return f"values differ from {wanted:g}" if wrong else ""
    if not np.isfinite(found).all():
        return "values are not finite"
    theirs = np.sort(_some(found, weight.name).astype("float64"))
    values = np.concatenate([ours, theirs])
    shares = [np.searchsorted(one, values, side="right") / one.size for one in (ours, theirs)]
    distance = float(np.abs(shares[0] - shares[1]).max())
    few = 1 / ours.size + 1 / theirs.size
    # A scale is seen from fewer values by their spread than by that distance.
    tails = float((((ours - ours.mean()) / ours.std()) ** 4).mean())
    spread = abs(float(theirs.std() / ours.std()) - 1)
    if distance <= SURE * few**0.5 and spread <= SIGMAS * ((tails - 1) / 4 * few) ** 0.5:
        return ""
    return (
        f"values from {theirs[0]:.3g} to {theirs[-1]:.3g} (standard deviation {theirs.std():.3g}),"
        f" not from {ours[0]:.3g} to {ours[-1]:.3g} ({ours.std():.3g}) as {weight.initializer} has"
        " them"
    )


def _some(found: Array, name: str) -> Array:
    """At most as many values as are looked at."""
    values = found.ravel()
    if values.size <= MOST:
        return values
    chosen: Array = values[generator(0, f"look at {name}").integers(0, values.size, MOST)]
    return chosen
