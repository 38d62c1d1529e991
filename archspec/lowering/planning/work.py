"""The state of planning one definition, shared by all parts of the walk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NoReturn

from archspec import syntax
from archspec.elaborate.frame import Frame
from archspec.ir import Node, Scope, Value
from archspec.lowering.plan import (
    Body,
    Code,
    Disagreement,
    Element,
    SharedLayer,
    Variable,
)
from archspec.lowering.planning.place import Flow, Names, Place
from archspec.lowering.planning.sizes import Sizes, settled
from archspec.lowering.values import Places

if TYPE_CHECKING:
    from archspec.lowering.planning.planner import Planner

Flows = tuple[Flow, ...]
Planned = tuple[list[Element], Flows]
"""Elements, and the values that they end in."""

COUNTERS = ("i", "j", "k", "n", "m", "index")


class Work:
    """One definition: what it has in common for all its parts.

    `inputs` are names whose sizes the written code can read. `cut` says that the rest of a
    network used `through` a layer does not exist.
    """

    def __init__(
        self, planner: Planner, definition: syntax.Block | syntax.Network, stops: Sequence[Frame]
    ) -> None:
        self.planner = planner
        self.body: Callable[[Work, syntax.Body | syntax.Chain, Place, Flows], Planned]
        self.definition = definition
        self.stops = tuple(stops)
        self.inputs: set[str] = {"input"}
        self.layer_parameters: set[str] = set()
        self.layers: list[SharedLayer] = []
        self.shared: dict[tuple[Scope, str], SharedLayer] = {}
        self.names_at: dict[Scope, Names] = {}
        self.results: list[tuple[str, Flow, bool]] = []
        self.network_inputs: list[Flow] = []
        self.extra_inputs: Flows = ()
        self.made: dict[Variable, dict[Scope, Value]] = {}
        self.lifted: dict[tuple[str, str], str] = {}
        self.lifted_values: dict[str, Any] = {}
        self.taken = _identifiers(definition)
        self.cut = False

    @property
    def places(self) -> Places:
        """Names as the planned code sees them."""
        return self.planner.places

    def variable(self, label: str | None, sizes: Sizes, values: Sequence[Value]) -> Variable:
        """A new variable."""
        return Variable(label, sizes, tuple(value.shape for value in values))

    def flow(
        self,
        sizes: Sizes,
        values: Sequence[Value],
        place: Place,
        label: str | None = None,
    ) -> Flow:
        """A new value at a place, its forms checked for all instances."""
        good = settled(sizes, values, place.scopes, self.places, place.names.all_lets())
        variable = self.variable(label, good, values)
        if label is not None:
            self.made[variable] = dict(zip(place.scopes, values, strict=True))
        return Flow(variable, good, tuple(values))

    def made_for(self, variable: Variable, place: Place) -> list[Value] | None:
        """The values of a variable for the instances of a place inside the one that made it.

        A name may stand for another value by now, if a later loop labels one of its own so.
        """
        made = self.made.get(variable, {})
        found = []
        for scope in place.scopes:
            one: Scope | None = scope
            while one is not None and one not in made:
                one = one.parent
            if one is None:
                return None
            found.append(made[one])
        return found

    def resettled(self, flow: Flow, place: Place) -> Flow:
        """The same value, with the forms of its sizes that hold at this place."""
        lets = place.names.all_lets()
        good = settled(flow.sizes, flow.values, place.scopes, self.places, lets)
        return Flow(flow.variable, good, flow.values, flow.indices)

    def incoming(self, values: Sequence[Value], place: Place, known: Flows) -> Flow:
        """A value of which only its values are known: in a form of `known`, or as numbers."""
        for flow in known:
            found = self.flow(flow.sizes, values, place)
            if found.sizes[-1] is not None:
                return found
        shapes = {value.shape[-1] for value in values}
        sizes = (syntax.Number(shapes.pop()) if len(shapes) == 1 else None,)
        return self.flow(sizes, values, place)

    def loops_around(self, scope: Scope) -> list[Scope]:
        """The loops of the definition around a scope that are kept as loops."""
        found = []
        one: Scope | None = scope
        while one is not None and one not in self.places.stops:
            if one.kind == "loop" and one not in self.planner.decisions.unrolled:
                found.append(one)
            one = one.parent
        return found

    def counter(self) -> str:
        """A name for the number of a round that the definition does not use."""
        name = next((one for one in COUNTERS if one not in self.taken), None)
        number = 2
        while name is None:
            name = f"index_{number}" if f"index_{number}" not in self.taken else None
            number += 1
        self.taken.add(name)
        return name

    def free_name(self, base: str) -> str:
        """A name that the definition does not use."""
        name, number = base, 2
        while name in self.taken:
            name = f"{base}_{number}"
            number += 1
        self.taken.add(name)
        return name

    def forget(self, taken: set[str]) -> None:
        """Give back the names taken since only these were, with what they stood for.

        Parameters that were made for callers stay: callers pass them from now on.
        """
        kept = taken | set(self.lifted.values())
        self.places.forget(self.taken - kept, self.stops)
        self.taken = kept

    def own_name(self, name: str, names: Names, values: Sequence[tuple[Scope, Any]]) -> str:
        """The name to write for one that is bound here: another where it is bound around it.

        Python has one set of names for a whole function.
        """
        shadows = names.outer is not None and names.outer.sees(name)
        names.known.add(name)
        if not shadows:
            names.fixed.pop(name, None)
            if name in names.all_fixed():
                # A loop around this one is written out and binds the name to something else.
                names.fixed[name] = syntax.Name(name)
            return name
        written = self.free_name(name)
        names.fixed[name] = syntax.Name(written)
        for scope, value in values:
            self.places.add(scope, written, value)
        return written

    def lift(self, name: str, place: Place) -> Code | None:
        """A name of a caller as a parameter of this definition, where callers can pass it.

        The text at the place is that of a recipe which a layer parameter of this definition
        stands for.
        """
        values: dict[Scope, Any] = {}
        parameters = set()
        for scope, eye in zip(place.scopes, place.eyes, strict=True):
            stop = self.places.stop(scope)
            home = bound_in(eye, name)
            if home is None or not is_plain(home.bindings[name]):
                return None
            parameters.add(self.planner.recipes.parameter_at(stop, scope, home))
            if repr(values.setdefault(stop, home.bindings[name])) != repr(home.bindings[name]):
                return None
        parameter = parameters.pop()
        if parameters or parameter is None:
            return None
        return syntax.Name(self.lifted_name(parameter, name, values))

    def lifted_name(self, parameter: str, name: str, values: dict[Scope, Any]) -> str:
        """The parameter of this definition for a name in the text that `parameter` stands for."""
        key = (parameter, name)
        if key not in self.lifted:
            self.lifted[key] = self.free_name(name)
        for stop, value in values.items():
            self.places.add(stop, self.lifted[key], value)
            self.lifted_values[self.lifted[key]] = value
        return self.lifted[key]

    def disagree(
        self, instances: Sequence[Node | Scope], key: Callable[[Any], Any], what: str
    ) -> NoReturn:
        """Ask for a finer plan."""
        segment = instances[0].path[-1][0] if instances[0].path else self.definition.name
        raise Disagreement(Element(segment, (), (), tuple(instances)), key, what)

    def fact(self, instances: Sequence[Node | Scope], key: Callable[[Any], Any], what: str) -> Any:
        """What all instances agree on, or a finer plan."""
        first = key(instances[0])
        if any(key(one) != first for one in instances):
            self.disagree(instances, key, what)
        return first

    def unroll(self, loops: Sequence[Scope]) -> NoReturn:
        """Plan again with these loops written out."""
        self.planner.decisions.unrolled |= set(loops)
        self.planner.again()


def bound_in(scope: Frame, name: str) -> Frame | None:
    """The scope that binds a name of the spec's own text."""
    found: Frame | None = scope
    while found is not None and name not in found.bindings:
        found = found.outer
    return found


