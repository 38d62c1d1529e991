"""Weight decay: in the optimizer's groups of weights, or as a term of the loss."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from archspec.ir import Graph
from archspec.lowering.backend import Generated
from archspec.lowering.decayed import decayed
from archspec.lowering.python import number, string
from archspec.recipes import Choice, Recipe
from archspec.recipes.record import Decay


@dataclass(frozen=True, slots=True)
class Selection:
    """Weights with one strength; `condition` picks them, None for all there are."""

    rate: float
    condition: str | None

    def clause(self, network: str) -> str:
        """What stands behind `weight` in a comprehension over these weights."""
        if self.condition is None:
            return f"for weight in {network}.parameters()"
        if "name" in self.condition:
            return f"for name, weight in {network}.named_parameters() if {self.condition}"
        return f"for weight in {network}.parameters() if {self.condition}"


@dataclass(frozen=True, slots=True)
class Decays:
    """How weights are pulled towards zero.

    `coupled` and `decoupled` say which form the optimizer's `weight_decay` has; `groups` are its
    groups of weights, those without decay too. `terms` are the weights of the `l2` term of the
    loss, which `in_loss` is part of what is differentiated: clipping must see its gradient.
    """

    coupled: bool
    decoupled: bool
    groups: tuple[Selection, ...]
    terms: tuple[Selection, ...]
    in_loss: bool


def decay(graph: Graph, recipe: Recipe, generated: Generated) -> Decays:
    """The decay of a recipe, for the network's own names of its weights."""
    forms = {_decoupled(choice) for choice in recipe.weight_decay}
    in_loss = False in forms and (recipe.clip is not None or True in forms)
    l2 = _rates(graph, recipe, generated, decoupled=False)
    by_optimizer = _rates(graph, recipe, generated, decoupled=True) if in_loss else {}
    if not in_loss:
        by_optimizer = _rates(graph, recipe, generated, decoupled=True in forms)
    sizes = _sizes(graph, generated)
    return Decays(
        coupled=False in forms and not in_loss,
        decoupled=True in forms,
        groups=_selections(by_optimizer, sizes) if any(by_optimizer.values()) else (),
        terms=tuple(one for one in _selections(l2, sizes) if one.rate),
        in_loss=in_loss,
    )


def _decoupled(choice: Choice) -> bool:
    assert isinstance(choice.record, Decay)
    return choice.record.decoupled


def _rates(graph: Graph, recipe: Recipe, generated: Generated, decoupled: bool) -> dict[str, float]:
    """The strength for every trained weight, by the network's own name."""
    found = dict.fromkeys(_sizes(graph, generated), 0.0)
    for choice in recipe.weight_decay:
        if _decoupled(choice) == decoupled:
            for name in decayed(graph, choice):
                found[generated.weights[name].key] += choice.attributes.rate
    return found


def _sizes(graph: Graph, generated: Generated) -> dict[str, int]:
    """The number of axes of every trained weight, in the network's own order."""
    found = {}
    for name, native in generated.weights.items():
        weight = graph.weights[name]
        if weight.trainable:
            found[native.key] = len(native.shape or weight.shape)
    return found


def _selections(rates: Mapping[str, float], sizes: Mapping[str, int]) -> tuple[Selection, ...]:
    """One selection for each strength, the strongest first."""
    found = []
    for rate in sorted(set(rates.values()), reverse=True):
        names = {name for name, one in rates.items() if one == rate}
        found.append(Selection(rate, _condition(names, sizes)))
    return tuple(found)


def _condition(names: set[str], sizes: Mapping[str, int]) -> str | None:
    """What is true of these weights and no other, as short as it can be said."""
    if names == set(sizes):
        return None
    kinds = {
        "weight.ndim > 1": {name for name, axes in sizes.items() if axes > 1},
        "weight.ndim <= 1": {name for name, axes in sizes.items() if axes <= 1},
    }
    wordings = [_among(names), _not_among(set(sizes) - names)]
    for text, members in kinds.items():
        if names == members:
            return text
        if names < members:
            wordings.append(f"{text} and {_not_among(members - names)}")
        elif members < names:
            wordings.append(f"{text} or {_among(names - members)}")
    return min(wordings, key=len)


def _among(names: set[str]) -> str:
    first, *others = sorted(names)
    return f"name in {_tuple(names)}" if others else f"name == {string(first)}"


def _not_among(names: set[str]) -> str:
    first, *others = sorted(names)
    return f"name not in {_tuple(names)}" if others else f"name != {string(first)}"


def _tuple(names: set[str]) -> str:
    return f"({', '.join(map(string, sorted(names)))})"


def l2(terms: tuple[Selection, ...], network: str) -> list[str]:
    """The lines of a method's body that gives the term."""
    parts = []
    for one in terms:
        squares = f"sum(weight.square().sum() {one.clause(network)})"
        parts.append(f"{number(one.rate)} / 2 * {squares}")
    return [f"return {' + '.join(parts)}"]
