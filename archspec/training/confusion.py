"""A picture of who was taken for whom."""

from __future__ import annotations

from pathlib import Path

from archspec.training.evaluate import Evaluation

SIZE = 0.5
"""Inches for each class."""


def draw_confusion(found: Evaluation, picture: Path) -> None:
    """Draw the counts, each row coloured by its shares; written whole or not at all."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    assert found.confusion is not None
    count = len(found.classes)
    side = 2 + SIZE * count
    figure = Figure(figsize=(side, side), layout="constrained")
    FigureCanvasAgg(figure)
    panel = figure.subplots()
    totals = found.confusion.sum(axis=1, keepdims=True)
    shares = found.confusion / totals.clip(1)
    panel.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    for row in range(count):
        for column in range(count):
            colour = "white" if shares[row, column] > 0.5 else "black"
            text = str(found.confusion[row, column])
            panel.text(column, row, text, ha="center", va="center", color=colour)
    panel.set_xticks(range(count), found.classes, rotation=90)
    panel.set_yticks(range(count), found.classes)
    panel.set_xlabel("answer")
    panel.set_ylabel("class")
    new = picture.with_name(f".{picture.name}")
    figure.savefig(new, format="png", dpi=150)
    new.replace(picture)
