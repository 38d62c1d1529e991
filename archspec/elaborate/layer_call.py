"""layer_call: one call in a chain, whatever it calls."""

from __future__ import annotations

from archspec import syntax
from archspec.elaborate.callee import Callee, resolve
from archspec.elaborate.frame import Frame
from archspec.elaborate.op_call import OpCall
from archspec.elaborate.run import refuse
from archspec.elaborate.values import NONE, UNKNOWN, Refused, Values
from archspec.ir import Recipe

Use = tuple[tuple[syntax.LayerCall, Frame], ...]
"""Calls whose arguments go together, each with the frame to evaluate them in; the last one is
what stands in the chain."""


def layer_call(frame: Frame, step: syntax.LayerCall, value: Values) -> Values:
    """Apply a layer to the value."""
    run = frame.run
    direct = run.direct.get(step)
    if direct is not None:
        result = direct.apply(frame, value, (frame,))
    elif step.name == "none":
        return NONE
    else:
        result = _apply(frame, step, value, ((step, frame),))
    if run.until:
        from archspec.elaborate.network_call import reach

        reach(frame, (*frame.path, (run.segments[step], frame.indices)), result)
    return result


def _apply(frame: Frame, site: syntax.LayerCall, value: Values, use: Use) -> Values:
    """`site` in `frame`, looked up in the frame of the first of `use`."""
    run = frame.run
    home = use[0][1]
    if site.name in run.layer_names:
        bound = home.lookup(site.name)
        if bound.__class__ is Recipe:
            return _recipe(frame, site, value, use, bound)
        if bound is UNKNOWN:
            raise Refused
    callee = _callee(frame, site, use)
    frames = (home,) if len(use) == 1 else tuple([one for _, one in use])
    if callee.__class__ is OpCall and callee.op.inputs != (1, 1):
        last = use[-1][0]
        if callee.op.join and not callee.arguments.inputs and len(value) < 2:
            raise _no_branches(frame, callee, last, value)
        if callee.op.inputs[1] == 0 and run.start in (site, last):
            value = ()
    elif len(use) == 1:
        run.direct[site] = callee
    return callee.apply(frame, value, frames)


def _callee(frame: Frame, site: syntax.LayerCall, use: Use) -> Callee:
    plans = frame.run.plans
    key = site if len(use) == 1 else tuple([call for call, _ in use])
    found = plans.get(key)
    if found is None:
        try:
            found = plans[key] = resolve(frame, site, use)
        except Refused:
            plans[key] = Refused
            raise
    elif found is Refused:
        raise Refused
    return found


def _recipe(
    frame: Frame, step: syntax.LayerCall, value: Values, use: Use, recipe: Recipe
) -> Values:
    """One use of a layer parameter or layer instance."""
    run = frame.run
    home = recipe.home
    assert isinstance(home, Frame)
    inner = frame.inside("layer", step, value)
    inner.enter(run.segments[step])
    inner.outer = home
    inner.module = home.module
    if isinstance(recipe.shared, Frame):
        shared = recipe.shared
        own = shared.path if shared.owner is None else shared.owner
        assert recipe.body is not None
        inner.owner = (*own, (run.segments[recipe.body], shared.indices))
    if recipe.call is not None:
        if run.start is step:
            run.start = recipe.call
        more = use if len(use) > 1 or _says_more(step) else ()
        direct = None if more else run.direct.get(recipe.call)
        if direct is not None:
            result = direct.apply(inner, value, (home,))
        else:
            result = _apply(inner, recipe.call, value, ((recipe.call, home), *more))
    else:
        _no_extras(frame, use)
        assert recipe.body is not None
        result = run.body(inner, recipe.body, value)
    inner.outgoing = result
    return result


def _says_more(call: syntax.LayerCall) -> bool:
    """Whether anything stands behind the name."""
    return bool(
        call.arguments or call.body is not None or call.branches is not None or call.through
    )


def _no_extras(frame: Frame, use: Use) -> None:
    """A layer in braces takes nothing."""
    for call, _ in use:
        if _says_more(call):
            message = f"`{call.name}` is a layer in braces, which takes no arguments"
            raise refuse(frame, "unknown-argument", call.span, message)


def _no_branches(frame: Frame, callee: OpCall, step: syntax.LayerCall, value: Values) -> Refused:
    name = callee.op.name
    if value and value[0] is UNKNOWN:
        return Refused()
    return refuse(
        frame,
        "join-without-branches",
        step.span,
        f"`{name}` joins branches, and there are none",
        help=f"separate the branches with `|`, such as `{name} {{ conv(8, 3) | identity }}`, or"
        f" name the values, such as `{name}(a, b)`",
    )
