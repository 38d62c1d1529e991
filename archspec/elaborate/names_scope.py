"""What names mean at a place in the text, as far as it can be told without evaluating."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from archspec import syntax
from archspec.ops import registry
from archspec.source import Span
from archspec.syntax.program import Program

Kind = Literal[
    "value",  # an array: a label, an input, a `value` parameter
    "layer",  # a layer parameter or a layer instance
    "plain",  # a number, a truth value, a word or a list of them
    "any",  # whatever a `let` or a loop variable stands for
]

Callable = syntax.Block | syntax.Network | syntax.Variant


@dataclass(eq=False, slots=True)
class Declared:
    """One declared name; `span` is None where being unused is no mistake."""

    name: str
    kind: Kind
    span: Span | None = None
    what: str = ""
    used: bool = False


class Scope:
    """The names of one body, inside those of the bodies around it."""

    __slots__ = ("names", "parent")

    def __init__(self, parent: Scope | None = None) -> None:
        self.parent = parent
        self.names: dict[str, Declared] = {}

    def declare(self, name: str, kind: Kind, span: Span | None = None, what: str = "") -> None:
        """Add a name; a second one of the same name takes over from here on."""
        self.names[name] = Declared(name, kind, span, what)

    def find(self, name: str) -> Declared | None:
        """The innermost meaning of the name."""
        scope: Scope | None = self
        while scope is not None:
            found = scope.names.get(name)
            if found is not None:
                return found
            scope = scope.parent
        return None

    def all_names(self) -> Iterator[str]:
        """Every name that can be used here."""
        scope: Scope | None = self
        while scope is not None:
            yield from scope.names
            scope = scope.parent


@dataclass(eq=False, slots=True)
class Known:
    """The names of a whole file.

    `opaque` are names brought in from files that could not be read: nothing is known of them.
    `defaults` are the attributes that the file sets for each op.
    """

    definitions: dict[str, Callable] = field(default_factory=dict)
    functions: dict[str, syntax.Function] = field(default_factory=dict)
    constants: dict[str, syntax.Constant] = field(default_factory=dict)
    opaque: set[str] = field(default_factory=set)
    defaults: dict[str, set[str]] = field(default_factory=dict)
    files: dict[str, Known] = field(default_factory=dict)

    def add(self, name: str, definition: syntax.Definition) -> None:
        """Make the definition known; the first of a name counts."""
        match definition:
            case syntax.Block() | syntax.Network() | syntax.Variant():
                self.definitions.setdefault(name, definition)
            case syntax.Function():
                self.functions.setdefault(name, definition)
            case syntax.Constant():
                self.constants.setdefault(name, definition)

    def has(self, name: str) -> bool:
        """Whether the name has a meaning already."""
        return name in self.definitions or name in self.functions or name in self.constants

    def base(self, variant: syntax.Variant) -> syntax.Network | None:
        """The network behind a variant, through other variants; None where there is none."""
        seen: set[str] = set()
        name = variant.base
        home = self
        if self.definitions.get(variant.name) is variant:
            home = self.files.get(variant.name, self)
        while name not in seen:
            seen.add(name)
            found = home.definitions.get(name)
            home = home.files.get(name, home)
            match found:
                case syntax.Network():
                    return found
                case syntax.Variant():
                    name = found.base
                case _:
                    return None
        return None


def known_names(program: Program) -> Known:
    """All names that the main file defines or brings in from other files."""
    return _known(program.main, program, {})


def _known(file: syntax.File, program: Program, files: dict[syntax.File, Known]) -> Known:
    """The names of one file; `files` are those that are known, as files may use each other."""
    known = files.get(file)
    if known is not None:
        return known
    known = files[file] = Known()
    for definition in file.definitions:
        match definition:
            case syntax.Use():
                continue
            case syntax.Default(call):
                known.defaults.setdefault(call.name, set()).update(_given(call))
            case _:
                name = getattr(definition, "name", None)
                if isinstance(name, str):
                    known.add(name, definition)
    # What the file defines itself is known first, in case that the other file uses this one.
    for definition in file.definitions:
        if isinstance(definition, syntax.Use):
            _use(definition, program, known, files)
    return known


def _given(call: syntax.LayerCall) -> Iterator[str]:
    """The attributes that a default gives, by name or by place."""
    op = registry.find(call.name)
    names = [one.name for one in op.attributes] if op is not None else []
    for number, argument in enumerate(call.arguments or ()):
        if argument.name is not None:
            yield argument.name
        elif number < len(names):
            yield names[number]


def _use(use: syntax.Use, program: Program, known: Known, files: dict[syntax.File, Known]) -> None:
    file = program.used.get(use)
    if file is None:
        known.opaque.update(use.names)
        return
    home = _known(file, program, files)
    for name in use.names:
        found = home.definitions.get(name) or home.functions.get(name) or home.constants.get(name)
        if found is not None and name not in home.files:
            if not known.has(name):
                known.add(name, found)
                known.files[name] = home
        else:
            # Reading the files has reported it.
            known.opaque.add(name)
