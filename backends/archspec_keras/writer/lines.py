"""Lines of code in the making, and what is tidied when all of them are there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import zip_longest

_NAME = re.compile(r"[^\W\d]\w*")
_STRING = re.compile(r'f?"[^"]*"')
_PLACE = re.compile(r"\{([^}]*)\}")
_KEYWORD = re.compile(r"\b\w+=(?!=)")


@dataclass(eq=False, slots=True)
class Line:
    """One logical line.

    `defines` is a name that may turn out to be of no use, and the line with it; `comment` stands
    behind the code.
    """

    depth: int
    code: str
    defines: str | None = None
    comment: str = ""

    def text(self) -> str:
        """The line as it is written."""
        tail = f"  # {self.comment}" if self.comment else ""
        return f"{'    ' * self.depth}{self.code}{tail}"


def mentions(lines: list[Line], name: str) -> bool:
    """Whether any of the lines uses the name."""
    return any(name in names(line.code) for line in lines)


def names(code: str) -> set[str]:
    """The names that a line reads or writes: not the text in strings, nor those of arguments."""
    bare = _STRING.sub(lambda found: f" {' '.join(_PLACE.findall(found.group()))} ", code)
    return set(_NAME.findall(_KEYWORD.sub("", bare)))


def assigned(code: str) -> set[str]:
    """The names that a line gives a new value."""
    if code.startswith("for "):
        return names(code.partition(" in ")[0])
    target, sign, _ = code.partition(" = ")
    return names(target) if sign else set()


def without_unused(lines: list[Line]) -> list[Line]:
    """Leaves out assignments to names that nothing but such assignments reads."""
    lines = _without_empty(lines)
    live = [line for line in lines if line.defines is None]
    waiting = [line for line in lines if line.defines is not None]
    while True:
        needed = {name for line in live for name in names(line.code)}
        found = [line for line in waiting if line.defines in needed]
        if not found:
            return _without_empty([line for line in lines if line in live])
        live += found
        waiting = [line for line in waiting if line not in found]


def _without_empty(lines: list[Line]) -> list[Line]:
    """Leaves out loops and choices that hold nothing."""
    found: list[Line] = []
    for line in reversed(lines):
        below = found[-1] if found else None
        if line.code.endswith(":") and (below is None or below.depth <= line.depth):
            if below is None or below.depth < line.depth or not _continues(below):
                continue
            found.append(Line(line.depth + 1, "pass"))
        found.append(line)
    return found[::-1]


def _continues(line: Line) -> bool:
    return line.code.startswith(("else:", "elif "))


def with_elif(lines: list[Line], start: int) -> None:
    """Turns an `else:` at `start` that holds nothing but one `if` into an `elif`."""
    inside = lines[start + 1 :]
    depth = lines[start].depth
    if not inside or not inside[0].code.startswith("if "):
        return
    if any(
        line.depth == depth + 1 and not line.code.startswith(("elif ", "else:"))
        for line in inside[1:]
    ):
        return
    inside[0].code = f"el{inside[0].code}"
    for line in inside:
        line.depth -= 1
    del lines[start]


def with_conditionals(lines: list[Line], width: int) -> list[Line]:
    """Writes a choice between two values of one variable as one line, where that has room."""
    found: list[Line] = []
    for line, following in zip_longest(lines, lines[1:]):
        found.append(line)
        ends = following is None or following.depth < line.depth
        one = _conditional(found[-4:]) if ends else None
        if one is not None and len(one.text()) <= width:
            found[-4:] = [one]
    return found


def _conditional(lines: list[Line]) -> Line | None:
    """`x = a if c else b`, for four lines that say so."""
    if len(lines) < 4 or lines[2].code != "else:" or not lines[0].code.startswith("if "):
        return None
    header, first, middle, last = lines
    name, _, value = first.code.partition(" = ")
    other, _, instead = last.code.partition(" = ")
    depths = [one.depth - header.depth for one in (first, middle, last)]
    if depths != [1, 0, 1] or name != other or not (value and instead):
        return None
    if any(one.comment or one.defines for one in lines):
        return None
    if any(" if " in part for part in (value, instead, header.code[3:])):
        return None
    return Line(header.depth, f"{name} = {value} if {header.code[3:-1]} else {instead}")


def with_return(lines: list[Line], result: str) -> None:
    """Ends a function: returns the last assignment itself where that is the result."""
    start = f"{result} = "
    last = lines[-1] if lines else None
    if last is not None and last.depth == 1 and last.code.startswith(start):
        last.code = f"return {last.code.removeprefix(start)}"
    elif _ends_in_choice(lines, start):
        lines[-3].code = f"return {lines[-3].code.removeprefix(start)}"
        lines[-1] = Line(1, f"return {lines[-1].code.removeprefix(start)}")
        del lines[-2]
    else:
        lines.append(Line(1, f"return {result}"))


def _ends_in_choice(lines: list[Line], start: str) -> bool:
    """Whether an `if` without `elif`, whose `else` is one line, makes the result at the end."""
    if len(lines) < 4 or lines[-2].code != "else:" or lines[-2].depth != 1:
        return False
    if not (lines[-1].code.startswith(start) and lines[-3].code.startswith(start)):
        return False
    header = next((line for line in reversed(lines[:-3]) if line.depth == 1), None)
    return lines[-3].depth == 2 and header is not None and header.code.startswith("if ")
