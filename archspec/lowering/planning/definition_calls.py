"""Calls of blocks and networks."""

from __future__ import annotations

from collections.abc import Sequence

from archspec import syntax
from archspec.dimensions.shape import AXES
from archspec.elaborate.frame import Frame
from archspec.elaborate.types import PADDINGS
from archspec.lowering.plan import Argument, CallDefinition, Code, Definition
from archspec.lowering.planning.calls import Given, Source, matched
from archspec.lowering.planning.constants import folded
from archspec.lowering.planning.inline import inline_call
from archspec.lowering.planning.layer_arguments import layer_argument
from archspec.lowering.planning.place import Flow, Place
from archspec.lowering.planning.references import reference
from archspec.lowering.planning.resolve import resolve
from archspec.lowering.planning.sizes import Sizes
from archspec.lowering.planning.uses import home_place
from archspec.lowering.planning.work import Flows, Planned, Work
from archspec.lowering.python import constant, python
from archspec.lowering.rewrite import rewrite
from archspec.lowering.symbol import equal, simplified


def definition_call(
    work: Work,
    scopes: Sequence[Frame],
    sources: tuple[Source, ...],
    place: Place,
    flows: Flows,
) -> Planned:
    """The call of a definition that is written once, for all its instances."""
    text = scopes[0].definition
    assert text is not None
    given = matched([one.name for one in text.parameters], _with_body(text, sources))
    if work.fact(scopes, work.planner.decisions.inlined.__contains__, "where it is written"):
        return inline_call(work, scopes, given, place, flows)
    work.fact(scopes, work.planner.key, "the definition")
    definition = work.planner.definition(scopes[0])
    arguments, written = _arguments(work, definition, given, scopes, place, flows)
    inputs = list(flows)
    for parameter in text.parameters:
        if parameter.type.name == "value" and parameter.name in given:
            code, there = given[parameter.name]
            inputs.append(reference(work, code, there, flows))
    results = _results(work, definition, written, inputs, scopes, place)
    element = CallDefinition(
        scopes[0].path[-1][0],
        tuple(flow.reference() for flow in inputs),
        tuple(flow.variable for flow in results),
        tuple(scopes),
        indices=place.counters,
        definition=definition,
        arguments=arguments,
        keywords=frozenset(one.name for source in sources for one in source.arguments if one.name),
    )
    return [element], results


def _with_body(
    text: syntax.Block | syntax.Network, sources: tuple[Source, ...]
) -> tuple[Source, ...]:
    """A trailing body is the last layer parameter."""
    *before, last = sources
    if last.step.body is None:
        return sources
    name = [one.name for one in text.parameters if one.type.name == "layer"][-1]
    literal = syntax.LayerLiteral(last.step.body)
    step = syntax.LayerCall(last.step.name, (*last.arguments, syntax.Argument(name, literal)))
    return (*before, Source(step, last.place))


def _arguments(
    work: Work,
    definition: Definition,
    given: Given,
    scopes: Sequence[Frame],
    place: Place,
    flows: Flows,
) -> tuple[dict[str, Argument], dict[str, Code]]:
    """The arguments to write, and the code of all parameters, for closed forms."""
    arguments: dict[str, Argument] = {}
    written: dict[str, Code] = {}
    for parameter in definition.parameters:
        name = parameter.name
        if parameter.type.name == "layer":
            argument = layer_argument(work, parameter, given.get(name), scopes, flows, place)
            if argument is not None:
                arguments[name] = argument
            continue
        lifted = work.planner.lifted[definition].get(name)
        if lifted is not None:
            code = _lifted(work, *lifted, scopes, place)
        else:
            code = _code(work, name, parameter.type, given, scopes, flows)
        written[name] = code
        default = parameter.default
        if not isinstance(default, syntax.Expression) or not _same(code, default):
            arguments[name] = code
    return arguments, written


def _lifted(work: Work, parameter: str, name: str, scopes: Sequence[Frame], place: Place) -> Code:
    """The value of a name that the text of a layer argument reads where that text stands."""
    recipes = [scope.bindings[parameter] for scope in scopes]
    home = home_place(work, scopes, recipes, place)
    there = Place(place.scopes, home.eyes, home.names, home.foreign)
    if home.foreign:
        through = work.planner.recipes.handed_on(scopes, recipes, work.places)
        if through is not None:
            values = {
                work.places.stop(one.parent or one): recipe.home.lookup(name)
                for one, recipe in zip(scopes, recipes, strict=True)
            }
            return syntax.Name(work.lifted_name(through, name, values))
    return resolve(work, syntax.Name(name), there, ())


def _code(
    work: Work,
    name: str,
    type: syntax.Type,
    given: Given,
    scopes: Sequence[Frame],
    flows: Flows,
) -> Code:
    if name in given:
        code, there = given[name]
        words = PADDINGS if type.name == "padding" else ()
        return resolve(work, code, there, flows, words)
    # A default that reads other parameters, or what a variant of a network gives.
    return constant(work.fact(scopes, lambda scope: scope.bindings[name], f"`{name}`"))


def _same(code: Code, default: Code) -> bool:
    return code.same(default) or python(code) == python(default) or equal(code, default)


def _results(
    work: Work,
    definition: Definition,
    written: dict[str, Code],
    inputs: Sequence[Flow],
    scopes: Sequence[Frame],
    place: Place,
) -> Flows:
    """The values that the call results in, their forms written for this caller."""
    found = []
    count = work.fact(scopes, lambda scope: len(scope.outgoing), "the number of results")
    for k in range(count):
        values = [scope.outgoing[k] for scope in scopes]
        sizes = definition.body.results[k].sizes
        mine = tuple(_form(one, definition, written, inputs) for one in sizes)
        found.append(work.flow(mine, values, place))
    return tuple(found)


def _form(
    code: Code | None, definition: Definition, written: dict[str, Code], inputs: Sequence[Flow]
) -> Code | None:
    if code is None:
        return None
    missing = False

    def replace(part: syntax.Expression) -> syntax.Expression | None:
        nonlocal missing
        if isinstance(part, syntax.Attribute) and isinstance(part.base, syntax.Name):
            found = _input_size(part.base.name, part.name, definition, inputs)
            missing = missing or found is None
            return found or part
        if isinstance(part, syntax.Name):
            return written.get(part.name)
        return None

    found = rewrite(code, replace)
    return None if missing else simplified(folded(found))


def _input_size(
    name: str, axis: str, definition: Definition, inputs: Sequence[Flow]
) -> Code | None:
    for variable, flow in zip(definition.inputs, inputs, strict=False):
        if name == (variable.label or "input") or (
            name == "input" and flow is inputs[0] and definition.kind == "network"
        ):
            return _axis(flow.sizes, axis)
    return None


def _axis(sizes: Sizes, axis: str) -> Code | None:
    if axis in ("channels", "features"):
        return sizes[-1] if sizes else None
    names = AXES.get(len(sizes), ())
    return sizes[names.index(axis)] if axis in names else None
