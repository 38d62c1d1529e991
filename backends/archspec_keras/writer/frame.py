"""The state in which one function is written: its lines, names and variables."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from archspec import syntax
from archspec.dimensions.shape import AXES
from archspec.ir import Node, Scope
from archspec.lowering.plan import Code, Definition, Element, Reference, SharedLayer, Variable
from archspec.lowering.python import Python
from archspec_keras.writer.context import Context
from archspec_keras.writer.lines import Line
from archspec_keras.writer.names import Names
from archspec_keras.writer.paths import join


@dataclass(eq=False, slots=True)
class Frame:
    """Everything that the parts of the writer share while they write `definition`.

    Values: `texts` are the Python names of variables, `used` those that are read, `kept` those
    that are read later, `hints` labels that a value gets further out, `lists` and `heads` where
    results are gathered too, `here` the value at this point, `anchor` the one whose samples a
    learned value is repeated for. Names: `owned` must not be overwritten, `branches` are those
    of the join at hand, `calls` those of what each use of a shared layer gave. Facts for the
    end: `reads_input` when code asks for the sizes of what came in, so that this must keep its
    name; `stated`, the shape that was last commented; `training_end`, the number of lines when a
    block for training last ended. `write` writes one element.
    """

    context: Context
    definition: Definition
    names: Names
    write: Callable[[Frame, Element, Place], None]
    lines: list[Line] = field(default_factory=list)
    depth: int = 1
    texts: dict[Variable, str] = field(default_factory=dict)
    used: set[Variable] = field(default_factory=set)
    kept: set[Variable] = field(default_factory=set)
    owned: set[str] = field(default_factory=set)
    lists: dict[Variable, str] = field(default_factory=dict)
    heads: dict[Variable, str] = field(default_factory=dict)
    branches: list[str] = field(default_factory=list)
    shared: dict[SharedLayer, str] = field(default_factory=dict)
    calls: dict[Node | Scope, str] = field(default_factory=dict)
    hints: dict[Variable, str] = field(default_factory=dict)
    reads_input: bool = False
    is_root: bool = False
    stated: str = ""
    anchor: str = "x"
    here: Variable | None = None
    training_end: int = -1

    def emit(self, code: str, defines: str | None = None) -> None:
        """Add a line at the present depth."""
        self.lines.append(Line(self.depth, code, defines))

    @contextmanager
    def indented(self) -> Iterator[None]:
        """Lines inside are one level deeper."""
        self.depth += 1
        try:
            yield
        finally:
            self.depth -= 1

    def bind(self, variable: Variable, text: str, owned: bool = False) -> None:
        """The variable is called `text` from now on."""
        self.texts[variable] = text
        if owned:
            self.owned.add(text)

    def result(self, variable: Variable, flow: str, wanted: str) -> str:
        """The name for a new value: that of the flow, or its own where it is read later."""
        if variable not in self.kept:
            self.bind(variable, flow)
            return flow
        text = self.names.fresh(variable.label or self.hints.get(variable) or wanted or "value")
        self.bind(variable, text, owned=True)
        return text

    def read(self, reference: Reference) -> str:
        """The code of a use of a variable."""
        base = self.texts[reference.variable]
        return base + "".join(f"[{self.text(index)}]" for index in reference.indices)

    def current(self, element: Element) -> str:
        """The value that the element continues from, a list where it takes several."""
        found = [self.read(one) for one in element.inputs]
        return found[0] if len(found) == 1 else f"[{', '.join(found)}]"

    def path(self, path: str, element: Element) -> str:
        """The path of an element in `path`."""
        return join(path, element.segment, element.indices, self.text)

    def text(self, code: Code, here: Sequence[Reference] = ()) -> str:
        """Code as Python; `here` is the value at this point, for sizes without a base."""
        return self._python(here)(code)

    def iterable(self, code: Code, here: Sequence[Reference]) -> str:
        """The same for what a loop goes through."""
        return self._python(here).iterable(code)

    def _python(self, here: Sequence[Reference]) -> Python:
        def known(found: syntax.Expression) -> str | None:
            if isinstance(found, syntax.Name):
                return self.names.python(found.name)
            return self._size(found, here) if isinstance(found, syntax.Attribute) else None

        return Python(known, self.names.keyword)

    def _size(self, code: syntax.Attribute, here: Sequence[Reference]) -> str:
        if code.base is None:
            if not here:
                assert self.here is not None
                return f"{self.texts[self.here]}.shape[{_axis(code.name, _rank(self.here))}]"
            shape = here[0].shapes or here[0].variable.shapes
            return f"{self.read(here[0])}.shape[{_axis(code.name, len(shape[0]))}]"
        indices = []
        base = code.base
        while isinstance(base, syntax.Index):
            indices.append(f"[{self.text(base.index)}]")
            base = base.base
        if not isinstance(base, syntax.Name):
            raise TypeError(f"no value: {base!r}")
        variable = self._named(base.name)
        text = self.texts[variable] + "".join(reversed(indices))
        return f"{text}.shape[{_axis(code.name, _rank(variable))}]"

    def _named(self, name: str) -> Variable:
        inputs = self.definition.inputs
        if name == "input":
            self.reads_input = True
            return inputs[0]
        found = [one for one in self.texts if one.label == name]
        if found:
            return found[-1]
        raise KeyError(name)


def _rank(variable: Variable) -> int | None:
    return len(variable.shapes[0]) if variable.shapes else None


def _axis(name: str, rank: int | None) -> int:
    """The position of an axis in a tensor with a batch axis."""
    if name in ("channels", "features"):
        return -1
    if rank is None:
        return {"time": 1, "height": 1, "width": 2}[name]
    return AXES[rank].index(name) + 1


@dataclass(frozen=True, slots=True)
class Place:
    """Where a body is written: its path, and the name that the flow of values has."""

    path: str
    flow: str
