"""Items whose number of modules depends on the instance: loops and choices."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from archspec.lowering.plan import Choice, Loop
from archspec_torch.form import tight
from archspec_torch.writing.headers import comprehension
from archspec_torch.writing.items import (
    Item,
    Maker,
    as_one,
    fill,
    is_single,
    joined,
    nothing,
    numbered,
)
from archspec_torch.writing.lines import Lines


def reads_start(text: str, before: str | None) -> bool:
    """Whether the text reads what the statement `before` a loop sets."""
    return before is not None and before.partition(" = ")[0] in re.findall(r"\w+", text)


@dataclass(eq=False)
class Rounds(Item):
    """A loop; `header` writes `for … in …`, `before` and `after` carry the channels."""

    element: Loop
    items: Sequence[Item]
    header: str
    before: str | None
    after: str | None

    def texts(self) -> list[str] | None:
        """A comprehension, where a round is one module and hands nothing on."""
        inner = joined(self.items)
        if inner is None or len(inner) != 1 or inner[0].startswith("*") or self.after:
            return None
        if reads_start(inner[0], self.before):
            return None
        return [f"*{comprehension(inner[0], self.header)}"]

    def fill(self, target: str, lines: Lines) -> None:
        """A `for` statement, or a comprehension where that does."""
        texts = self.texts()
        if texts is not None:
            lines.add(f"{target} += [{texts[0][2:-1]}]")
            return
        if self.before:
            lines.add(self.before)
        with lines.indented(f"{self.header}:"):
            fill(self.items, target, lines)
            if self.after:
                lines.add(self.after)

    def makers(self, instance: int) -> list[Maker]:
        """Those of all rounds."""
        first = sum(len(rounds) for rounds in self.element.rounds[:instance])
        return [
            maker
            for number in range(first, first + len(self.element.rounds[instance]))
            for item in self.items
            for maker in item.makers(number)
        ]


@dataclass(eq=False)
class Either(Item):
    """An `if`: as one module (`alone`), or as modules that are appended or not.

    `arm` tells for an instance which arm it took and its number among that arm's instances.
    """

    element: Choice
    condition: str
    then: Sequence[Item]
    otherwise: Sequence[Item]
    alone: bool
    arm: Callable[[int], tuple[bool, int]]

    def texts(self) -> list[str] | None:
        """A conditional expression, where the choice stands alone."""
        if not self.alone:
            return None
        then, otherwise = joined(self.then), joined(self.otherwise)
        if then is None or otherwise is None:
            return None
        return [f"{tight(as_one(then))} if {tight(self.condition)} else {as_one(otherwise)}"]

    def fill(self, target: str, lines: Lines) -> None:
        """An `if` statement around what is appended."""
        if self.alone:
            super().fill(target, lines)
            return
        if self.then:
            with lines.indented(f"if {self.condition}:"):
                fill(self.then, target, lines)
        if self.otherwise:
            last = "else:" if self.then else f"if not ({self.condition}):"
            with lines.indented(last):
                fill(self.otherwise, target, lines)

    def makers(self, instance: int) -> list[Maker]:
        """Those of the arm that was taken."""
        taken, number = self.arm(instance)
        items = self.then if taken else self.otherwise
        inner = [maker for item in items for maker in item.makers(number)]
        if not self.alone:
            return inner
        if is_single(items) or not inner:
            return inner or [nothing]
        return [lambda path: numbered(inner, path)]
