"""Where in a class an element is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from archspec_torch.writing.items import Maker
from archspec_torch.writing.lines import Lines

At = Callable[[int], list[tuple[str, int]]]
"""For an instance of the class: the instances of the body that is written, each with what stands
behind attribute names in paths (`.3` in round 3 of a loop)."""


@dataclass(eq=False)
class RoundModules:
    """The module lists of a loop that stands in the forward pass: attribute and loop variable."""

    found: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Place:
    """Where statements go and how things are called there.

    `flow` is the variable that values pass in, `prefix` what names of attributes start with,
    `top` whether lines get shape comments, `fold` whether calls are nested in each other.
    """

    at: At
    init: Lines
    forward: Lines
    flow: str = "x"
    prefix: str = ""
    top: bool = False
    fold: bool = True
    rounds: RoundModules | None = None

    def inside(self, name: str) -> Place:
        """The same place within a named group, with a variable and attributes of that name."""
        return replace(self, flow=name, prefix=f"{self.prefix}{name}_", top=False)


@dataclass(frozen=True, slots=True)
class Member:
    """An attribute of the class: where it exists, and what its module holds."""

    attribute: str
    at: At
    maker: Callable[[int], Maker]
