"""absent: values that are `none`, of which no code is written."""

from __future__ import annotations

from archspec.elaborate.values import ABSENT
from archspec.lowering.planning.place import Flow


def absent(flow: Flow) -> bool:
    """Whether the value is `none` in all instances."""
    return bool(flow.values) and all(value is ABSENT for value in flow.values)
