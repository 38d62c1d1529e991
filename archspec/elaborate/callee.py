"""resolve: what a call in the text calls, with its arguments matched."""

from __future__ import annotations

from typing import Any

from archspec import syntax
from archspec.elaborate.definition_call import DefinitionCall
from archspec.elaborate.evaluate_layer import unknown_layer
from archspec.elaborate.frame import MISSING, Frame
from archspec.elaborate.join import JoinCall
from archspec.elaborate.module import Module
from archspec.elaborate.op_arguments import Sources, op_arguments
from archspec.elaborate.op_call import OpCall
from archspec.elaborate.presets import base_of
from archspec.elaborate.run import refuse
from archspec.elaborate.values import UNKNOWN, Refused, describe
from archspec.ir import Value
from archspec.ops.op import Op
from archspec.ops.registry import find

Callee = OpCall | DefinitionCall | JoinCall

Use = tuple[tuple[syntax.LayerCall, Frame], ...]


def resolve(frame: Frame, site: syntax.LayerCall, use: Use) -> Callee:
    """Find the layer and match the arguments of all calls in `use`."""
    module = use[0][1].module
    last = use[-1][0]
    _check_bound(frame, site, use[0][1])
    sources = tuple([(call.arguments or (), number) for number, (call, _) in enumerate(use)])
    found = module.find(site.name)
    if found is not None:
        definition, home = found
        if isinstance(definition, syntax.Block):
            _no_branches(frame, site, last)
            sources = _with_body(definition, sources, last, frame)
            return DefinitionCall(definition, home, sources, site, frame)
        if isinstance(definition, syntax.Network | syntax.Variant):
            _no_branches(frame, site, last)
            return _network(definition, home, sources, site, last, frame)
    if module.unresolved(site.name):
        raise Refused
    op = find(site.name)
    if op is None:
        raise unknown_layer(site.name, site, frame)
    return _op(op, sources, site, last, frame)


def _check_bound(frame: Frame, site: syntax.LayerCall, home: Frame) -> None:
    """Refuse a number or word of the name, which must not silently stand for a layer as well."""
    bound = home.lookup(site.name)
    if bound is UNKNOWN:
        raise Refused
    if bound is not MISSING and not _made_here(bound):
        message = f"`{site.name}` is {describe(bound)} here, not a layer"
        help = "give one of the two another name"
        raise refuse(frame, "unknown-layer", site.name_span, message, help=help)


def _made_here(bound: Any) -> bool:
    """Whether it is a value or a list of them, which labels may call by the name of a layer."""
    return isinstance(bound, Value) or (type(bound) is tuple and all(map(_made_here, bound)))


def _op(
    op: Op, sources: Sources, site: syntax.LayerCall, last: syntax.LayerCall, frame: Frame
) -> Callee:
    if last.through is not None:
        raise _only_networks(frame, last)
    if last.body is not None:
        raise _braces(op, last, frame)
    if last.branches is not None and not op.join:
        _no_branches(frame, site, last)
    call = OpCall(op, op_arguments(op, sources, site, frame), site, frame.run)
    if last.branches is not None:
        return JoinCall(call, last, frame)
    if op.expansion is None:
        return call
    from archspec.elaborate.expansion import expanded

    return expanded(call, sources, frame)


def _network(
    definition: syntax.Network | syntax.Variant,
    home: Module,
    sources: Sources,
    site: syntax.LayerCall,
    last: syntax.LayerCall,
    frame: Frame,
) -> Callee:
    network, where, presets = base_of(definition, home)
    sources = _with_body(network, sources, last, frame)
    from archspec.elaborate.network_call import NetworkCall

    call = NetworkCall(network, where, sources, site, frame, presets)
    call.through = last.through
    return call


def _with_body(
    definition: syntax.Block | syntax.Network,
    sources: Sources,
    last: syntax.LayerCall,
    frame: Frame,
) -> Sources:
    """A trailing body is the last layer parameter."""
    if last.through is not None and isinstance(definition, syntax.Block):
        raise _only_networks(frame, last)
    if last.body is None:
        return sources
    layers = [one.name for one in definition.parameters if one.type.name == "layer"]
    if not layers:
        message = f"`{definition.name}` has no layer parameter, so it takes no braces"
        help = "put `->` before the braces to go on with what is inside"
        raise refuse(frame, "unknown-argument", last.body.span, message, help=help)
    literal = syntax.LayerLiteral(last.body, last.body.span)
    argument = syntax.Argument(layers[-1], literal, last.body.span)
    *before, (arguments, number) = sources
    return (*before, ((*arguments, argument), number))


def _no_branches(frame: Frame, site: syntax.LayerCall, last: syntax.LayerCall) -> None:
    if last.branches is not None:
        message = f"`{site.name}` is no join, so it takes no branches"
        help = "put `concat` or `add` before the braces, or remove the `|`"
        raise refuse(frame, "not-a-join", last.name_span, message, help=help)


def _only_networks(frame: Frame, last: syntax.LayerCall) -> Refused:
    message = f"`{last.name}` is no network, so there is no `through`"
    return refuse(frame, "wrong-type", last.span, message)


def _braces(op: Op, last: syntax.LayerCall, frame: Frame) -> Refused:
    if op.join:
        message = f"`{op.name}` joins branches, and these braces hold one chain"
        help = "separate the branches with `|`; `identity` is the value itself"
        return refuse(frame, "join-without-branches", last.name_span, message, help=help)
    message = f"`{op.name}` takes no braces"
    help = "put `->` before the braces to go on with what is inside"
    span = last.name_span if last.body is None else last.body.span
    return refuse(frame, "unknown-argument", span, message, help=help)
