"""The canonical text of a tree: parsing it gives the same tree.

Comments are not part of the meaning and are left out; those that document something stay.
"""

from __future__ import annotations

from archspec.frontends.dsl.literals import quoted
from archspec.frontends.dsl.print_expressions import ExpressionPrinter, print_expression
from archspec.syntax import (
    Block,
    Body,
    Branch,
    Chain,
    Constant,
    Default,
    Definition,
    Expect,
    File,
    For,
    Freeze,
    Function,
    Group,
    If,
    Input,
    LayerCall,
    LayerInstance,
    Let,
    Load,
    Network,
    Output,
    Parameter,
    Repeat,
    ShapeAssertion,
    Statement,
    Step,
    Train,
    Type,
    Use,
    Variant,
)

__all__ = ["Printer", "print_expression", "print_file"]

_WIDTH = 80


def print_file(file: File) -> str:
    """The text of a whole file."""
    printer = Printer()
    return "\n\n".join(map(printer.definition, file.definitions)) + "\n"


class Printer(ExpressionPrinter):
    """Prints every kind of node; nested lines are indented by two spaces."""

    def definition(self, node: Definition) -> str:
        """One definition."""
        match node:
            case Block() | Network():
                word = "block" if isinstance(node, Block) else "network"
                head = f"{word} {node.name}{self._parameters(node.parameters)}"
                return f"{_doc(node.doc)}{head} {self.body(node.body)}"
            case Variant(name, base, arguments, body, doc):
                end = "" if body is None else f" {self.body(body)}"
                return f"{_doc(doc)}network {name} = {base}{self.arguments(arguments)}{end}"
            case Function(name, parameters, value, doc):
                head = f"{_doc(doc)}let {name}{self._parameters(parameters) or '()'}"
                return f"{head} = {self.expression(value)}"
            case Constant(name, value):
                return f"let {name} = {self.expression(value)}"
            case Default(call):
                return f"default {self.step(call)}"
            case Use(names, path):
                return f"use {', '.join(names)} from {quoted(path)}"
            case Train(network, settings):
                lines = [f"{one.key}: {self.expression(one.value)}" for one in settings]
                return f"train {network} {_braced(lines)}"
        raise TypeError(f"no text for {type(node).__name__}")

    def _parameters(self, parameters: tuple[Parameter, ...]) -> str:
        if not parameters:
            return ""
        return f"({', '.join(map(self._parameter, parameters))})"

    def _parameter(self, node: Parameter) -> str:
        end = "" if node.default is None else f" = {self.expression(node.default)}"
        return f"{node.name}: {_type(node.type)}{end}"

    def body(self, body: Body) -> str:
        """`{ statements }`, on one line when there is only a short one."""
        return _braced([self.statement(one) for one in body.statements])

    def statement(self, node: Statement) -> str:
        """One statement."""
        match node:
            case Chain():
                return self.chain(node)
            case Let(name, value):
                return f"let {name} = {self.expression(value)}"
            case LayerInstance(name, body):
                return f"layer {name} = {self.body(body)}"
            case Input(name, sizes):
                return f"input {name}[{self._listed(sizes)}]"
            case Output(values, when_training):
                return f"output {self._listed(values)}{' when training' * when_training}"
            case Expect(condition):
                return f"expect {self.expression(condition)}"
            case Load(target, path):
                return f"load {self.expression(target)} from {quoted(path)}"
            case Freeze(target, through):
                end = "" if through is None else f" through {self.expression(through)}"
                return f"freeze {self.expression(target)}{end}"
        raise TypeError(f"no text for {type(node).__name__}")

    def chain(self, node: Chain, before: str = "") -> str:
        """One chain under its documentation; `before` stands in front of its first line."""
        labels = ", ".join(one.name for one in node.labels) + ": " if node.labels else ""
        origin = f"from {self._listed(node.origins)}" if node.origins else ""
        steps = " -> ".join([*([origin] if origin else []), *map(self.step, node.steps)])
        return f"{_doc(node.doc)}{before}{labels}{steps}"

    def step(self, node: Step) -> str:
        """One step of a chain."""
        match node:
            case LayerCall():
                return self._call(node)
            case Group(body):
                return self.body(body)
            case If():
                return self._if(node)
            case For(target, iterable, body):
                head = f"for {self.target(target)} in {self.expression(iterable)}"
                return f"{head} {self.body(body)}"
            case Repeat(count, body):
                return f"repeat {self.expression(count)} {self.body(body)}"
            case ShapeAssertion(sizes):
                texts = ("_" if size is None else self.expression(size) for size in sizes)
                return f"[{', '.join(texts)}]"
        raise TypeError(f"no text for {type(node).__name__}")

    def _call(self, node: LayerCall) -> str:
        text = node.name + ("" if node.arguments is None else self.arguments(node.arguments))
        if node.through is not None:
            text += f" through {self.expression(node.through)}"
        if node.body is not None:
            text += f" {self.body(node.body)}"
        if node.branches is not None:
            lines = _indented([self._branch(one) for one in node.branches])
            text += f" {{\n{lines}\n}}"
        return text

    def _branch(self, node: Branch) -> str:
        if node.target is None or node.iterable is None:
            return self.chain(node.chain, "| ")
        head = f"| each {self.target(node.target)} in {self.expression(node.iterable)}"
        return f"{head} {_braced([self.chain(node.chain)])}"

    def _if(self, node: If) -> str:
        text = f"if {self.expression(node.condition)} {self.body(node.then)}"
        if node.otherwise is None:
            return text
        match node.otherwise:
            case Body((Chain((), (), (If() as other,), None),)):
                return f"{text} else {self._if(other)}"
        return f"{text} else {self.body(node.otherwise)}"


def _type(node: Type) -> str:
    items = ", ".join(map(_type, node.items))
    if node.name == "tuple":
        return f"({items})"
    return f"{node.name}[{items}]" if items else node.name


def _doc(doc: str | None) -> str:
    if doc is None:
        return ""
    return "".join(f"## {line}".rstrip() + "\n" for line in doc.split("\n"))


def _braced(lines: list[str]) -> str:
    if not lines:
        return "{ }"
    if len(lines) == 1 and len(lines[0]) < _WIDTH and "\n" not in lines[0]:
        return f"{{ {lines[0]} }}"
    return f"{{\n{_indented(lines)}\n}}"


def _indented(lines: list[str]) -> str:
    return "\n".join(f"  {line}" for text in lines for line in text.split("\n"))
