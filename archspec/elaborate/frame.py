"""A scope while it is elaborated: what it adds to the scope of the graph."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from archspec import syntax
from archspec.elaborate.values import Values
from archspec.ir import Scope, ScopeKind, Segment
from archspec.source.limits import SCOPES

if TYPE_CHECKING:
    from archspec.elaborate.module import Module
    from archspec.elaborate.run import Run

Path = tuple[Segment, ...]

MISSING = object()
"""What `lookup` gives for a name that is not bound."""


class Frame(Scope):
    """A scope with what only elaboration needs.

    `outer` is where names are looked up next: the parent, the home of a recipe, or None at a
    definition, where the names of the file follow. `indices` are those of the loops since the
    last segment, `owner` the path that names weights where it is not the frame's own (inside a
    shared layer), `here` the value at this point of the chain, `lists` the names that loops
    and braces inside have passed on.
    """

    __slots__ = ("depth", "here", "indices", "lists", "module", "outer", "owner", "prefix", "run")

    def __init__(
        self,
        kind: ScopeKind,
        site: syntax.Node,
        parent: Frame | None,
        outer: Frame | None,
        module: Module,
        run: Run,
        incoming: Values = (),
    ) -> None:
        self.kind = kind
        self.site = site
        self.parent = parent
        self.outer = outer
        self.module = module
        self.run = run
        self.definition = None
        self.bindings = {}
        self.children = []
        self.taken = None
        self.made = None
        self.here = self.incoming = incoming
        self.lists: set[str] | None = None
        self.prefix: str | None = None
        self.outgoing = ()
        if parent is None:
            self.path: Path = ()
            self.indices: tuple[int, ...] = ()
            self.owner: Path | None = None
            self.depth = 0
        else:
            self.path = parent.path
            self.indices = parent.indices
            self.owner = parent.owner
            self.depth = parent.depth + 1
            parent.children.append(self)

    def inside(self, kind: ScopeKind, site: syntax.Node, incoming: Values) -> Frame:
        """A new frame in this one that makes no segment and sees the same names."""
        run, budget = self.run, self.run.budget
        budget.scopes += 1
        if self.depth >= run.deepest or budget.scopes > SCOPES:
            run.too_much(self, site)
        return Frame(kind, site, self, self, self.module, run, incoming)

    def enter(self, segment: str) -> None:
        """Make this frame the scope of one more segment."""
        last = ((segment, self.indices),)
        self.path = self.path + last
        if self.owner is not None:
            self.owner = self.owner + last
        self.indices = ()

    def weight_prefix(self) -> str:
        """What the names of weights made here start with; ends in a dot unless empty."""
        if self.prefix is None:
            parent = self.parent
            path = self.path if self.owner is None else self.owner
            if isinstance(parent, Frame):
                before = parent.path if parent.owner is None else parent.owner
                if path is before:
                    self.prefix = parent.weight_prefix()
                    return self.prefix
                # What is shared does not go on from the place where it is used.
                if path[: len(before)] == before:
                    self.prefix = parent.weight_prefix() + _dotted(path[len(before) :])
                    return self.prefix
            self.prefix = _dotted(path)
        return self.prefix

    def lookup(self, name: str) -> Any:
        """What `name` is bound to inside the definition, or `MISSING`."""
        frame: Frame | None = self
        while frame is not None:
            if name in frame.bindings:
                return frame.bindings[name]
            frame = frame.outer
        return MISSING

    def definition_frame(self) -> Frame:
        """The frame of the block or network in whose text this one stands."""
        frame = self
        while frame.outer is not None:
            frame = frame.outer
        return frame


def _dotted(path: Path) -> str:
    return "".join(
        [
            f"{name}.{'.'.join(map(str, indices))}." if indices else f"{name}."
            for name, indices in path
        ]
    )
