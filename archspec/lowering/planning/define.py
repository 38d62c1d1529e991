"""One definition: its parameters, inputs, body and results."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from archspec import syntax
from archspec.elaborate.frame import Frame
from archspec.elaborate.outputs import result_name
from archspec.elaborate.types import PADDINGS
from archspec.ir import Recipe, Scope
from archspec.lowering.plan import Argument, Definition, Parameter
from archspec.lowering.planning.body import plan_body
from archspec.lowering.planning.layer_arguments import constant_layer
from archspec.lowering.planning.layered import of_layers
from archspec.lowering.planning.never_set import never_set
from archspec.lowering.planning.parameters import drop_unread, type_of
from archspec.lowering.planning.place import Flow, Names, Place
from archspec.lowering.planning.sizes import exported, read_sizes
from archspec.lowering.planning.work import Flows, Work, as_body
from archspec.lowering.python import constant
from archspec.lowering.rewrite import free_names, rewrite
from archspec.ops.registry import find

if TYPE_CHECKING:
    from archspec.lowering.planning.planner import Planner


def define(planner: Planner, stops: Sequence[Frame]) -> Definition:
    """The definition that these are the instances of."""
    text = stops[0].definition
    assert text is not None
    work = Work(planner, text, stops)
    work.body = plan_body
    names = Names(known={one.name for one in text.parameters}, fixed=never_set(text, stops))
    place = Place(work.stops, work.stops, names)
    parameters = _parameters(work, text, stops)
    flows = _incoming(work, text, place)
    elements, ended = plan_body(work, text.body, place, flows if _is_block(text) else ())
    parameters = _with_lifted(work, parameters)
    results = [flow for _, flow, training in work.results if not training] or list(ended)
    results = [_exported(work, flow, place, parameters) for flow in results]
    extra = [(name, flow) for name, flow, training in work.results if training]
    inputs = (*flows, *work.extra_inputs) if _is_block(text) else tuple(work.network_inputs)
    definition = Definition(
        planner.free_name(planner.graph.name if stops[0] is planner.root else text.name),
        "block" if _is_block(text) else "network",
        planner.graph.doc if stops[0] is planner.root else text.doc,
        tuple(parameters),
        tuple(flow.variable for flow in inputs),
        as_body(elements, inputs, tuple(results), place),
        tuple(work.layers),
        work.stops,
        tuple(flow.reference() for _, flow in extra),
        _result_names(work, text, len(results)),
        tuple(name for name, _ in extra),
        text,
    )
    planner.lifted[definition] = {name: key for key, name in work.lifted.items()}
    drop_unread(definition)
    return definition


def _with_lifted(work: Work, parameters: list[Parameter]) -> list[Parameter]:
    """With the names of recipes as parameters; those that must be given come first."""
    lifted = [
        Parameter(name, type_of(work.lifted_values[name]), None) for name in work.lifted.values()
    ]
    found = [*parameters, *lifted]
    return sorted(found, key=lambda one: one.default is not None)


def _exported(work: Work, flow: Flow, place: Place, parameters: Sequence[Parameter]) -> Flow:
    """A result with the forms of its sizes that callers can use."""
    lets = place.names.all_lets()
    known = {
        *(one.name for one in parameters),
        *work.inputs,
        *work.planner.constants,
    }
    sizes = tuple(exported(one, lets, known) for one in work.resettled(flow, place).sizes)
    return Flow(flow.variable, sizes, flow.values, flow.indices)


def _is_block(text: syntax.Block | syntax.Network) -> bool:
    return isinstance(text, syntax.Block)


def _result_names(work: Work, text: syntax.Block | syntax.Network, count: int) -> tuple[str, ...]:
    named = tuple(name for name, _, training in work.results if not training)
    if named or _is_block(text):
        return named
    first = result_name(text.body)
    return (first,) if count == 1 else tuple(f"{first}_{k}" for k in range(count))


def _incoming(work: Work, text: syntax.Block | syntax.Network, place: Place) -> Flows:
    """What flows into a block, and its `value` parameters."""
    found: list[Flow] = []
    if not _is_block(text):
        work.inputs = set()
        return ()
    first = place.scopes[0]
    for k in range(len(first.incoming)):
        values = [scope.incoming[k] for scope in place.scopes]
        base = syntax.Name("input")
        sizes = read_sizes(base, values) if len(first.incoming) == 1 else (None,)
        found.append(work.flow(sizes, values, place))
    flows = tuple(found)
    if len(flows) == 1:
        place.names.values["input"] = flows[0].variable
    for parameter in text.parameters:
        if parameter.type.name == "value":
            name = parameter.name
            values = [scope.bindings[name] for scope in place.scopes]
            flow = work.flow(read_sizes(syntax.Name(name), values), values, place, name)
            work.inputs.add(name)
            place.names.values[name] = flow.variable
            found.append(flow)
    work.extra_inputs = tuple(found[len(flows) :])
    return flows


def _parameters(
    work: Work, text: syntax.Block | syntax.Network, stops: Sequence[Frame]
) -> list[Parameter]:
    found = []
    root = stops[0] is work.planner.root
    names = {one.name for one in text.parameters}
    for parameter in text.parameters:
        name, type = parameter.name, parameter.type
        if type.name == "value" or of_layers(type):
            if type.name == "layer" and _stays(work, stops, name):
                work.layer_parameters.add(name)
                found.append(Parameter(name, type, _layer_default(work, parameter, stops)))
            continue
        default: Argument | None = None
        if root:
            default = constant(work.planner.graph.arguments[name])
        elif parameter.default is not None and not free_names(parameter.default) & names:
            default = _default(work, parameter, stops[0])
        found.append(Parameter(name, type, default))
    return found


def _stays(work: Work, stops: Sequence[Frame], name: str) -> bool:
    recipes = [scope.bindings[name] for scope in stops]
    simple = work.planner.recipes.simple
    used = any(work.planner.recipes.scopes_of(one) for one in recipes)
    return used and all(isinstance(one, Recipe) and simple(one) for one in recipes)


def _default(work: Work, parameter: syntax.Parameter, scope: Frame) -> syntax.Expression | None:
    words = PADDINGS if parameter.type.name == "padding" else ()

    def replace(part: syntax.Expression) -> syntax.Expression | None:
        if isinstance(part, syntax.Name) and part.name in words:
            return syntax.Text(part.name)
        if isinstance(part, syntax.Name):
            work.planner.uses(part.name, scope)
        elif isinstance(part, syntax.Call):
            work.planner.uses(part.function, scope)
        return None

    default = parameter.default
    assert default is not None
    if any(isinstance(part, syntax.Attribute) for part in default.walk()):
        return None
    return rewrite(default, replace)


def _layer_default(
    work: Work, parameter: syntax.Parameter, stops: Sequence[Frame]
) -> Argument | None:
    default: syntax.Node | None = parameter.default
    home: Scope = stops[0]
    if stops[0] is work.planner.root:
        recipe = stops[0].bindings[parameter.name]
        default, home = recipe.call, recipe.home
        if isinstance(default, syntax.LayerCall):
            default = syntax.Call(default.name, default.arguments or ())
    if isinstance(default, syntax.Name | syntax.Call):
        name = default.name if isinstance(default, syntax.Name) else default.function
        assert isinstance(home, Frame)
        op = find(name) if home.module.find(name) is None else None
        if op is not None:
            return constant_layer(op, default, stops[0], home)
    return None
