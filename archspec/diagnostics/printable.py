"""printable: text from a stranger, made safe and measurable for a terminal."""

from __future__ import annotations

TAB = 4
"""Columns between tab stops."""

UNSHOWN = "\N{REPLACEMENT CHARACTER}"


def printable(text: str) -> str:
    r"""The text with every control character replaced by a visible stand-in.

    Escape sequences, line ends, and marks that reorder what is displayed lose their effect.

    >>> printable("a\x1b[31m")
    'a␛[31m'
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_visible, text))


def width(character: str) -> int:
    """How many columns a printable character takes.

    >>> [width(one) for one in "a層"]
    [1, 2]
    """
    if character.isascii():
        return 1
    from unicodedata import category, east_asian_width

    if category(character) in ("Mn", "Me"):
        return 0
    return 2 if east_asian_width(character) in "WF" else 1


def columns(line: str) -> tuple[list[str], list[int]]:
    """What each character of a source line is shown as, and the column at which it starts.

    Tabs become spaces up to the next tab stop. The columns have one element more than the line
    has characters: the column behind its end.
    """
    if line.isascii() and line.isprintable():
        return list(line), list(range(len(line) + 1))
    shown, starts, column = [], [], 0
    for character in line:
        starts.append(column)
        if character == "\t":
            text = " " * (TAB - column % TAB)
            column += len(text)
        else:
            text = _visible(character)
            column += width(text)
        shown.append(text)
    return shown, [*starts, column]


def _visible(character: str) -> str:
    if character.isprintable():
        return character
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\N{SYMBOL FOR DELETE}"
    from unicodedata import category

    # Spaces of other widths are not "printable" to Python but harmless.
    return " " if category(character) == "Zs" else UNSHOWN
