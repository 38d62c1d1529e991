"""table: a summary as people read it."""

from __future__ import annotations

from collections.abc import Sequence

from archspec.analyses.summary import Layer, Summary
from archspec.dimensions import show

HEAD = ("layer", "op", "output", "parameters", "multiply-adds", "memory")
NOT_COUNTED = "-"
LEFT = 3
"""The first columns are words and stand to the left; numbers stand to the right."""


def memory(count: int) -> str:
    """A number of bytes with a unit.

    >>> memory(3_211_264)
    '3.1 MiB'
    """
    size = float(count)
    for unit in ("B", "KiB", "MiB", "GiB"):
        if size < 1024 or unit == "GiB":
            break
        size /= 1024
    return f"{count} B" if unit == "B" else f"{size:,.1f} {unit}"


def _row(layer: Layer) -> tuple[str, ...]:
    shapes = [show(shape) for shape in layer.output_shapes]
    same = len(shapes) > 1 and len(set(shapes)) == 1
    return (
        layer.path,
        layer.op,
        f"{len(shapes)} x {shapes[0]}" if same else ", ".join(shapes),
        f"{layer.parameters:,}" if layer.parameters or layer.running_statistics else "",
        NOT_COUNTED if layer.training_only else f"{layer.macs:,}" if layer.macs else "",
        NOT_COUNTED if layer.training_only else memory(layer.activation_bytes),
    )


def _align(rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        cells = [
            cell.ljust(width) if position < LEFT else cell.rjust(width)
            for position, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join(cells).rstrip())
    return lines


def table(summary: Summary) -> str:
    """One line for each layer, a line of totals, and what they are made of."""
    rows = [HEAD, *map(_row, summary.layers)]
    total = f"{len(summary.layers)} layers"
    end = (total, "", "", f"{summary.parameters:,}", f"{summary.macs:,}")
    lines = _align([*rows, (*end, memory(summary.activation_bytes))])
    rule = "─" * max(map(len, lines))
    inputs = ", ".join(f"{port.name} {show(port.shape)}" for port in summary.inputs)
    outputs = ", ".join(
        f"{port.name} {show(port.shape)}{' (training only)' if port.training_only else ''}"
        for port in summary.outputs
    )
    return "\n".join(
        (
            f"{summary.network}: {inputs} -> {outputs}",
            "",
            lines[0],
            rule,
            *lines[1:-1],
            rule,
            lines[-1],
            "",
            f"trainable parameters  {summary.trainable_parameters:,}",
            f"running statistics    {summary.running_statistics:,}",
            *_note(summary),
        )
    )


def _note(summary: Summary) -> tuple[str, ...]:
    if not any(layer.training_only for layer in summary.layers):
        return ()
    return (f"{NOT_COUNTED} computed for training outputs only, not counted",)
