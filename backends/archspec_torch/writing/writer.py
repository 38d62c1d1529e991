"""What all parts that write one class share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING, Any

from archspec.ir import Scope as Bindings
from archspec.lowering.plan import (
    Apply,
    Body,
    CallDefinition,
    CallParameter,
    Choice,
    Code,
    Definition,
    Disagreement,
    Element,
    Let,
    Loop,
    Variable,
)
from archspec.syntax import Name
from archspec_torch.form import Form
from archspec_torch.initial import starts
from archspec_torch.lowering import find
from archspec_torch.site import Site, constant
from archspec_torch.writing.arguments import call_arguments
from archspec_torch.writing.flat import flat_sizes, spread
from archspec_torch.writing.items import Maker
from archspec_torch.writing.place import Member, Place
from archspec_torch.writing.scope import Scope
from archspec_torch.writing.values import Values

if TYPE_CHECKING:
    from archspec_torch.writing.source import SourceWriter


class ClassWriter:
    """The state of one class while it is written.

    `shared` are the attributes of layer instances, `unbatched` the expressions with a batch axis
    of size 1, `lists` the variables of values that a loop collects, `hints` the labels of values
    as the body around knows them, `first` the variable that tells the size of the batch. A class
    that is a part of another, `outer`, comes `before` that one.
    """

    def __init__(
        self, file: SourceWriter, definition: Definition, outer: ClassWriter | None = None
    ) -> None:
        self.file = file
        self.definition = definition
        self.outer = outer
        self.scope: Scope = Scope(definition, file.words, None if outer is None else outer.scope)
        self.before: list[str] = []
        self.values = Values(definition)
        self.members: list[Member] = []
        self.shared: dict[int, str] = {}
        self.unbatched: set[str] = set()
        self.lists: dict[int, str] = {}
        self.first = "x"
        self.last_shape = ""
        self.fixed_size = False
        self.locals = file.locals()
        self.bodies: list[Body] = []
        self.hints: dict[int, str] = {}
        self._flat: dict[int, tuple[int, ...]] = {}
        self._labels: dict[str, str] = {}
        self._flows: dict[str, list[str]] = {}
        self._owned: dict[str, list[str]] = {}
        for parameter in definition.parameters:
            self.scope.bind(parameter.name)

    def lower(self, element: Apply, use: bool = False, forward: bool = False) -> Form:
        """The op in PyTorch; `use` says that it is really written, `forward` where."""
        lowering = find(element.op.name)
        if lowering is None or any(map(lowering.lacks, element.instances)):
            # In an arm that nobody takes: `refusals` asks the graph.
            raise Disagreement(element, lambda _: None, "an arm that is taken")

        def channels() -> Code:
            if not element.inputs:
                raise LookupError(f"{element.op.name} needs the channels of its input")
            code = self.scope.channels(element, element.inputs[0])
            return self.spread(code, element.inputs[0].variable)

        write = self.scope.write_forward if forward else self.scope.write
        evaluate = self.file.plan.evaluate
        site = Site(
            element,
            channels,
            write,
            self.scope.closed,
            evaluate,
            self.file.orders.deferred,
            self.file.overwriting.overwrites(element),
        )
        form = lowering.lower(site)
        if lowering.owner is not None and use:
            form = self._started(form, element, lowering.owner)
        if use:
            self.file.helpers.update(form.helpers)
        if lowering.order == "flattens" and len(element.outputs) == 1:
            self._flat[id(element.outputs[0])] = flat_sizes(element)
        if use or forward:
            self.fixed_size = self.fixed_size or form.fixed_size
        return form

    def spread(self, code: Code, variable: Variable) -> Code:
        """The features of a flattened value as `channels * height * width`."""
        return spread(code, self._flat.get(id(variable), ()))

    def _started(self, form: Form, element: Apply, owner: Callable[..., str]) -> Form:
        found = element.fact(starts, "initialiser")
        name = element.fact(owner, "rank")
        modules = [
            replace(one, text=self.file.initial.wrap(one.text, found, name)) if one.weights else one
            for one in form.modules
        ]
        return replace(form, modules=tuple(modules))

    def type_of(self, code: Code) -> str:
        """The Python type of a value that a part of the class is told."""
        if isinstance(code, Name) and code.name in self.scope.layers:
            return self.layer_type(code.name)
        value = self.file.plan.evaluate(code, self.definition.instances[0])
        if isinstance(value, (list, tuple)):
            return f"Sequence[{type(value[0]).__name__}]" if value else "Sequence[int]"
        return type(value).__name__

    def layer_type(self, name: str) -> str:
        """The Python type of a layer parameter."""
        outermost = self
        while outermost.outer is not None:
            outermost = outermost.outer
        told = (id(outermost.definition), name) in self.file.overwriting.told
        return f"Callable[{'...' if told else '[]'}, nn.Module]"

    def make(self, element: CallParameter) -> str:
        """The module of a layer parameter."""
        given = "inplace=True" if self.file.overwriting.overwrites(element) else ""
        return f"{self.scope.layer(element.parameter)}({given})"

    def let(self, element: Let) -> Callable[[], str]:
        """The assignment of a `let`."""
        if self.scope.closed(element.value):
            value = self.scope.write(element.value)
        else:
            value = constant(self._bound(element.name))
        name = self.scope.bind(element.name)
        return lambda: f"{name} = {value}"

    def _bound(self, name: str) -> Any:
        """The value of a `let` that only the elaborated sizes give."""

        def value(scope: Bindings) -> Any:
            at: Bindings | None = scope
            while at is not None and name not in at.bindings:
                at = at.parent
            return None if at is None else at.bindings[name]

        around = Element("", (), (), self.bodies[-1].scopes)
        return around.fact(value, f"`{name}`")

    def text(self, element: Element, code: Code) -> str:
        """Code as Python in the constructor, as a number where it has no closed form."""
        if self.scope.closed(code):
            return self.scope.write(code)
        return constant(self.file.plan.constant(element, code))

    def call(self, element: CallDefinition) -> str:
        """The constructor call of a block."""
        return call_arguments(element, self)

    def carry(self, element: Loop) -> tuple[str, str | None]:
        """The variable in which a loop hands on its channels, and how that starts."""
        assert element.carried is not None
        first = self.scope.write(self.spread(element.carried.first, element.inputs[0].variable))
        name = self.scope.bind(element.carried.name)
        return name, f"{name} = {first}" if first != name else None

    def loop_header(self, element: Loop) -> str:
        """`for … in …` in the constructor."""
        if element.iterable is None:
            assert element.count is not None
            return f"for _ in range({self.text(element, element.count)})"
        if self.scope.closed(element.iterable):
            iterable = self.scope.iterable(element.iterable)
        else:
            iterable = constant(self.file.plan.constant(element, element.iterable))
        assert element.target is not None
        for name in element.target.names():
            self.scope.bind(name)
        return f"for {self.scope.target(element.target)} in {iterable}"

    def arms(self, element: Choice) -> Callable[[int], tuple[bool, int]]:
        """For an instance: whether it took the first arm, and its number among those that did."""
        numbers: list[tuple[bool, int]] = []
        counts = {True: 0, False: 0}
        for instance in element.instances:
            taken = bool(self.file.plan.evaluate(element.condition, instance))
            numbers.append((taken, counts[taken]))
            counts[taken] += 1
        return lambda instance: numbers[instance]

    def register(self, place: Place, name: str, text: str, maker: Callable[[int], Maker]) -> str:
        """Makes a module an attribute; returns the expression for it in the forward pass."""
        attribute = self.scope.attributes.take(f"{place.prefix}{name}")
        self.members.append(Member(attribute, place.at, maker))
        if place.rounds is None:
            place.init.add(f"self.{attribute} = {text}")
            return f"self.{attribute}"
        place.init.add(f"self.{attribute}.append({text})")
        variable = self.locals.take(attribute)
        place.rounds.found.append((attribute, variable))
        return variable

    def flag(self, place: Place, element: Element, condition: Code, name: str) -> tuple[str, str]:
        """A condition in the constructor and in the forward pass."""
        text = self.text(element, condition)
        if isinstance(condition, Name):
            return text, self.scope.write_forward(condition)
        attribute = self.scope.attributes.take(f"{place.prefix}{name}")
        place.init.add(f"self.{attribute} = {text}")
        return f"self.{attribute}", f"self.{attribute}"

    def local(self, label: str) -> str:
        """The variable that a named value owns in the forward pass."""
        if label not in self._labels:
            self._labels[label] = label if label == "x" else self.locals.take(label)
        return self._labels[label]

    def owned(self, label: str) -> Iterator[str]:
        """Variables for values of one name: it, then with a number."""
        known = self._owned.setdefault(label, [self.local(label)])
        yield from known
        while True:
            known.append(self.locals.take(label))
            yield known[-1]

    def flows(self, flow: str) -> Iterator[str]:
        """Variables for values without a name: `x`, then `out` and so on."""
        if flow not in self._flows:
            self._flows[flow] = [self.local(flow)]
        known = self._flows[flow]
        yield from known
        for _ in count():
            known.append(self.locals.take("out" if flow == "x" else f"{flow}_out"))
            yield known[-1]
