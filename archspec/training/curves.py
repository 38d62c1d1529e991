"""A picture of one or several runs: what was measured after each epoch."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

VALIDATION = "validation_"
SIZE = 3.2
"""Height of one panel, in inches; the width is a third more."""


class NoTable(ValueError):
    """A file is no table of metrics; the message is one line."""


def read_metrics(path: Path) -> dict[str, list[float]]:
    """The columns of a table of metrics; what was not measured in an epoch is NaN.

    Raises `NoTable` where the file holds something else, and `OSError`.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        names = list(rows[0]) if rows else []
        table = {name: [float(row[name] or "nan") for row in rows] for name in names}
    except (csv.Error, TypeError, ValueError) as error:
        # Decoders raise a ValueError too, and what has no name in a row is a list.
        raise NoTable(f"{path} is no table of metrics") from error
    if len(table) < 2 or "epoch" not in table:
        raise NoTable(f"{path} is no table of metrics: it has no results of epochs")
    return table


def draw_curves(runs: Mapping[str, Path], picture: Path) -> None:
    """Draw the tables of several runs side by side, in one panel for each thing measured.

    `runs` are the tables by the name of the run. The picture is written under a temporary name
    and moved into place. Raises `NoTable` and `OSError`.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    tables = {name: read_metrics(path) for name, path in runs.items()}
    measured = _measured(list(tables.values()))
    width = SIZE * 4 / 3 * len(measured)
    figure = Figure(figsize=(width, SIZE), layout="constrained")
    FigureCanvasAgg(figure)
    panels = figure.subplots(1, len(measured), squeeze=False)[0]
    for panel, name in zip(panels, measured, strict=True):
        for number, (run, table) in enumerate(tables.items()):
            _lines(panel, table, name, run if len(tables) > 1 else "", f"C{number}")
        panel.set_title(name.replace("_", " "))
        panel.set_xlabel("epoch")
        panel.grid(alpha=0.3)
    panels[0].legend()
    new = picture.with_name(f".{picture.name}")
    figure.savefig(new, format="png", dpi=150)
    new.replace(picture)


def _measured(tables: Sequence[Mapping[str, list[float]]]) -> list[str]:
    """What there are columns of, without `epoch`; training and validation share a panel."""
    names = [name.removeprefix(VALIDATION) for table in tables for name in table]
    return [name for name in dict.fromkeys(names) if name != "epoch"]


def _lines(panel: Any, table: Mapping[str, list[float]], name: str, run: str, colour: str) -> None:
    for column, words, style in (
        (name, "training", "-"),
        (f"{VALIDATION}{name}", "validation", "--"),
    ):
        if column in table:
            label = f"{run}, {words}" if run else words
            epochs = [epoch + 1 for epoch in table["epoch"]]
            panel.plot(epochs, table[column], style, color=colour, label=label)
