"""Random numbers of one weight, which depend on the seed and on its name, not on the others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]
    Generator = np.random.Generator
else:
    Array = Generator = Any


def generator(seed: int, name: str) -> Generator:
    """A generator of its own for each seed and name, the same on every machine."""
    from hashlib import sha256

    import numpy as np

    digest = sha256(name.encode()).digest()
    words = [int.from_bytes(digest[i : i + 4], "little") for i in range(0, len(digest), 4)]
    # The bit generator is named, since NumPy may change which one is its default.
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, *words])))
