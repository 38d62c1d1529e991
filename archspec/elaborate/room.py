"""room: what the process grants while a network is elaborated."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from archspec.source.garbage import put_off

FRAMES = 6000
"""Python frames that the deepest allowed nesting needs, with room for the caller's own."""


@contextmanager
def room() -> Iterator[None]:
    """Allow deep calls, and put off the search for garbage."""
    depth = sys.getrecursionlimit()
    sys.setrecursionlimit(max(depth, FRAMES))
    try:
        with put_off():
            yield
    finally:
        sys.setrecursionlimit(depth)
