"""Whether weights start from values of the distribution that the spec says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from archspec.ir import Weight
from archspec.weights.initial import draw

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]
else:
    Array = Any

DRAWN = 20_000
"""How many values of our own a weight's are compared with."""

OFTEN = 200
"""How often they are drawn at most; few values of a weight need few of ours."""

SURE = 3.9
"""Kolmogorov's bound for the distance of two samples; chance exceeds it once in 10**13 times."""

SIGMAS = 8.0
"""How many standard deviations the spread of the values may be off."""


def wrongly_started(weight: Weight, found: Array) -> str:
    """What is wrong with the initial values of a weight, in words; empty where nothing is.

    Few values say little: the distance that chance explains falls with the root of their number.
    """
    import numpy as np

    first = draw(weight, 0)
    if (first == first.flat[0]).all() and (first == draw(weight, 1)).all():
        apart = np.abs(found - first.flat[0]).max(initial=0)
        wanted = float(first.flat[0])
        return "" if apart <= 1e-6 * max(1.0, abs(wanted)) else f"values differ from {wanted:g}"
    times = min(max(1, DRAWN // first.size), OFTEN)
    ours = np.sort(np.concatenate([draw(weight, one).ravel() for one in range(times)]))
    theirs = np.sort(found.astype("float64").ravel())
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
