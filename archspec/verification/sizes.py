"""Smaller inputs for verification, where a network's own would take minutes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

SMALL_ENOUGH = 200_000_000
"""Multiply-adds up to which a network is verified at its own input size."""

STEPS = (16, 32, 48, 64, 80, 96, 112, 128, 160, 192, 224, 256)


def smaller(inputs: Mapping[str, Sequence[int]]) -> Iterator[dict[str, tuple[int, ...]]]:
    """Input sizes to try, the smallest first, all smaller than the network's own.

    Spatial axes get sizes that differ from each other, odd and even, because mistakes in padding
    and layout hide behind square and even inputs. Channels stay.

    >>> next(smaller({"image": (224, 224, 3)}))
    {'image': (17, 20, 3)}
    """
    for step in STEPS:
        changed = {
            name: (*(min(size, step + 1 + 3 * k) for k, size in enumerate(sizes[:-1])), sizes[-1])
            for name, sizes in inputs.items()
        }
        if any(tuple(sizes) != changed[name] for name, sizes in inputs.items()):
            yield changed
