"""NetworkCall: a network as a layer of another, whole or `through` one of its layers."""

from __future__ import annotations

from typing import Any

from archspec import syntax
from archspec.elaborate.definition_call import DefinitionCall
from archspec.elaborate.frame import Frame, Path
from archspec.elaborate.outputs import results_of
from archspec.elaborate.run import refuse
from archspec.elaborate.values import Refused, Values
from archspec.ir import Scope, spell
from archspec.source import Span


class Reached(Exception):
    """The layer after `through` has been elaborated."""

    def __init__(self, values: Values) -> None:
        super().__init__()
        self.values = values


class NetworkCall(DefinitionCall):
    """A call of a network; its inputs are the values that come in, in order."""

    __slots__ = ("through",)

    through: syntax.Expression | None

    def apply(self, frame: Frame, value: Values, frames: tuple[Frame, ...]) -> Values:
        """Elaborate the network in place."""
        run = frame.run
        inner = self.inner("network", frame, (), frames)
        feeds = run.feeds[inner] = list(reversed(value))
        through = self.through
        if through is None:
            last = run.body(inner, self.definition.body, ())
            result = results_of(inner, last)
        else:
            result = self._through(inner, path_of(through, frame), through)
        if feeds:
            count = len(inner.incoming)
            inputs = f"{count} input{'' if count == 1 else 's'}"
            message = f"`{self.definition.name}` has {inputs}, and {len(value)} values come in"
            raise refuse(frame, "wrong-input-count", self.site.span, message)
        inner.outgoing = result
        return result

    def _through(self, inner: Frame, path: Path, site: syntax.Expression) -> Values:
        run = inner.run
        run.until.append((inner.path + path, site.span))
        try:
            run.body(inner, self.definition.body, ())
        except Reached as reached:
            return reached.values
        finally:
            run.until.pop()
        if run.failed:
            raise Refused
        raise _no_such_layer(inner, path, site)


def path_of(expression: syntax.Expression, frame: Frame) -> Path:
    """`stage[2].conv` as a path."""
    if isinstance(expression, syntax.Name):
        return ((expression.name, ()),)
    if isinstance(expression, syntax.Attribute) and expression.base is not None:
        return (*path_of(expression.base, frame), (expression.name, ()))
    if isinstance(expression, syntax.Index):
        *before, (name, indices) = path_of(expression.base, frame)
        number: Any = frame.run.evaluate(expression.index, frame)
        if type(number) is int:
            return (*before, (name, (*indices, number)))
    message = "this must be the path of a layer, such as `block5.pool` or `stage[2]`"
    raise refuse(frame, "wrong-type", expression.span, message)


def reach(frame: Frame, path: Path, result: Values) -> None:
    """Stop the network when the layer after `through` has been elaborated."""
    run = frame.run
    target, place = run.until[-1]
    if path != target:
        return
    scope: Scope | None = frame
    while scope is not None and scope.kind != "network":
        if scope.kind == "join":
            raise _a_branch(frame, path, place)
        scope.outgoing = result
        scope = scope.parent
    raise Reached(result)


def _a_branch(frame: Frame, path: Path, place: Span) -> Refused:
    message = f"`{spell(path)}` is a branch, and the network goes on with all of them"
    help = "go through the join itself, or the layer that it stands in"
    return refuse(frame, "not-supported", place, message, help=help)


def _no_such_layer(inner: Frame, path: Path, site: syntax.Expression) -> Refused:
    from archspec.diagnostics.suggest import did_you_mean

    skip = len(inner.path)
    if any(found.path[skip:] == path for found in inner.walk()):
        # Layers and labels have been looked at, so this is a branch.
        return _a_branch(inner, path, site.span)
    known = {spell(found.path[skip:]) for found in inner.walk() if len(found.path) > skip}
    name = inner.definition.name if inner.definition else ""
    message = f"network `{name}` has no layer `{spell(path)}`"
    help = did_you_mean(spell(path), known)
    return refuse(inner, "unknown-name", site.span, message, help=help)
