"""Which weights a weight decay is about, as a condition on a variable of Keras."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from archspec.ir import Graph
from archspec.lowering.backend import NativeWeight
from archspec.lowering.decayed import decayed
from archspec.recipes import Choice, Recipe
from archspec_keras.training.call import source


@dataclass(frozen=True, slots=True)
class Pull:
    """One strength with the conditions of its weights, none where all have it."""

    strength: float
    conditions: tuple[str, ...]


class Weights:
    """The trained weights of a network, by canonical name, as Keras has them."""

    def __init__(self, graph: Graph, native: Mapping[str, NativeWeight]) -> None:
        self.graph = graph
        self.paths = {
            name: native[name].key for name, weight in graph.weights.items() if weight.trainable
        }
        self.axes = {
            name: len(native[name].shape or graph.weights[name].shape) for name in self.paths
        }

    def pulls(self, recipe: Recipe, form: str) -> list[Pull]:
        """The decays of one form, `l2` or `decoupled`; weights of equal strength together."""
        choices = [one for one in recipe.weight_decay if one.name == form]
        strengths: dict[str, float] = {}
        for choice in choices:
            for name in sorted(decayed(self.graph, choice)):
                strengths[name] = strengths.get(name, 0.0) + choice.attributes.rate
        groups: dict[float, set[str]] = {}
        for name, strength in strengths.items():
            groups.setdefault(strength, set()).add(name)
        return [
            Pull(strength, self._conditions(names, choices)) for strength, names in groups.items()
        ]

    def _conditions(self, names: set[str], choices: Sequence[Choice]) -> tuple[str, ...]:
        """The shortest conditions that hold for the named weights and no others."""
        if names == set(self.paths):
            return ()
        for choice in choices:
            for kernels in (True, False):
                found, those = self._written(choice, kernels)
                if those == names:
                    return found
        chosen = sorted(self.paths[name] for name in names)
        others = sorted(set(self.paths.values()) - set(chosen))
        if len(others) < len(chosen):
            return (f"weight.path not in {source(tuple(others))}",)
        return (f"weight.path in {source(tuple(chosen))}",)

    def _written(self, choice: Choice, kernels: bool) -> tuple[tuple[str, ...], set[str]]:
        """Conditions as the decay is written, and the weights for which they hold."""
        attributes, names = choice.attributes, set(self.paths)
        found = []
        if kernels:
            found.append("len(weight.shape) > 1")
            names = {name for name in names if self.axes[name] > 1}
        for word, paths in (("", attributes.layers), ("not ", attributes["except"])):
            if paths:
                starts = self._starts(paths)
                found.append(f"{word}weight.path.startswith({_one_or_more(starts)})")
                below = {name for name in names if self.paths[name].startswith(starts)}
                names = names - below if word else below
        return tuple(found), names

    def _starts(self, paths: Sequence[str]) -> tuple[str, ...]:
        """How the paths of variables in these blocks and layers start."""
        starts = [f"{path}{end}" for path in paths for end in "./"]
        all_paths = list(self.paths.values())
        return tuple(one for one in starts if any(path.startswith(one) for path in all_paths))


def _one_or_more(starts: tuple[str, ...]) -> str:
    return source(starts[0]) if len(starts) == 1 else source(starts)
