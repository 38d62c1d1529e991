"""without_steps: a program in which some steps of chains are gone."""

from __future__ import annotations

import copy
from collections.abc import Collection
from typing import TypeVar

from archspec import syntax
from archspec.elaborate.room import room
from archspec.syntax.program import Program

N = TypeVar("N", bound=syntax.Node)


def without_steps(
    program: Program, steps: Collection[syntax.Node]
) -> tuple[Program, set[syntax.Node]]:
    """The program without the steps, and those of them that were found in its text.

    A chain that would be empty goes too, unless it has a name or an origin: then the value
    passes through it unchanged. Where a step comes from a layer argument, such as `act=softmax`,
    the argument becomes `identity`.
    """
    found: set[syntax.Node] = set()
    with room():
        edit = _Edit(steps, found)
        files = {file: edit.node(file) for file in {program.main, *program.used.values()}}
    used = {use: files[file] for use, file in program.used.items()}
    return Program(files[program.main], program.parse, used), found


class _Edit:
    def __init__(self, steps: Collection[syntax.Node], found: set[syntax.Node]) -> None:
        self.steps = steps
        self.found = found
        self.added: set[syntax.Node] = set()
        # The call that a layer argument becomes has the place of the argument.
        self.places = {step.span: step for step in steps if isinstance(step, syntax.LayerCall)}

    def node(self, node: N) -> N:
        """The node itself where nothing below it changes, else a changed copy."""
        changes: dict[str, object] = {}
        for name, value in vars(node).items():
            if isinstance(value, syntax.Node):
                new: object = self._one(value)
            elif isinstance(value, tuple):
                new = self._many(node, value)
            else:
                continue
            if new is not value:
                changes[name] = new
        if not changes:
            return node
        made = copy.copy(node)
        vars(made).update(changes)
        return made

    def _one(self, node: object) -> object:
        if not isinstance(node, syntax.Node):
            return node  # such as the `_` of a shape
        if isinstance(node, syntax.Name | syntax.Call) and node.span in self.places:
            self.found.add(self.places[node.span])
            return syntax.Name("identity", node.span)
        return self.node(node)

    def _many(self, parent: syntax.Node, nodes: tuple[object, ...]) -> tuple[object, ...]:
        kept: list[object] = []
        for one in nodes:
            if isinstance(one, syntax.Node) and one in self.steps:
                self.found.add(one)
            else:
                kept.append(self._one(one))
        if len(kept) < len(nodes) and all(isinstance(x, syntax.ShapeAssertion) for x in kept):
            passing = syntax.LayerCall("identity")
            self.added.add(passing)
            kept.insert(0, passing)
        if isinstance(parent, syntax.Body):
            kept = [one for one in kept if not self._idle(one)] or kept
        same = len(kept) == len(nodes) and all(a is b for a, b in zip(kept, nodes, strict=True))
        return nodes if same else tuple(kept)

    def _idle(self, statement: object) -> bool:
        """Whether nothing is left of the statement, and nobody names it."""
        return (
            isinstance(statement, syntax.Chain)
            and not statement.labels
            and not statement.origins
            and len(statement.steps) == 1
            and statement.steps[0] in self.added
        )
