"""What names mean inside one class: in its constructor and in its forward pass."""

from __future__ import annotations

from archspec import syntax
from archspec.dimensions import axis as axis_number
from archspec.lowering.names import Names
from archspec.lowering.plan import Apply, Code, Definition, Element, Reference, Variable
from archspec.lowering.python import Python, python
from archspec_torch.naming import IMPORTED, attributes
from archspec_torch.writing.functions import Words


class Scope:
    """The names of one class.

    `sizes` collects the sizes of inputs that the constructor must be told, by (input, axis);
    `stored` what the forward pass reads and the constructor therefore keeps. `words` are the
    module's own functions and constants. A part of another class, `outer`, is told in `frees`
    what it needs from there; `layers` are those that are layers.
    """

    def __init__(self, definition: Definition, words: Words, outer: Scope | None = None) -> None:
        self.definition = definition
        self.outer = outer
        self.frees: dict[str, tuple[Code, str]] = {}
        self.layers: set[str] = set()
        self.words = words
        self.names = Names({*IMPORTED, *words.values()})
        self.attributes = attributes()
        self.sizes: dict[tuple[str, str], str] = {}
        self.stored: dict[str, str] = {}
        self._spelled: dict[str, str] = {}
        self._local: dict[str, str] = {}

    def bind(self, name: str) -> str:
        """The Python name of a parameter, `let` or loop variable of the constructor."""
        if name not in self._spelled:
            self._spelled[name] = self.names.take(name)
        return self._spelled[name]

    def bind_local(self, name: str, text: str) -> None:
        """A loop variable of the forward pass."""
        self._local[name] = text

    def unbind_local(self, name: str) -> None:
        """Ends a loop of the forward pass."""
        self._local.pop(name, None)

    def write(self, code: Code) -> str:
        """Code as Python in the constructor."""
        return self._writer()(code)

    def write_forward(self, code: Code) -> str:
        """Code as Python in the forward pass, where names are attributes."""
        return self._writer(forward=True)(code)

    def target(self, target: syntax.Target, forward: bool = False) -> str:
        """What a loop binds."""
        return self._writer(forward).target(target)

    def _writer(self, forward: bool = False) -> Python:
        spelling = self._spell_forward if forward else self._spell
        return Python(spelling, self.words.keyword)

    def iterable(self, code: Code, forward: bool = False) -> str:
        """What a loop goes through."""
        return self._writer(forward).iterable(code)

    def _spell(self, code: Code) -> str | None:
        if isinstance(code, syntax.Name):
            found = self._spelled.get(code.name) or self.words.get(code.name)
            return found if found or self.outer is None else self._free(code, code.name)
        return self._size(code)

    def _free(self, code: Code, wanted: str) -> str:
        """A name for what the outer class knows."""
        key = python(code)
        if key not in self.frees:
            self.frees[key] = (code, self.names.take(wanted))
        return self.frees[key][1]

    def layer(self, name: str) -> str:
        """A layer parameter."""
        if self.outer is None or name in self._spelled:
            return self.bind(name)
        self.layers.add(name)
        return self._free(syntax.Name(name), name)

    def _spell_forward(self, code: Code) -> str | None:
        if isinstance(code, syntax.Name):
            if code.name in self._local:
                return self._local[code.name]
            if code.name in self.words:
                return self.words[code.name]
            found = self._spell(code)
            return None if found is None else self.keep(found)
        size = self._size(code)
        return None if size is None else self.keep(size) if size.isidentifier() else size

    def keep(self, name: str) -> str:
        """The attribute under which the constructor keeps one of its names."""
        if name not in self.stored:
            self.stored[name] = self.attributes.take(name)
        return f"self.{self.stored[name]}"

    def _size(self, code: Code) -> str | None:
        if not isinstance(code, syntax.Attribute) or not isinstance(code.base, syntax.Name):
            return None
        base, axis = code.base.name, code.name
        if self.outer is not None:
            return self._free(code, f"in_{axis}" if base == "input" else f"{base}_{axis}")
        found = self._input(base)
        if found is None:
            return None
        if self.definition.kind == "network":
            return self._writer().argument(_own_size(found, axis))
        if (base, axis) not in self.sizes:
            wanted = f"in_{axis}" if base == "input" else f"{base}_{axis}"
            reserved = wanted == "in_channels"
            self.sizes[base, axis] = wanted if reserved else self.names.take(wanted)
        return self.sizes[base, axis]

    def _input(self, base: str) -> Variable | None:
        inputs = self.definition.inputs
        if base == "input":
            return inputs[0] if inputs else None
        return next((one for one in inputs if one.label == base), None)

    def closed(self, code: Code | None) -> bool:
        """Whether the constructor can compute the code."""
        if self.outer is not None:
            return self.outer.closed(code)
        if code is None:
            return False
        for part in code.walk():
            if isinstance(part, syntax.Attribute):
                if not isinstance(part.base, syntax.Name):
                    return False
                if self._input(part.base.name) is None:
                    return False
        return True

    def channels(self, element: Apply, reference: Reference) -> Code:
        """The code of a value's channels: its closed form, else a number all instances share."""
        found = reference.channels
        if found is not None and self.closed(found):
            return found
        return syntax.Number(element.fact(lambda node: node.inputs[0].shape[-1], "channels"))

    def size(self, element: Element, reference: Reference, axis: str) -> Code:
        """The code of any size of a value that is passed on."""
        position = axis_number(reference.shapes[0], axis)
        assert position is not None
        found = reference.sizes[position] if position < len(reference.sizes) else None
        if found is not None and self.closed(found):
            return found
        sizes = {shape[position] for shape in reference.shapes}
        if len(sizes) > 1:
            element.fact(lambda scope: tuple(one.shape for one in scope.incoming), axis)
        return syntax.Number(sizes.pop())


def _own_size(variable: Variable, axis: str) -> Code:
    shape = variable.shapes[0]
    position = axis_number(shape, axis)
    assert position is not None
    found = variable.sizes[position]
    return syntax.Number(shape[position]) if found is None else found
