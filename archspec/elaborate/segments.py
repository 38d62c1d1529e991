"""name_sites: the part of a path that each site of a body makes.

Names are lexical: the second `conv` of a naming scope is `conv_2` in the order of the text,
whether it is elaborated or not. A body, a labelled chain and a branch are naming scopes; loops,
choices and braces belong to the scope around them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archspec import syntax

if TYPE_CHECKING:
    from archspec.elaborate.run import Run


class _Names:
    """The names given in one naming scope so far."""

    def __init__(self) -> None:
        self.taken: set[str] = set()
        self.numbers: dict[str, int] = {}
        self.instances: dict[str, int] = {}

    def instance(self, base: str) -> str:
        """The name of a layer instance, which only its weights have: uses are sites themselves."""
        number = self.instances[base] = self.instances.get(base, 0) + 1
        return base if number == 1 else f"{base}_{number}"

    def give(self, base: str) -> str:
        """`base`, or the first of `base_2`, `base_3` … that is free."""
        number = self.numbers.get(base, 0) + 1
        name = base if number == 1 else f"{base}_{number}"
        while name in self.taken:
            number += 1
            name = f"{base}_{number}"
        self.numbers[base] = number
        self.taken.add(name)
        return name


def name_sites(body: syntax.Body, run: Run) -> None:
    """Fill `run.segments` for all sites of `body`, once.

    Bodies in arguments are layers of their own, and are named when they become recipes.
    """
    if body in run.named:
        return
    run.named.add(body)
    stack: list[tuple[syntax.Body | syntax.Chain, _Names]] = [(body, _Names())]
    while stack:
        found, names = stack.pop()
        if isinstance(found, syntax.Chain):
            _chain(found, names, run, stack)
            continue
        _body(found, names, run, stack)


def _chain(
    chain: syntax.Chain,
    names: _Names,
    run: Run,
    stack: list[tuple[syntax.Body | syntax.Chain, _Names]],
) -> None:
    for step in chain.steps:
        match step:
            case syntax.LayerCall():
                run.segments[step] = names.give(step.name)
                for branch in step.branches or ():
                    label = branch.chain.labels[0].name if branch.chain.labels else "branch"
                    run.segments[branch] = names.give(label)
                    stack.append((branch.chain, _Names()))
            case syntax.Group() | syntax.For() | syntax.Repeat():
                _body(step.body, names, run, stack)
            case syntax.If():
                _body(step.then, names, run, stack)
                if step.otherwise is not None:
                    _body(step.otherwise, names, run, stack)


def _body(
    body: syntax.Body,
    names: _Names,
    run: Run,
    stack: list[tuple[syntax.Body | syntax.Chain, _Names]],
) -> None:
    """The statements of a body, named in the scope of `names`."""
    for statement in body.statements:
        if isinstance(statement, syntax.Chain):
            if statement.labels:
                run.segments[statement] = names.give(statement.labels[0].name)
                stack.append((statement, _Names()))
            else:
                _chain(statement, names, run, stack)
        elif isinstance(statement, syntax.LayerInstance):
            run.layer_names.add(statement.name)
            run.segments[statement.body] = names.instance(statement.name)
