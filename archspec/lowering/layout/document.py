"""What the printer lays out: text with the places where a line may end."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(eq=False, slots=True)
class Line:
    """A place where a line may end; written flat it is a space or nothing."""

    flat: str = ""


@dataclass(eq=False, slots=True)
class Group:
    """Written flat where it fits, else with all its own lines ended.

    `only_if_broken` is a group that has no say unless that other group is broken.
    """

    content: Document
    only_if_broken: Group | None = None
    broken: bool = field(default=False, init=False)


@dataclass(eq=False, slots=True)
class Indent:
    """Content that stands four columns further in; with `of` only if that group is broken."""

    content: Document
    of: Group | None = None


@dataclass(eq=False, slots=True)
class IfBroken:
    """One text in a broken group, another in a flat one; `of` names a group other than this."""

    broken: Document
    flat: Document = ""
    of: Group | None = None


@dataclass(eq=False, slots=True)
class Bracketed:
    """Brackets that may be broken without breaking `outer`, the optional ones around them."""

    content: Document
    outer: Group


@dataclass(eq=False, slots=True)
class BestFit:
    """Content in parentheses of its own, but only where that makes it fit."""

    group: Group


Document = str | Line | Group | Indent | IfBroken | Bracketed | BestFit | list["Document"]
