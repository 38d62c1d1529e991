"""room: what the process grants while a network is elaborated."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager

FRAMES = 6000
"""Python frames that the deepest allowed nesting needs, with room for the caller's own."""


@contextmanager
def room() -> Iterator[None]:
    """Allow deep calls, and put off the search for garbage."""
    collecting, depth = gc.isenabled(), sys.getrecursionlimit()
    # All that is made is kept, so looking for garbage meanwhile only costs: a third of the time.
    gc.disable()
    sys.setrecursionlimit(max(depth, FRAMES))
    try:
        yield
    finally:
        sys.setrecursionlimit(depth)
        if collecting:
            gc.enable()