def is_plain(value: Any) -> bool:
    """Whether a value can be passed as an argument: a number, a text, or a list of such."""
    if isinstance(value, tuple):
        return all(map(is_plain, value))
    return isinstance(value, int | float | str)


def _identifiers(definition: syntax.Block | syntax.Network) -> set[str]:
    found: set[str] = set()
    for part in definition.walk():
        if isinstance(part, syntax.Name | syntax.Label | syntax.Parameter | syntax.Let):
            found.add(part.name)
        elif isinstance(part, syntax.Target):
            found |= set(part.names())
        elif isinstance(part, syntax.LayerCall | syntax.Input):
            found.add(part.name)
    return found


def children(place: Place, site: syntax.Node | Sequence[syntax.Node]) -> list[Node | Scope]:
    """What each instance made of a site, in order; none where the network ends before it."""
    sites = [site] * len(place.scopes) if isinstance(site, syntax.Node) else site
    found: list[Node | Scope] = []
    for scope, one in zip(place.scopes, sites, strict=True):
        found += scope.at(one)
    return found


def scopes_at(place: Place, site: syntax.Node) -> list[Frame]:
    """The scopes that a site made, one for each instance."""
    return [one for one in children(place, site) if isinstance(one, Frame)]


def as_body(elements: Sequence[Element], before: Flows, after: Flows, place: Place) -> Body:
    """A planned body with where it starts and ends."""
    return Body(
        tuple(elements),
        tuple(flow.variable for flow in before),
        tuple(flow.reference() for flow in after),
        place.scopes,
    )
