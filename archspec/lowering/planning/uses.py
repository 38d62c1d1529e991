"""Uses of layer parameters and of layer instances."""

from __future__ import annotations

from collections.abc import Sequence

from archspec import syntax
from archspec.elaborate.frame import Frame
from archspec.ir import Recipe
from archspec.lowering.contents import carried_names
from archspec.lowering.plan import CallParameter, CallShared, Declare, Group, SharedLayer
from archspec.lowering.planning.calls import Source, call
from archspec.lowering.planning.place import Names, Place
from archspec.lowering.planning.work import Flows, Planned, Work, as_body, scopes_at
from archspec.lowering.rewrite import free_names


def layer_use(work: Work, step: syntax.LayerCall, place: Place, flows: Flows) -> Planned:
    """A step that names a layer parameter or a layer instance."""
    scopes = scopes_at(place, step)
    if not place.foreign and step.name in work.layer_parameters:
        results = _kept(work, scopes, place, flows)
        element = CallParameter(
            scopes[0].path[-1][0],
            tuple(flow.reference() for flow in flows),
            tuple(flow.variable for flow in results),
            tuple(scopes),
            indices=place.counters,
            parameter=step.name,
        )
        return [element], results
    return inline_use(work, scopes, (Source(step, place),), place, flows)


def _kept(work: Work, scopes: Sequence[Frame], place: Place, flows: Flows) -> Flows:
    """The results of a layer that keeps the shape."""
    sizes = flows[0].sizes if len(flows) == 1 else (None,)
    return (work.flow(sizes, [scope.outgoing[0] for scope in scopes], place),)


def inline_use(
    work: Work,
    scopes: Sequence[Frame],
    sources: tuple[Source, ...],
    place: Place,
    flows: Flows,
) -> Planned:
    """The recipe in the place of the parameter."""
    recipes = [work.planner.recipes.recipe_of(scope) for scope in scopes]
    if recipes[0].shared is not None:
        return call_shared(work, scopes, recipes, place, flows)
    keys = dict(zip(scopes, map(work.planner.recipes.key_of, recipes), strict=True))
    work.fact(scopes, keys.__getitem__, "the layer that a parameter stands for")
    home = home_place(work, scopes, recipes, place)
    inner = Place(tuple(scopes), tuple(scopes), home.names, home.foreign)
    for scope in scopes:
        if home.foreign:
            work.places.foreign.add(scope)
    elements, ended = _applied(work, recipes, sources, inner, home, flows)
    results = tuple(work.flow(flow.sizes, flow.values, place) for flow in ended)
    element = Group(
        scopes[0].path[-1][0],
        tuple(flow.reference() for flow in flows),
        tuple(flow.variable for flow in results),
        tuple(scopes),
        indices=place.counters,
        body=as_body(elements, flows, ended, inner),
        labelled=True,
    )
    return [element], results


def _applied(
    work: Work,
    recipes: Sequence[Recipe],
    sources: tuple[Source, ...],
    inner: Place,
    home: Place,
    flows: Flows,
) -> Planned:
    """What the recipes say, at the places of their uses."""
    step = recipes[0].call
    if step is not None:
        sites = [recipe.call for recipe in recipes if recipe.call is not None]
        more = sources if _more(sources[-1].step) else ()
        return call(work, sites, (Source(step, home), *more), inner, flows)
    body = recipes[0].body
    assert body is not None
    there = Place(inner.scopes, inner.eyes, Names(home.names), home.foreign)
    return work.body(work, body, there, flows)


def _more(step: syntax.LayerCall) -> bool:
    return step.arguments is not None or step.body is not None or step.branches is not None


def home_place(
    work: Work, scopes: Sequence[Frame], recipes: Sequence[Recipe], place: Place
) -> Place:
    """Where the text of the recipes is read: natively if it stands in this definition."""
    homes = []
    native = True
    for recipe in recipes:
        home = recipe.home
        assert isinstance(home, Frame)
        homes.append(home)
        native = native and home in work.names_at and work.places.native(home)
    names = work.names_at[homes[0]] if native else Names()
    return Place(tuple(scopes), tuple(homes), names, foreign=not native)


def call_shared(
    work: Work,
    scopes: Sequence[Frame],
    recipes: Sequence[Recipe],
    place: Place,
    flows: Flows,
) -> Planned:
    """A use of a layer instance that this definition declares."""
    found = [work.shared.get((recipe.home, recipe.spelling)) for recipe in recipes]
    layer = found[0]
    if layer is None or any(one is not layer for one in found):
        work.planner.inline(scopes)
    results = []
    carried = carried_names(layer.body)
    for k, result in enumerate(layer.body.results):
        values = [scope.outgoing[k] for scope in scopes]
        sizes = tuple(
            None if one is None or carried & free_names(one) else one for one in result.sizes
        )
        results.append(work.flow(sizes, values, place))
    element = CallShared(
        scopes[0].path[-1][0],
        tuple(flow.reference() for flow in flows),
        tuple(flow.variable for flow in results),
        tuple(scopes),
        indices=place.counters,
        layer=layer,
    )
    return [element], tuple(results)


def declare(work: Work, statement: syntax.LayerInstance, place: Place, flows: Flows) -> Planned:
    """A layer instance: planned here, over all its uses."""
    around = [one for scope in place.scopes for one in work.loops_around(scope)]
    if around:
        work.unroll(around)
    recipes = [scope.bindings[statement.name] for scope in place.scopes]
    uses = [use for recipe in recipes for use in work.planner.recipes.scopes_of(recipe)]
    if not uses:
        return [], flows
    if any(work.places.stop(use) not in work.stops for use in uses):
        work.planner.inline([use for use in uses if work.places.stop(use) not in work.stops])
    inner = Place(tuple(uses), tuple(uses), Names(place.names))
    incoming = tuple(
        work.incoming([use.incoming[k] for use in uses], inner, flows)
        for k in range(len(uses[0].incoming))
    )
    elements, ended = work.body(work, statement.body, inner, incoming)
    body = as_body(elements, incoming, ended, inner)
    layer = SharedLayer(statement.name, body, tuple(uses))
    work.layers.append(layer)
    for scope in place.scopes:
        work.shared[scope, statement.name] = layer
    return [Declare("", (), (), (), indices=place.counters, layer=layer)], flows
