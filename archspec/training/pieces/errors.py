"""What is wrong with data."""

from __future__ import annotations


class DataError(Exception):
    """The data cannot be used; the message is one line.

    A worker process adds its traceback in front, so the last line is what counts.
    """

    def __str__(self) -> str:
        lines = super().__str__().strip().splitlines() or [""]
        return lines[-1].removeprefix(f"{type(self).__module__}.").removeprefix("DataError: ")
