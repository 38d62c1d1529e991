"""What a lowering sees of one op in the plan, and the lines of code that it answers with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from archspec import syntax
from archspec.ir import Node
from archspec.lowering.plan import Apply, Code, Disagreement, Plan
from archspec.lowering.python import number


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer call: `call(arguments, name=…)(x)`.

    `suffix` stands behind the op's own path in the layer's name, so that auxiliary layers are
    called `….conv_pad`. `when` is a condition (a Python expression) under which the layer is
    applied at all. Arguments may name the incoming value as `{x}`.
    """

    call: str
    arguments: tuple[str, ...] = ()
    suffix: str = ""
    when: str | None = None


@dataclass(frozen=True, slots=True)
class Function:
    """A call of a function of `keras.ops`: `template` with the values in place of `{x}`."""

    template: str
    when: str | None = None


@dataclass(frozen=True, slots=True)
class Sized:
    """A check that a value has one of the sizes that the next step is written for."""

    sizes: tuple[tuple[int, ...], ...]


Step = Layer | Function | Sized


@dataclass(frozen=True, slots=True)
class Site:
    """One op where it stands in the plan; `text` writes its code as Python in this place.

    `axes` is the number of spatial axes where no instance tells it: in defaults of parameters.
    """

    plan: Plan
    element: Apply
    text: Callable[[Code], str]
    axes: int = 2

    def fact(self, key: Callable[[Node], Any], what: str) -> Any:
        """What all instances agree on, or `Disagreement`."""
        return self.element.fact(key, what)

    @property
    def rank(self) -> int:
        """The number of spatial axes of the first input."""

        def axes(node: Node) -> int:
            return len(node.inputs[0].shape) - 1 if node.inputs else self.axes

        return int(self.fact(axes, "the number of axes"))

    @property
    def nodes(self) -> tuple[Node, ...]:
        """All instances."""
        return tuple(node for node in self.element.instances if isinstance(node, Node))

    def sized(self) -> Sized:
        """The check that goes before a step that holds for the sizes at hand only."""
        found = {tuple(node.inputs[0].shape[:-1]) for node in self.nodes if node.inputs}
        return Sized(tuple(sorted(found)))

    def constant(self, name: str) -> bool:
        """Whether the attribute is written without any name."""
        code = self.element.attributes.get(name)
        return code is None or not any(
            isinstance(part, syntax.Name | syntax.Attribute) for part in code.walk()
        )

    def stored(self, name: str) -> Any:
        """The stored form that all instances agree on, or `Disagreement`."""
        return self.fact(lambda node: node.attributes[name], f"the attribute {name!r}")

    def values(self, name: str) -> list[Any]:
        """What the attribute's code gives for each instance."""
        code = self.element.attributes[name]
        return [self.plan.evaluate(code, node) for node in self.nodes]

    def differ(self, name: str) -> Disagreement:
        """The complaint that instances differ in an attribute, to be raised."""
        return Disagreement(
            self.element, lambda node: node.attributes[name], f"the attribute {name!r}"
        )

    def written(self, name: str) -> str:
        """The attribute's code as Python; a constant in its stored form."""
        if self.constant(name):
            value = self.stored(name)
            return number(value) if isinstance(value, float) else repr(value)
        return self.text(self.element.attributes[name])

    def sequence(self, name: str) -> str:
        """A list of sizes as a tuple."""
        if self.constant(name):
            return repr(tuple(self.stored(name)))
        return self.text(self.element.attributes[name])

    def size(self, name: str) -> str:
        """A `size` attribute: one number where all axes have the same."""
        if self.constant(name):
            return sizes(self.stored(name))
        values = self.values(name)
        if not all(_whole(one) for one in values) and any(_whole(one) for one in values):
            raise Disagreement(
                self.element, lambda node: len(set(node.attributes[name])), f"the form of {name!r}"
            )
        return self.text(self.element.attributes[name])

    def window(self, name: str) -> str:
        """A `size` that stands alone as an argument, where Keras takes one number or several."""
        return (
            sizes(self.stored(name))
            if self.constant(name)
            else self.text(self.element.attributes[name])
        )

    def whole(self, name: str) -> bool:
        """Whether a `size` attribute is one number in every instance."""
        if self.constant(name):
            return all(len(set(node.attributes[name])) == 1 for node in self.nodes)
        return all(_whole(one) for one in self.values(name))

    def option(self, keyword: str, name: str, default: object) -> tuple[str, ...]:
        """`keyword=value`, or nothing where it is the constant that Keras takes anyway."""
        if self.constant(name) and self.stored(name) == default:
            return ()
        return (f"{keyword}={self.written(name)}",)

    def size_option(self, keyword: str, name: str) -> tuple[str, ...]:
        """`keyword=size`, or nothing for the constant 1."""
        text = self.size(name)
        return () if text == "1" else (f"{keyword}={text}",)


def _whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def sizes(values: tuple[int, ...]) -> str:
    """Numbers for each axis as Keras takes them.

    >>> sizes((3, 3)), sizes((1, 7)), sizes((4,))
    ('3', '(1, 7)', '4')
    """
    return repr(values[0] if len(set(values)) == 1 else values)


def factor(text: str) -> str:
    """Code as a part of a product.

    >>> factor("n"), factor("3"), factor("n + 1")
    ('n', '3', '(n + 1)')
    """
    return text if text.isidentifier() or text.isdecimal() else f"({text})"


def pairs(values: tuple[tuple[int, int], ...]) -> str:
    """Amounts before and after on each axis as Keras' padding and cropping layers take them.

    >>> pairs(((1, 1), (1, 1))), pairs(((1, 1), (2, 2))), pairs(((0, 1), (0, 1))), pairs(((0, 1),))
    ('1', '(1, 2)', '((0, 1), (0, 1))', '(0, 1)')
    """
    if all(low == high for low, high in values):
        return sizes(tuple(low for low, _ in values))
    return repr(values[0] if len(values) == 1 else values)
