"""ExpressionCheck: the names in expressions, and in what is passed for a layer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from archspec import syntax
from archspec.diagnostics import Report
from archspec.diagnostics.suggest import did_you_mean
from archspec.elaborate.functions import FUNCTIONS
from archspec.elaborate.names_calls import (
    Site,
    Slot,
    kind_of,
    of_op,
    of_parameters,
    place_arguments,
    words_of_type,
)
from archspec.elaborate.names_declared import check_name
from archspec.elaborate.names_scope import Callable, Known, Scope
from archspec.elaborate.names_unknown import SIZES, unknown_name
from archspec.elaborate.types import item_types
from archspec.ops import initializer, registry
from archspec.ops.op import Op
from archspec.source import Span

NONE_PASSED = "`none` stands in a chain, and is no layer that can be passed on"
NONE_HELP = "pass `identity` for a layer that does nothing"

Words = tuple[str, ...] | None
"""Words that need no declaration here; None where any word may be one."""


class ExpressionCheck:
    """Resolves names; what bodies add is in `BodyCheck`."""

    def __init__(self, known: Known, report: Report) -> None:
        self.known = known
        self.report = report
        self.root = Scope()
        self.used: dict[str, Span] = {}
        self.labels: set[str] = set()
        self.declared: set[str] = set()
        self.unresolved = False
        self.hopeless = False
        self._pending: list[tuple[str, Span, Scope, Words]] = []

    def body(self, body: syntax.Body, outer: Scope) -> None:
        """Check a body where a layer is wanted."""
        raise NotImplementedError

    def suggest(self, name: str, known: Iterable[str]) -> str:
        """The help for an unknown name; a misspelt use is no reason to call its name unused."""
        self.unresolved = True
        return "" if self.report.full else did_you_mean(name, known)

    def leave(self, scope: Scope) -> None:
        """Warn about what the scope declared and nobody used."""
        for one in scope.names.values():
            if one.used or one.span is None or self.unresolved:
                continue
            parameter = one.what.startswith("parameter")
            self.report.add(
                "unused-parameter" if parameter else "unused-name",
                one.span,
                f"{one.what}{one.name}` is never used",
                label="declared here",
                help="use it or remove it",
                severity="warning",
            )

    def loop(self, target: syntax.Target, outer: Scope) -> Scope:
        """The scope of a loop's body."""
        inner = Scope(outer)
        for name in target.names():
            check_name(name, target.span, self.report)
            self.declared.add(name)
            inner.declare(name, "any")
        return inner

    def expression(self, node: syntax.Expression, scope: Scope, words: Words = ()) -> None:
        """Check an expression in which `words` stand for themselves."""
        match node:
            case syntax.Number() | syntax.Boolean() | syntax.Text():
                pass
            case syntax.Name(name):
                self.name(name, node.span, scope, words)
            case syntax.Call():
                self.function(node, scope, words)
            case syntax.Attribute(base, name):
                self.attribute(node, base, name, scope)
            case syntax.Comprehension():
                self.comprehension(node, scope, words)
            case syntax.LayerLiteral(body):
                self.body(body, scope)
            case syntax.Conditional(condition, then, otherwise):
                self.expression(condition, scope)
                self.expression(then, scope, words)
                self.expression(otherwise, scope, words)
            case _:
                for child in node.children():
                    if isinstance(child, syntax.Expression):
                        self.expression(child, scope, words)

    def comprehension(self, node: syntax.Comprehension, scope: Scope, words: Words) -> None:
        """Check `[element for target in iterable if condition]`."""
        self.expression(node.iterable, scope)
        inner = self.loop(node.target, scope)
        self.expression(node.element, inner, words)
        if node.condition is not None:
            self.expression(node.condition, inner)

    def name(self, name: str, span: Span, scope: Scope, words: Words) -> None:
        """Check that a name in an expression means something."""
        found = scope.find(name)
        if found is not None:
            found.used = True
            return
        known = self.known
        if name in known.constants:
            self.used.setdefault(name, span)
            return
        if words is None or name in words or name in known.opaque or name == "input":
            return
        self.unresolved = True
        self._pending.append((name, span, scope, words))

    def known_name(self, name: str, scope: Scope) -> bool:
        """Whether the name is that of a number, a text or a value."""
        known = self.known
        return scope.find(name) is not None or name in known.constants or name in known.opaque

    def finish(self) -> None:
        """Report the names that meant nothing where they stood."""
        for name, span, scope, words in self._pending:
            if scope.find(name) is not None or name in self.root.names:
                message = f"`{name}` is named further down only"
                help = "a name has a meaning from its line on; move that line up"
                self.report.add("unknown-name", span, message, label="not made yet", help=help)
            else:
                unknown_name(name, span, scope, words or (), self.known, self.report)

    def attribute(
        self, node: syntax.Expression, base: syntax.Expression | None, name: str, scope: Scope
    ) -> None:
        """Check `skip.channels`, `input.height`, `.width`."""
        if isinstance(base, syntax.Name) and base.name == "input":
            pass
        elif base is not None:
            self.expression(base, scope)
        if name not in SIZES:
            self.report.add(
                "unknown-attribute",
                node.span,
                f"values have no `{name}`",
                help=self.suggest(name, SIZES),
            )

    def function(self, call: syntax.Call, scope: Scope, words: Words) -> None:
        """Check the call of a pure function."""
        name = call.function
        function = self.known.functions.get(name)
        place = Span(call.span.source, call.span.start, call.span.start + len(name))
        if function is not None:
            self.used.setdefault(name, place)
            site = Site(name, place, call.arguments)
            self.bind_slots(site, of_parameters(function.parameters), scope)
            return
        self.loose(call.arguments, scope)
        if name in FUNCTIONS or name in self.known.opaque or words is None:
            return
        starts = bool(initializer.KNOWN.keys() & set(words))
        if starts and name in initializer.KNOWN:
            return
        known = [*words] if starts else [*self.known.functions, *FUNCTIONS]
        layer = name in self.known.definitions or registry.builtin(name)
        self.report.add(
            "unknown-name",
            place,
            f"`{name}` is a layer, and here a number is wanted"
            if layer
            else f"no {'initialiser' if starts else 'function'} is called `{name}`",
            help="" if layer else self.suggest(name, known),
        )

    def layer(self, name: str, span: Span, scope: Scope) -> Callable | Op | None:
        """What a name means where a layer is wanted; None where it cannot be told, or is wrong."""
        declared = scope.find(name)
        if declared is not None and declared.kind != "value":
            declared.used = True
            if declared.kind == "plain":
                self.wrong_layer(span, f"`{name}` is a number or a word, not a layer")
            return None
        known = self.known
        definition = known.definitions.get(name)
        if definition is not None:
            self.used.setdefault(name, span)
            return definition
        if name in known.opaque or name in ("none", ""):
            # An empty name stands where a syntax error left a layer out.
            return None
        if name in known.functions or name in known.constants:
            self.wrong_layer(span, f"`{name}` is no layer; it was defined with `let`")
            return None
        op = registry.find(name)
        if op is not None:
            return op
        if declared is not None:
            declared.used = True
            self.wrong_layer(span, f"`{name}` is a value, not a layer", f"write `from {name}`")
            return None
        names = [] if self.report.full else [*known.definitions, *registry.names()]
        names += [one for one in scope.all_names() if _is_layer(one, scope)]
        self.wrong_layer(span, f"no layer is called `{name}`", self.suggest(name, names))
        return None

    def wrong_layer(self, span: Span, message: str, help: str = "") -> None:
        """Report a name that does not mean a layer."""
        self.unresolved = True
        label = "not known" if message.startswith("no layer") else "not a layer"
        self.report.add("unknown-layer", span, message, label=label, help=help)

    def argument(self, slot: Slot | None, value: syntax.Expression, scope: Scope) -> None:
        """Check what is given for a slot."""
        if slot is None:
            self.expression(value, scope, None)
        elif slot.kind == "layer":
            self.recipe(value, scope)
        elif (
            slot.kind == "str"
            and isinstance(value, syntax.Name)
            and not self.known_name(value.name, scope)
        ):
            self.unresolved = True
            self.report.add(
                "unknown-name",
                value.span,
                f"nothing is called `{value.name}` here",
                label="not known",
                help=f'a text stands in quotes: `"{value.name}"`',
            )
        elif slot.type is not None and isinstance(value, syntax.ListOf):
            self.typed(slot.type, value, scope)
        else:
            self.expression(value, scope, slot.words)

    def typed(self, type_: syntax.Type, value: syntax.Expression, scope: Scope) -> None:
        """Check what is given where the type is wanted, element by element."""
        if type_.name == "layer":
            self.recipe(value, scope)
        elif isinstance(value, syntax.ListOf) and type_.items:
            for one, item in zip(item_types(type_, len(value.items)), value.items, strict=False):
                self.typed(one, item, scope)
        else:
            self.expression(value, scope, words_of_type(type_))

    def recipe(self, node: syntax.Expression, scope: Scope) -> None:
        """Check what is passed for a layer parameter."""
        match node:
            case syntax.Name("none"):
                self.wrong_layer(node.span, NONE_PASSED, NONE_HELP)
            case syntax.Name(name):
                self.layer(name, node.span, scope)
            case syntax.Call(name, arguments):
                place = Span(node.span.source, node.span.start, node.span.start + len(name))
                found = self.layer(name, place, scope)
                site = Site(name, place, arguments, partial=True)
                if isinstance(found, Op):
                    self.bind_slots(site, of_op(found), scope, inputs=True)
                elif isinstance(found, syntax.Block | syntax.Network):
                    self.bind_slots(site, of_parameters(found.parameters), scope)
                else:
                    self.loose(arguments, scope)
            case syntax.Conditional(condition, then, otherwise):
                self.expression(condition, scope)
                self.recipe(then, scope)
                self.recipe(otherwise, scope)
            case _:
                self.expression(node, scope)

    def loose(self, arguments: Iterable[syntax.Argument], scope: Scope) -> None:
        """Check arguments of a call whose parameters are not known: any word may be right."""
        for argument in arguments:
            self.expression(argument.value, scope, None)

    def bind_slots(
        self, site: Site, slots: Sequence[Slot], scope: Scope, inputs: bool = False
    ) -> None:
        """Check all arguments of a call; where `inputs`, values without a name are no slots."""
        positional = [one for one in site.arguments if one.name is None]
        if inputs and positional:
            for kind in ("value", "any"):
                # Elaboration knows what an "any" is; here it is an input where no slot is left.
                if kind == "value" or len(positional) > len(slots):
                    values = [one for one in positional if kind_of(one.value, scope, slots) == kind]
                    for one in values:
                        self.expression(one.value, scope)
                    positional = [one for one in positional if one not in values]
        for slot, argument in place_arguments(site, slots, positional, self.report):
            self.argument(slot, argument.value, scope)


def _is_layer(name: str, scope: Scope) -> bool:
    found = scope.find(name)
    return found is not None and found.kind == "layer"
