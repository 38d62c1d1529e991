"""put_off: no search for garbage while much is made that is kept."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def put_off() -> Iterator[None]:
    """Look for garbage afterwards only: a tree or a graph is kept, so nothing would be found.

    Looking meanwhile costs a third of the time, and more for each layer the more there are.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
