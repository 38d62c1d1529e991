"""What a training measures after each epoch: the names in its tables, and which way is better."""

from __future__ import annotations

from collections.abc import Iterable

from archspec.recipes.recipe import Choice
from archspec.recipes.record import Better, Metric

VALIDATION = "validation_"


def labels(metrics: Iterable[Choice], outputs: int = 1) -> dict[str, Choice]:
    """The metrics by their name in tables; with several outputs, that of theirs stands before it.

    Of equal names only the last is kept; a checked recipe has none.
    """
    found = {}
    for one in metrics:
        assert isinstance(one.record, Metric)
        label = one.record.label.format(**dict(one.attributes.items()))
        found[f"{one.attributes.output}_{label}" if outputs > 1 else label] = one
    return found


def better(monitor: str, metrics: dict[str, Choice]) -> Better | None:
    """Which way is better for what `monitor` names; None if the training does not measure it."""
    name = monitor.removeprefix(VALIDATION)
    if name == "loss":
        return "lower"
    record = metrics[name].record if name in metrics else None
    return record.better if isinstance(record, Metric) else None
