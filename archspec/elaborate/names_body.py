"""BodyCheck: the names of one definition, statement by statement."""

from __future__ import annotations

from collections.abc import Sequence

from archspec import syntax
from archspec.diagnostics import Report
from archspec.elaborate.layout import check_body_layout
from archspec.elaborate.names_calls import TYPES, Site, Slot, of_op, of_parameters
from archspec.elaborate.names_cycles import report_cycle
from archspec.elaborate.names_declared import check_beside, name_place
from archspec.elaborate.names_expression import ExpressionCheck
from archspec.elaborate.names_scope import Callable, Kind, Known, Scope
from archspec.ops import registry
from archspec.ops.op import Op
from archspec.source import Span

EXPECTABLE = (
    "parameters",
    "trainable_parameters",
    "running_statistics",
    "macs",
    "activation_bytes",
    "layers",
)
"""What an `expect` line may ask for; the analyses compute each."""

_KINDS: dict[str, Kind] = {"layer": "layer", "value": "value"}
NOT_YET = {syntax.Load: "load", syntax.Freeze: "freeze"}


class BodyCheck(ExpressionCheck):
    """Checks one definition; `used` collects the definitions that it uses."""

    def __init__(self, known: Known, report: Report) -> None:
        super().__init__(known, report)
        self._inside: list[str] = []

    def parameters(self, parameters: Sequence[syntax.Parameter], scope: Scope) -> None:
        """Declare parameters; a default sees those before it."""
        for parameter in parameters:
            self.declared.add(parameter.name)
            self.type(parameter.type)
            if parameter.default is not None:
                slot = of_parameters((parameter,))[0]
                self.argument(slot, parameter.default, scope)
            kind = _KINDS.get(parameter.type.name, "plain")
            items = [item.name for item in parameter.type.items]
            if parameter.type.name not in TYPES or {"value", "layer"}.intersection(items):
                kind = "any"
            scope.declare(
                parameter.name, kind, name_place(parameter, parameter.name), "parameter `"
            )

    def type(self, type_: syntax.Type) -> None:
        """Check that a type is one."""
        if type_.name not in TYPES:
            self.hopeless = True
            self.report.add(
                "unknown-type",
                type_.span,
                f"no type is called `{type_.name}`",
                help=self.suggest(type_.name, sorted(TYPES - {"tuple"})),
            )
        elif type_.name in ("list", "tuple") and not type_.items:
            self.hopeless = True
            message = f"a {type_.name} needs the types of what it holds"
            help = "write `list[int]`, or `list[(int, int)]` for a table"
            self.report.add("unknown-type", type_.span, message, help=help)
        for item in type_.items:
            self.type(item)

    def body(
        self,
        body: syntax.Body,
        outer: Scope,
        network: bool = False,
        beside: Sequence[syntax.Parameter] = (),
    ) -> None:
        """Check the statements of a body, in a scope of its own, `beside` the parameters."""
        scope = Scope(outer)
        check_beside((*beside, *body.statements), self.report)
        check_body_layout(body, self.report)
        for statement in body.statements:
            if self.report.full:
                break
            match statement:
                case syntax.Chain():
                    self.chain(statement, scope)
                case syntax.Let():
                    self.declared.add(statement.name)
                    self.expression(statement.value, scope)
                    place = name_place(statement, statement.name)
                    scope.declare(statement.name, "any", place, "`let ")
                case syntax.LayerInstance():
                    self.declared.add(statement.name)
                    self._inside.append(statement.name)
                    self.body(statement.body, scope)
                    self._inside.pop()
                    place = name_place(statement, statement.name)
                    scope.declare(statement.name, "layer", place, "layer `")
                case syntax.Load() | syntax.Freeze():
                    self.not_supported(NOT_YET[type(statement)], statement.span)
                case _:
                    self.network_statement(statement, scope, network)
        self.leave(scope)

    def layer(self, name: str, span: Span, scope: Scope) -> Callable | Op | None:
        """What a name means where a layer is wanted; a layer cannot be used inside itself."""
        if name in self._inside and scope.find(name) is None:
            self.hopeless = True
            report_cycle([(name, span)], self.report)
            return None
        return super().layer(name, span, scope)

    def network_statement(self, statement: syntax.Statement, scope: Scope, network: bool) -> None:
        """Check `output`, and `input` and `expect`, which stand directly in a network."""
        match statement:
            case syntax.Input(name, values):
                what = "input"
                self.declared.add(name)
                self.root.declare(name, "value")
            case syntax.Output(values):
                what, network = "output", True
            case syntax.Expect(condition):
                values = (condition,)
                what = "expect"
                self.totals(condition, scope)
            case _:
                return
        if not network:
            self.report.add(
                "misplaced-statement",
                statement.span,
                f"`{what}` belongs directly into the body of a network",
                help="move it there"
                if what != "input"
                else "a block starts from the value it is applied to; pass others as `value`"
                " parameters",
            )
        for value in values:
            self.expression(value, scope, EXPECTABLE if what == "expect" else ())

    def totals(self, condition: syntax.Expression, scope: Scope) -> None:
        """Refuse names of totals that are names of something else here too."""
        for node in condition.walk():
            if not isinstance(node, syntax.Name) or node.name not in EXPECTABLE:
                continue
            if scope.find(node.name) is not None:
                self.report.add(
                    "duplicate-name",
                    node.span,
                    f"`{node.name}` is both a total and a name of this network",
                    help="rename what the network calls so; `expect` speaks of the total",
                )

    def not_supported(self, what: str, span: Span) -> None:
        """Refuse what has a place in the language but no meaning yet."""
        self.report.add(
            "not-supported",
            span,
            f"`{what}` is not supported yet",
            help="remove it; this version checks and builds networks only",
        )

    def chain(self, chain: syntax.Chain, scope: Scope) -> None:
        """Check the origins and steps of a chain."""
        for origin in chain.origins:
            self.expression(origin, scope)
        for step in chain.steps:
            self.step(step, scope)
        for label in chain.labels:
            # Labels in loops and branches are seen outside, but hide nothing.
            self.labels.add(label.name)
            found = self.root.names.get(label.name)
            if found is None or found.span is None:
                self.root.declare(label.name, "value")

    def step(self, step: syntax.Step, scope: Scope) -> None:
        """Check one step."""
        match step:
            case syntax.LayerCall():
                self.call(step, scope)
            case syntax.Group(body):
                self.body(body, scope)
            case syntax.If(condition, then, otherwise):
                self.expression(condition, scope)
                self.body(then, scope)
                if otherwise is not None:
                    self.body(otherwise, scope)
            case syntax.For(target, iterable, body):
                self.expression(iterable, scope)
                self.body(body, self.loop(target, scope))
            case syntax.Repeat(count, body):
                self.expression(count, scope)
                self.body(body, scope)
            case syntax.ShapeAssertion(sizes):
                for size in sizes:
                    if size is not None:
                        self.expression(size, scope)

    def branches(self, branches: Sequence[syntax.Branch], scope: Scope) -> None:
        """Check the branches of a join."""
        for branch in branches:
            inner = Scope(scope)
            if branch.target is not None and branch.iterable is not None:
                self.expression(branch.iterable, scope)
                inner = self.loop(branch.target, scope)
            check_beside((branch.chain,), self.report)
            self.chain(branch.chain, inner)

    def call(self, call: syntax.LayerCall, scope: Scope) -> None:
        """Check the name of a layer, its arguments, and its braces."""
        site = Site(call.name, call.name_span, call.arguments or (), call.body)
        found = self.layer(call.name, call.name_span, scope)
        if isinstance(found, Op):
            self.op(call, found, site, scope)
        elif found is not None:
            self.bind(site, found, scope)
        else:
            self.loose(site.arguments, scope)
        if call.body is not None:
            self.body(call.body, scope)
        if call.branches is not None:
            if found is not None and not (isinstance(found, Op) and found.join):
                self.report.add(
                    "not-a-join",
                    call.name_span,
                    f"`{call.name}` takes no branches",
                    label="not a join",
                    help="joins are `add`, `concat`, `multiply`, `maximum` and `average`",
                )
            self.branches(call.branches, scope)

    def op(self, call: syntax.LayerCall, op: Op, site: Site, scope: Scope) -> None:
        """Check the arguments of an op; those that name values are its inputs."""
        if op.join and call.body is not None:
            site.body = None
            self.report.add(
                "join-without-branches",
                call.name_span,
                f"`{op.name}` joins branches, and here stands no `|`",
                label="joins what?",
                help=f"write `{op.name} {{ … | identity }}` to join with the value that comes in",
            )
        site.joins = op.inputs[1] is None or op.inputs[1] > 1
        site.given = self.known.defaults.get(op.name, ())
        self.bind_slots(site, of_op(op), scope, inputs=True)

    def bind(self, site: Site, definition: Callable, scope: Scope) -> None:
        """Check the arguments of a block or network, or those that a variant gives its base."""
        match definition:
            case syntax.Block():
                self.bind_slots(site, of_parameters(definition.parameters), scope)
            case syntax.Network():
                slots = of_parameters(definition.parameters)
                self.bind_slots(site, slots, scope, inputs=True)
            case syntax.Variant():
                # The variant has fixed some parameters; all of them may be given again.
                base = self.known.base(definition)
                slots = () if base is None else of_parameters(base.parameters)
                free = tuple(Slot(one.name, one.kind, False, one.words, one.type) for one in slots)
                self.bind_slots(site, free, scope, inputs=True)

    def default(self, call: syntax.LayerCall) -> None:
        """Check `default op(attribute=value)`."""
        scope = Scope()
        found = registry.find(call.name) if call.name not in self.known.definitions else None
        if found is None:
            self.report.add(
                "unknown-layer",
                call.name_span,
                f"`default` is for ops, and `{call.name}` is none",
                help="the defaults of a block stand behind its parameters"
                if call.name in self.known.definitions
                else self.suggest(call.name, registry.names()),
            )
            self.loose(call.arguments or (), scope)
            return
        if not call.arguments:
            self.report.add(
                "missing-argument",
                call.name_span,
                f"this sets nothing of `{call.name}`",
                help=f"write `default {call.name}(attribute=value)`, or remove it",
            )
        site = Site(call.name, call.name_span, call.arguments or (), partial=True)
        self.bind_slots(site, of_op(found), scope)
