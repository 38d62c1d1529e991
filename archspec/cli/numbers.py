"""Numbers of the command line, with words for those that cannot be meant."""

from __future__ import annotations

from argparse import ArgumentTypeError


def count(text: str) -> int:
    """A whole number from 1 on."""
    if not text.isdecimal() or int(text) < 1:
        raise ArgumentTypeError(f"{text!r} is no number of times; write 1, 2, 3 …")
    return int(text)


def seed(text: str) -> int:
    """A whole number from 0 on."""
    if not text.isdecimal():
        raise ArgumentTypeError(f"{text!r} is no seed; write 0, 1, 2 …")
    return int(text)


def seconds(text: str) -> float:
    """A time that a person could wait for."""
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value < 1e6:
        raise ArgumentTypeError(f"{text!r} is no number of seconds; write 60, or 1800")
    return value
