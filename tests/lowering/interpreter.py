"""Runs a plan as generated code would run, in plain Python.

The interpreter evaluates the plan's code with Python's scoping (one set of names for a definition),
follows loops, choices and calls, and notes every op with its attributes and inputs. It also checks
every closed form of a size against the size that is there.
"""

from __future__ import annotations

from typing import Any

from archspec import syntax
from archspec.elaborate.frame import MISSING
from archspec.ir import Value
from archspec.lowering.plan import (
    Apply,
    Body,
    CallDefinition,
    CallParameter,
    CallShared,
    Choice,
    Declare,
    Definition,
    Element,
    Group,
    Join,
    LayerArgument,
    Let,
    Loop,
    Plan,
    Reference,
    Variable,
)
from archspec.lowering.values import bind, value_of
from archspec.ops.attributes import Attributes
from archspec.ops.initializer import KNOWN, Initializer
from archspec.source import NOWHERE

Trace = list[tuple[str, dict[str, Any], list[tuple[int, int]]]]


class Run:
    """One run of a plan."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.trace: Trace = []
        self.makers: dict[int, tuple[int, int]] = {}
        self.kept: list[Value] = []
        self.functions = {one.name: one for one in plan.functions}
        self.constants: dict[str, Any] = {}
        for one in plan.constants:
            self.constants[one.name] = value_of(one.value, self.constant, self.function)

    def constant(self, name: str) -> Any:
        return self.constants.get(name, MISSING)

    def function(self, name: str) -> Any:
        found = self.functions.get(name)
        return None if found is None else (found, self.function, self.constant)

    def value(self, shape: tuple[int, ...], maker: tuple[int, int]) -> Value:
        made = Value(shape, (), NOWHERE)
        self.makers[id(made)] = maker
        self.kept.append(made)
        return made

    def network(self, **arguments: Any) -> Trace:
        definition = self.plan.definitions[-1]
        inputs = [
            self.value(value.shape, (-1, k)) for k, value in enumerate(self.plan.graph.inputs)
        ]
        Call(self, definition, arguments, inputs).results()
        return self.trace


class Call:
    """One call of a definition; `names` are those of its code, as in a Python function."""

    def __init__(
        self, run: Run, definition: Definition, arguments: dict[str, Any], inputs: list[Value]
    ) -> None:
        self.run = run
        self.definition = definition
        self.names: dict[str, Any] = dict(arguments)
        self.values: dict[int, Any] = {}
        assert len(inputs) == len(definition.inputs)
        if inputs:
            self.names["input"] = inputs[0]
        for parameter in definition.parameters:
            if parameter.name not in self.names:
                default = parameter.default
                assert default is not None, f"{definition.name} needs {parameter.name}"
                found = default if isinstance(default, LayerArgument) else self.of(default)
                if parameter.type.name == "float":
                    found = float(found)
                self.names[parameter.name] = (
                    (found, self) if isinstance(found, LayerArgument) else found
                )
        for variable, value in zip(definition.inputs, inputs, strict=True):
            self.set(variable, value)

    def results(self) -> list[Value]:
        self.body(self.definition.body)
        for one in self.definition.training_results:
            self.get(one)
        return [self.get(one) for one in self.definition.body.results]

    def of(self, code: syntax.Expression, here: list[Value] | None = None) -> Any:
        while isinstance(code, syntax.Conditional):
            code = code.then if self.of(code.condition, here) else code.otherwise
        if isinstance(code, syntax.Call) and code.function in KNOWN:
            return Initializer.make(
                code.function, {one.name or "": self.of(one.value) for one in code.arguments}
            )

        def lookup(name: str) -> Any:
            return self.names[name] if name in self.names else self.run.constant(name)

        return value_of(code, lookup, self.run.function, here or ())

    def set(self, variable: Variable, value: Any) -> None:
        self.values[id(variable)] = value
        if variable.label is not None:
            self.names[variable.label] = value
        if isinstance(value, Value):
            self.check(variable.sizes, value)

    def get(self, reference: Reference) -> Value:
        found = self.values[id(reference.variable)]
        for index in reference.indices:
            found = found[self.of(index)]
        assert isinstance(found, Value)
        self.check(reference.sizes, found)
        return found

    def check(self, sizes: tuple[syntax.Expression | None, ...], value: Value) -> None:
        for size, wanted in zip(sizes[::-1], value.shape[::-1], strict=False):
            if size is not None:
                assert self.of(size) == wanted

    def body(self, body: Body) -> list[Value]:
        for element in body.elements:
            found = self.element(element)
            assert len(found) == len(element.outputs)
            for variable, value in zip(element.outputs, found, strict=True):
                self.set(variable, value)
        return [self.get(one) for one in body.results]

    def inside(self, body: Body, inputs: list[Value]) -> list[Value]:
        for variable, value in zip(body.incoming, inputs, strict=False):
            self.values[id(variable)] = value
        return self.body(body)

    def element(self, element: Element) -> list[Value]:
        if isinstance(element, Let):
            self.names[element.name] = self.of(element.value)
        if isinstance(element, Let | Declare):
            return []
        return self.step(element, [self.get(one) for one in element.inputs])

    def step(self, element: Element, inputs: list[Value]) -> list[Value]:
        match element:
            case Apply():
                return self.apply(element, inputs)
            case Group(body=body):
                return self.inside(body, inputs)
            case CallShared(layer=layer):
                return self.inside(layer.body, inputs)
            case CallParameter(parameter=parameter):
                return self.parameter(parameter, inputs)
            case CallDefinition():
                return self.call(element, inputs)
            case Choice(condition=condition, then=then, otherwise=otherwise):
                return self.inside(then if self.of(condition, inputs) else otherwise, inputs)
            case Loop():
                return self.loop(element, inputs)
            case Join():
                return self.join(element, inputs)
        raise AssertionError(element)

    def apply(self, element: Apply, inputs: list[Value]) -> list[Value]:
        op = element.op
        values = {}
        rank = max((len(one.shape) for one in inputs), default=1) - 1
        for attribute in op.attributes:
            code = element.attributes.get(attribute.name)
            value = None if code is None else self.of(code, inputs)
            values[attribute.name] = attribute.store(value, rank)
        attributes = Attributes(values)
        position = len(self.run.trace)
        makers = [self.run.makers[id(one)] for one in inputs]
        self.run.trace.append((op.name, values, makers))
        shapes = op.shape(attributes, [one.shape for one in inputs])
        return [self.run.value(shape, (position, k)) for k, shape in enumerate(shapes)]

    def parameter(self, name: str, inputs: list[Value]) -> list[Value]:
        argument, home = self.names[name]
        element = argument.body.elements[0]
        if isinstance(element, CallParameter):
            found: list[Value] = home.parameter(element.parameter, inputs)
        else:
            found = home.apply(element, inputs)
        return found

    def call(self, element: CallDefinition, inputs: list[Value]) -> list[Value]:
        types = {one.name: one.type.name for one in element.definition.parameters}
        arguments: dict[str, Any] = {}
        for name, code in element.arguments.items():
            if isinstance(code, LayerArgument):
                arguments[name] = (code, self)
            else:
                value = self.of(code, inputs[:1])
                arguments[name] = float(value) if types[name] == "float" else value
        return Call(self.run, element.definition, arguments, inputs).results()

    def loop(self, element: Loop, inputs: list[Value]) -> list[Value]:
        if element.carried is not None:
            self.names[element.carried.name] = self.of(element.carried.first, inputs)
        for _, listed in element.lists:
            self.set(listed, [])
        for _ in self.rounds(element, inputs):
            inputs = self.inside(element.body, inputs)
            if element.carried is not None:
                self.names[element.carried.name] = self.of(element.carried.following)
            for one, listed in element.lists:
                self.values[id(listed)].append(self.values[id(one)])
        return inputs

    def rounds(self, element: Loop, inputs: list[Value]) -> Any:
        if element.iterable is None:
            assert element.count is not None
            items: Any = range(self.of(element.count, inputs))
        else:
            items = self.of(element.iterable, inputs)
        for number, item in enumerate(items):
            self.names[element.counter] = number
            if element.target is not None:
                bind(element.target, item, self.names)
            assert self.names[element.counter] == number
            yield number

    def join(self, element: Join, inputs: list[Value]) -> list[Value]:
        found: list[Value] = []
        for branch in element.branches:
            if branch.present is not None and not self.of(branch.present, inputs):
                continue
            if branch.loop is None:
                found += self.inside(branch.body, inputs)
            else:
                for _ in self.rounds(branch.loop, inputs):
                    found += self.inside(branch.body, inputs)
        return found if len(found) == 1 else self.apply(element.apply, found)
