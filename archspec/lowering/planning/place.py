"""Where the walk stands: scopes of all instances, names, and the value that flows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from archspec import syntax
from archspec.elaborate.frame import Frame
from archspec.ir import Value
from archspec.lowering.plan import Code, Reference, Variable


@dataclass(eq=False, slots=True)
class Flow:
    """A value at one point: the variable that holds it, its sizes, its value per instance."""

    variable: Variable
    sizes: tuple[Code | None, ...]
    values: tuple[Value, ...]
    indices: tuple[Code, ...] = ()

    def reference(self) -> Reference:
        """A use of it."""
        shapes = tuple(value.shape for value in self.values)
        return Reference(self.variable, self.indices, self.sizes, shapes)


@dataclass(eq=False, slots=True)
class Rounds:
    """A value labelled in a loop, seen from outside: the list, and what one round binds."""

    variable: Variable
    inner: Bound
    target: syntax.Target | None
    iterable: Code | None
    counter: str
    count: Code | None


@dataclass(eq=False, slots=True)
class Clash:
    """A name that both arms of a choice give."""

    choice: syntax.If


@dataclass(eq=False, slots=True)
class Torn:
    """A name with several values in each round of loops that are not written out."""

    loops: tuple[Frame, ...]


Bound = Variable | Rounds | Clash | Torn | tuple["Bound", ...]
"""What the name of a value stands for; a tuple for several results, or rounds written out."""


@dataclass(eq=False, slots=True)
class Names:
    """Names in one body: values, `let`s, and names that stand for other code.

    `known` are the names of numbers that the body binds, as the spec has them.
    """

    outer: Names | None = None
    values: dict[str, Bound] = field(default_factory=dict)
    lets: dict[str, Code] = field(default_factory=dict)
    fixed: dict[str, Code] = field(default_factory=dict)
    known: set[str] = field(default_factory=set)

    def _chain(self) -> Iterator[Names]:
        found: Names | None = self
        while found is not None:
            yield found
            found = found.outer

    def value(self, name: str) -> Bound | None:
        """What the name of a value stands for."""
        return next((one.values[name] for one in self._chain() if name in one.values), None)

    def alias(self, name: str) -> Code | None:
        """The code of the value that a loop variable stands for in this round."""
        for one in self._chain():
            if name in one.values:
                return None
            if name in one.fixed:
                return one.fixed[name]
        return None

    def sees(self, name: str) -> bool:
        """Whether a body around this one, or this one, binds the name to a number."""
        return any(name in one.known for one in self._chain())

    def all_lets(self) -> dict[str, Code]:
        """The code of all `let`s that are known here."""
        found: dict[str, Code] = {}
        for one in self._chain():
            found = {**one.lets, **found}
        return found

    def all_fixed(self) -> dict[str, Code]:
        """The loop variables that stand for fixed code here."""
        found: dict[str, Code] = {}
        for one in self._chain():
            found = {**one.fixed, **found}
        return found


@dataclass(frozen=True, eq=False, slots=True)
class Place:
    """One body for all its instances.

    The steps made children in `scopes`; the text is evaluated in `eyes` (the homes of a recipe
    that was put in the place of a parameter, and then `foreign`: its names are not known in the
    definition that is being planned). `counters` are the indices of the next segment.
    """

    scopes: tuple[Frame, ...]
    eyes: tuple[Frame, ...]
    names: Names
    foreign: bool = False
    counters: tuple[Code, ...] = ()

    def inside(self, scopes: Sequence[Frame], segment: bool) -> Place:
        """The place within scopes that these made."""
        found = tuple(scopes)
        counters = () if segment else self.counters
        return replace(self, scopes=found, eyes=found, names=Names(self.names), counters=counters)
