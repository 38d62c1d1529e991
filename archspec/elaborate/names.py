"""check_names: every name in every definition of a file, built or not, without evaluating.

Templates, unused blocks and untaken branches are looked at too, so that a mistake does not wait
for somebody to build what it stands in. Whatever depends on values is left to elaboration, which
reports at the same places where both can see a mistake.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from archspec import syntax
from archspec.diagnostics import Report
from archspec.diagnostics.suggest import did_you_mean
from archspec.elaborate.layout import check_body_layout
from archspec.elaborate.names_body import BodyCheck
from archspec.elaborate.names_calls import Site
from archspec.elaborate.names_cycles import cycles, report_cycle
from archspec.elaborate.names_declared import (
    base_place,
    check_beside,
    check_definitions,
    check_functions,
    check_uses,
)
from archspec.elaborate.names_hidden import check_hidden
from archspec.elaborate.names_scope import Known, Scope, known_names
from archspec.source import Span
from archspec.syntax.program import Program


@dataclass(eq=False, slots=True)
class Names:
    """What the check learned: which definitions call which, and those that cannot be elaborated."""

    known: Known
    calls: dict[str, set[str]] = field(default_factory=dict)
    hopeless: set[str] = field(default_factory=set)

    def parameters(self, network: syntax.Network | syntax.Variant) -> Sequence[syntax.Parameter]:
        """The parameters of a network, or of the one behind a variant."""
        base = self.known.base(network) if isinstance(network, syntax.Variant) else network
        return () if base is None else base.parameters

    def safe(self, network: str) -> bool:
        """Whether elaborating the network comes to an end, and can tell anything new."""
        seen: set[str] = set()
        stack = [network]
        while stack:
            name = stack.pop()
            if name in self.hopeless:
                return False
            if name not in seen:
                seen.add(name)
                stack.extend(self.calls.get(name, ()))
        return True


def check_names(program: Program, report: Report) -> Names:
    """Resolve all names of the main file, and find definitions that use themselves."""
    known = known_names(program)
    if not program.main.definitions:
        report.add(
            "no-network",
            program.main.span,
            f"{program.main.span.source.name} defines nothing",
            help="begin with `network name {`",
        )
    check_definitions(program.main, report)
    check_functions(dict.fromkeys((program.main, *program.used.values())), report)
    calls: dict[str, dict[str, Span]] = {}
    hopeless: set[str] = set()
    used: set[str] = set()
    sure = True
    for definition in program.main.definitions:
        if report.full:
            return Names(known, {}, set(known.definitions))
        check = _definition(definition, known, report)
        used.update(check.used)
        sure = sure and not check.unresolved
        name = getattr(definition, "name", None)
        if name is not None:
            calls.setdefault(name, check.used)
            if check.hopeless or _without_input(definition, report):
                hopeless.add(name)
    for file in dict.fromkeys(program.used.values()):
        if file is not program.main:
            hopeless.update(_used(file, known, report))
    if sure:
        check_uses(program.main, used | known.opaque, report)
    result = Names(known, {name: set(used) for name, used in calls.items()}, hopeless)
    for cycle in cycles(calls):
        result.hopeless.update(name for name, _ in cycle)
        report_cycle(cycle, report)
    return result


def _used(file: syntax.File, known: Known, report: Report) -> Sequence[str]:
    """Check what elaboration would not find in another file; gives what cannot be elaborated."""
    check = BodyCheck(known, report)
    for node in file.walk():
        if isinstance(node, syntax.Body):
            check_body_layout(node, report)
        elif isinstance(node, syntax.Parameter):
            check.type(node.type)
        elif isinstance(node, syntax.Block | syntax.Network):
            check.hopeless |= check_hidden(node, report)
    return tuple(known.definitions) if check.hopeless else ()


def _definition(definition: syntax.Definition, known: Known, report: Report) -> BodyCheck:
    """Check one definition; gives the check, which knows what the definition uses."""
    check = BodyCheck(known, report)
    match definition:
        case syntax.Block() | syntax.Network():
            _with_body(definition, check)
        case syntax.Variant():
            _variant(definition, check)
        case syntax.Function():
            scope = Scope()
            check.parameters(definition.parameters, scope)
            check_beside(definition.parameters, report)
            check.expression(definition.value, scope)
            check.leave(scope)
        case syntax.Constant():
            check.expression(definition.value, Scope())
        case syntax.Default():
            check.default(definition.call)
        case syntax.Train():
            _train(definition, check)
    check.finish()
    return check


def _train(definition: syntax.Train, check: BodyCheck) -> None:
    """Note what the section uses; what is wrong with it is told where its values are known."""
    from archspec.elaborate.recipe.sections import names_in

    known = check.known
    for name in names_in(definition):
        if name in known.constants or name in known.functions:
            check.used.setdefault(name, definition.span)


def _with_body(definition: syntax.Block | syntax.Network, check: BodyCheck) -> None:
    scope = check.root
    network = isinstance(definition, syntax.Network)
    check.parameters(definition.parameters, scope)
    check.body(definition.body, scope, network, definition.parameters)
    if not check.labels.isdisjoint(check.declared):
        check.hopeless |= check_hidden(definition, check.report)
    check.leave(scope)
    if network:
        _never_expected(definition, check.report)


def _never_expected(network: syntax.Block | syntax.Network, report: Report) -> None:
    """Report expectations of a template: there is no network that they are about."""
    needed = [one.name for one in network.parameters if one.default is None]
    for statement in network.body.statements if needed else ():
        if isinstance(statement, syntax.Expect):
            report.add(
                "misplaced-statement",
                statement.span,
                f"`{network.name}` is a template, so this would never be checked",
                label=f"depends on `{needed[0]}`",
                help=f"write it into a network that gives `{needed[0]}`",
            )


def _without_input(definition: syntax.Definition, report: Report) -> bool:
    """Whether the definition is a network that has no input, which is reported."""
    if not isinstance(definition, syntax.Network):
        return False
    if any(isinstance(one, syntax.Input) for one in definition.body.statements):
        return False
    report.add(
        "no-input",
        definition.name_span,
        f"network `{definition.name}` has no input",
        help="begin its body with a line such as `input image[224, 224, 3]`",
    )
    return True


def _variant(definition: syntax.Variant, check: BodyCheck) -> None:
    scope = Scope()
    base = check.known.definitions.get(definition.base)
    place = base_place(definition)
    if isinstance(base, syntax.Network | syntax.Variant):
        check.used.setdefault(definition.base, place)
        site = Site(definition.base, place, definition.arguments, partial=False)
        check.bind(site, base, Scope())
    elif definition.base not in check.known.opaque:
        names = check.known.definitions
        networks = [name for name in names if not isinstance(names[name], syntax.Block)]
        check.report.add(
            "unknown-network",
            place,
            f"no network is called `{definition.base}`",
            help=did_you_mean(definition.base, networks),
        )
    network = check.known.base(definition)
    for parameter in network.parameters if network else ():
        scope.declare(parameter.name, "plain")
    if definition.body is not None:
        check.body(definition.body, scope, network=True)
