"""Values of planned code: what an expression is for one instance of the place it stands at."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any

from archspec import syntax
from archspec.dimensions import axis
from archspec.elaborate.frame import MISSING, Frame
from archspec.elaborate.functions import FUNCTIONS
from archspec.elaborate.operators import Wrong, binary, negative
from archspec.ir import Scope, Value

Lookup = Callable[[str], Any]
"""The value of a name, `MISSING` where it has none."""

Function = Callable[[str], tuple[syntax.Function, "Function", Lookup] | None]
"""A function of a file, with how its own text finds functions and names."""


class Unknown(ValueError):
    """The expression has no value here."""


def value_of(
    code: syntax.Expression,
    lookup: Lookup,
    functions: Function,
    here: Sequence[Value] = (),
) -> Any:
    """The value; `Unknown` where a name is not bound or an operation has no result."""
    try:
        return _Evaluation(lookup, functions, here).of(code)
    except (Wrong, TypeError, IndexError, ArithmeticError, ValueError) as problem:
        raise Unknown(str(problem)) from None


class _Evaluation:
    def __init__(self, lookup: Lookup, functions: Function, here: Sequence[Value]) -> None:
        self.lookup = lookup
        self.functions = functions
        self.here = here

    def of(self, code: syntax.Expression) -> Any:
        match code:
            case syntax.Number(value=value) | syntax.Text(value=value):
                return value
            case syntax.Boolean(value=value):
                return value
            case syntax.Name(name=name):
                return self._name(name)
            case syntax.Unary(operator=operator, operand=operand):
                inner = self.of(operand)
                return not inner if operator == "not" else negative(inner)
            case syntax.Binary():
                return self._binary(code)
            case syntax.Conditional():
                return self.of(code.then if self.of(code.condition) else code.otherwise)
            case syntax.ListOf(items=items):
                return tuple(self.of(one) for one in items)
        return self._other(code)

    def _other(self, code: syntax.Expression) -> Any:
        match code:
            case syntax.Attribute():
                return self._attribute(code)
            case syntax.Index(base=base, index=index):
                return self.of(base)[self.of(index)]
            case syntax.Slice(base=base, start=start, stop=stop):
                first = None if start is None else self.of(start)
                return self.of(base)[first : None if stop is None else self.of(stop)]
            case syntax.Comprehension():
                return self._comprehension(code)
            case syntax.Call():
                return self._call(code)
        raise Unknown(f"{type(code).__name__} has no value")

    def _name(self, name: str) -> Any:
        found = self.lookup(name)
        if found is MISSING:
            raise Unknown(f"{name} is not known")
        return found

    def _binary(self, code: syntax.Binary) -> Any:
        left = self.of(code.left)
        if code.operator == "and":
            return left and self.of(code.right)
        if code.operator == "or":
            return left or self.of(code.right)
        return binary(code.operator, left, self.of(code.right))

    def _attribute(self, code: syntax.Attribute) -> Any:
        if code.base is not None:
            base = self.of(code.base)
        elif len(self.here) == 1:
            base = self.here[0]
        else:
            raise Unknown("no single value stands here")
        place = axis(base.shape, code.name) if isinstance(base, Value) else None
        if place is None:
            raise Unknown(f"there is no {code.name}")
        return base.shape[place]

    def _comprehension(self, code: syntax.Comprehension) -> Any:
        found = []
        for item in self.of(code.iterable):
            names: dict[str, Any] = {}
            bind(code.target, item, names)
            inner = _Evaluation(_over(names, self.lookup), self.functions, self.here)
            if code.condition is None or inner.of(code.condition):
                found.append(inner.of(code.element))
        return tuple(found)

    def _call(self, code: syntax.Call) -> Any:
        own = self.functions(code.function)
        if own is None:
            if code.function not in FUNCTIONS:
                raise Unknown(f"{code.function} is not known")
            rule, _, _ = FUNCTIONS[code.function]
            return rule(*[self.of(one.value) for one in code.arguments])
        function, functions, lookup = own
        names: dict[str, Any] = {}
        inner = _Evaluation(_over(names, lookup), functions, ())
        given = [one for one in code.arguments if one.name is None]
        named = {one.name: one.value for one in code.arguments if one.name is not None}
        for position, parameter in enumerate(function.parameters):
            if position < len(given):
                value = self.of(given[position].value)
            elif parameter.name in named:
                value = self.of(named[parameter.name])
            else:
                assert parameter.default is not None
                value = inner.of(parameter.default)
            names[parameter.name] = float(value) if parameter.type.name == "float" else value
        return inner.of(function.value)


def _over(names: dict[str, Any], lookup: Lookup) -> Lookup:
    return lambda name: names[name] if name in names else lookup(name)


def bind(target: syntax.Target, value: Any, names: dict[str, Any]) -> None:
    """The names of a target with the parts of the value that they stand for."""
    if target.name is not None:
        names[target.name] = value
        return
    for part, item in zip(target.parts, value, strict=True):
        bind(part, item, names)


class Places:
    """Names as planned code sees them: bound in the scopes up to the planned definition.

    `stops` are the instances of planned definitions. `foreign` are scopes below them whose text
    is not that of the definition (a recipe put in its place), so that their names are hidden.
    `extra` holds names that planning adds: counters of loops, carried channels.
    """

    def __init__(self) -> None:
        self.stops: set[Scope] = set()
        self.foreign: set[Scope] = set()
        self.extra: dict[Scope, dict[str, Any]] = {}
        self._native: dict[Scope, bool] = {}

    def add(self, scope: Scope, name: str, value: Any) -> None:
        """Make a name known in a scope and all below it."""
        self.extra.setdefault(scope, {})[name] = value

    def add_around(self, scope: Scope, name: str, value: Any) -> None:
        """Make a name known from here on: in the scope and in all around it."""
        while True:
            self.add(scope, name, value)
            if scope in self.stops or scope.parent is None:
                return
            scope = scope.parent

    def forget(self, names: set[str], stops: Collection[Scope]) -> None:
        """Names that planning has added within these definitions are known no more."""
        for scope, extra in self.extra.items():
            found = names & extra.keys()
            if found and self.stop(scope) in stops:
                for name in found:
                    del extra[name]

    def stop(self, scope: Scope) -> Scope:
        """The instance of the planned definition that the scope belongs to."""
        while scope not in self.stops and scope.parent is not None:
            scope = scope.parent
        return scope

    def native(self, scope: Scope) -> bool:
        """Whether the scope's names are those of the planned definition."""
        found = self._native.get(scope)
        if found is None:
            if scope in self.stops or scope.parent is None:
                found = True
            else:
                found = scope not in self.foreign and self.native(scope.parent)
            self._native[scope] = found
        return found

    def look(self, scope: Scope, name: str) -> Any:
        """The value of a name of planned code."""
        found: Scope | None = scope
        last = scope
        while found is not None:
            last = found
            extra = self.extra.get(found)
            if extra is not None and name in extra:
                return extra[name]
            if name in found.bindings and self.native(found):
                return found.bindings[name]
            if found in self.stops:
                break
            found = found.parent
        if name == "input" and len(last.incoming) == 1:
            return last.incoming[0]
        assert isinstance(last, Frame)
        return constant_of(last, name)

    def value(self, code: syntax.Expression, scope: Scope, here: Sequence[Value] = ()) -> Any:
        """The value of planned code at a scope."""
        stop = self.stop(scope)
        assert isinstance(stop, Frame)
        functions = functions_of(stop)
        return value_of(code, lambda name: self.look(scope, name), functions, here)


def constant_of(frame: Frame, name: str) -> Any:
    """The value of a `let` of the file, `MISSING` where there is none."""
    found = frame.module.find(name)
    if found is None or not isinstance(found[0], syntax.Constant):
        return MISSING
    return found[1].value_of(found[0])


def functions_of(frame: Frame) -> Function:
    """The functions that the text around a scope can call."""

    def find(name: str) -> tuple[syntax.Function, Function, Lookup] | None:
        found = frame.module.find(name)
        if found is None or not isinstance(found[0], syntax.Function):
            return None
        home = found[1].frame
        return found[0], functions_of(home), lambda one: constant_of(home, one)

    return find


def own_value(code: syntax.Expression, frame: Frame, here: Sequence[Value] = ()) -> Any:
    """The value of the spec's own text at a scope, with the names that the spec sees there."""

    def lookup(name: str) -> Any:
        found = frame.lookup(name)
        if found is MISSING:
            found = constant_of(frame, name)
        if found is MISSING and name == "input":
            incoming = frame.definition_frame().incoming
            found = incoming[0] if len(incoming) == 1 else MISSING
        return found

    return value_of(code, lookup, functions_of(frame), here)
