"""The planner: all definitions of a graph, callees first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NoReturn

from archspec import syntax
from archspec.elaborate.frame import MISSING, Frame
from archspec.ir import Graph, Node, Recipe, Scope
from archspec.lowering.plan import Definition, Plan
from archspec.lowering.planning.decisions import Again, Decisions, NotLowerable, split
from archspec.lowering.planning.define import define
from archspec.lowering.planning.place import Place
from archspec.lowering.planning.recipes import Recipes
from archspec.lowering.values import Places

Key = tuple[object, ...]


def all_scopes(graph: Graph, decisions: Decisions) -> list[Node | Scope]:
    """Everything that was elaborated, and the arms that were elaborated aside."""
    found = list(graph.root.walk())
    for ghost in decisions.ghosts.values():
        found += ghost.walk()
    return found


class Planner:
    """One attempt to plan a graph under given decisions."""

    def __init__(self, graph: Graph, decisions: Decisions) -> None:
        assert isinstance(graph.root, Frame)
        self.graph = graph
        self.root = graph.root
        self.decisions = decisions
        self.places = Places()
        self.recipes = Recipes(all_scopes(graph, decisions))
        self.groups: dict[Key, list[Frame]] = {}
        self._keys: dict[Scope, Key] = {}
        self._definitions: dict[Key, Definition] = {}
        self.order: list[Definition] = []
        self.lifted: dict[Definition, dict[str, tuple[str, str]]] = {}
        self.functions: dict[str, syntax.Function] = {}
        self.constants: dict[str, syntax.Constant] = {}
        self._taken: set[str] = set()
        for scope in all_scopes(graph, decisions):
            if isinstance(scope, Frame) and scope.definition and scope not in decisions.inlined:
                self.groups.setdefault(self.key(scope), []).append(scope)
                self.places.stops.add(scope)

    def plan(self) -> Plan:
        """The whole plan; `Disagreement` or `Again` where it must be finer."""
        from archspec.lowering.planning.finish import finish

        self.definition(self.root)
        plan = Plan(
            self.graph,
            tuple(self.functions.values()),
            tuple(self.constants.values()),
            tuple(self.order),
            self._evaluate,
        )
        finish(plan)
        return plan

    def key(self, scope: Scope) -> Key:
        """What makes two instances of a definition be written as one."""
        found = self._keys.get(scope)
        if found is None:
            assert isinstance(scope, Frame)
            text = scope.definition
            assert text is not None
            through = scope.site.through if isinstance(scope.site, syntax.LayerCall) else None
            layers = tuple(
                self.recipes.key_of_parameter(scope, one.name)
                for one in text.parameters
                if one.type.name == "layer"
            )
            variant = self.decisions.variants.get(scope, ())
            root = scope is self.root
            found = (id(text), root, repr(through), len(scope.incoming), layers, variant)
            self._keys[scope] = found
        return found

    def definition(self, scope: Frame) -> Definition:
        """The planned definition that the scope is an instance of."""
        key = self.key(scope)
        found = self._definitions.get(key)
        if found is None:
            found = define(self, self.groups[key])
            self._definitions[key] = found
            self.order.append(found)
        return found

    def free_name(self, base: str) -> str:
        """A name for a definition that no other has."""
        name, number = base, 2
        while name in self._taken:
            name = f"{base}_{number}"
            number += 1
        self._taken.add(name)
        return name

    def again(self) -> NoReturn:
        """Plan once more under changed decisions."""
        raise Again

    def tell_apart(self, scopes: Sequence[Scope], keys: Sequence[Any]) -> None:
        """Plan instances of a whole definition apart where they differ; else do nothing."""
        spelled = [repr(key) for key in keys]
        if scopes[0] not in self.places.stops or len(set(spelled)) == 1:
            return
        pairs = zip(scopes, spelled, strict=True)
        if all(key in self.decisions.variants.get(scope, ()) for scope, key in pairs):
            raise NotLowerable(scopes[0], "different arguments")
        split(self.decisions, scopes, spelled)
        self.again()

    def inline(self, scopes: Sequence[Scope]) -> NoReturn:
        """Write the definitions around these scopes in the place of their calls."""
        stops = {self.places.stop(scope) for scope in scopes} - {self.root}
        assert stops - self.decisions.inlined, "nothing is left to put in its place"
        self.decisions.inlined |= stops
        self.again()

    def uses(self, name: str, scope: Frame) -> None:
        """Note the function or the constant of a file that code reads, and what these read."""
        if scope.lookup(name) is not MISSING:
            return
        found = scope.module.find(name)
        if found is None or not isinstance(found[0], syntax.Function | syntax.Constant):
            return
        definition, home = found
        if name in self.functions or name in self.constants:
            return
        own = {one.name for one in getattr(definition, "parameters", ())}
        for part in definition.walk():
            if isinstance(part, syntax.Name | syntax.Call):
                other = part.name if isinstance(part, syntax.Name) else part.function
                if other not in own:
                    self.uses(other, home.frame)
        if isinstance(definition, syntax.Function):
            self.functions[name] = definition
        elif isinstance(definition, syntax.Constant):
            self.constants[name] = definition

    def recipe_named(self, name: str, home: Scope) -> Recipe:
        """The recipe that a name stands for."""
        assert isinstance(home, Frame)
        found = home.lookup(name)
        assert isinstance(found, Recipe)
        return found

    def loops_of_names(self, codes: Sequence[syntax.Expression], place: Place) -> list[Scope]:
        """The loops in which these names are labelled."""
        names = {
            part.name for code in codes for part in code.walk() if isinstance(part, syntax.Name)
        }
        found = []
        for stop in {self.places.stop(scope) for scope in place.scopes}:
            for scope in stop.walk():
                if not isinstance(scope, Frame) or scope.kind != "iteration":
                    continue
                if names & (scope.lists or set()) and scope.parent is not None:
                    found.append(scope.parent)
        return found

    def _evaluate(self, code: syntax.Expression, instance: Node | Scope) -> object:
        scope = instance.scope if isinstance(instance, Node) else instance
        if isinstance(instance, Node):
            here = instance.inputs
        else:
            here = instance.incoming
            if instance.parent is not None and instance.kind != "iteration":
                scope = instance.parent
        return self.places.value(code, scope, here)
