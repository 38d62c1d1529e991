"""What layer parameters stand for, and which of them can stay parameters."""

from __future__ import annotations

from collections.abc import Sequence

from archspec import syntax
from archspec.elaborate.frame import Frame
from archspec.ir import Node, Recipe, Scope
from archspec.lowering.values import Places
from archspec.ops.op import no_weights
from archspec.ops.registry import find


class Recipes:
    """All recipes of a graph with their uses."""

    def __init__(self, scopes: Sequence[Node | Scope]) -> None:
        self._uses: dict[Recipe, list[Frame]] = {}
        self._simple: dict[Recipe, bool] = {}
        for scope in scopes:
            if isinstance(scope, Frame) and scope.kind == "layer":
                self._uses.setdefault(self.recipe_of(scope), []).append(scope)

    def recipe_of(self, scope: Frame) -> Recipe:
        """The recipe that a use stands for."""
        site, parent = scope.site, scope.parent
        assert isinstance(site, syntax.LayerCall)
        assert isinstance(parent, Frame)
        found = parent.lookup(site.name)
        assert isinstance(found, Recipe)
        return found

    def scopes_of(self, recipe: Recipe) -> list[Frame]:
        """The uses of a recipe, in order."""
        return self._uses.get(recipe, [])

    def nodes_of(self, recipe: Recipe) -> list[Node]:
        """The nodes that the uses of a simple recipe became."""
        return [
            one for scope in self.scopes_of(recipe) for one in scope.walk() if isinstance(one, Node)
        ]

    def simple(self, recipe: Recipe) -> bool:
        """Whether it is one op without weights that keeps the shape, given no further arguments."""
        found = self._simple.get(recipe)
        if found is None:
            found = self._simple[recipe] = self._is_simple(recipe)
        return found

    def _is_simple(self, recipe: Recipe) -> bool:
        if recipe.call is None or recipe.shared is not None:
            return False
        if recipe.call.body is not None or recipe.call.branches is not None:
            return False
        uses = self.scopes_of(recipe)
        if not uses:
            op = find(recipe.call.name)
            return op is not None and op.weights is no_weights and op.inputs == (1, 1)
        return all(map(_keeps_shape, uses))

    def parameter_at(self, stop: Scope, scope: Frame, home: Frame) -> str | None:
        """The parameter of the definition at `stop` whose recipe is used around `scope`.

        None unless the text of that recipe sees the names of `home`.
        """
        one: Scope | None = scope
        while isinstance(one, Frame) and one is not stop:
            if one.kind == "layer":
                recipe = self.recipe_of(one)
                for name, bound in stop.bindings.items():
                    if bound is recipe and _sees(recipe, home):
                        return name
            one = one.parent
        return None

    def handed_on(
        self, scopes: Sequence[Frame], recipes: Sequence[Recipe], places: Places
    ) -> str | None:
        """The parameter of the callers that holds what they pass on in these calls."""
        names: set[str | None] = set()
        for scope, recipe in zip(scopes, recipes, strict=True):
            bindings = places.stop(scope.parent or scope).bindings
            names.add(next((name for name, one in bindings.items() if one is recipe), None))
        return names.pop() if len(names) == 1 else None

    def key_of_parameter(self, scope: Frame, name: str) -> object:
        """What instances of a definition must have in common in a layer parameter."""
        recipe = scope.bindings.get(name)
        if not isinstance(recipe, Recipe) or self.simple(recipe):
            return None
        return self.key_of(recipe)

    def key_of(self, recipe: Recipe) -> object:
        """Tells recipes apart by what is written in the place of the parameter."""
        if recipe.call is None:
            return id(recipe.body), recipe.spelling
        home = recipe.home
        assert isinstance(home, Frame)
        name = recipe.call.name
        bound = home.lookup(name)
        if isinstance(bound, Recipe):
            return (self.key_of(bound), repr(recipe.call.arguments))
        found = home.module.find(name)
        target = name if found is None else id(found[0])
        return target, repr(recipe.call)


def _sees(recipe: Recipe, home: Frame) -> bool:
    one: Frame | None = recipe.home if isinstance(recipe.home, Frame) else None
    while one is not None and one is not home:
        one = one.outer
    return one is home


def _keeps_shape(scope: Frame) -> bool:
    site = scope.site
    assert isinstance(site, syntax.LayerCall)
    if site.arguments or site.body is not None or site.branches is not None:
        return False
    nodes = [one for one in scope.walk() if isinstance(one, Node)]
    blocks = any(isinstance(one, Frame) and one.kind != "layer" for one in scope.walk())
    if blocks or len(nodes) != 1 or nodes[0].weights or len(nodes[0].inputs) != 1:
        return False
    node = nodes[0]
    return len(node.outputs) == 1 and node.outputs[0].shape == node.inputs[0].shape
