"""put_off: no search for garbage while much is made that is kept."""

from __future__ import annotations

import gc


class put_off:
    """Look for garbage afterwards only: a tree or a graph is kept, so nothing would be found.

    Looking meanwhile costs a third of the time, and more for each layer the more there are.
    """

    __slots__ = ("_collecting",)

    def __enter__(self) -> None:
        self._collecting = gc.isenabled()
        gc.disable()

    def __exit__(self, *error: object) -> None:
        if self._collecting:
            gc.enable()
