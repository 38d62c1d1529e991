"""The names at the top of one file, and those that it uses from others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from archspec import syntax
from archspec.elaborate.frame import MISSING, Frame
from archspec.elaborate.run import refuse
from archspec.elaborate.values import UNKNOWN, Refused

if TYPE_CHECKING:
    from archspec.elaborate.run import Run

Named = syntax.Block | syntax.Network | syntax.Variant | syntax.Function | syntax.Constant
NAMED = (syntax.Block, syntax.Network, syntax.Variant, syntax.Function, syntax.Constant)


class Module:
    """One file: its definitions by name, its defaults, and a frame for its own expressions."""

    def __init__(self, run: Run, file: syntax.File) -> None:
        self.run = run
        self.own: dict[str, Named] = {}
        self.uses: dict[str, syntax.Use] = {}
        self.defaults: dict[str, list[syntax.Argument]] = {}
        for definition in file.definitions:
            if isinstance(definition, NAMED):
                self.own.setdefault(definition.name, definition)
            elif isinstance(definition, syntax.Use):
                self.uses.update((name, definition) for name in definition.names)
            elif isinstance(definition, syntax.Default):
                call = definition.call
                self.defaults.setdefault(call.name, []).extend(call.arguments or ())
        self.frame = Frame("network", file, None, None, self, run)
        self._constants: dict[syntax.Constant, Any] = {}
        self._found: dict[str, tuple[Named, Module] | None] = {}

    def find(self, name: str) -> tuple[Named, Module] | None:
        """The definition called `name` with the file that it stands in."""
        if name not in self._found:
            self._found[name] = self._look(name)
        return self._found[name]

    def _look(self, name: str) -> tuple[Named, Module] | None:
        if name in self.own:
            return self.own[name], self
        file = self.run.program.used.get(self.uses[name]) if name in self.uses else None
        if file is None:
            return None
        other = module_of(self.run, file)
        return (other.own[name], other) if name in other.own else None

    def unresolved(self, name: str) -> bool:
        """Whether `name` comes from a file that does not have it, which has been reported."""
        return name in self.uses and self.find(name) is None

    def constant(self, name: str) -> Any:
        """The value of a `let` at the top of the file, or `MISSING`."""
        found = self.find(name)
        if found is None:
            if self.unresolved(name):
                raise Refused
            return MISSING
        definition, home = found
        if not isinstance(definition, syntax.Constant):
            return MISSING
        return home.value_of(definition)

    def value_of(self, definition: syntax.Constant) -> Any:
        """The value of a constant of this file, computed once."""
        if definition not in self._constants:
            # A constant that needs itself finds this.
            self._constants[definition] = MISSING
            found: Any = UNKNOWN
            try:
                found = self.run.evaluate(definition.value, self.frame)
            finally:
                self._constants[definition] = found
        found = self._constants[definition]
        if found is UNKNOWN:
            raise Refused
        if found is MISSING:
            message = f"`{definition.name}` needs itself"
            raise refuse(self.frame, "recursion", definition.span, message)
        return found

    def names(self) -> list[str]:
        """All names that a file-wide look-up can find."""
        return [*self.own, *self.uses]


def module_of(run: Run, file: syntax.File) -> Module:
    """The names of `file`, collected once."""
    found = run.modules.get(file)
    if found is None:
        found = run.modules[file] = Module(run, file)
    return found
