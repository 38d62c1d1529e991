"""Modules in the order in which a chain calls them, as code and as paths of weights.

An item is a step of a chain that is made of modules alone. It writes itself as expressions of a
list where it can, else as statements that fill a list; and it tells, for each instance, which
modules that makes, so that positions in an `nn.Sequential` are known without running anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from archspec.ir import Node, Scope
from archspec.lowering.plan import Apply, CallDefinition, CallParameter, Group, Let
from archspec_torch.form import Form, Piece
from archspec_torch.writing.lines import Lines


@dataclass(frozen=True, slots=True)
class Found:
    """A module of one node: `path` in the whole model; `last` where it makes the node's output."""

    node: Node
    path: str
    weights: Mapping[str, Piece]
    last: bool = True


Maker = Callable[[str], Iterator[Found]]
"""Tells, for the path of a module, all modules of nodes at and below it."""


def nothing(path: str) -> Iterator[Found]:
    """For modules that hold none."""
    return iter(())


class Item:
    """One step of a chain of modules."""

    def texts(self) -> list[str] | None:
        """Elements of a list display, None where statements are needed."""
        raise NotImplementedError

    def fill(self, target: str, lines: Lines) -> None:
        """Statements that append the modules to the list `target`."""
        texts = self.texts()
        assert texts is not None
        append(target, texts, lines)

    def makers(self, instance: int) -> list[Maker]:
        """The modules of one instance, in order."""
        raise NotImplementedError


def append(target: str, texts: Sequence[str], lines: Lines) -> None:
    """Puts modules at the end of a list."""
    if len(texts) == 1 and not texts[0].startswith("*"):
        lines.add(f"{target}.append({texts[0]})")
    elif texts:
        lines.add(f"{target} += [{', '.join(texts)}]")


@dataclass(eq=False)
class Leaf(Item):
    """An op as one or several modules."""

    element: Apply
    form: Form
    made: Sequence[str]

    def texts(self) -> list[str]:
        """The constructor calls."""
        return list(self.made)

    def makers(self, instance: int) -> list[Maker]:
        """One for each module of the op."""
        node = self.element.instances[instance]
        assert isinstance(node, Node)
        return leaf_makers(node, self.form)


def leaf_makers(node: Node, form: Form) -> list[Maker]:
    """The modules of one op."""

    def maker(number: int) -> Maker:
        module = form.modules[number]
        last = number == len(form.modules) - 1
        return lambda path: iter((Found(node, path, module.weights, last),))

    return [maker(number) for number in range(len(form.modules))]


def parameter_maker(node: Node, weights: Mapping[str, Piece]) -> Maker:
    """A bare `nn.Parameter`."""
    return lambda path: iter((Found(node, path, weights, last=False),))


@dataclass(eq=False)
class Made(Item):
    """A block, or a layer parameter: one module from elsewhere."""

    element: CallDefinition | CallParameter
    text: str
    inside: Callable[[Scope], Maker]

    def texts(self) -> list[str]:
        """The call."""
        return [self.text]

    def makers(self, instance: int) -> list[Maker]:
        """What is inside the call's class."""
        scope = self.element.instances[instance]
        assert isinstance(scope, Scope)
        return [self.inside(scope)]


@dataclass(eq=False)
class Inline(Item):
    """Steps without a name of their own."""

    items: Sequence[Item]
    element: Group | None = None

    def texts(self) -> list[str] | None:
        """Those of all steps."""
        return joined(self.items)

    def fill(self, target: str, lines: Lines) -> None:
        """Each step in turn."""
        fill(self.items, target, lines)

    def makers(self, instance: int) -> list[Maker]:
        """Those of all steps."""
        return [maker for item in self.items for maker in item.makers(instance)]


@dataclass(eq=False)
class Labelled(Item):
    """Steps under a label: one module, a `Sequential` unless there is just one."""

    items: Sequence[Item]
    single: bool
    names: Callable[[str], str]

    def texts(self) -> list[str] | None:
        """One expression, where all steps have some."""
        texts = joined(self.items)
        if texts is None:
            return None
        return texts if self.single else [f"nn.Sequential({', '.join(texts)})"]

    def fill(self, target: str, lines: Lines) -> None:
        """The list of the `Sequential` first, where statements make it."""
        texts = self.texts()
        if texts is not None:
            append(target, texts, lines)
        else:
            append(target, [self.build(lines)], lines)

    def build(self, lines: Lines, name: str = "layers") -> str:
        """Statements that make it, and the expression that it then is."""
        steps = [one for one in self.items if not isinstance(one, Define)]
        texts = joined(steps)
        if texts is not None and steps == list(self.items)[-len(steps) :]:
            for one in self.items[: -len(steps)]:
                one.fill("", lines)
            return f"nn.Sequential({', '.join(texts)})"
        name = self.names(name)
        fill(self.items, name, lines, declare=True)
        return f"nn.Sequential(*{name})"

    def makers(self, instance: int) -> list[Maker]:
        """The one module, or the `Sequential` around several."""
        inner = [maker for item in self.items for maker in item.makers(instance)]
        if self.single:
            return inner
        return [lambda path: numbered(inner, path)]


def numbered(makers: Sequence[Maker], path: str) -> Iterator[Found]:
    """What the modules of a `Sequential` or `ModuleList` hold."""
    for position, maker in enumerate(makers):
        yield from maker(f"{path}.{position}")


@dataclass(eq=False)
class Define(Item):
    """A `let` between the steps."""

    element: Let
    line: Callable[[], str]

    def texts(self) -> None:
        """None: an assignment is no expression."""
        return None

    def fill(self, target: str, lines: Lines) -> None:
        """The assignment."""
        lines.add(self.line())

    def makers(self, instance: int) -> list[Maker]:
        """None."""
        return []


def only(item: Item) -> str:
    """The expression of an item that is one module."""
    texts = item.texts()
    assert texts is not None
    (text,) = texts
    return text


def is_single(items: Sequence[Item]) -> bool:
    """Whether the items make exactly one module, always."""
    texts = joined(items)
    return texts is not None and len(texts) == 1 and not texts[0].startswith("*")


def as_one(texts: Sequence[str]) -> str:
    """Modules as a single one."""
    if not texts:
        return "nn.Identity()"
    if len(texts) == 1 and not texts[0].startswith("*"):
        return texts[0]
    return f"nn.Sequential({', '.join(texts)})"


def joined(items: Sequence[Item]) -> list[str] | None:
    """Elements of one list display for all items, None where statements are needed."""
    found: list[str] = []
    for item in items:
        texts = item.texts()
        if texts is None:
            return None
        found += texts
    return found


def fill(items: Sequence[Item], target: str, lines: Lines, declare: bool = False) -> None:
    """Statements that put the modules of all items into the list `target`.

    With `declare` the list is new, and starts with as many modules as expressions can give.
    """
    waiting: list[str] = []

    def flush() -> None:
        nonlocal declare
        if declare:
            lines.add(f"{target}: list[nn.Module] = [{', '.join(waiting)}]")
            declare = False
        else:
            append(target, waiting, lines)
        waiting.clear()

    for item in items:
        texts = item.texts()
        if texts is None:
            if not isinstance(item, Define):
                flush()
            item.fill(target, lines)
        else:
            waiting += texts
    if waiting or declare:
        flush()
