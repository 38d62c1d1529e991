"""layer_of: an expression as a layer that can be applied."""

from __future__ import annotations

from archspec import syntax
from archspec.elaborate.frame import MISSING, Frame
from archspec.elaborate.run import again, refuse, span_of
from archspec.elaborate.segments import name_sites
from archspec.elaborate.values import UNKNOWN, Refused, describe
from archspec.ir import Recipe
from archspec.ops.registry import find
from archspec.source import Span

NOT_LAYERS = (syntax.Function, syntax.Constant)


def layer_of(expression: syntax.Expression, frame: Frame) -> Recipe:
    """The recipe that the expression stands for: a name, a call, braces, or a parameter."""
    known = frame.run.layer_calls.get(expression)
    if known is not None:
        # Whether a name is bound does not change from one instance of the text to the next.
        return Recipe(known[0], None, frame, known[1])
    expression = chosen(expression, frame)
    if isinstance(expression, syntax.LayerLiteral):
        return body_recipe(expression.body, frame)
    if isinstance(expression, syntax.Name):
        bound = frame.lookup(expression.name)
        if bound is not MISSING:
            return _recipe(bound, expression, frame)
        if is_layer(expression.name, frame):
            return _call_recipe(expression, frame)
        if frame.module.find(expression.name) is None:
            raise unknown_layer(expression.name, expression, frame)
    if isinstance(expression, syntax.Call):
        return _with_arguments(expression, frame)
    return _recipe(frame.run.evaluate(expression, frame), expression, frame)


def chosen(expression: syntax.Expression, frame: Frame) -> syntax.Expression:
    """The arm of an `if … then … else` that counts."""
    while isinstance(expression, syntax.Conditional):
        taken = frame.run.evaluate(expression.condition, frame)
        if type(taken) is not bool:
            message = f"a condition must be true or false, not {describe(taken)}"
            raise refuse(frame, "wrong-type", expression.condition.span, message)
        expression = expression.then if taken else expression.otherwise
    return expression


def _with_arguments(expression: syntax.Call, frame: Frame) -> Recipe:
    bound = frame.lookup(expression.function)
    if bound is UNKNOWN:
        raise Refused
    if isinstance(bound, Recipe) or is_layer(expression.function, frame):
        return _call_recipe(expression, frame)
    raise unknown_layer(expression.function, expression, frame)


def body_recipe(body: syntax.Body, frame: Frame) -> Recipe:
    """Braces as a layer."""
    name_sites(body, frame.run)
    return Recipe(None, body, frame, "{ … }")


def is_layer(name: str, frame: Frame) -> bool:
    """Whether the file knows a block, a network or an op of that name."""
    found = frame.module.find(name)
    if found is not None:
        return not isinstance(found[0], NOT_LAYERS)
    if frame.module.unresolved(name):
        raise Refused
    return find(name) is not None


def _recipe(bound: object, site: syntax.Expression, frame: Frame) -> Recipe:
    if bound is UNKNOWN:
        raise Refused
    if not isinstance(bound, Recipe):
        code = "unknown-layer" if isinstance(site, syntax.Name) else "wrong-type"
        raise refuse(frame, code, site.span, f"this must be a layer, not {describe(bound)}")
    return bound


def _call_recipe(expression: syntax.Name | syntax.Call, frame: Frame) -> Recipe:
    run = frame.run
    found = run.layer_calls.get(expression)
    if found is None:
        if isinstance(expression, syntax.Name):
            call = syntax.LayerCall(expression.name)
        else:
            call = syntax.LayerCall(expression.function, expression.arguments)
        call.name_span = call.span = expression.span
        run.segments[call] = call.name
        found = call, " ".join(expression.span.text.split()) or call.name
        run.layer_calls[expression] = found
    return Recipe(found[0], None, frame, found[1])


def unknown_layer(name: str, site: syntax.Node, frame: Frame) -> Refused:
    """Report a layer that does not exist, with the nearest one that does."""
    from archspec.diagnostics.suggest import did_you_mean
    from archspec.ops.registry import names

    span = site.name_span if isinstance(site, syntax.LayerCall) else span_of(site)
    if isinstance(site, syntax.Call):
        span = Span(span.source, span.start, span.start + len(name))
    if frame.run.report.told("unknown-layer", span):
        return again(frame)
    known = [*names(), *frame.module.names()]
    inner: Frame | None = frame
    while inner is not None:
        known += [one for one, bound in inner.bindings.items() if isinstance(bound, Recipe)]
        inner = inner.outer
    message = f"no layer is called `{name}`"
    return refuse(frame, "unknown-layer", span, message, help=did_you_mean(name, known))
