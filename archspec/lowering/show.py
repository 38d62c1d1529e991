"""A plan as text, for tests and for people who look into it."""

from __future__ import annotations

from collections.abc import Sequence

from archspec import syntax
from archspec.lowering.plan import (
    Apply,
    Body,
    CallDefinition,
    CallParameter,
    CallShared,
    Choice,
    Code,
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
from archspec.lowering.python import Python, python


def show(plan: Plan) -> str:
    """The whole plan; values are numbered, and shown with their channels where known."""
    return "\n\n".join(_Shown(one).text() for one in plan.definitions)


def show_argument(argument: Code | LayerArgument | None) -> str:
    """An argument or default in one line."""
    if not isinstance(argument, LayerArgument):
        return "" if argument is None else python(argument)
    element = argument.body.elements[0]
    if isinstance(element, Apply):
        inside = _keywords(element)
        return f"{element.op.name}({inside})" if inside else element.op.name
    return element.segment


class _Shown:
    def __init__(self, definition: Definition) -> None:
        self.definition = definition
        self.numbers: dict[int, str] = {}
        self.lines: list[str] = []

    def text(self) -> str:
        one = self.definition
        parameters = ", ".join(
            name.name + (f" = {show_argument(name.default)}" if name.default else "")
            for name in one.parameters
        )
        inputs = ", ".join(map(self.made, one.inputs))
        self.lines.append(f"{one.kind} {one.name}({parameters}) of {inputs}")
        self.body(one.body, "  ")
        results = ", ".join(map(self.used, one.body.results))
        self.lines.append(f"  -> {results}")
        if one.training_results:
            self.lines.append(f"  training -> {', '.join(map(self.used, one.training_results))}")
        return "\n".join(self.lines)

    def name(self, variable: Variable) -> str:
        found = self.numbers.get(id(variable))
        if found is None:
            found = variable.label or f"v{len(self.numbers)}"
            self.numbers[id(variable)] = found
        return found

    def made(self, variable: Variable) -> str:
        later = "!" if variable.read_later else ""
        sizes = ", ".join("?" if one is None else python(one) for one in variable.sizes[-1:])
        return f"{self.name(variable)}{later}[{sizes}]"

    def used(self, reference: Reference) -> str:
        indices = "".join(f"[{python(one)}]" for one in reference.indices)
        sizes = ", ".join("?" if one is None else python(one) for one in reference.sizes[-1:])
        return f"{self.name(reference.variable)}{indices}[{sizes}]"

    def body(self, body: Body, indent: str) -> None:
        for element in body.elements:
            self.element(element, indent)

    def element(self, element: Element, indent: str) -> None:
        before = ", ".join(map(self.used, element.inputs))
        word = self.words(element)
        index = "".join(f"[{python(one)}]" for one in element.indices) if element.segment else ""
        name = f"{element.segment}{index}: " if element.segment else ""
        training = " (training)" if element.training_only else ""
        after = ", ".join(map(self.made, element.outputs))
        arrow = f" {before} -> {after}" if element.outputs else ""
        self.lines.append(f"{indent}{name}{word}{arrow}{training}")
        self.inside(element, indent + "  ")

    def words(self, element: Element) -> str:
        match element:
            case Apply(op=op):
                return f"{op.name}({_keywords(element)})"
            case CallDefinition(definition=definition, arguments=arguments):
                inside = ", ".join(f"{k}={show_argument(v)}" for k, v in arguments.items())
                return f"call {definition.name}({inside})"
            case CallParameter(parameter=parameter):
                return f"parameter {parameter}"
            case CallShared(layer=layer):
                return f"shared {layer.name}"
            case Declare(layer=layer):
                return f"declare {layer.name}"
            case Let(name=name, value=value):
                return f"let {name} = {python(value)}"
            case Group(labelled=labelled):
                return "group" if labelled else "braces"
            case Choice(condition=condition):
                return f"if {python(condition)}"
            case Loop():
                return _loop(element)
        return "join" if isinstance(element, Join) else "?"

    def inside(self, element: Element, indent: str) -> None:
        match element:
            case Group(body=body):
                self.body(body, indent)
            case Declare(layer=layer):
                self.body(layer.body, indent)
            case Loop(body=body, carried=carried, lists=lists):
                self.body(body, indent)
                if carried is not None:
                    following = python(carried.following)
                    self.lines.append(f"{indent}{carried.name} = {following}")
                for one, listed in lists:
                    self.lines.append(f"{indent}{self.name(listed)} += {self.name(one)}")
            case Choice(then=then, otherwise=otherwise):
                self.body(then, indent)
                self.lines.append(f"{indent[2:]}else -> {self.results(otherwise)}")
                self.body(otherwise, indent)
            case Join(branches=branches):
                for branch in branches:
                    when = f" if {python(branch.present)}" if branch.present else ""
                    each = f" {_loop(branch.loop)}" if branch.loop else ""
                    results = self.results(branch.body)
                    self.lines.append(f"{indent}| {branch.segment}{when}{each} -> {results}")
                    self.body(branch.body, indent + "  ")

    def results(self, body: Body) -> str:
        return ", ".join(map(self.used, body.results))


def _keywords(element: Apply) -> str:
    """The attributes that are not the op's own defaults."""
    found = []
    for attribute in element.op.attributes:
        code = element.attributes.get(attribute.name)
        if code is None or (
            isinstance(code, syntax.Number | syntax.Boolean | syntax.Text)
            and code.value == attribute.default
        ):
            continue
        found.append(f"{attribute.name}={python(code)}")
    return ", ".join(found)


def _loop(loop: Loop) -> str:
    if loop.target is None or loop.iterable is None:
        count: Sequence[Code] = (loop.count,) if loop.count is not None else ()
        text = f"repeat {', '.join(map(python, count))} by {loop.counter}"
    else:
        counter = "" if loop.counts else f" by {loop.counter}"
        iterable = Python().iterable(loop.iterable)
        text = f"for {Python().target(loop.target)} in {iterable}{counter}"
    carried = loop.carried
    if carried is None:
        return text
    shares = f" (in {carried.shares})" if carried.shares else ""
    return f"{text}; {carried.name}{shares} = {python(carried.first)}"
