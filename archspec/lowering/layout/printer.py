"""Lays a document out in lines: groups are tried flat from the outside in."""

from __future__ import annotations

from dataclasses import dataclass, replace

from archspec.lowering.layout.document import (
    BestFit,
    Bracketed,
    Document,
    Group,
    IfBroken,
    Indent,
    Line,
)


@dataclass(frozen=True, slots=True)
class Mode:
    """How a part is written: flat or broken, and how far in.

    While measuring, `through` says that the measure goes on behind line ends, and `lenient`
    that the inner lines may be too long, because only what stands around them has to fit.
    """

    flat: bool
    indent: int
    through: bool = False
    lenient: bool = False


Item = tuple[Document, Mode]


def lay_out(document: Document, indent: int, width: int) -> str:
    """The text of one logical line that starts at column `indent`."""
    printer = _Printer(width, indent)
    printer.print([(document, Mode(False, indent))])
    return "".join(printer.parts)


class _Printer:
    def __init__(self, width: int, indent: int) -> None:
        self.width = width
        self.column = indent
        self.parts: list[str] = [" " * indent]

    def print(self, stack: list[Item]) -> None:
        while stack:
            document, mode = stack.pop()
            if isinstance(document, str):
                self.parts.append(document)
                self.column += len(document)
            elif isinstance(document, Line):
                self._line(document, mode)
            elif isinstance(document, BestFit):
                self._best_fit(document, mode, stack)
            elif isinstance(document, Group):
                stack.append((document.content, self._decide(document, mode, stack)))
            elif isinstance(document, Bracketed):
                inner = replace(mode, flat=mode.flat and document.outer.broken)
                stack.append((document.content, inner))
            else:
                stack.extend(_opened(document, mode))

    def _line(self, line: Line, mode: Mode) -> None:
        if mode.flat:
            self.parts.append(line.flat)
            self.column += len(line.flat)
        else:
            self.parts.append("\n" + " " * mode.indent)
            self.column = mode.indent

    def _decide(self, group: Group, mode: Mode, rest: list[Item]) -> Mode:
        if group.only_if_broken is not None and not group.only_if_broken.broken:
            return mode
        group.broken = False
        flat = replace(mode, flat=True)
        if mode.flat or self._fits([(group.content, flat)], rest):
            return flat
        group.broken = True
        return mode

    def _best_fit(self, best: BestFit, mode: Mode, stack: list[Item]) -> None:
        group = best.group
        group.broken = False
        flat = replace(mode, flat=True)
        if mode.flat or self._fits([(group.content, flat)], stack):
            stack.append((group.content, flat))
            return
        inside = replace(mode, flat=True, indent=mode.indent + 4)
        column, self.column = self.column, inside.indent
        group.broken = self._fits([(group.content, inside)], [])
        self.column = column
        if group.broken:
            lines: Document = ["(", Indent([Line(), group.content]), Line(), ")"]
            stack.append((lines, replace(mode, flat=False)))
        else:
            stack.append((group.content, mode))

    def _fits(self, items: list[Item], rest: list[Item]) -> bool:
        """Whether the items, and what follows up to the next line end, fit in this line."""
        left = self.width - self.column
        queue = list(items)
        position = len(rest)
        while True:
            if not queue:
                if position == 0:
                    return True
                position -= 1
                queue.append(rest[position])
            document, mode = queue.pop()
            if isinstance(document, str):
                left -= len(document)
                if left < 0 and not mode.lenient:
                    return False
            elif isinstance(document, Line):
                if mode.flat:
                    left -= len(document.flat)
                elif mode.through:
                    left = self.width - mode.indent
                else:
                    return True
            else:
                queue.extend(_measured(document, mode))


def _measured(document: Document, mode: Mode) -> list[Item]:
    if isinstance(document, BestFit):
        document = document.group
    if isinstance(document, Group):
        if document.only_if_broken is None or document.only_if_broken.broken:
            document.broken = not mode.flat
        return [(document.content, mode)]
    if isinstance(document, Bracketed):
        if mode.flat and not document.outer.broken:
            return [(document.content, replace(mode, flat=False, through=True))]
        return [(document.content, mode)]
    return _opened(document, mode)


def _opened(document: Document, mode: Mode) -> list[Item]:
    """The parts of a list, an indentation or an alternative, last one first."""
    if isinstance(document, list):
        return [(part, mode) for part in reversed(document)]
    if isinstance(document, Indent):
        if document.of is not None and not document.of.broken:
            return [(document.content, mode)]
        further = mode.indent + 4
        return [(document.content, replace(mode, indent=further, lenient=mode.through))]
    assert isinstance(document, IfBroken)
    broken = not mode.flat if document.of is None else document.of.broken
    return [(document.broken if broken else document.flat, mode)]
