"""Parameters of an op's expansion that no call of it sets."""

from __future__ import annotations

from collections.abc import Sequence

from archspec import syntax
from archspec.elaborate.frame import Frame
from archspec.elaborate.types import PADDINGS
from archspec.lowering.plan import Code
from archspec.lowering.python import constant, python
from archspec.ops.registry import find


def never_set(text: syntax.Block | syntax.Network, stops: Sequence[Frame]) -> dict[str, Code]:
    """What such parameters always are; those of the spec's own definitions all stay."""
    if not _is_expansion(text, stops[0]):
        return {}
    found: dict[str, Code] = {}
    for position, parameter in enumerate(text.parameters):
        default = parameter.default
        if isinstance(default, syntax.Name) and default.name in PADDINGS:
            default = syntax.Text(default.name)
        if default is None or parameter.type.name in ("layer", "value"):
            continue
        if all(_leaves(one, position, parameter.name, default) for one in stops):
            found[parameter.name] = default
    return found


def _is_expansion(text: syntax.Block | syntax.Network, stop: Frame) -> bool:
    op = find(text.name)
    return op is not None and op.expansion is not None and stop.module.find(text.name) is None


def _leaves(stop: Frame, position: int, name: str, default: Code) -> bool:
    """Whether a call does not set a parameter, or writes the default itself."""
    call = stop.site
    if python(constant(stop.bindings[name])) != python(default):
        return False
    if not isinstance(call, syntax.LayerCall) or stop.parent is None or stop.parent.kind == "layer":
        # The use of a recipe may add arguments to those that stand there.
        return False
    arguments = call.arguments or ()
    given = [one.value for one in arguments if one.name == name]
    given += [one.value for one in arguments[position : position + 1] if one.name is None]
    return all(one.same(default) for one in given)
