"""Shapes as comments behind the lines of a network."""

from __future__ import annotations

from archspec.lowering.plan import Element
from archspec_keras.writer.frame import Frame

WIDTH = 100


def shape(frame: Frame, element: Element) -> None:
    """State the shape behind the last line, if it has changed and there is room."""
    if not frame.is_root or frame.depth != 1 or len(element.outputs) != 1 or not frame.lines:
        return
    line, shapes = frame.lines[-1], element.outputs[0].shapes
    if line.depth != 1 or len(set(shapes)) != 1:
        return
    text = str(tuple(shapes[0]))
    if frame.stated == text or line.comment:
        return
    line.comment = text
    if len(line.text()) > WIDTH:
        line.comment = ""
    else:
        frame.stated = text
